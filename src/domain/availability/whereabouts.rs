//! Where the therapist is on a day, as a line through it: level at an office,
//! sloping on the road between two; and what is free beside the visits.

use chrono::TimeDelta;

use crate::domain::{
    appointment::Appointment,
    ids::OfficeSlug,
    practice::travel::Travel,
    time::{Instant, Interval},
};

/// Some time at one office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay<'a> {
    /// Where.
    pub office: &'a OfficeSlug,
    /// From arriving until leaving, or until there is nothing more to do.
    pub span: Interval,
}

/// A day's way, from the hours of the offices and what is booked in them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Whereabouts<'a> {
    /// One after the other; where the office is still open, one for each that it could be.
    pub stays: Vec<Stay<'a>>,
    /// Several offices are open at once and nothing is booked that says which.
    pub is_undecided: bool,
    /// What could still be booked as the day stands, in order of time.
    pub free: Vec<Stay<'a>>,
}

/// A drive from one stay to the next one at another office.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drive<'a> {
    /// Where from.
    pub from: &'a OfficeSlug,
    /// Where to.
    pub to: &'a OfficeSlug,
    /// As late as is in time; shorter than the drive takes where a rule was overridden.
    pub span: Interval,
}

impl<'a> Whereabouts<'a> {
    /// Of the visits of a day, in order of time, and the spans in which its offices are open.
    /// `first_decides`: an office without a visit is closed as soon as another has one.
    pub fn new(visits: &[&'a Appointment], open: &[Stay<'a>], travel: &Travel, first_decides: bool) -> Self {
        let mut stays = booked(visits);
        if stays.is_empty() {
            return Self::unbooked(open);
        }
        let is_visited = |office: &OfficeSlug| visits.iter().any(|a| a.office == *office);
        let is_beside = |spare: &Stay<'_>| {
            let taken = open.iter().filter(|other| is_visited(other.office)).chain(&stays);
            !is_visited(spare.office) && !taken.into_iter().any(|other| other.span.overlaps(spare.span))
        };
        let spare: Vec<Stay<'a>> =
            open.iter().filter(|spare| !first_decides && is_beside(spare)).copied().collect();
        stays.extend(spare);
        stays.sort_by_key(|stay| stay.span);
        let mut stays = joined(stays);
        widen(&mut stays, open, travel);
        let free = free(&stays, visits, open, travel);
        Self { stays, is_undecided: false, free }
    }

    /// Nothing is booked: the hours themselves.
    fn unbooked(open: &[Stay<'a>]) -> Self {
        let mut open = open.to_vec();
        open.sort_by_key(|stay| stay.span);
        let is_at_once = |one: &Stay<'_>| {
            open.iter().any(|other| other.office != one.office && other.span.overlaps(one.span))
        };
        let is_undecided = open.iter().any(is_at_once);
        let stays = if is_undecided { open.clone() } else { joined(open.clone()) };
        Self { stays, is_undecided, free: open }
    }

    /// The drives between the stays.
    pub fn drives(&self, travel: &Travel) -> Vec<Drive<'a>> {
        if self.is_undecided {
            return Vec::new();
        }
        let between = self.stays.windows(2).filter(|pair| pair[0].office != pair[1].office);
        let drive = |pair: &[Stay<'a>]| {
            let (before, after) = (pair[0], pair[1]);
            let leaves = after.span.start - travel.between(before.office, after.office);
            let from = leaves.max(before.span.end).min(after.span.start);
            Drive { from: before.office, to: after.office, span: Interval::new(from, after.span.start) }
        };
        between.map(drive).collect()
    }

    /// How long nothing is booked, from an instant on. Of offices that are open at once the
    /// one with most counts.
    pub fn free_time(&self, since: Instant) -> TimeDelta {
        let left = |stay: &Stay<'_>| (stay.span.end - stay.span.start.max(since)).max(TimeDelta::zero());
        let at = |office: &OfficeSlug| {
            self.free.iter().filter(|stay| stay.office == office).map(left).sum::<TimeDelta>()
        };
        if self.is_undecided {
            self.free.iter().map(|stay| at(stay.office)).max().unwrap_or_default()
        } else {
            self.free.iter().map(left).sum()
        }
    }
}

/// The visits as stays, each until its last buffer has passed.
fn booked<'a>(visits: &[&'a Appointment]) -> Vec<Stay<'a>> {
    let each = visits
        .iter()
        .map(|a| Stay { office: &a.office, span: Interval::new(a.span.start, a.span.end + a.buffer) });
    joined(each.collect())
}

/// One stay for those in a row at the same office.
fn joined(stays: Vec<Stay<'_>>) -> Vec<Stay<'_>> {
    let mut apart: Vec<Stay<'_>> = Vec::new();
    for stay in stays {
        match apart.last_mut() {
            Some(last) if last.office == stay.office => last.span.end = last.span.end.max(stay.span.end),
            _ => apart.push(stay),
        }
    }
    apart
}

/// The first stay begins, and each ends, with the hours of its office, so far as
/// the drive to the next one lets it.
fn widen(stays: &mut [Stay<'_>], open: &[Stay<'_>], travel: &Travel) {
    for at in 0..stays.len() {
        let Stay { office, span } = stays[at];
        let here = || open.iter().filter(|open| open.office == office).map(|open| open.span);
        if at == 0 {
            let opens = here().map(|open| open.start).min();
            stays[at].span.start = opens.map_or(span.start, |opens| opens.min(span.start));
        }
        let leaves = stays.get(at + 1).map(|next| next.span.start - travel.between(office, next.office));
        let closes = here().map(|open| open.end).max().unwrap_or(span.end);
        stays[at].span.end = span.end.max(leaves.map_or(closes, |leaves| closes.min(leaves)));
    }
}

fn free<'a>(
    stays: &[Stay<'a>],
    visits: &[&'a Appointment],
    open: &[Stay<'a>],
    travel: &Travel,
) -> Vec<Stay<'a>> {
    let mut free = Vec::new();
    for (at, stay) in stays.iter().enumerate() {
        let arrives = at.checked_sub(1).map_or(Instant::MIN_UTC, |before| {
            stays[before].span.end + travel.between(stays[before].office, stay.office)
        });
        for open in open.iter().filter(|open| open.office == stay.office) {
            let mut from = open.span.start.max(arrives);
            let until = open.span.end.min(stay.span.end);
            for visit in visits {
                if visit.span.start > from && visit.span.start <= until {
                    free.push(Stay { office: stay.office, span: Interval::new(from, visit.span.start) });
                }
                if visit.span.start < until {
                    from = from.max(visit.span.end + visit.buffer);
                }
            }
            if from < until {
                free.push(Stay { office: stay.office, span: Interval::new(from, until) });
            }
        }
    }
    free.sort_by_key(|stay| stay.span);
    free.dedup();
    free
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        appointment::Status,
        example::{appointment, at, office_slug, practice},
        time,
    };

    /// `north 09:00-17:00`, on December 12.
    fn day(stays: &[Stay<'_>]) -> Vec<String> {
        let clock = |at: Instant| time::civil(practice().zone, at).format("%H:%M").to_string();
        let words =
            |stay: &Stay<'_>| format!("{} {}-{}", stay.office, clock(stay.span.start), clock(stay.span.end));
        stays.iter().map(words).collect()
    }

    fn on_the_day(clock: &str) -> Instant {
        at(&format!("2026-12-12 {clock}"))
    }

    /// `north 09:00-17:00`
    fn read(text: &str) -> (OfficeSlug, Interval) {
        let (office, span) = text.split_once(' ').expect("an office");
        let (from, to) = span.split_once('-').expect("a span");
        (office_slug(office), Interval::new(on_the_day(from), on_the_day(to)))
    }

    struct Told {
        stays: Vec<String>,
        drives: Vec<String>,
        free: Vec<String>,
        is_undecided: bool,
        free_minutes: i64,
    }

    /// An hour each with a quarter of an hour behind it, the offices 75 minutes apart.
    fn told(open: &[&str], visits: &[(&str, &str)], first_decides: bool) -> Told {
        let open: Vec<_> = open.iter().map(|text| read(text)).collect();
        let visits: Vec<Appointment> = visits
            .iter()
            .map(|(office, start)| appointment(Status::Confirmed, office, on_the_day(start)))
            .collect();
        let open: Vec<Stay<'_>> = open.iter().map(|(office, span)| Stay { office, span: *span }).collect();
        let visits: Vec<&Appointment> = visits.iter().collect();
        let travel = practice().travel;
        let way = Whereabouts::new(&visits, &open, &travel, first_decides);
        let drives = way.drives(&travel);
        let drives: Vec<_> = drives.iter().map(|d| Stay { office: d.to, span: d.span }).collect();
        Told {
            stays: day(&way.stays),
            drives: day(&drives),
            free: day(&way.free),
            is_undecided: way.is_undecided,
            free_minutes: way.free_time(Instant::MIN_UTC).num_minutes(),
        }
    }

    #[test]
    fn a_day_at_one_office_lasts_as_long_as_its_hours() {
        let day = told(&["north 09:00-17:00"], &[("north", "10:00"), ("north", "11:15")], false);
        assert_eq!(day.stays, ["north 09:00-17:00"]);
        assert_eq!(day.free, ["north 09:00-10:00", "north 12:30-17:00"]);
        assert!(day.drives.is_empty() && day.free_minutes == 330);
    }

    #[test]
    fn a_visit_outside_the_hours_makes_the_day_longer() {
        let day = told(&["north 09:00-12:00"], &[("north", "08:00"), ("north", "12:30")], false);
        assert_eq!(day.stays, ["north 08:00-13:45"]);
        assert_eq!(day.free, ["north 09:15-12:00"]);
        assert_eq!(told(&[], &[("north", "08:00")], false).stays, ["north 08:00-09:15"], "on a closed day");
    }

    #[test]
    fn the_drive_begins_as_late_as_is_in_time() {
        let offices = ["north 09:00-17:00", "south 09:00-17:00"];
        let day = told(&offices, &[("north", "10:00"), ("south", "14:00"), ("north", "16:30")], true);
        assert_eq!(day.stays, ["north 09:00-12:45", "south 14:00-15:15", "north 16:30-17:45"]);
        assert_eq!(day.drives, ["south 12:45-14:00", "north 15:15-16:30"]);
        assert_eq!(day.free, ["north 09:00-10:00", "north 11:15-12:45"]);
    }

    #[test]
    fn a_drive_against_the_rules_is_as_short_as_it_is() {
        let day = told(&["north 09:00-17:00"], &[("north", "10:00"), ("south", "11:30")], false);
        assert_eq!(day.stays, ["north 09:00-11:15", "south 11:30-12:45"]);
        assert_eq!(day.drives, ["south 11:15-11:30"]);
    }

    #[test]
    fn two_offices_one_after_the_other_have_their_drive_without_a_visit() {
        let offices = ["north 09:00-12:00", "south 14:00-18:00"];
        let day = told(&offices, &[], false);
        assert_eq!((day.stays.concat(), day.drives.concat()), (offices.concat(), "south 12:45-14:00".into()));
        assert_eq!((day.is_undecided, day.free_minutes), (false, 420));
        let day = told(&offices, &[("north", "10:00")], false);
        assert_eq!(day.stays, offices);
        assert_eq!(day.free, ["north 09:00-10:00", "north 11:15-12:00", "south 14:00-18:00"]);
    }

    #[test]
    fn offices_that_are_open_at_once_wait_for_the_first_booking() {
        let offices = ["north 10:00-14:00", "south 10:00-15:00"];
        let day = told(&offices, &[], true);
        assert!(day.is_undecided && day.drives.is_empty());
        assert_eq!((day.stays.concat(), day.free_minutes), (offices.concat(), 300));
        let day = told(&offices, &[("south", "11:00")], true);
        assert_eq!((day.stays.concat(), day.is_undecided), ("south 10:00-15:00".into(), false));
        assert_eq!(day.free, ["south 10:00-11:00", "south 12:15-15:00"]);
    }

    #[test]
    fn an_empty_day_has_no_way() {
        let day = told(&[], &[], false);
        assert!(day.stays.is_empty() && day.free.is_empty() && !day.is_undecided && day.free_minutes == 0);
    }

    #[test]
    fn of_a_day_that_has_begun_what_is_left_is_free() {
        let (office, span) = read("north 09:00-17:00");
        let open = [Stay { office: &office, span }];
        let way = Whereabouts::new(&[], &open, &practice().travel, false);
        for (now, minutes) in [("08:00", 480), ("10:30", 390), ("18:00", 0)] {
            assert_eq!(way.free_time(on_the_day(now)).num_minutes(), minutes, "{now}");
        }
    }
}
