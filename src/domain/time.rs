//! Instants and civil time: the one place where they are turned into each
//! other, and the one place where they are put into words.
//!
//! Inside, a point in time is an [`Instant`]; at the edges it is a date and a
//! time of day in the practice's zone. Minutes are added to instants, days to
//! dates. Swapping the zone library means changing this file alone.

use chrono::{
    DateTime, Datelike, MappedLocalTime, NaiveDate, NaiveDateTime, SubsecRound, TimeDelta, TimeZone,
    Timelike, Utc, Weekday,
};
use chrono_tz::{OffsetName, Tz};

use super::interval::Interval;

const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// A point in time in whole seconds, UTC.
pub type Instant = DateTime<Utc>;

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

#[expect(clippy::disallowed_methods, reason = "the one place that reads UTC")]
fn utc(at: NaiveDateTime) -> Instant {
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
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Reads a date in an address, `2026-12-08`.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?;
    (text.len() == 10 && date.format("%Y-%m-%d").to_string() == text).then_some(date)
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

/// `Tuesday, December 8, 2:30 pm`: the one phrase for a date and a time.
pub fn phrase(zone: Tz, at: Instant) -> String {
    at.with_timezone(&zone).format("%A, %B %-d, %-I:%M %P").to_string()
}

/// `Tuesday, 2:30 pm` within a week of today, when a weekday is one date; else the whole phrase.
pub fn phrase_near(zone: Tz, today: NaiveDate, at: Instant) -> String {
    let date = date(zone, at);
    if is_near(today, date) {
        format!("{}, {}", weekday_words(date.weekday()), time_words(zone, at))
    } else {
        phrase(zone, at)
    }
}

/// `Tue 2:30 pm`; `Tue, Dec 29, 2:30 pm` where that is a week or more away.
pub fn short_phrase_from(zone: Tz, today: NaiveDate, at: Instant) -> String {
    let date = date(zone, at);
    let day = date.format(if is_near(today, date) { "%a" } else { "%a, %b %-d," });
    format!("{day} {}", time_words(zone, at))
}

/// True while a weekday alone can mean only this date.
pub fn is_near(today: NaiveDate, date: NaiveDate) -> bool {
    (date - today).num_days().abs() < 7
}

/// `2:30 pm`
pub fn time_words(zone: Tz, at: Instant) -> String {
    at.with_timezone(&zone).format("%-I:%M %P").to_string()
}

/// `Tuesday, December 8`
pub fn date_words(date: NaiveDate) -> String {
    date.format("%A, %B %-d").to_string()
}

/// `Tuesday, December 8`; with the year behind it where that is another than today's.
pub fn date_words_from(today: NaiveDate, date: NaiveDate) -> String {
    let words = date_words(date);
    if date.year() == today.year() { words } else { format!("{words}, {}", date.year()) }
}

/// `Tuesday`
pub fn weekday_words(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}

/// `December 8`
pub fn day_words(date: NaiveDate) -> String {
    date.format("%B %-d").to_string()
}

/// `December 8, 2026`
pub fn long_date_words(date: NaiveDate) -> String {
    date.format("%B %-d, %Y").to_string()
}

/// The abbreviation that the zone goes by at an instant, `PST`.
/// A zone without one is named by its distance, `UTC+04:00`.
pub fn zone_words(zone: Tz, at: Instant) -> String {
    let local = at.with_timezone(&zone);
    match local.offset().abbreviation() {
        Some(name) if name.starts_with(|c: char| c.is_ascii_alphabetic()) => name.to_owned(),
        _ => format!("UTC{}", local.format("%:z")),
    }
}

/// What the zone goes by from one date to another: `PST`, or where the clocks
/// change meanwhile `PST until Saturday, March 13, PDT from Sunday, March 14`.
/// Beyond two changes without dates, `PST or PDT`.
pub fn zones_words(zone: Tz, first: NaiveDate, last: NaiveDate) -> String {
    // By its end: on the date of a change the new time is what most of the day has.
    let of = |date: NaiveDate| zone_words(zone, start_of_day(zone, date.succ_opt().unwrap_or(date)));
    let mut spans = vec![(of(first), first)];
    for date in first.iter_days().take_while(|date| *date <= last) {
        let next = of(date);
        if spans.last().is_some_and(|(words, _)| *words != next) {
            spans.push((next, date));
        }
        if spans.len() > 3 {
            return format!("{} or {}", spans[0].0, spans[1].0);
        }
    }
    let until = spans.windows(2).map(|pair| {
        let eve = pair[1].1.pred_opt().unwrap_or(pair[1].1);
        format!("{} until {}", pair[0].0, date_words(eve))
    });
    let mut words: Vec<String> = until.collect();
    match spans.last() {
        Some((last, from)) if spans.len() > 1 => words.push(format!("{last} from {}", date_words(*from))),
        _ => return of(first),
    }
    words.join(", ")
}

/// `1 hour`, `24 hours`
pub fn hours_words(hours: u32) -> String {
    if hours == 1 { "1 hour".to_owned() } else { format!("{hours} hours") }
}

/// `1 day`, `60 days`
pub fn days_words(days: u32) -> String {
    if days == 1 { "1 day".to_owned() } else { format!("{days} days") }
}

/// A span of time in words, in its two largest units: `2 h 10 min`, `1 day 3 h`, `5 min`.
pub fn span_words(span: TimeDelta) -> String {
    let minutes = span.num_minutes().max(0);
    let (days, hours, minutes) = (minutes / MINUTES_OF_A_DAY, minutes / 60 % 24, minutes % 60);
    match (days, hours, minutes) {
        (0, 0, m) => format!("{m} min"),
        (0, h, 0) => format!("{h} h"),
        (0, h, m) => format!("{h} h {m} min"),
        (1, 0, _) => "1 day".to_owned(),
        (1, h, _) => format!("1 day {h} h"),
        (d, 0, _) => format!("{d} days"),
        (d, h, _) => format!("{d} days {h} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn the_zone_of_a_span_of_days_is_told_with_every_change_in_it() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let words = |first: &str, last: &str| zones_words(LOS_ANGELES, date(first), date(last));
        assert_eq!(words("2026-11-21", "2026-11-21"), "PST");
        assert_eq!(words("2026-11-21", "2027-03-13"), "PST");
        assert_eq!(
            words("2026-11-21", "2027-03-14"),
            "PST until Saturday, March 13, PDT from Sunday, March 14"
        );
        assert_eq!(
            words("2026-11-21", "2027-12-01"),
            "PST until Saturday, March 13, PDT until Saturday, November 6, PST from Sunday, November 7"
        );
        assert_eq!(words("2026-11-21", "2028-07-01"), "PST or PDT");
        assert_eq!(words("2027-03-14", "2027-03-01"), "PDT", "a span without a day");
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

    #[test]
    fn date_and_time_stand_in_one_phrase_and_the_zone_beside_it() {
        let winter = at("2026-12-08T22:30:00Z");
        assert_eq!(phrase(LOS_ANGELES, winter), "Tuesday, December 8, 2:30 pm");
        assert_eq!(zone_words(LOS_ANGELES, winter), "PST");
        assert_eq!(zone_words(LOS_ANGELES, at("2027-07-01T19:00:00Z")), "PDT");
        assert_eq!(phrase(LOS_ANGELES, at("2027-07-01T19:00:00Z")), "Thursday, July 1, 12:00 pm");
        assert_eq!(zone_words(chrono_tz::Asia::Dubai, winter), "UTC+04:00");
    }

    #[test]
    fn a_span_is_told_in_its_two_largest_units() {
        for (minutes, words) in [
            (0, "0 min"),
            (59, "59 min"),
            (60, "1 h"),
            (130, "2 h 10 min"),
            (1440, "1 day"),
            (1500, "1 day 1 h"),
            (2880, "2 days"),
            (3000, "2 days 2 h"),
        ] {
            assert_eq!(span_words(TimeDelta::minutes(minutes)), words);
        }
    }
}
