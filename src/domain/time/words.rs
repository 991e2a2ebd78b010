//! Dates, times and spans of time in words. No template formats one.

use chrono::{Datelike, Month, NaiveDate, NaiveTime, TimeDelta, Timelike, Weekday};
use chrono_tz::{OffsetName, Tz};

use super::{
    civil::{civil, date, start_of_day},
    instant::{Instant, push_two},
};

const MINUTES_OF_A_DAY: i64 = 24 * 60;
const HALF_A_YEAR: i64 = 183;

/// `Tuesday, December 8, 2:30 pm`: the one phrase for a date and a time.
pub fn phrase(zone: Tz, at: Instant) -> String {
    let civil = civil(zone, at);
    format!("{}, {}", date_words(civil.date()), clock_words(civil.time()))
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

/// The phrase, with the year behind the date of what is half a year past and more:
/// `Monday, December 2, 2024, 3:30 pm`. What is to come reads alike everywhere.
pub fn phrase_from(zone: Tz, today: NaiveDate, at: Instant) -> String {
    let date = date(zone, at);
    if (today - date).num_days() < HALF_A_YEAR {
        phrase(zone, at)
    } else {
        format!("{}, {}, {}", date_words(date), date.year(), time_words(zone, at))
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

/// `Tuesday, December 8, 2026, 2:30 pm PST`: all of it, for what is read years later.
pub fn full_phrase(zone: Tz, at: Instant) -> String {
    let date = at.with_timezone(&zone).format("%A, %B %-d, %Y, %-I:%M %P");
    format!("{date} {}", zone_words(zone, at))
}

/// `2026-12-08T14:30:00-08:00`: for programs, in the practice's own time.
pub fn iso(zone: Tz, at: Instant) -> String {
    at.with_timezone(&zone).format("%Y-%m-%dT%H:%M:%S%:z").to_string()
}

/// `2:30 pm`
pub fn time_words(zone: Tz, at: Instant) -> String {
    clock_words(civil(zone, at).time())
}

/// `2:30 pm`, of what a clock shows.
fn clock_words(clock: NaiveTime) -> String {
    // By hand, as an instant is.
    let (is_pm, hour) = clock.hour12();
    let mut words = String::with_capacity("12:30 pm".len());
    match hour {
        10.. => push_two(&mut words, hour),
        _ => words.extend(char::from_digit(hour, 10)),
    }
    words.push(':');
    push_two(&mut words, clock.minute());
    words += if is_pm { " pm" } else { " am" };
    words
}

/// Words for a page, with every time of day in one line: `2:30 pm` breaks nowhere.
pub fn unbroken(words: &str) -> String {
    let mut unbroken = String::with_capacity(words.len() + 4);
    let mut last = ' ';
    for (at, c) in words.char_indices() {
        let is_inside = c == ' ' && last.is_ascii_digit();
        let goes_on = words[at..].starts_with(" am") || words[at..].starts_with(" pm");
        unbroken.push(if is_inside && goes_on { '\u{a0}' } else { c });
        last = c;
    }
    unbroken
}

/// `2:04:10`, where it is near enough that nobody asks which half of the day.
pub fn seconds_words(zone: Tz, at: Instant) -> String {
    at.with_timezone(&zone).format("%-I:%M:%S").to_string()
}

/// `Tuesday, December 8`
pub fn date_words(date: NaiveDate) -> String {
    format!("{}, {}", weekday_words(date.weekday()), day_words(date))
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
    let month = u8::try_from(date.month()).ok().and_then(|month| Month::try_from(month).ok());
    format!("{} {}", month.map_or("", |month| month.name()), date.day())
}

/// `December 8, 2026`
pub fn long_date_words(date: NaiveDate) -> String {
    date.format("%B %-d, %Y").to_string()
}

/// `Tue`
pub fn short_weekday_words(date: NaiveDate) -> String {
    date.format("%a").to_string()
}

/// `Nov 24`
pub fn short_day_words(date: NaiveDate) -> String {
    date.format("%b %-d").to_string()
}

/// `December 2026`
pub fn month_words(date: NaiveDate) -> String {
    date.format("%B %Y").to_string()
}

/// `9 am`; hour 24 is the midnight that ends the day.
pub fn hour_words(hour: u32) -> String {
    let half = if hour % 24 < 12 { "am" } else { "pm" };
    format!("{} {half}", (hour + 11) % 12 + 1)
}

/// From one date to another, both in it: `November 23 to 29`, `November 30 to December 6`;
/// with the year where it's another than today's.
pub fn dates_words(today: NaiveDate, first: NaiveDate, last: NaiveDate) -> String {
    if first.year() != last.year() {
        return format!("{} to {}", long_date_words(first), long_date_words(last));
    }
    let end = if first.month() == last.month() { last.day().to_string() } else { day_words(last) };
    let words = format!("{} to {end}", day_words(first));
    if first.year() == today.year() { words } else { format!("{words}, {}", first.year()) }
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

    use crate::domain::time::parse_instant;

    const LOS_ANGELES: Tz = chrono_tz::America::Los_Angeles;

    fn at(text: &str) -> Instant {
        parse_instant(text).expect("an instant")
    }

    #[test]
    fn a_time_of_day_stays_in_one_line() {
        assert_eq!(
            unbroken("I am in at 11:30 am – 1:00 pm, Room 2 across"),
            "I am in at 11:30\u{a0}am – 1:00\u{a0}pm, Room 2 across"
        );
    }

    #[test]
    fn a_date_long_past_has_its_year() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 27).expect("a date");
        for (start, words) in [
            ("2026-12-08T22:30:00Z", "Tuesday, December 8, 2:30 pm"),
            ("2027-01-05T22:30:00Z", "Tuesday, January 5, 2:30 pm"),
            ("2027-12-08T22:30:00Z", "Wednesday, December 8, 2:30 pm"),
            ("2024-12-02T23:30:00Z", "Monday, December 2, 2024, 3:30 pm"),
            ("2026-04-17T17:00:00Z", "Friday, April 17, 2026, 10:00 am"),
        ] {
            assert_eq!(phrase_from(LOS_ANGELES, today, at(start)), words);
        }
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
    fn date_and_time_stand_in_one_phrase_and_the_zone_beside_it() {
        let winter = at("2026-12-08T22:30:00Z");
        assert_eq!(phrase(LOS_ANGELES, winter), "Tuesday, December 8, 2:30 pm");
        assert_eq!(zone_words(LOS_ANGELES, winter), "PST");
        assert_eq!(full_phrase(LOS_ANGELES, winter), "Tuesday, December 8, 2026, 2:30 pm PST");
        assert_eq!(iso(LOS_ANGELES, winter), "2026-12-08T14:30:00-08:00");
        assert_eq!(iso(LOS_ANGELES, at("2027-07-01T19:00:00Z")), "2027-07-01T12:00:00-07:00");
        assert_eq!(zone_words(LOS_ANGELES, at("2027-07-01T19:00:00Z")), "PDT");
        assert_eq!(phrase(LOS_ANGELES, at("2027-07-01T19:00:00Z")), "Thursday, July 1, 12:00 pm");
        assert_eq!(zone_words(chrono_tz::Asia::Dubai, winter), "UTC+04:00");
    }

    #[test]
    fn dates_are_told_with_as_much_as_they_need() {
        let date = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let words = |first: &str, last: &str| dates_words(date("2026-11-20"), date(first), date(last));
        assert_eq!(words("2026-11-23", "2026-11-29"), "November 23 to 29");
        assert_eq!(words("2026-11-30", "2026-12-06"), "November 30 to December 6");
        assert_eq!(words("2026-12-28", "2027-01-03"), "December 28, 2026 to January 3, 2027");
        assert_eq!(words("2027-01-04", "2027-01-10"), "January 4 to 10, 2027");
        let hours = [0, 1, 11, 12, 13, 24].map(hour_words);
        assert_eq!(hours, ["12 am", "1 am", "11 am", "12 pm", "1 pm", "12 am"]);
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
