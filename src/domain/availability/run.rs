//! The run of a day: where the therapist is, whom they see, and when they drive.

use chrono::TimeDelta;

use crate::domain::{appointment::Appointment, ids::OfficeSlug, practice::travel::Travel, time::Instant};

/// One thing after the other on a day's way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop<'a> {
    /// Work at an office begins.
    At(&'a OfficeSlug),
    /// Somebody comes.
    Visit(&'a Appointment),
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
    let mut before: Option<&OfficeSlug> = None;
    for visit in visits {
        let office = &visit.office;
        if let Some(from) = before.filter(|from| *from != office) {
            let takes = travel.between(from, office);
            stops.push(Stop::Drive { to: office, takes, leave_by: visit.span.start - takes });
        }
        if before != Some(office) {
            stops.push(Stop::At(office));
        }
        stops.push(Stop::Visit(visit));
        before = Some(office);
    }
    stops
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
            [Stop::At(&north), Stop::Visit(&visits[0]), Stop::Visit(&visits[1])]
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
                Stop::Drive { to: &south, takes, leave_by: at("2026-12-08 11:45") },
                Stop::At(&south),
                Stop::Visit(&visits[1]),
                Stop::Drive { to: &north, takes, leave_by: at("2026-12-08 15:45") },
                Stop::At(&north),
                Stop::Visit(&visits[2]),
            ]
        );
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
