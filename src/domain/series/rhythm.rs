//! Every how many weeks, and how often: the dates of a series, at the same time by the
//! clock on the wall.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::domain::time::{self, Instant};

/// The same time every few weeks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rhythm {
    weeks: u8,
    times: u8,
}

/// One date of a series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The date of the practice.
    pub date: NaiveDate,
    /// When it is that time then; `None` where the clocks skip it.
    pub start: Option<Instant>,
}

/// Among which rhythms somebody can choose.
#[derive(Clone, Copy, Debug)]
pub struct Choices {
    /// Every how many weeks.
    pub weeks: &'static [u8],
    /// How many visits at the most.
    pub most: u8,
}

impl Choices {
    /// `None` for what can't be chosen.
    pub fn rhythm(self, weeks: u8, times: u8) -> Option<Rhythm> {
        let can_be = self.weeks.contains(&weeks) && (1..=self.most).contains(&times);
        can_be.then_some(Rhythm { weeks, times })
    }
}

impl Rhythm {
    /// What the therapist can book.
    pub const OF_THERAPIST: Choices = Choices { weeks: &[1, 2, 3, 4], most: 12 };
    /// What a client can ask for.
    pub const OF_CLIENT: Choices = Choices { weeks: &[2, 3, 4], most: 6 };

    /// Every how many weeks.
    pub fn weeks(self) -> u8 {
        self.weeks
    }

    /// How many visits there are.
    pub fn times(self) -> u8 {
        self.times
    }

    /// The dates after a first visit, which is not among them, that are still to come. A time
    /// that exists twice on a date is the first of the two, as everywhere.
    pub fn after(self, zone: Tz, first: Instant, today: NaiveDate) -> Vec<Occurrence> {
        let civil = time::civil(zone, first);
        let date = |nth: u64| civil.date().checked_add_days(Days::new(7 * u64::from(self.weeks) * nth));
        let dates = (1..).map_while(date).skip_while(|date| *date <= today);
        let occurrence =
            |date: NaiveDate| Occurrence { date, start: time::instant(zone, date.and_time(civil.time())) };
        dates.take(self.times.into()).map(occurrence).collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use chrono_tz::America::Los_Angeles;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::at;

    fn rhythm(weeks: u8, times: u8) -> Rhythm {
        Rhythm::OF_THERAPIST.rhythm(weeks, times).expect("a rhythm")
    }

    /// `2027-03-16 17:00` of each date, in UTC.
    fn in_utc(weeks: u8, times: u8, first: &str) -> Vec<String> {
        let all = rhythm(weeks, times).after(Los_Angeles, at(first), NaiveDate::MIN);
        let words = |one: Occurrence| one.start.map(|start| start.format("%Y-%m-%d %H:%M").to_string());
        all.into_iter().map(|one| words(one).unwrap_or_else(|| format!("{} skipped", one.date))).collect()
    }

    #[test]
    fn a_series_is_every_one_to_four_weeks_up_to_twelve_times() {
        for (weeks, times, is_one) in
            [(1, 1, true), (4, 12, true), (0, 3, false), (5, 3, false), (3, 0, false), (3, 13, false)]
        {
            assert_eq!(Rhythm::OF_THERAPIST.rhythm(weeks, times).is_some(), is_one, "{weeks} {times}");
        }
    }

    #[test]
    fn a_client_can_ask_for_every_two_to_four_weeks_up_to_six_times() {
        for (weeks, times, is_one) in
            [(2, 1, true), (4, 6, true), (1, 3, false), (3, 7, false), (5, 1, false), (2, 0, false)]
        {
            assert_eq!(Rhythm::OF_CLIENT.rhythm(weeks, times).is_some(), is_one, "{weeks} {times}");
        }
    }

    #[test]
    fn the_time_on_the_wall_stays_the_same_over_both_clock_changes() {
        // 9 am is 17:00 UTC until March 14, 2027, and 16:00 after.
        let march = ["2027-03-02 17:00", "2027-03-09 17:00", "2027-03-16 16:00", "2027-03-23 16:00"];
        assert_eq!(in_utc(1, 4, "2027-02-23 09:00"), march);
        // And 17:00 again after November 7.
        let november = ["2027-10-26 16:00", "2027-11-09 17:00", "2027-11-23 17:00"];
        assert_eq!(in_utc(2, 3, "2027-10-12 09:00"), november);
    }

    #[test]
    fn a_time_that_is_skipped_is_none_and_one_that_comes_twice_is_the_first() {
        let skipped = ["2027-03-07 10:30", "2027-03-14 skipped", "2027-03-21 09:30"];
        assert_eq!(in_utc(1, 3, "2027-02-28 02:30"), skipped);
        let twice = ["2027-11-07 08:30", "2027-11-14 09:30"];
        assert_eq!(in_utc(1, 2, "2027-10-31 01:30"), twice);
    }

    #[test]
    fn what_is_past_already_is_no_date_of_it() {
        let today = time::date(Los_Angeles, at("2026-12-15 08:00"));
        let all = rhythm(2, 2).after(Los_Angeles, at("2026-11-17 09:00"), today);
        assert_eq!(
            all.iter().map(|one| one.start).collect::<Vec<_>>(),
            [Some(at("2026-12-29 09:00")), Some(at("2027-01-12 09:00"))]
        );
    }

    proptest! {
        #[test]
        fn every_date_is_whole_weeks_later_at_the_same_time(
            minutes in 0_i64..60 * 24 * 800, weeks in 1_u8..=4, times in 1_u8..=12,
        ) {
            let first = at("2026-11-02 00:00") + TimeDelta::minutes(minutes);
            let all = rhythm(weeks, times).after(Los_Angeles, first, NaiveDate::MIN);
            prop_assert_eq!(all.len(), usize::from(times));
            let civil = time::civil(Los_Angeles, first);
            for (nth, one) in (1..).zip(all) {
                let later = one.date - civil.date();
                prop_assert_eq!(later, TimeDelta::weeks(i64::from(weeks) * nth));
                if let Some(start) = one.start {
                    prop_assert_eq!(time::civil(Los_Angeles, start), one.date.and_time(civil.time()));
                }
            }
        }
    }
}
