//! “I'll be there”: what a client has said of their visit.

use super::{record::Appointment, refusal::Refusal, status::Status};
use crate::domain::time::Instant;

/// That a client will be there, as they said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attendance {
    /// When the visit was to begin.
    pub start: Instant,
    /// When they said it.
    pub said_at: Instant,
}

impl Attendance {
    /// True while it holds of a visit: one that was moved since is another time, of
    /// which nobody has said anything, even if it was moved back.
    pub fn holds(&self, a: &Appointment) -> bool {
        let is_on = matches!(a.status(), Status::Confirmed | Status::Arrived);
        is_on && a.span.start == self.start && a.confirmed_at() <= self.said_at
    }
}

impl Appointment {
    /// Whether its client can say that they'll be there.
    pub fn may_be_attended(&self, now: Instant) -> Result<(), Refusal> {
        match self.status() {
            Status::Confirmed => self.has_not_begun(now),
            status => Err(Refusal::Is(status)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        appointment::overriding::Override,
        example::{appointment, at, rules},
        time::{self, Interval},
    };

    #[test]
    fn it_is_said_of_a_confirmed_visit_until_it_begins() {
        let start = at("2026-12-08 14:30");
        for status in Status::ALL {
            let a = appointment(status, "north", start);
            let before = a.may_be_attended(start - time::minutes(1));
            assert_eq!(before.is_ok(), status == Status::Confirmed, "{status:?}");
            assert!(a.may_be_attended(start).is_err(), "{status:?}");
        }
    }

    #[test]
    fn a_visit_that_was_moved_and_moved_back_is_not_the_one_it_was_said_of() {
        let (start, policy) = (at("2026-12-08 14:30"), rules().policy);
        let a = appointment(Status::Confirmed, "north", start);
        let said = Attendance { start, said_at: a.confirmed_at() };
        assert!(said.holds(&a));
        let moved = |a: Appointment, to: Instant, now| {
            let span = Interval::new(to, to + time::hours(1));
            let office = a.office.clone();
            a.reschedule(&policy, office, span, None, Override::none(), now).expect("it can be moved")
        };
        let later = said.said_at + time::hours(1);
        let away = moved(a, start + time::hours(2), later);
        assert!(!said.holds(&away));
        assert!(!said.holds(&moved(away, start, later + time::hours(1))));
    }
}
