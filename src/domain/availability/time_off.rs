//! Time off: when the therapist does not work, at one office or at all.

use crate::domain::{
    client::Note,
    ids::{OfficeSlug, TimeOffId},
    time::Interval,
};

/// A span in which the therapist takes nobody, at one office or at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeOff {
    /// The row's number.
    pub id: TimeOffId,
    /// The one office that is closed; `None` closes the whole practice.
    pub office: Option<OfficeSlug>,
    /// Half-open, as every interval.
    pub span: Interval,
    /// For the therapist's own eyes.
    pub note: Option<Note>,
    /// What clients read in place of its days.
    pub sentence: Option<Note>,
}

impl TimeOff {
    /// True when nobody can come to this office in it.
    pub fn closes(&self, office: &OfficeSlug) -> bool {
        self.office.as_ref().is_none_or(|closed| closed == office)
    }

    /// True when it leaves nothing of a day at any office.
    pub fn takes_all_of(&self, day: Interval) -> bool {
        self.is_of_the_whole_practice() && self.span.start <= day.start && day.end <= self.span.end
    }

    /// True when it is of no single office.
    pub fn is_of_the_whole_practice(&self) -> bool {
        self.office.is_none()
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Los_Angeles;

    use super::*;
    use crate::domain::availability::busy::Busy;
    use crate::domain::{
        example::{at, date, occupied, office_slug},
        time,
    };

    fn off(office: Option<&str>, from: &str, to: &str) -> TimeOff {
        let span = Interval::new(at(from), at(to));
        TimeOff { id: TimeOffId(1), office: office.map(office_slug), span, note: None, sentence: None }
    }

    #[test]
    fn time_off_closes_its_office_or_all() {
        let (north, south) = (office_slug("north"), office_slug("south"));
        let at_one = off(Some("north"), "2026-12-07 12:00", "2026-12-07 15:00");
        assert_eq!((at_one.closes(&north), at_one.closes(&south)), (true, false));
        assert!(!at_one.is_of_the_whole_practice());
        let at_all = off(None, "2026-12-07 12:00", "2026-12-07 15:00");
        assert_eq!((at_all.closes(&north), at_all.closes(&south)), (true, true));
        assert!(at_all.is_of_the_whole_practice());
    }

    #[test]
    fn time_off_leaves_standing_the_sessions_that_lie_in_it_wholly_or_in_part() {
        let busy = Busy::new(vec![
            occupied(1, "north", at("2026-12-07 09:00"), 60, 15),
            occupied(2, "north", at("2026-12-07 11:00"), 60, 15),
            occupied(3, "south", at("2026-12-07 14:00"), 60, 15),
            // Another time was asked for, and both are looked at.
            occupied(2, "south", at("2026-12-07 16:00"), 60, 15),
        ]);
        for (office, from, to, left) in [
            (None, "2026-12-07 00:00", "2026-12-08 00:00", vec![1, 2, 3, 2]),
            (Some("north"), "2026-12-07 00:00", "2026-12-08 00:00", vec![1, 2]),
            (Some("south"), "2026-12-07 00:00", "2026-12-08 00:00", vec![3, 2]),
            // Its buffer may lie in time off.
            (None, "2026-12-07 10:00", "2026-12-07 11:00", vec![]),
            (None, "2026-12-07 09:59", "2026-12-07 11:01", vec![1, 2]),
            (None, "2026-12-07 11:20", "2026-12-07 11:40", vec![2]),
            (Some("south"), "2026-12-07 09:00", "2026-12-07 14:00", vec![]),
        ] {
            let off = off(office, from, to);
            let found: Vec<i64> =
                busy.during(&off).iter().filter_map(|o| o.holder.appointment()).map(|id| id.0).collect();
            assert_eq!(found, left, "{office:?}, {from} to {to}");
        }
    }

    #[test]
    fn a_day_off_is_as_long_as_the_day() {
        for (on, hours) in [("2027-03-13", 24), ("2027-03-14", 23), ("2027-11-06", 24), ("2027-11-07", 25)] {
            let day = time::day(Los_Angeles, date(on));
            assert_eq!(day.length(), time::hours(hours), "{on}");
            let off = TimeOff { id: TimeOffId(1), office: None, span: day, note: None, sentence: None };
            let edges = [
                occupied(1, "north", day.start - time::minutes(60), 60, 15),
                occupied(2, "north", day.start, 60, 15),
                occupied(3, "north", day.end - time::minutes(60), 60, 15),
                occupied(4, "north", day.end, 60, 15),
            ];
            let busy = Busy::new(edges.to_vec());
            let left: Vec<i64> =
                busy.during(&off).iter().filter_map(|o| o.holder.appointment()).map(|id| id.0).collect();
            assert_eq!(left, [2, 3], "{on}");
        }
    }
}
