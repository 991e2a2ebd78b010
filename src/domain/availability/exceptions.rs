//! Where the coming days at an office differ from its weekly hours: by the
//! plans of single dates and by time off, taken together.

use chrono::{NaiveDate, Timelike};
use chrono_tz::Tz;

use super::{time_off::TimeOff, timetable::Timetable};
use crate::domain::{
    ids::OfficeSlug,
    practice::opening_hours::{TimeOfDay, Window},
    time::{self, Interval},
};

/// A time off that goes on and on is looked at for so many days.
const FAR: usize = 2 * 366;

/// How a date differs from the week, for people to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Exception {
    /// Other hours than on that weekday.
    Hours(NaiveDate, Vec<Window>),
    /// The therapist is at another office by the plan of that date.
    Elsewhere(NaiveDate, OfficeSlug),
    /// Closed from one date to another, both in it.
    Closed(NaiveDate, NaiveDate),
}

impl Exception {
    /// Its only date, or its first.
    fn first(&self) -> NaiveDate {
        match self {
            Self::Hours(date, _) | Self::Elsewhere(date, _) | Self::Closed(date, _) => *date,
        }
    }
}

/// A closing, unless it is of dates that have no hours anyway.
fn closed(closing: Option<(NaiveDate, NaiveDate, bool)>) -> Option<Exception> {
    let (from, to, counts) = closing?;
    counts.then_some(Exception::Closed(from, to))
}

/// What one date has for an office.
enum Found {
    AsEveryWeek,
    /// Closed by time off all day, which would have had no hours anyway.
    OffAnyway,
    Closed,
    Elsewhere(OfficeSlug),
    Hours(Vec<Window>),
}

/// Where an office's hours are as no week has them.
#[derive(Clone, Copy)]
pub struct Hours<'a> {
    /// What a date means.
    pub zone: Tz,
    /// The week and the plans of single dates.
    pub timetable: &'a Timetable,
    /// In order of time.
    pub time_off: &'a [TimeOff],
}

impl Hours<'_> {
    /// The exceptions at an office from one date to another, both in it. What
    /// is closed on the last date is followed to its end.
    pub fn exceptions(&self, office: &OfficeSlug, first: NaiveDate, last: NaiveDate) -> Vec<Exception> {
        let mut exceptions = Vec::new();
        // The dates of a closing so far, and whether one of them would have had hours.
        let mut closing: Option<(NaiveDate, NaiveDate, bool)> = None;
        for date in first.iter_days().take(FAR) {
            let found = self.on(office, date);
            if matches!(found, Found::Closed | Found::OffAnyway) {
                let (from, _, counts) = closing.unwrap_or((date, date, false));
                closing = Some((from, date, counts || matches!(found, Found::Closed)));
                continue;
            }
            exceptions.extend(closed(closing.take()));
            if date > last {
                break;
            }
            match found {
                Found::Hours(windows) => exceptions.push(Exception::Hours(date, windows)),
                Found::Elsewhere(office) => exceptions.push(Exception::Elsewhere(date, office)),
                Found::AsEveryWeek | Found::OffAnyway | Found::Closed => {}
            }
        }
        exceptions.extend(closed(closing));
        exceptions.retain(|exception| exception.first() <= last);
        exceptions
    }

    /// The spans of a date in which an office is open, without what time off takes of them.
    pub fn open(&self, office: &OfficeSlug, date: NaiveDate) -> Vec<Interval> {
        let at = |time: TimeOfDay| time::boundary(self.zone, time.on(date));
        let open = |window: &Window| self.remains(office, Interval::new(at(window.from()), at(window.to())));
        self.timetable.on(office, date).iter().flat_map(open).collect()
    }

    fn on(&self, office: &OfficeSlug, date: NaiveDate) -> Found {
        let every_week = self.timetable.week_on(office, date).map_or(&[][..], |hours| hours.on(date));
        let left = self.left(office, date);
        if left == every_week {
            let is_off = left.is_empty() && self.remains(office, time::day(self.zone, date)).is_empty();
            return if is_off { Found::OffAnyway } else { Found::AsEveryWeek };
        }
        if !left.is_empty() {
            return Found::Hours(left);
        }
        let planned = self.timetable.plan(date).into_iter().flat_map(|plan| plan.offices());
        let elsewhere = planned.map(|(other, _)| other).find(|other| !self.left(other, date).is_empty());
        elsewhere.map_or(Found::Closed, |other| Found::Elsewhere(other.clone()))
    }

    /// The windows of an office on a date without what time off takes of them.
    fn left(&self, office: &OfficeSlug, date: NaiveDate) -> Vec<Window> {
        let at = |time: TimeOfDay| time::boundary(self.zone, time.on(date));
        let left = |window: &Window| {
            let open = Interval::new(at(window.from()), at(window.to()));
            let pieces = self.remains(office, open);
            match pieces.as_slice() {
                [whole] if *whole == open => vec![*window],
                pieces => pieces.iter().filter_map(|piece| self.window(date, *piece)).collect(),
            }
        };
        self.timetable.on(office, date).iter().flat_map(left).collect()
    }

    /// A span of a date as a window, in whole minutes that lie in it.
    fn window(&self, date: NaiveDate, span: Interval) -> Option<Window> {
        let minutes = |at| {
            let civil = time::civil(self.zone, at);
            let days = if civil.date() > date { 24 * 60 } else { 0 };
            (days + civil.hour() * 60 + civil.minute(), civil.second() > 0)
        };
        let ((from, more), (to, _)) = (minutes(span.start), minutes(span.end));
        Window::new(TimeOfDay::from_minutes(from + u32::from(more))?, TimeOfDay::from_minutes(to)?)
    }

    /// What time off leaves of a span.
    fn remains(&self, office: &OfficeSlug, span: Interval) -> Vec<Interval> {
        let mut pieces = vec![span];
        for off in self.time_off.iter().filter(|off| off.closes(office)) {
            let without = |piece: Interval| {
                let before = Interval::new(piece.start, piece.end.min(off.span.start));
                let after = Interval::new(piece.start.max(off.span.end), piece.end);
                [before, after].into_iter().filter(|piece| piece.start < piece.end)
            };
            pieces = pieces.into_iter().flat_map(without).collect();
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        availability::timetable::Plan,
        example::{Scene, at, date, hours, office_slug, window},
        ids::TimeOffId,
    };
    use Exception::{Closed, Elsewhere, Hours as Other};

    /// North is open on Mondays and Saturdays, south on Tuesdays and Saturdays.
    fn timetable() -> Timetable {
        Scene::new().rules.timetable
    }

    fn off(office: Option<&str>, from: &str, to: &str) -> TimeOff {
        let span = Interval::new(at(from), at(to));
        TimeOff { id: TimeOffId(1), office: office.map(office_slug), span, note: None, sentence: None }
    }

    /// From Monday, December 7, to Sunday, January 10.
    fn exceptions(timetable: &Timetable, time_off: &[TimeOff], office: &str) -> Vec<Exception> {
        let hours = Hours { zone: chrono_tz::America::Los_Angeles, timetable, time_off };
        hours.exceptions(&office_slug(office), date("2026-12-07"), date("2027-01-10"))
    }

    #[test]
    fn without_plans_and_time_off_there_are_none() {
        assert_eq!(exceptions(&timetable(), &[], "north"), []);
    }

    #[test]
    fn a_plan_is_told_where_it_differs_from_the_week() {
        let mut timetable = timetable();
        let nine_to_five = [window("09:00", "17:00")];
        for (on, plan) in [
            ("2026-12-07", Plan::closed()),
            ("2026-12-09", Plan::closed()), // closed every week
            ("2026-12-14", Plan::closed().with(office_slug("south"), nine_to_five)),
            ("2026-12-21", Plan::closed().with(office_slug("north"), [window("12:00", "15:00")])),
            ("2026-12-28", Plan::closed().with(office_slug("north"), nine_to_five)), // as every week
        ] {
            timetable.set_plan(date(on), Some(plan));
        }
        assert_eq!(
            exceptions(&timetable, &[], "north"),
            [
                Closed(date("2026-12-07"), date("2026-12-07")),
                Elsewhere(date("2026-12-14"), office_slug("south")),
                Other(date("2026-12-21"), vec![window("12:00", "15:00")]),
            ]
        );
        let in_the_south = Other(date("2026-12-14"), nine_to_five.to_vec());
        assert_eq!(exceptions(&timetable, &[], "south"), [in_the_south]);
    }

    #[test]
    fn time_off_is_one_closing_from_its_first_whole_day_to_its_last() {
        let two_weeks = off(None, "2026-12-19 00:00", "2027-01-03 00:00");
        let closed = [Closed(date("2026-12-19"), date("2027-01-02"))];
        assert_eq!(exceptions(&timetable(), std::slice::from_ref(&two_weeks), "north"), closed);
        assert_eq!(exceptions(&timetable(), &[two_weeks], "south"), closed);
    }

    #[test]
    fn time_off_at_one_office_closes_that_one_only() {
        let in_the_north = [off(Some("north"), "2026-12-14 00:00", "2026-12-15 00:00")];
        let closed = [Closed(date("2026-12-14"), date("2026-12-14"))];
        assert_eq!(exceptions(&timetable(), &in_the_north, "north"), closed);
        assert_eq!(exceptions(&timetable(), &in_the_north, "south"), []);
    }

    #[test]
    fn hours_off_leave_what_is_before_and_after_them() {
        let lunch = [off(None, "2026-12-14 11:00", "2026-12-14 13:00")];
        let around = vec![window("09:00", "11:00"), window("13:00", "17:00")];
        assert_eq!(exceptions(&timetable(), &lunch, "north"), [Other(date("2026-12-14"), around)]);
        // From a Saturday's noon on to the end of the next Tuesday.
        let long = [off(None, "2026-12-12 12:00", "2026-12-16 00:00")];
        let morning = Other(date("2026-12-12"), vec![window("09:00", "12:00")]);
        let closed = Closed(date("2026-12-13"), date("2026-12-15"));
        assert_eq!(exceptions(&timetable(), &long, "north"), [morning, closed]);
    }

    #[test]
    fn time_off_on_days_that_are_closed_anyway_is_not_told() {
        let wednesday = [off(None, "2026-12-16 00:00", "2026-12-17 00:00")];
        assert_eq!(exceptions(&timetable(), &wednesday, "north"), []);
    }

    #[test]
    fn a_closing_that_lasts_longer_is_told_with_its_true_end() {
        let long = [off(None, "2027-01-09 00:00", "2027-02-01 00:00")];
        let closed = [Closed(date("2027-01-09"), date("2027-01-31"))];
        assert_eq!(exceptions(&timetable(), &long, "north"), closed);
        let later = [off(None, "2027-01-11 00:00", "2027-02-01 00:00")];
        assert_eq!(exceptions(&timetable(), &later, "north"), [], "beyond the last date");
    }

    #[test]
    fn hours_that_hold_from_a_date_are_that_dates_weekly_hours() {
        let mut timetable = timetable();
        let wednesdays = hours(&[chrono::Weekday::Wed], "10:00", "12:00");
        timetable.set_week(office_slug("north"), date("2026-12-21"), wednesdays);
        assert_eq!(exceptions(&timetable, &[], "north"), []);
    }
}
