//! A stretch: how long an office is really open. Windows that touch, over
//! midnight too, are one, and a session may lie across.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use chrono_tz::Tz;

use super::timetable::Timetable;
use crate::domain::{
    ids::OfficeSlug,
    practice::opening_hours::{TimeOfDay, Window, merged},
    time::{self, Instant, Interval},
};

const MINUTES_OF_A_DAY: i64 = 24 * 60;

/// How many dates a stretch is followed at the most, to either side: some never end.
pub const FOLLOWED: usize = 7;

/// From one civil time until another, which may be of other dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stretch {
    opens: NaiveDateTime,
    closes: NaiveDateTime,
}

impl Stretch {
    /// From its first instant to its last, whatever the clocks do between.
    pub fn as_instants(&self, zone: Tz) -> Interval {
        Interval::new(time::boundary(zone, self.opens), time::boundary(zone, self.closes))
    }

    /// True when a span lies inside of it.
    pub fn holds(&self, zone: Tz, span: Interval) -> bool {
        let open = self.as_instants(zone);
        open.start <= span.start && span.end <= open.end
    }

    /// True while it is open; the end is no longer in it.
    pub fn is_open_at(&self, zone: Tz, at: Instant) -> bool {
        let open = self.as_instants(zone);
        open.start <= at && at < open.end
    }

    /// The minutes of a date that are whole steps from the stretch's beginning,
    /// on whichever date that is.
    pub fn steps_on(&self, date: NaiveDate, step: usize) -> impl Iterator<Item = u32> + use<> {
        let step = i64::try_from(step).unwrap_or(MINUTES_OF_A_DAY).max(1);
        let opens = since_midnight(date, self.opens);
        let first = if opens < 0 { opens.rem_euclid(step) } else { opens };
        let until = since_midnight(date, self.closes).min(MINUTES_OF_A_DAY);
        std::iter::successors(Some(first), move |minute| Some(minute + step))
            .take_while(move |minute| *minute < until)
            .filter_map(|minute| u32::try_from(minute).ok())
    }

    /// True when this minute of a date, counted from midnight, is in it.
    pub fn has_minute(&self, date: NaiveDate, minute: u32) -> bool {
        (since_midnight(date, self.opens)..since_midnight(date, self.closes)).contains(&i64::from(minute))
    }

    /// `8:00 pm – 2:00 am`
    pub fn words(&self) -> String {
        let words = |at: NaiveDateTime| TimeOfDay::of(at.time()).words();
        format!("{} – {}", words(self.opens), words(self.closes))
    }
}

/// `9:00 am – 12:00 pm, 8:00 pm – 2:00 am`; nothing for none.
pub fn words(stretches: &[Stretch]) -> String {
    stretches.iter().map(Stretch::words).collect::<Vec<_>>().join(", ")
}

impl Timetable {
    /// When an office is open on a date, in order, each from where it begins to
    /// where it ends, although that may be on other dates.
    pub fn stretches(&self, office: &OfficeSlug, date: NaiveDate) -> Vec<Stretch> {
        let windows = merged(self.on(office, date).iter().copied());
        let stretch =
            |window: &Window| Stretch { opens: window.from().on(date), closes: window.to().on(date) };
        let mut stretches: Vec<Stretch> = windows.iter().map(stretch).collect();
        if let (Some(first), Some(window)) = (stretches.first_mut(), windows.first())
            && window.from().minutes() == 0
        {
            first.opens = self.opens_before(office, date);
        }
        if let (Some(last), Some(window)) = (stretches.last_mut(), windows.last())
            && window.to() == TimeOfDay::END_OF_DAY
        {
            last.closes = self.closes_after(office, date);
        }
        stretches
    }

    /// Since when an office is open that is open at a date's first minute.
    fn opens_before(&self, office: &OfficeSlug, date: NaiveDate) -> NaiveDateTime {
        let mut opens = date.and_time(NaiveTime::MIN);
        for before in std::iter::successors(date.pred_opt(), NaiveDate::pred_opt).take(FOLLOWED) {
            let windows = merged(self.on(office, before).iter().copied());
            let Some(last) = windows.last().filter(|last| last.to() == TimeOfDay::END_OF_DAY) else { break };
            opens = last.from().on(before);
            if last.from().minutes() > 0 {
                break;
            }
        }
        opens
    }

    /// Until when an office is open that is open at a date's last minute.
    fn closes_after(&self, office: &OfficeSlug, date: NaiveDate) -> NaiveDateTime {
        let mut closes = TimeOfDay::END_OF_DAY.on(date);
        for after in std::iter::successors(date.succ_opt(), NaiveDate::succ_opt).take(FOLLOWED) {
            let windows = merged(self.on(office, after).iter().copied());
            let Some(first) = windows.first().filter(|first| first.from().minutes() == 0) else { break };
            closes = first.to().on(after);
            if first.to() != TimeOfDay::END_OF_DAY {
                break;
            }
        }
        closes
    }

    /// True when a whole session lies inside one stretch of an office.
    pub fn is_open(&self, zone: Tz, office: &OfficeSlug, span: Interval) -> bool {
        let date = time::date(zone, span.start);
        self.stretches(office, date).iter().any(|stretch| stretch.holds(zone, span))
    }
}

fn since_midnight(date: NaiveDate, at: NaiveDateTime) -> i64 {
    (at - date.and_time(NaiveTime::MIN)).num_minutes()
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Los_Angeles;

    use super::*;
    use crate::domain::{
        availability::timetable::Plan,
        example::{at, date, office_slug, window},
    };

    const FRIDAY: &str = "2026-12-11";
    const SATURDAY: &str = "2026-12-12";
    const SUNDAY: &str = "2026-12-13";

    /// Dates with the windows of the north, and no weekly hours.
    fn planned(days: &[(&str, &[(&str, &str)])]) -> Timetable {
        let mut timetable = Timetable::default();
        for (on, windows) in days {
            let windows = windows.iter().map(|(from, to)| window(from, to));
            timetable.set_plan(date(on), Some(Plan::closed().with(office_slug("north"), windows)));
        }
        timetable
    }

    #[test]
    fn windows_that_touch_are_one_over_midnight_too() {
        let late = ("20:00", "24:00");
        let early = ("00:00", "02:00");
        let all_day = ("00:00", "24:00");
        for (days, on, expected) in [
            (&[(FRIDAY, &[late][..]), (SATURDAY, &[early])][..], FRIDAY, "8:00 pm – 2:00 am"),
            (&[(FRIDAY, &[late]), (SATURDAY, &[early])], SATURDAY, "8:00 pm – 2:00 am"),
            (&[(FRIDAY, &[late]), (SATURDAY, &[("00:01", "02:00")])], FRIDAY, "8:00 pm – 12:00 am"),
            (&[(FRIDAY, &[late]), (SATURDAY, &[("00:01", "02:00")])], SATURDAY, "12:01 am – 2:00 am"),
            (&[(FRIDAY, &[("20:00", "23:59")]), (SATURDAY, &[early])], SATURDAY, "12:00 am – 2:00 am"),
            (&[(FRIDAY, &[late])], FRIDAY, "8:00 pm – 12:00 am"),
            (&[(SATURDAY, &[early])], SATURDAY, "12:00 am – 2:00 am"),
            (
                &[(FRIDAY, &[late]), (SATURDAY, &[all_day]), (SUNDAY, &[early, ("09:00", "10:00")])],
                SUNDAY,
                "8:00 pm – 2:00 am, 9:00 am – 10:00 am",
            ),
            (&[(FRIDAY, &[("09:00", "12:00"), ("12:00", "17:00")])], FRIDAY, "9:00 am – 5:00 pm"),
            (
                &[(FRIDAY, &[("09:00", "12:00"), ("11:00", "13:00"), ("14:00", "15:00")])],
                FRIDAY,
                "9:00 am – 1:00 pm, 2:00 pm – 3:00 pm",
            ),
            (&[(FRIDAY, &[late]), (SATURDAY, &[early])], SUNDAY, ""),
        ] {
            let stretches = planned(days).stretches(&office_slug("north"), date(on));
            assert_eq!(words(&stretches), expected, "{on} of {days:?}");
        }
    }

    #[test]
    fn a_session_may_cross_midnight_at_one_office_and_no_other() {
        let mut timetable = planned(&[(FRIDAY, &[("20:00", "24:00")]), (SATURDAY, &[("00:00", "02:00")])]);
        timetable.set_plan(
            date(SUNDAY),
            Some(Plan::closed().with(office_slug("south"), [window("00:00", "24:00")])),
        );
        for (from, to, expected) in [
            ("2026-12-11 20:00", "2026-12-11 21:00", true),
            ("2026-12-11 23:30", "2026-12-12 00:30", true),
            ("2026-12-11 20:00", "2026-12-12 02:00", true),
            ("2026-12-12 00:00", "2026-12-12 01:00", true),
            ("2026-12-11 19:59", "2026-12-12 02:00", false),
            ("2026-12-11 20:00", "2026-12-12 02:01", false),
            ("2026-12-12 01:30", "2026-12-12 02:30", false),
            ("2026-12-12 23:30", "2026-12-13 00:30", false),
        ] {
            let span = Interval::new(at(from), at(to));
            let is_open = timetable.is_open(Los_Angeles, &office_slug("north"), span);
            assert_eq!(is_open, expected, "{from} to {to}");
        }
    }

    #[test]
    fn steps_go_on_past_midnight_from_where_the_stretch_began() {
        let timetable = planned(&[(FRIDAY, &[("20:10", "24:00")]), (SATURDAY, &[("00:00", "01:45")])]);
        let steps = |on: &str| {
            let stretch = timetable.stretches(&office_slug("north"), date(on))[0];
            stretch.steps_on(date(on), 50).collect::<Vec<_>>()
        };
        assert_eq!(steps(FRIDAY), [1210, 1260, 1310, 1360, 1410]);
        assert_eq!(steps(SATURDAY), [20, 70]);
    }

    #[test]
    fn hours_that_never_end_are_followed_for_a_while() {
        let days = ["2026-12-01", "2026-12-02", "2026-12-03"];
        let mut timetable = Timetable::default();
        for on in days.map(date).into_iter().chain((4..31).map(|day| date(&format!("2026-12-{day:02}")))) {
            timetable
                .set_plan(on, Some(Plan::closed().with(office_slug("north"), [window("00:00", "24:00")])));
        }
        let [stretch] = timetable.stretches(&office_slug("north"), date("2026-12-15"))[..] else {
            panic!("one stretch")
        };
        assert_eq!((stretch.opens, stretch.closes), (date("2026-12-08").into(), date("2026-12-23").into()));
        let steps: Vec<_> = stretch.steps_on(date("2026-12-15"), 480).collect();
        assert_eq!(steps, [0, 480, 960]);
    }
}
