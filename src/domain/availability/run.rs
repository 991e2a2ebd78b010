//! The run of a day: where the therapist is, whom they see, and when they drive.

use chrono::TimeDelta;

use crate::domain::{
    appointment::Appointment,
    ids::OfficeSlug,
    practice::travel::Travel,
    time::{Instant, Interval},
};

/// Less than this between two visits is no gap that anybody plans with.
const SHORTEST_GAP: TimeDelta = TimeDelta::minutes(30);

/// One thing after the other on a day's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop<'a> {
    /// Work at an office begins.
    At(&'a OfficeSlug),
    /// Somebody comes.
    Visit(&'a Appointment),
    /// Nobody comes, and there is nothing to drive.
    Gap(Interval),
    /// To the office of the next visit.
    Drive {
        /// Where to.
        to: &'a OfficeSlug,
        /// As the practice file says of these two offices.
        takes: TimeDelta,
        /// The latest that is in time for the next visit.
        leave_by: Instant,
    },
}

/// The run of visits that stand in order of time.
pub fn run<'a>(visits: impl IntoIterator<Item = &'a Appointment>, travel: &Travel) -> Vec<Stop<'a>> {
    let mut stops = Vec::new();
    let mut before: Option<&Appointment> = None;
    for visit in visits {
        let office = &visit.office;
        let from = before.map(|before| &before.office);
        let takes = from.map_or(TimeDelta::zero(), |from| travel.between(from, office));
        if let Some(before) = before {
            let (free_from, free_until) = (before.span.end + before.buffer, visit.span.start - takes);
            if SHORTEST_GAP <= free_until - free_from {
                stops.push(Stop::Gap(Interval::new(free_from, free_until)));
            }
        }
        if from.is_some_and(|from| from != office) {
            stops.push(Stop::Drive { to: office, takes, leave_by: visit.span.start - takes });
        }
        if from != Some(office) {
            stops.push(Stop::At(office));
        }
        stops.push(Stop::Visit(visit));
        before = Some(visit);
    }
    stops
}

/// The latest at which to leave for a visit, where the one before it that day, which
/// stands last among those `before` it, is at another office.
pub fn leave_by<'a>(
    before: impl IntoIterator<Item = &'a Appointment>,
    visit: &Appointment,
    travel: &Travel,
) -> Option<Instant> {
    let from = &before.into_iter().last()?.office;
    (*from != visit.office).then(|| visit.span.start - travel.between(from, &visit.office))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        appointment::Status,
        example::{appointment, at, office_slug, practice},
        time,
    };

    fn visit(office: &str, start: Instant) -> Appointment {
        appointment(Status::Confirmed, office, start)
    }

    #[test]
    fn a_day_at_one_office_has_no_drive() {
        let visits = [visit("north", at("2026-12-08 09:00")), visit("north", at("2026-12-08 11:00"))];
        let north = office_slug("north");
        assert_eq!(
            run(&visits, &practice().travel),
            [
                Stop::At(&north),
                Stop::Visit(&visits[0]),
                Stop::Gap(Interval::new(at("2026-12-08 10:15"), at("2026-12-08 11:00"))),
                Stop::Visit(&visits[1])
            ]
        );
        assert_eq!(run([], &practice().travel), []);
    }

    #[test]
    fn a_drive_is_left_for_in_time_for_the_visit_that_it_leads_to() {
        let visits = [
            visit("north", at("2026-12-08 09:00")),
            visit("south", at("2026-12-08 13:00")),
            visit("north", at("2026-12-08 17:00")),
        ];
        let (north, south) = (office_slug("north"), office_slug("south"));
        let takes = time::minutes(75);
        assert_eq!(
            run(&visits, &practice().travel),
            [
                Stop::At(&north),
                Stop::Visit(&visits[0]),
                Stop::Gap(Interval::new(at("2026-12-08 10:15"), at("2026-12-08 11:45"))),
                Stop::Drive { to: &south, takes, leave_by: at("2026-12-08 11:45") },
                Stop::At(&south),
                Stop::Visit(&visits[1]),
                Stop::Gap(Interval::new(at("2026-12-08 14:15"), at("2026-12-08 15:45"))),
                Stop::Drive { to: &north, takes, leave_by: at("2026-12-08 15:45") },
                Stop::At(&north),
                Stop::Visit(&visits[2]),
            ]
        );
    }

    #[test]
    fn less_than_half_an_hour_is_no_gap() {
        let visits = [visit("north", at("2026-12-08 09:00")), visit("north", at("2026-12-08 10:44"))];
        let north = office_slug("north");
        assert_eq!(
            run(&visits, &practice().travel),
            [Stop::At(&north), Stop::Visit(&visits[0]), Stop::Visit(&visits[1])]
        );
    }

    #[test]
    fn one_leaves_for_a_visit_from_where_the_one_before_it_is() {
        let travel = practice().travel;
        let visits = [visit("north", at("2026-12-08 09:00")), visit("south", at("2026-12-08 14:25"))];
        assert_eq!(leave_by(&visits[..1], &visits[1], &travel), Some(at("2026-12-08 13:10")));
        assert_eq!(leave_by(&visits[1..], &visits[1], &travel), None, "from the same office");
        assert_eq!(leave_by([], &visits[1], &travel), None, "the first of the day");
    }

    proptest! {
        #[test]
        fn every_visit_comes_once_in_order_and_at_its_office(
            offices in prop::collection::vec(prop::bool::ANY, 0..12),
        ) {
            let visits: Vec<Appointment> = offices
                .iter()
                .zip(0..)
                .map(|(is_north, hour)| {
                    let office = if *is_north { "north" } else { "south" };
                    visit(office, at("2026-12-08 07:00") + time::hours(hour))
                })
                .collect();
            let (mut seen, mut here, mut on_the_way) = (Vec::new(), None, None);
            for stop in run(&visits, &practice().travel) {
                match stop {
                    Stop::Gap(_) => {}
                    Stop::Drive { to, .. } => on_the_way = Some(to),
                    Stop::At(office) => {
                        prop_assert_ne!(here, Some(office));
                        prop_assert_eq!(on_the_way.take(), here.and(Some(office)), "a drive to every office but the first");
                        here = Some(office);
                    }
                    Stop::Visit(visit) => {
                        prop_assert_eq!(here, Some(&visit.office));
                        seen.push(visit);
                    }
                }
            }
            prop_assert_eq!(seen, visits.iter().collect::<Vec<_>>());
        }
    }
}
