//! A year of the practice: from its first instant to the next one's, in the
//! practice's zone, whatever UTC says.

use std::fmt;

use chrono::{Datelike, NaiveDate};
use chrono_tz::Tz;

use crate::domain::time::{self, Instant, Interval};

/// A calendar year, which is what a tax year goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Year(i32);

impl Year {
    /// Reads `2026`: four digits, and no year before instants begin.
    pub fn parse(text: &str) -> Option<Self> {
        let is_plain = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit());
        let year = text.parse().ok().filter(|year| is_plain && (1970..=9998).contains(year))?;
        Some(Self(year))
    }

    /// The year that it is in the practice at an instant.
    pub fn of(zone: Tz, at: Instant) -> Self {
        Self(time::date(zone, at).year())
    }

    /// The year before.
    pub fn before(self) -> Self {
        Self(self.0 - 1)
    }

    /// The year after.
    pub fn after(self) -> Self {
        Self(self.0 + 1)
    }

    /// January 1.
    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0, 1, 1).unwrap_or_default()
    }

    /// December 31.
    pub fn last(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.0, 12, 31).unwrap_or_default()
    }

    /// All of it.
    pub fn span(self, zone: Tz) -> Interval {
        Interval::new(time::start_of_day(zone, self.first()), time::start_of_day(zone, self.after().first()))
    }

    /// The first of each of its months, in order.
    pub fn months(self) -> impl Iterator<Item = NaiveDate> {
        (1..=12).filter_map(move |month| NaiveDate::from_ymd_opt(self.0, month, 1))
    }

    /// Each of its dates, in order.
    pub fn dates(self) -> impl Iterator<Item = NaiveDate> {
        self.first().iter_days().take_while(move |date| date.year() == self.0)
    }
}

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::time::parse_instant;

    const LOS_ANGELES: Tz = chrono_tz::America::Los_Angeles;

    #[test]
    fn a_year_is_four_digits_and_nothing_else() {
        assert_eq!(Year::parse("2026").map(|year| year.to_string()).as_deref(), Some("2026"));
        for text in ["", "26", "02026", "1969", "9999", "+202", "2o26", "２０２６", "2026 ", "-100"] {
            assert_eq!(Year::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_year_ends_at_midnight_in_the_practice() {
        let year = Year::parse("2026").expect("a year");
        let at = |text| parse_instant(text).expect("an instant");
        let span = year.span(LOS_ANGELES);
        assert_eq!(span, Interval::new(at("2026-01-01T08:00:00Z"), at("2027-01-01T08:00:00Z")));
        assert_eq!(Year::of(LOS_ANGELES, at("2027-01-01T07:59:59Z")), year);
        assert_eq!(Year::of(LOS_ANGELES, at("2027-01-01T08:00:00Z")), year.after());
        assert_eq!((year.dates().count(), year.months().count()), (365, 12));
        assert_eq!(year.after().before(), year);
        assert_eq!(year.last().to_string(), "2026-12-31");
    }
}
