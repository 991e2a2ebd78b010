//! Instants: points in time, the one form in which they are written, and the
//! spans of real time that are added to them.

use chrono::{DateTime, Datelike, NaiveDateTime, SubsecRound, TimeDelta, Timelike, Utc};

/// A point in time in whole seconds, UTC.
pub type Instant = DateTime<Utc>;

#[expect(clippy::disallowed_methods, reason = "the one place that reads UTC")]
pub(super) fn utc(at: NaiveDateTime) -> Instant {
    at.and_utc()
}

/// Reads the one form in which an instant travels in addresses and forms,
/// `2026-12-08T22:30:00Z`. `None` for anything else.
pub fn parse_instant(text: &str) -> Option<Instant> {
    let at = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ").ok()?;
    // chrono reads a leap second as more than 10^9 nanoseconds, and is lenient about padding
    // and about years of more than four digits.
    (at.nanosecond() == 0 && text.len() == 20 && write_instant(utc(at)) == text).then(|| utc(at))
}

/// Writes an instant as [`parse_instant`] reads it.
pub fn write_instant(at: Instant) -> String {
    // By hand: pages write thousands, and a format is read anew each time.
    let mut text = String::with_capacity(20);
    match u32::try_from(at.year()) {
        Ok(year @ ..=9999) => [year / 100, year % 100].into_iter().for_each(|two| push_two(&mut text, two)),
        _ => text += &format!("{:04}", at.year()),
    }
    for (mark, number) in
        [('-', at.month()), ('-', at.day()), ('T', at.hour()), (':', at.minute()), (':', at.second())]
    {
        text.push(mark);
        push_two(&mut text, number);
    }
    text.push('Z');
    text
}

/// Writes a number below a hundred in two digits.
pub(super) fn push_two(text: &mut String, number: u32) {
    for digit in [number / 10, number % 10] {
        text.extend(char::from_digit(digit, 10));
    }
}

/// Cuts an instant to whole seconds, as the file keeps it.
pub fn whole_seconds(at: Instant) -> Instant {
    at.trunc_subsecs(0)
}

/// Hours as a span of real time.
pub fn hours(hours: u32) -> TimeDelta {
    TimeDelta::hours(i64::from(hours))
}

/// Minutes as a span of real time.
pub fn minutes(minutes: u32) -> TimeDelta {
    TimeDelta::minutes(i64::from(minutes))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

    fn at(text: &str) -> Instant {
        parse_instant(text).expect("an instant")
    }

    #[test]
    fn an_instant_has_exactly_one_written_form() {
        assert_eq!(write_instant(at("2026-12-08T22:30:00Z")), "2026-12-08T22:30:00Z");
        for text in [
            "",
            "2026-12-08",
            "2026-12-08T22:30Z",
            "2026-12-08T22:30:00",
            "2026-12-08T22:30:00+00:00",
            "2026-12-08T22:30:60Z",
            "2026-12-08T22:30:00.5Z",
            "2026-12-8T22:30:00Z",
            "2026-13-08T22:30:00Z",
            " 2026-12-08T22:30:00Z",
            "2026-12-08T22:30:00z",
            "+2026-12-08T22:30:00Z",
            "+12026-12-08T22:30:00Z",
            "-0001-12-08T22:30:00Z",
        ] {
            assert_eq!(parse_instant(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn every_second_of_ten_thousand_years_is_read_as_it_was_written(
            second in -62_167_219_200_i64..253_402_300_800,
        ) {
            let at = Instant::from_timestamp(second, 0).expect("a second");
            prop_assert_eq!(parse_instant(&write_instant(at)), Some(at));
        }

        #[test]
        fn whatever_is_read_as_an_instant_is_written_so(text in any_text(&[
            "2026-12-08", "T", "22:30:00", "Z", "2026", "-", "12", "08", ":", "60", " ", "+", "0", ".5",
        ])) {
            if let Some(at) = parse_instant(&text) {
                prop_assert_eq!(write_instant(at), text);
            }
        }
    }
}
