//! One visit of a series is moved, and the later ones by the same: by as many days, and as far
//! on the clock on the wall.

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::{later::Place, rhythm::Occurrence};
use crate::domain::{
    appointment::Appointment,
    ids::OfficeSlug,
    time::{self, Instant},
};

/// How far, and to which office, the later visits go with one that is moved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shift {
    zone: Tz,
    /// By the clock on the wall.
    by: TimeDelta,
    from: OfficeSlug,
    to: OfficeSlug,
}

impl Shift {
    /// As a visit goes to a place.
    pub fn of(zone: Tz, a: &Appointment, (office, start): Place) -> Self {
        let by = time::civil(zone, start) - time::civil(zone, a.span.start);
        Self { zone, by, from: a.office.clone(), to: office }
    }

    /// Where and when a later visit is then. One that is at another office than the first was
    /// stays there. A time that exists twice on a date is the first of the two, as everywhere.
    pub fn occurrence(&self, office: &OfficeSlug, start: Instant) -> (OfficeSlug, Option<Occurrence>) {
        let office = if *office == self.from { self.to.clone() } else { office.clone() };
        let civil = time::civil(self.zone, start).checked_add_signed(self.by);
        let occurrence =
            civil.map(|civil| Occurrence { date: civil.date(), start: time::instant(self.zone, civil) });
        (office, occurrence)
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Los_Angeles;

    use super::*;
    use crate::domain::{
        appointment::Status,
        example::{appointment, at, office_slug},
    };

    /// Where a later visit goes when one goes from the first time to the second.
    fn shifted(from: &str, to: &str, later: &str) -> Option<Instant> {
        let a = appointment(Status::Confirmed, "north", at(from));
        let shift = Shift::of(Los_Angeles, &a, (office_slug("north"), at(to)));
        shift.occurrence(&office_slug("north"), at(later)).1.expect("a date").start
    }

    #[test]
    fn it_goes_as_many_days_and_as_far_on_the_wall_over_both_clock_changes() {
        for (from, to, later, is) in [
            ("2026-12-07 09:00", "2026-12-08 10:30", "2026-12-21 09:00", "2026-12-22 10:30"),
            ("2026-12-07 09:00", "2026-12-21 09:00", "2026-12-21 09:00", "2027-01-04 09:00"),
            // March 14 lies between: what is moved before it, and what after.
            ("2027-03-09 09:00", "2027-03-10 14:00", "2027-03-16 09:00", "2027-03-17 14:00"),
            ("2027-03-12 09:00", "2027-03-16 09:00", "2027-03-19 09:00", "2027-03-23 09:00"),
            ("2027-03-02 09:00", "2027-03-02 10:00", "2027-03-16 09:00", "2027-03-16 10:00"),
            // And November 7.
            ("2027-11-02 09:00", "2027-11-01 08:15", "2027-11-09 09:00", "2027-11-08 08:15"),
            ("2027-11-05 09:00", "2027-11-08 09:00", "2027-11-19 09:00", "2027-11-22 09:00"),
        ] {
            assert_eq!(shifted(from, to, later), Some(at(is)), "{from} to {to}, {later}");
        }
        assert_eq!(shifted("2027-03-01 09:00", "2027-03-01 02:30", "2027-03-14 09:00"), None, "skipped");
    }

    #[test]
    fn it_goes_to_the_other_office_unless_it_was_elsewhere_already() {
        let a = appointment(Status::Confirmed, "north", at("2026-12-07 09:00"));
        let shift = Shift::of(Los_Angeles, &a, (office_slug("south"), at("2026-12-08 09:00")));
        let office = |slug| shift.occurrence(&office_slug(slug), at("2026-12-21 09:00")).0;
        assert_eq!((office("north"), office("west")), (office_slug("south"), office_slug("west")));
    }
}
