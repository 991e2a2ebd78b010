//! The hours that were open for visits: opening hours without time off, by the
//! plan that holds, or held, on each date.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use crate::domain::{
    availability::{time_off::TimeOff, timetable::Timetable},
    ids::OfficeSlug,
    practice::opening_hours::{TimeOfDay, Window},
    time::{self, Instant, Interval},
};

/// What says which hours were open.
#[derive(Clone, Copy)]
pub struct Offered<'a> {
    /// What a date means.
    pub zone: Tz,
    /// The weekly hours by the date from which they hold, and the plans of single dates.
    pub timetable: &'a Timetable,
    /// Whatever touches the dates that are asked about.
    pub time_off: &'a [TimeOff],
    /// What is open outside of this has not been offered, as far as numbers go: there
    /// was nothing on record yet, or it is still to come.
    pub within: Interval,
}

impl Offered<'_> {
    /// What an office had open on a date, in real time: a day with a change of the
    /// clocks is as long as it is.
    pub fn at(&self, office: &OfficeSlug, date: NaiveDate) -> TimeDelta {
        length(self.open(office, date))
    }

    /// What any of the offices had open on a date; where two were open at once,
    /// that time is one: the therapist is.
    pub fn anywhere(&self, date: NaiveDate) -> TimeDelta {
        let open = self.timetable.open_on(date).flat_map(|office| self.open(office, date));
        length(open.collect())
    }

    /// The spans of an office on a date that neither time off nor the present cut away.
    fn open(&self, office: &OfficeSlug, date: NaiveDate) -> Vec<Interval> {
        let at = |window: &Window| {
            let of = |time: TimeOfDay| {
                time::boundary(self.zone, time.on(date)).clamp(self.within.start, self.within.end)
            };
            Interval::new(of(window.from()), of(window.to()))
        };
        let windows = self.timetable.on(office, date).iter().map(at);
        let off = self.time_off.iter().filter(|off| off.closes(office));
        off.fold(windows.collect(), |open, off| open.into_iter().flat_map(|o| without(o, off.span)).collect())
    }
}

/// What is left of a span before and after another.
fn without(span: Interval, off: Interval) -> impl Iterator<Item = Interval> {
    let before = Interval::new(span.start, span.end.min(off.start));
    let after = Interval::new(span.start.max(off.end), span.end);
    [before, after].into_iter().filter(|left| left.start < left.end)
}

/// How long spans are together; what lies in two counts once.
fn length(mut spans: Vec<Interval>) -> TimeDelta {
    spans.sort_unstable();
    let mut sum = TimeDelta::zero();
    let mut counted = Instant::MIN_UTC;
    for span in spans {
        sum += (span.end - span.start.max(counted)).max(TimeDelta::zero());
        counted = counted.max(span.end);
    }
    sum
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Los_Angeles;

    use super::*;
    use crate::domain::{
        availability::timetable::Plan,
        example::{at, date, office_slug, window},
        ids::TimeOffId,
    };

    /// Both offices on one date.
    fn timetable(on: &str, north: (&str, &str), south: (&str, &str)) -> Timetable {
        let mut timetable = Timetable::default();
        let plan = Plan::closed()
            .with(office_slug("north"), [window(north.0, north.1)])
            .with(office_slug("south"), [window(south.0, south.1)]);
        timetable.set_plan(date(on), Some(plan));
        timetable
    }

    fn off(office: Option<&str>, from: &str, to: &str) -> TimeOff {
        let span = Interval::new(at(from), at(to));
        TimeOff { id: TimeOffId(1), office: office.map(office_slug), span, note: None, sentence: None }
    }

    #[test]
    fn time_off_and_what_is_still_to_come_are_not_offered_and_overlaps_count_once() {
        const ON: &str = "2026-12-07";
        let table = timetable(ON, ("09:00", "13:00"), ("11:00", "17:00"));
        for (what, time_off, until, minutes) in [
            ("a whole day", vec![], "2026-12-08 00:00", [240, 360, 480]),
            ("not over yet", vec![], "2026-12-07 12:00", [180, 60, 180]),
            ("not begun", vec![], "2026-12-07 08:00", [0, 0, 0]),
            (
                "one office off",
                vec![off(Some("north"), "2026-12-07 10:00", "2026-12-07 18:00")],
                "2026-12-08 00:00",
                [60, 360, 420],
            ),
            (
                "off at noon, and twice",
                vec![
                    off(None, "2026-12-07 12:00", "2026-12-07 12:30"),
                    off(None, "2026-12-07 12:15", "2026-12-07 13:00"),
                ],
                "2026-12-08 00:00",
                [180, 300, 420],
            ),
            ("all day", vec![off(None, "2026-12-01 00:00", "2027-01-01 00:00")], "2027-02-01 00:00", [0; 3]),
        ] {
            let within = Interval::new(at("2026-01-01 00:00"), at(until));
            let offered = Offered { zone: Los_Angeles, timetable: &table, time_off: &time_off, within };
            let of = |office| offered.at(&office_slug(office), date(ON)).num_minutes();
            let found = [of("north"), of("south"), offered.anywhere(date(ON)).num_minutes()];
            assert_eq!(found, minutes, "{what}");
        }
    }

    #[test]
    fn a_day_with_a_change_of_the_clocks_is_as_long_as_it_is() {
        for (on, hours) in [("2027-03-14", 23), ("2027-11-07", 25), ("2027-11-08", 24)] {
            let table = timetable(on, ("00:00", "24:00"), ("23:00", "24:00"));
            let within = Interval::new(at("2027-01-01 00:00"), at("2028-01-01 00:00"));
            let offered = Offered { zone: Los_Angeles, timetable: &table, time_off: &[], within };
            assert_eq!(offered.anywhere(date(on)), time::hours(hours), "{on}");
        }
    }
}
