//! Opening hours as somebody types them: `9:00 am – 5:00 pm`, `9-12:30, 14-18`.
//! What is read is said back in words, so reading may be lenient: they are hours
//! that a practice keeps, and `1-5` is an afternoon.

use super::opening_hours::{TimeOfDay, Window};

/// Why what was typed can't be read as hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoursError {
    /// It reads as no hours at all.
    Unreadable,
    /// An end that is not after its start.
    Backwards,
    /// They overlap, or the later ones come first.
    OutOfOrder,
}

const HALF_A_DAY: u32 = 12 * 60;
const A_DAY: u32 = 24 * 60;
/// A beginning before this, without its half of the day, is in the afternoon.
const MORNING: u32 = 6 * 60;
/// The same after other hours of the day that it would be too early for.
const MORNING_AFTER_OTHERS: u32 = 8 * 60;

/// Reads the windows of one day. Nothing typed is none: closed.
pub fn windows(text: &str) -> Result<Vec<Window>, HoursError> {
    let text = plain(text);
    let mut windows: Vec<Window> = Vec::new();
    for span in text.split(',').filter(|_| !text.is_empty()) {
        let window = window(span, windows.last())?;
        if windows.last().is_some_and(|last| window.from() < last.to()) {
            return Err(HoursError::OutOfOrder);
        }
        windows.push(window);
    }
    Ok(windows)
}

/// Reads one time of day: `14:30`, `2:30 pm`, `9`, `noon`.
pub fn time_of_day(text: &str) -> Option<TimeOfDay> {
    TimeOfDay::from_minutes(Typed::read(&plain(text))?.minutes)
}

/// Small letters without spaces, and one sign for each of the many that mean the same.
fn plain(text: &str) -> String {
    let text = text.to_lowercase().replace("a.m.", "am").replace("p.m.", "pm");
    let text = text.replace(" to ", "-").replace(" and ", ",");
    let sign = |c| match c {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        ';' => ',',
        '.' => ':',
        c => c,
    };
    text.chars().map(sign).filter(|c| !c.is_whitespace()).collect()
}

/// Reads one window, which stands after another one of the day or is the first.
fn window(span: &str, last: Option<&Window>) -> Result<Window, HoursError> {
    let (from, to) = span.split_once('-').ok_or(HoursError::Unreadable)?;
    let (from, to) = Typed::read(from).zip(Typed::read(to)).ok_or(HoursError::Unreadable)?;
    // Where only one end says which half of the day it means, the other is read the way that gives a span.
    let is_too_early = last.is_some_and(|last| from.minutes < last.to().minutes());
    let morning = if is_too_early { MORNING_AFTER_OTHERS } else { MORNING };
    let begins = match to.half {
        Some(half) => [from.in_half(half), from.minutes],
        None if from.minutes < morning && !from.is_of_24 && !to.is_of_24 => [from.in_half(Half::Pm); 2],
        None => [from.minutes, from.minutes],
    };
    let midnight = |minutes| if minutes == 0 { A_DAY } else { minutes };
    let by_halves = from.half.is_some() || from.minutes < HALF_A_DAY + 60;
    let ends = [midnight(to.minutes), if by_halves { to.in_half(Half::Pm) } else { to.minutes }];
    let mut spans = begins.into_iter().flat_map(|begin| ends.map(|end| (begin, end)));
    let (begin, end) = spans.find(|(begin, end)| begin < end).ok_or(HoursError::Backwards)?;
    let times =
        TimeOfDay::from_minutes(begin).zip(TimeOfDay::from_minutes(end)).ok_or(HoursError::Unreadable)?;
    Window::new(times.0, times.1).ok_or(HoursError::Backwards)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Half {
    Am,
    Pm,
}

/// A time as it was typed.
struct Typed {
    /// Since midnight.
    minutes: u32,
    /// The half of the day, where it was said.
    half: Option<Half>,
    /// Written as the 24 hours are: `05:00`, `17`.
    is_of_24: bool,
}

impl Typed {
    fn read(text: &str) -> Option<Self> {
        match text {
            "noon" => return Some(Self { minutes: HALF_A_DAY, half: Some(Half::Pm), is_of_24: false }),
            // It ends a day or begins it: that says nothing about the other end.
            "midnight" => return Some(Self { minutes: 0, half: None, is_of_24: false }),
            _ => {}
        }
        let (digits, half) = match text.strip_suffix('m').unwrap_or(text) {
            rest if rest.ends_with('a') => (rest.trim_end_matches('a'), Some(Half::Am)),
            rest if rest.ends_with('p') => (rest.trim_end_matches('p'), Some(Half::Pm)),
            _ => (text, None),
        };
        let (hours, minutes) = match digits.split_once(':') {
            Some((hours, minutes)) if minutes.len() == 2 => (hours, minutes),
            Some(_) => return None,
            None => (digits, "00"),
        };
        let is_number =
            |text: &str| (1..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if !is_number(hours) || !is_number(minutes) {
            return None;
        }
        let has_zero = hours.starts_with('0');
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        let is_of_24 = half.is_none() && (has_zero || hours > 12);
        let hours = match half {
            None => hours,
            Some(_) if !(1..=12).contains(&hours) => return None,
            Some(Half::Am) => hours % 12,
            Some(Half::Pm) => hours % 12 + 12,
        };
        (minutes < 60 && hours * 60 + minutes <= A_DAY).then_some(Self {
            minutes: hours * 60 + minutes,
            half,
            is_of_24,
        })
    }

    /// The same in this half of the day, unless it says its half, or can only be in the other.
    fn in_half(&self, half: Half) -> u32 {
        let is_open = self.half.is_none() && (60..HALF_A_DAY + 60).contains(&self.minutes);
        match half {
            Half::Am if is_open => self.minutes % HALF_A_DAY,
            Half::Pm if is_open => self.minutes % HALF_A_DAY + HALF_A_DAY,
            _ => self.minutes,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::practice::opening_hours::windows_words;

    #[test]
    fn hours_are_read_as_people_write_them() {
        for (typed, read) in [
            ("", ""),
            ("  ", ""),
            ("9:00 am – 5:00 pm", "9:00 am – 5:00 pm"),
            ("9-17", "9:00 am – 5:00 pm"),
            ("9-5", "9:00 am – 5:00 pm"),
            ("9 to 5", "9:00 am – 5:00 pm"),
            ("09:00-17:00", "9:00 am – 5:00 pm"),
            ("9 am – 5 pm", "9:00 am – 5:00 pm"),
            ("9AM—5PM", "9:00 am – 5:00 pm"),
            ("9 a.m. - 5 p.m.", "9:00 am – 5:00 pm"),
            ("9 – 5 pm", "9:00 am – 5:00 pm"),
            ("9 am - 5", "9:00 am – 5:00 pm"),
            ("2-6 pm", "2:00 pm – 6:00 pm"),
            ("2 pm - 6", "2:00 pm – 6:00 pm"),
            ("9.30-12.30", "9:30 am – 12:30 pm"),
            ("9:00-12:30, 14-18", "9:00 am – 12:30 pm, 2:00 pm – 6:00 pm"),
            ("9-12 and 1-5 pm", "9:00 am – 12:00 pm, 1:00 pm – 5:00 pm"),
            ("9-12; 12-14", "9:00 am – 12:00 pm, 12:00 pm – 2:00 pm"),
            ("9-noon", "9:00 am – 12:00 pm"),
            ("12-5 pm", "12:00 pm – 5:00 pm"),
            ("11-1 pm", "11:00 am – 1:00 pm"),
            ("18-24", "6:00 pm – 12:00 am"),
            ("6 pm – 12:00 am", "6:00 pm – 12:00 am"),
            ("6 pm - midnight", "6:00 pm – 12:00 am"),
            ("00:00-24:00", "12:00 am – 12:00 am"),
            ("01:00-05:00", "1:00 am – 5:00 am"),
        ] {
            assert_eq!(windows(typed).map(|windows| windows_words(&windows)), Ok(read.to_owned()), "{typed}");
        }
    }

    /// Nobody who opens at one means one in the morning, unless they say so.
    #[test]
    fn hours_are_those_that_a_practice_keeps() {
        for (typed, read) in [
            ("1-5", "1:00 pm – 5:00 pm"),
            ("1:30 - 5:45", "1:30 pm – 5:45 pm"),
            ("5-9", "5:00 pm – 9:00 pm"),
            ("5:59-8", "5:59 pm – 8:00 pm"),
            ("6-9", "6:00 am – 9:00 am"),
            ("9-5", "9:00 am – 5:00 pm"),
            ("7-3", "7:00 am – 3:00 pm"),
            ("12-4", "12:00 pm – 4:00 pm"),
            ("9-12, 1-5", "9:00 am – 12:00 pm, 1:00 pm – 5:00 pm"),
            ("9-12:30 and 2-6", "9:00 am – 12:30 pm, 2:00 pm – 6:00 pm"),
            ("9-12, 1-5, 6-8", "9:00 am – 12:00 pm, 1:00 pm – 5:00 pm, 6:00 pm – 8:00 pm"),
            ("9 am - 12 pm, 6:30-8", "9:00 am – 12:00 pm, 6:30 pm – 8:00 pm"),
            ("5-midnight", "5:00 pm – 12:00 am"),
            // Said, or written as the 24 hours are.
            ("1am-5am", "1:00 am – 5:00 am"),
            ("1-5 am", "1:00 am – 5:00 am"),
            ("1 am - 5", "1:00 am – 5:00 am"),
            ("1 pm - 5", "1:00 pm – 5:00 pm"),
            ("01:00-05:00", "1:00 am – 5:00 am"),
            ("01-05", "1:00 am – 5:00 am"),
            ("05:00-14:00", "5:00 am – 2:00 pm"),
            ("5-14", "5:00 am – 2:00 pm"),
            ("0-5", "12:00 am – 5:00 am"),
            ("midnight-5", "12:00 am – 5:00 am"),
            ("6-8 am, 9-11", "6:00 am – 8:00 am, 9:00 am – 11:00 am"),
        ] {
            assert_eq!(windows(typed).map(|windows| windows_words(&windows)), Ok(read.to_owned()), "{typed}");
        }
    }

    #[test]
    fn what_is_no_span_of_a_day_is_told_so() {
        use HoursError::{Backwards, OutOfOrder, Unreadable};
        for (typed, wrong) in [
            ("closed", Unreadable),
            ("9", Unreadable),
            ("9-", Unreadable),
            ("-", Unreadable),
            (",", Unreadable),
            ("9-17,", Unreadable),
            ("9-12-17", Unreadable),
            ("9:5-17", Unreadable),
            ("9:60-17", Unreadable),
            ("9-25", Unreadable),
            ("13 pm - 17", Unreadable),
            ("0 am - 5 am", Unreadable),
            ("+9-17", Unreadable),
            ("９-17", Unreadable),
            ("17-9", Backwards),
            ("9-9 am", Backwards),
            ("10 pm - 2 am", Backwards),
            ("5-12", Backwards), // Midnight or noon: neither is guessed.
            ("9-12, 01:00-05:00", OutOfOrder),
            ("9-12, 1-5 am", OutOfOrder),
            ("9-12, 11-2", OutOfOrder),
            ("1-5, 9-12", OutOfOrder),
            ("9-12, 11-14", OutOfOrder),
            ("14-18, 9-12", OutOfOrder),
        ] {
            assert_eq!(windows(typed), Err(wrong), "{typed}");
        }
    }

    #[test]
    fn a_time_of_day_is_read_alone() {
        for (typed, minutes) in
            [("9", 540), ("14:30", 870), ("2:30 pm", 870), ("noon", 720), ("24:00", 1440), ("12 am", 0)]
        {
            assert_eq!(time_of_day(typed), TimeOfDay::from_minutes(minutes), "{typed}");
        }
        for typed in ["", "late", "25", "9-17"] {
            assert_eq!(time_of_day(typed), None, "{typed}");
        }
    }

    proptest! {
        #[test]
        fn what_is_said_in_words_is_read_back(mut times in proptest::collection::btree_set(0..=A_DAY, 0..8)) {
            if times.len() % 2 == 1 {
                times.pop_first();
            }
            let times: Vec<_> = times.into_iter().filter_map(TimeOfDay::from_minutes).collect();
            let day: Vec<_> = times.chunks(2).filter_map(|pair| Window::new(pair[0], pair[1])).collect();
            prop_assert_eq!(windows(&windows_words(&day)), Ok(day));
        }

        #[test]
        fn whatever_is_typed_reading_ends(text in "[0-9apm:,\\- –]{0,20}|\\PC{0,20}") {
            let _ = windows(&text);
        }
    }
}
