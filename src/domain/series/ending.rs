//! The end of a series that comes near, so that the therapist can book on in time.

use crate::domain::{
    appointment::{Appointment, Status},
    time::Instant,
};

/// With so many visits still to come the therapist is told.
const TOLD_WITH: usize = 2;

/// A series that ends soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The last of its visits.
    pub last: Appointment,
    /// How many are still to come, that one included.
    pub left: usize,
}

/// Whether a series ends soon. `visits` are all that are of it, in order of time. One that has
/// just been booked doesn't end yet, however short it is.
pub fn ending(visits: &[Appointment], now: Instant) -> Option<Ending> {
    let is_to_come = |a: &&Appointment| a.status() == Status::Confirmed && now < a.span.start;
    let has_begun = visits.iter().any(|a| a.was_a_visit(now));
    let to_come: Vec<&Appointment> = visits.iter().filter(is_to_come).collect();
    let last = (*to_come.last()?).clone();
    (has_begun && to_come.len() <= TOLD_WITH).then_some(Ending { last, left: to_come.len() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::{appointment, at};

    const DATES: [&str; 4] = ["2026-12-07 09:00", "2026-12-21 09:00", "2027-01-04 09:00", "2027-01-18 09:00"];

    fn visits(statuses: &[Status]) -> Vec<Appointment> {
        statuses.iter().zip(DATES).map(|(status, date)| appointment(*status, "north", at(date))).collect()
    }

    #[test]
    fn it_is_told_from_two_visits_before_the_end_until_the_last_begins() {
        use Status::{Arrived, Canceled, Confirmed, NoShow};
        for (what, statuses, now, left) in [
            ("three are left", [Arrived, Confirmed, Confirmed, Confirmed], "2026-12-08 09:00", None),
            ("two are left", [Arrived, Arrived, Confirmed, Confirmed], "2026-12-22 09:00", Some(2)),
            (
                "one of three is canceled",
                [Arrived, Canceled, Confirmed, Confirmed],
                "2026-12-08 09:00",
                Some(2),
            ),
            ("the last is left", [Arrived, NoShow, Arrived, Confirmed], "2027-01-05 09:00", Some(1)),
            ("the last has begun", [Arrived, Arrived, Arrived, Confirmed], "2027-01-18 09:00", None),
            (
                "nobody noted that they came",
                [Confirmed, Confirmed, Confirmed, Confirmed],
                "2026-12-22 09:00",
                Some(2),
            ),
            ("none has taken place", [Canceled, Canceled, Confirmed, Confirmed], "2026-12-01 09:00", None),
        ] {
            let ending = ending(&visits(&statuses), at(now));
            assert_eq!(ending.as_ref().map(|ending| ending.left), left, "{what}");
            assert!(ending.is_none_or(|ending| ending.last.span.start == at(DATES[3])), "{what}");
        }
    }

    #[test]
    fn where_the_last_is_canceled_the_one_before_it_is_the_last() {
        use Status::{Arrived, Canceled, Confirmed};
        let ending = ending(&visits(&[Arrived, Confirmed, Confirmed, Canceled]), at("2026-12-08 09:00"));
        let ending = ending.expect("it ends");
        assert_eq!((ending.left, ending.last.span.start), (2, at(DATES[2])));
    }
}
