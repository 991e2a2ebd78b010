//! Running late: what of a session still fits when its client comes late, and whom it
//! keeps waiting when the therapist does.

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::calendar::Calendar;
use crate::domain::{
    appointment::{Appointment, Status},
    ids::AppointmentId,
    practice::travel::Travel,
    time::{self, Instant, Interval},
};

/// How late somebody can say that they are, in minutes.
pub const MINUTES: [u32; 3] = [10, 20, 30];

/// What is said is said in steps of so many minutes.
const STEP: TimeDelta = TimeDelta::minutes(5);
/// From so long before the start a client can say that they're late.
const FROM: TimeDelta = TimeDelta::hours(3);
/// For so long after it they still can.
const UNTIL: TimeDelta = TimeDelta::minutes(15);
/// Whoever is late and sees nobody is late for a visit that is no further ahead.
const NEXT: TimeDelta = TimeDelta::hours(2);

/// When a visit is expected, because somebody is late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// When it was agreed to begin: of another time nothing was said.
    pub start: Instant,
    /// From when on the therapist and the client will both be there, and until when.
    pub span: Interval,
    /// What was said.
    pub minutes: u32,
    /// When it was said.
    pub said_at: Instant,
}

impl Expected {
    /// True while it holds of a visit.
    pub fn holds(&self, a: &Appointment) -> bool {
        matches!(a.status(), Status::Confirmed | Status::Arrived) && a.span.start == self.start
    }

    /// True for one that begins as agreed after all.
    pub fn is_on_time(&self) -> bool {
        self.span.start <= self.start
    }
}

/// When a visit is expected by what both sides have said: whoever is later counts.
pub fn together(a: &Appointment, client: Option<Expected>, therapist: Option<Expected>) -> Option<Interval> {
    let both = [client, therapist].into_iter().flatten().filter(|one| one.holds(a)).map(|one| one.span);
    both.reduce(|one, other| Interval::new(one.start.max(other.start), one.end.max(other.end)))
}

/// Whether a client can say that they're late: on the day, from some hours before the start
/// until shortly after it.
pub fn may_be_said(a: &Appointment, zone: Tz, now: Instant) -> bool {
    let is_today = time::date(zone, a.span.start) == time::date(zone, now);
    let is_near = a.span.start - FROM <= now && now <= a.span.start + UNTIL;
    a.status() == Status::Confirmed && is_today && is_near
}

impl Calendar<'_> {
    /// What of a visit still fits that begins at an instant, before the next one with its
    /// drive and this one's buffer; `None` where less than half of it is left. What keeps
    /// the therapist busy is all but the visit itself.
    pub fn still_fits(&self, a: &Appointment, from: Instant) -> Option<Interval> {
        let full = a.span.length();
        let timetable = &self.rules.timetable;
        let is_open = |span| timetable.is_open(self.practice.zone, &a.office, span);
        let fits = |span: &Interval| {
            // What was agreed is kept whatever stands against it.
            span.end <= a.span.end
                || self.collisions(&a.office, *span, a.buffer).is_empty()
                    && (!is_open(a.span) || is_open(Interval::new(a.span.start, span.end)))
        };
        let mut length = full;
        while full <= length * 2 {
            let span = Interval::new(from, from + length);
            if fits(&span) {
                return Some(span);
            }
            length -= STEP;
        }
        None
    }
}

/// A visit of a day that goes on, as it is expected without the therapist's delay.
#[derive(Clone, Copy, Debug)]
pub struct Coming<'a> {
    /// As it was agreed.
    pub visit: &'a Appointment,
    /// When it is expected: as agreed, or as its client has said.
    pub expected: Interval,
}

/// The visits that the therapist's being late moves, each with when it is expected then.
/// `coming` are those of the day that aren't over, in order of time. The one that is on ends
/// later; or, where nobody is there, the next one begins later, if it is near. What is
/// free between two visits makes up for it.
pub fn delayed(
    coming: &[Coming<'_>],
    travel: &Travel,
    minutes: u32,
    now: Instant,
) -> Vec<(AppointmentId, Interval)> {
    let Some(first) = coming.first() else { return Vec::new() };
    let late = time::minutes(minutes);
    let is_on = first.expected.start <= now || first.visit.status() == Status::Arrived;
    if !is_on && now + NEXT < first.expected.start {
        return Vec::new();
    }
    let begins = match is_on {
        true => first.expected.start,
        false => first.expected.start.max(first.visit.span.start + late),
    };
    let ends = if is_on { first.expected.end + late } else { begins + first.expected.length() };
    let mut moved = vec![(first.visit.id, Interval::new(begins, ends))];
    let mut delay = ends - first.expected.end;
    for pair in coming.windows(2) {
        let [before, next] = pair else { break };
        let drive = travel.between(&before.visit.office, &next.visit.office);
        let free = next.expected.start - (before.expected.end + before.visit.buffer + drive);
        delay = in_steps(delay - free.max(TimeDelta::zero()));
        if delay <= TimeDelta::zero() {
            break;
        }
        moved.push((next.visit.id, Interval::new(next.expected.start + delay, next.expected.end + delay)));
    }
    moved
}

/// Rounded up, so that nobody is told a time that can't be kept.
fn in_steps(delay: TimeDelta) -> TimeDelta {
    let (seconds, step) = (delay.num_seconds(), STEP.num_seconds());
    if seconds <= 0 { TimeDelta::zero() } else { TimeDelta::seconds((seconds + step - 1) / step * step) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        availability::busy::Busy,
        example::{Scene, appointment, at, occupied, office_slug, practice},
    };

    /// A Tuesday on which the north is open from nine to five.
    fn visit(id: i64, office: &str, time: &str) -> Appointment {
        let start = at(&format!("2026-12-08 {time}"));
        Appointment { id: AppointmentId(id), ..appointment(Status::Confirmed, office, start) }
    }

    fn clock(time: &str) -> Instant {
        at(&format!("2026-12-08 {time}"))
    }

    fn fits(busy: Busy, a: &Appointment, late: u32) -> Option<i64> {
        let scene = Scene { busy, ..Scene::new() };
        let rules = scene.rules.clone();
        let calendar =
            Calendar { practice: &scene.practice, rules: &rules, busy: &scene.busy, now: clock("10:00") };
        let span = calendar.still_fits(a, a.span.start + time::minutes(late))?;
        Some(span.length().num_minutes())
    }

    #[test]
    fn what_still_fits_ends_before_the_next_visit_with_its_buffer() {
        let a = visit(1, "north", "10:00");
        let next = |time: &str| Busy::new(vec![occupied(2, "north", clock(time), 60, 15)]);
        for (next, late, fit) in [
            (Busy::default(), 30, Some(60)),
            (next("13:00"), 30, Some(60)),
            (next("11:15"), 10, Some(50)), // Ends as agreed.
            (next("11:15"), 20, Some(40)),
            (next("11:15"), 30, Some(30)), // Half of it.
            (next("11:25"), 20, Some(50)),
            (next("11:35"), 20, Some(60)),
        ] {
            assert_eq!(fits(next.clone(), &a, late), fit, "{late} before {next:?}");
        }
    }

    #[test]
    fn less_than_half_of_it_is_no_session() {
        let half =
            Appointment { span: Interval::new(clock("10:00"), clock("10:30")), ..visit(1, "north", "10:00") };
        let next = Busy::new(vec![occupied(2, "north", clock("10:45"), 60, 15)]);
        assert_eq!(fits(next.clone(), &half, 10), Some(20));
        assert_eq!(fits(next, &half, 20), None);
    }

    #[test]
    fn the_drive_to_the_next_visit_counts() {
        let a = visit(1, "north", "10:00");
        let drive = practice().travel.between(&office_slug("north"), &office_slug("south"));
        let starts = clock("11:30") + drive;
        let next = Busy::new(vec![occupied(2, "south", starts, 60, 15)]);
        assert_eq!(fits(next, &a, 30), Some(45), "until 11:15, then the buffer and the drive");
    }

    #[test]
    fn it_is_said_on_the_day_from_three_hours_before_until_shortly_after_the_start() {
        let zone = chrono_tz::America::Los_Angeles;
        let a = visit(1, "north", "10:00");
        for (time, may) in
            [("06:59", false), ("07:00", true), ("10:00", true), ("10:15", true), ("10:16", false)]
        {
            assert_eq!(may_be_said(&a, zone, clock(time)), may, "{time}");
        }
        let early = visit(1, "north", "01:00");
        assert!(!may_be_said(&early, zone, at("2026-12-07 23:00")), "not the evening before");
        let request = Appointment {
            state: crate::domain::appointment::State::Requested { held_until: a.span.start },
            ..a
        };
        assert!(!may_be_said(&request, zone, clock("09:00")));
    }

    fn moved(day: &[Appointment], minutes: u32, now: &str) -> Vec<(i64, String)> {
        let coming: Vec<Coming<'_>> =
            day.iter().map(|visit| Coming { visit, expected: visit.span }).collect();
        let zone = practice().zone;
        let words = |at| time::civil(zone, at).format("%H:%M").to_string();
        let all = delayed(&coming, &practice().travel, minutes, clock(now));
        all.into_iter()
            .map(|(id, span)| (id.0, format!("{}-{}", words(span.start), words(span.end))))
            .collect()
    }

    fn expected(all: &[(i64, &str)]) -> Vec<(i64, String)> {
        all.iter().map(|(id, span)| (*id, (*span).to_owned())).collect()
    }

    #[test]
    fn a_gap_makes_up_for_the_delay_and_whoever_comes_after_it_is_not_kept_waiting() {
        // 15 minutes of buffer between the first three; then a quarter of an hour more.
        let day = [
            visit(1, "north", "10:00"),
            visit(2, "north", "11:15"),
            visit(3, "north", "12:45"),
            visit(4, "north", "15:00"),
        ];
        let on = |minutes| moved(&day, minutes, "10:30");
        assert_eq!(on(10), expected(&[(1, "10:00-11:10"), (2, "11:25-12:25")]));
        assert_eq!(on(20), expected(&[(1, "10:00-11:20"), (2, "11:35-12:35"), (3, "12:50-13:50")]));
        let next = moved(&day, 20, "09:50");
        assert_eq!(next, expected(&[(1, "10:20-11:20"), (2, "11:35-12:35"), (3, "12:50-13:50")]));
        assert!(moved(&day, 20, "07:59").is_empty(), "nobody is near");
        assert_eq!(moved(&day[3..], 30, "13:00"), expected(&[(4, "15:30-16:30")]));
        assert!(moved(&[], 30, "13:00").is_empty());
    }

    proptest! {
        #[test]
        fn nobody_is_told_a_time_that_the_one_before_does_not_leave(
            gaps in prop::collection::vec(0..60i64, 1..6),
            minutes in prop::sample::select(MINUTES.to_vec()),
        ) {
            let travel = practice().travel;
            let mut at = clock("09:00");
            let day: Vec<Appointment> = gaps.iter().enumerate().map(|(id, gap)| {
                let span = Interval::new(at, at + time::minutes(60));
                at = span.end + time::minutes(15) + TimeDelta::minutes(*gap);
                Appointment { id: AppointmentId(id as i64), span, ..visit(1, "north", "09:00") }
            }).collect();
            let coming: Vec<Coming<'_>> = day.iter().map(|visit| Coming { visit, expected: visit.span }).collect();
            let moved = delayed(&coming, &travel, minutes, clock("09:10"));
            for pair in moved.windows(2) {
                prop_assert!(pair[0].1.end + time::minutes(15) <= pair[1].1.start);
            }
            for (id, span) in &moved {
                let agreed = day[id.0 as usize].span;
                prop_assert!(agreed.start <= span.start && span.start - agreed.start <= time::minutes(minutes));
            }
            if let (Some((last, span)), Some(next)) = (moved.last(), day.get(moved.len())) {
                prop_assert!(span.end + time::minutes(15) <= next.span.start, "{last:?} keeps the next waiting");
            }
        }
    }
}
