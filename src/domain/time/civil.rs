//! Civil time: dates and times of day in the practice's zone, and the one place
//! where they are turned into instants and back. Minutes are added to instants,
//! days to dates. Swapping the zone library means changing this file and the
//! words beside it.

use chrono::{MappedLocalTime, NaiveDate, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;

use super::{
    instant::{Instant, utc},
    interval::Interval,
};

const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// The instant of a civil time, or `None` in the gap of a spring change.
/// A civil time that happens twice in autumn is the first of the two
/// (RFC 5545 section 3.3.5 reads it the same way).
#[expect(clippy::disallowed_methods, reason = "the one conversion from civil time")]
pub fn instant(zone: Tz, civil: NaiveDateTime) -> Option<Instant> {
    match zone.from_local_datetime(&civil) {
        MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => Some(at.with_timezone(&Utc)),
        MappedLocalTime::None => None,
    }
}

/// The instant at which a span ends or a day begins that is said in civil
/// time: like [`instant`], but in a gap it is the moment of the jump.
pub fn boundary(zone: Tz, civil: NaiveDateTime) -> Instant {
    (0..=MINUTES_OF_A_DAY)
        .find_map(|later| instant(zone, civil + TimeDelta::minutes(later)))
        .unwrap_or_else(|| utc(civil)) // No zone has jumped by more than a day.
}

/// The date and time of day that a clock in the practice shows.
pub fn civil(zone: Tz, at: Instant) -> NaiveDateTime {
    at.with_timezone(&zone).naive_local()
}

/// The practice's date at an instant.
pub fn date(zone: Tz, at: Instant) -> NaiveDate {
    civil(zone, at).date()
}

/// The first instant of a date (later than midnight where a change skips it).
pub fn start_of_day(zone: Tz, date: NaiveDate) -> Instant {
    boundary(zone, date.into())
}

/// A whole date, from its first instant to the next date's.
pub fn day(zone: Tz, date: NaiveDate) -> Interval {
    let tomorrow = date.succ_opt().unwrap_or(NaiveDate::MAX);
    Interval::new(start_of_day(zone, date), start_of_day(zone, tomorrow))
}

/// Reads a date in an address, `2026-12-08`.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (text.len() == 10 && date.format("%Y-%m-%d").to_string() == text).then_some(date)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    use crate::domain::{example::any_text, time::parse_instant};

    const LOS_ANGELES: Tz = chrono_tz::America::Los_Angeles;

    fn civil_time(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M").expect("a civil time")
    }

    fn at(text: &str) -> Instant {
        parse_instant(text).expect("an instant")
    }

    #[test]
    fn a_civil_time_in_the_spring_gap_does_not_exist() {
        assert_eq!(instant(LOS_ANGELES, civil_time("2027-03-14 01:59")), Some(at("2027-03-14T09:59:00Z")));
        assert_eq!(instant(LOS_ANGELES, civil_time("2027-03-14 02:00")), None);
        assert_eq!(instant(LOS_ANGELES, civil_time("2027-03-14 02:59")), None);
        assert_eq!(instant(LOS_ANGELES, civil_time("2027-03-14 03:00")), Some(at("2027-03-14T10:00:00Z")));
    }

    #[test]
    fn a_civil_time_that_happens_twice_is_the_first() {
        assert_eq!(instant(LOS_ANGELES, civil_time("2027-11-07 01:30")), Some(at("2027-11-07T08:30:00Z")));
        assert_eq!(instant(LOS_ANGELES, civil_time("2027-11-07 02:00")), Some(at("2027-11-07T10:00:00Z")));
    }

    #[test]
    fn a_span_that_ends_in_the_gap_ends_where_the_clock_has_jumped_to() {
        assert_eq!(boundary(LOS_ANGELES, civil_time("2027-03-14 02:00")), at("2027-03-14T10:00:00Z"));
        assert_eq!(boundary(LOS_ANGELES, civil_time("2027-03-14 02:30")), at("2027-03-14T10:00:00Z"));
        assert_eq!(boundary(LOS_ANGELES, civil_time("2027-03-14 03:00")), at("2027-03-14T10:00:00Z"));
    }

    proptest! {
        #[test]
        fn whatever_is_read_as_a_date_is_written_so(text in any_text(&[
            "2026-12-08", "2026", "-", "02", "29", "31", "8", " ", "+", "T", "W", "_",
        ])) {
            if let Some(date) = parse_date(&text) {
                prop_assert_eq!(date.to_string(), text);
            }
        }
    }
}
