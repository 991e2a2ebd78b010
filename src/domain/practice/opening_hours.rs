//! Opening hours: windows of civil time per weekday, and how they are typed and said.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Weekday};

/// A time of day in whole minutes since midnight; 24:00 is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TimeOfDay(u16);

impl TimeOfDay {
    /// Midnight as the end of a window: 24:00.
    pub const END_OF_DAY: Self = Self(24 * 60);

    /// `None` past 24:00.
    pub fn from_minutes(minutes: u32) -> Option<Self> {
        (minutes <= u32::from(Self::END_OF_DAY.0)).then_some(Self(u16::try_from(minutes).ok()?))
    }

    /// Reads `09:00` to `24:00`.
    pub fn parse(text: &str) -> Option<Self> {
        let (hours, minutes) = text.split_once(':')?;
        if hours.len() != 2 || minutes.len() != 2 || !text.bytes().all(|b| b.is_ascii_digit() || b == b':') {
            return None;
        }
        let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
        if minutes > 59 {
            return None;
        }
        Self::from_minutes(hours * 60 + minutes)
    }

    /// The time of day that a clock shows, its seconds aside.
    pub fn of(clock: NaiveTime) -> Self {
        Self::from_minutes(clock.hour() * 60 + clock.minute()).unwrap_or(Self::END_OF_DAY)
    }

    /// Since midnight, on the clock on the wall.
    pub fn minutes(self) -> u32 {
        u32::from(self.0)
    }

    /// This time on a date; 24:00 is the next date's midnight.
    pub fn on(self, date: NaiveDate) -> NaiveDateTime {
        NaiveDateTime::from(date) + TimeDelta::minutes(i64::from(self.0))
    }

    /// `9:00 am`; both midnights are `12:00 am`.
    pub fn words(self) -> String {
        let (hour, minute) = (self.0 / 60 % 24, self.0 % 60);
        let half = if hour < 12 { "am" } else { "pm" };
        format!("{}:{minute:02} {half}", (hour + 11) % 12 + 1)
    }
}

/// A span of one day during which an office is open. Never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Window {
    from: TimeOfDay,
    to: TimeOfDay,
}

impl Window {
    /// `None` unless `from` is before `to`.
    pub fn new(from: TimeOfDay, to: TimeOfDay) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    /// The first minute that is open.
    pub fn from(self) -> TimeOfDay {
        self.from
    }

    /// The first minute that is not open any more.
    pub fn to(self) -> TimeOfDay {
        self.to
    }

    /// True when a minute is in both; windows that touch share none.
    pub fn overlaps(self, other: Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// `9:00 am – 5:00 pm`
    pub fn words(self) -> String {
        format!("{} – {}", self.from.words(), self.to.words())
    }
}

/// `9:00 am – 12:00 pm, 2:00 pm – 6:00 pm`; nothing for no window.
pub fn windows_words(windows: &[Window]) -> String {
    windows.iter().map(|window| window.words()).collect::<Vec<_>>().join(", ")
}

/// The times that any of the windows covers, in order and none touching another.
pub fn merged(windows: impl IntoIterator<Item = Window>) -> Vec<Window> {
    let mut windows: Vec<Window> = windows.into_iter().collect();
    windows.sort_unstable();
    let mut apart: Vec<Window> = Vec::new();
    for window in windows {
        match apart.last_mut() {
            Some(last) if window.from <= last.to => last.to = last.to.max(window.to),
            _ => apart.push(window),
        }
    }
    apart
}

/// The windows of each weekday, in order of their beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OpeningHours {
    week: [Vec<Window>; 7],
}

impl OpeningHours {
    /// Opens a weekday for a window more.
    pub fn add(&mut self, day: Weekday, window: Window) {
        let windows = &mut self.week[day.num_days_from_monday() as usize];
        windows.push(window);
        windows.sort_unstable();
    }

    /// The windows of a weekday, in order of time.
    pub fn on_weekday(&self, day: Weekday) -> &[Window] {
        &self.week[day.num_days_from_monday() as usize]
    }

    /// The windows of a date's weekday.
    pub fn on(&self, date: NaiveDate) -> &[Window] {
        self.on_weekday(date.weekday())
    }

    /// True when there is no window on any day.
    pub fn is_empty(&self) -> bool {
        self.week.iter().all(Vec::is_empty)
    }

    /// The open weekdays with their windows, Monday first.
    pub fn days(&self) -> impl Iterator<Item = (Weekday, &[Window])> {
        std::iter::successors(Some(Weekday::Mon), |day| Some(day.succ()))
            .take(7)
            .map(|day| (day, self.on_weekday(day)))
            .filter(|(_, windows)| !windows.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_of_day_are_read_strictly() {
        assert_eq!(TimeOfDay::parse("00:00"), TimeOfDay::from_minutes(0));
        assert_eq!(TimeOfDay::parse("09:30"), TimeOfDay::from_minutes(570));
        assert_eq!(TimeOfDay::parse("24:00"), Some(TimeOfDay::END_OF_DAY));
        for text in ["", "9:00", "09:60", "24:01", "25:00", "09-00", "09:00:00", "+9:00", "０９:00"] {
            assert_eq!(TimeOfDay::parse(text), None, "{text}");
        }
    }

    #[test]
    fn times_of_day_are_said_as_in_california() {
        for (text, words) in [
            ("00:00", "12:00 am"),
            ("09:05", "9:05 am"),
            ("12:00", "12:00 pm"),
            ("13:30", "1:30 pm"),
            ("24:00", "12:00 am"),
        ] {
            assert_eq!(TimeOfDay::parse(text).expect("a time").words(), words);
        }
    }
}
