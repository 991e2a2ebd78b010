//! Where the therapist is on which day: weekly opening hours per office, each
//! holding from a date, and the plans of single dates.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use chrono::{Datelike, NaiveDate, WeekdaySet};

use super::busy::{Busy, Occupied};
use crate::domain::{
    ids::OfficeSlug,
    practice::opening_hours::{self, OpeningHours, Window},
};

/// The opening hours of all offices on every date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timetable {
    /// Per office, the weekly hours by the date from which they hold.
    weeks: BTreeMap<OfficeSlug, BTreeMap<NaiveDate, OpeningHours>>,
    /// The last dates of those weekly hours that have one.
    ends: BTreeMap<(OfficeSlug, NaiveDate), NaiveDate>,
    plans: BTreeMap<NaiveDate, Plan>,
    /// The weekdays on which the first booking of the day decides the office.
    pub first_booking_decides: WeekdaySet,
}

/// What holds on one date instead of the weekly hours: windows at any office,
/// or at none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan(BTreeMap<OfficeSlug, Vec<Window>>);

impl Plan {
    /// The practice is closed.
    pub fn closed() -> Self {
        Self::default()
    }

    /// Open at an office; nothing happens without a window.
    pub fn with(mut self, office: OfficeSlug, windows: impl IntoIterator<Item = Window>) -> Self {
        for window in windows {
            self.0.entry(office.clone()).or_default().push(window);
        }
        self.0.values_mut().for_each(|windows| windows.sort_unstable());
        self
    }

    /// True when no office has a window.
    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    /// An office's windows, in order of time; none where it is closed.
    pub fn at(&self, office: &OfficeSlug) -> &[Window] {
        self.0.get(office).map_or(&[], Vec::as_slice)
    }

    /// The offices that have windows.
    pub fn offices(&self) -> impl Iterator<Item = (&OfficeSlug, &[Window])> {
        self.0.iter().map(|(office, windows)| (office, windows.as_slice()))
    }
}

impl Timetable {
    /// Weekly hours at an office that hold from a date until the next ones do.
    /// [`NaiveDate::MIN`] is the beginning.
    pub fn set_week(&mut self, office: OfficeSlug, holds_from: NaiveDate, hours: OpeningHours) {
        self.ends.remove(&(office.clone(), holds_from));
        self.weeks.entry(office).or_default().insert(holds_from, hours);
    }

    /// Weekly hours that hold from one date to another, both in it, and then the earlier
    /// ones again; without a last date like [`Self::set_week`]. Hours that begin on the
    /// same date and go on longer are not lost: they follow.
    pub fn set_week_until(
        &mut self,
        office: &OfficeSlug,
        (holds_from, until): (NaiveDate, Option<NaiveDate>),
        hours: OpeningHours,
    ) {
        if let Some((follows, until, hours)) = self.following(office, holds_from, until) {
            self.set_week_until(office, (follows, until), hours);
        }
        self.set_week(office.clone(), holds_from, hours);
        if let Some(until) = until {
            self.ends.insert((office.clone(), holds_from), until);
        }
    }

    /// The weekly hours that hold from a date and go on after those that take their
    /// place until another: from when, until when, and which.
    pub fn following(
        &self,
        office: &OfficeSlug,
        holds_from: NaiveDate,
        until: Option<NaiveDate>,
    ) -> Option<(NaiveDate, Option<NaiveDate>, OpeningHours)> {
        let follows = until?.succ_opt()?;
        let weeks = self.weeks.get(office)?;
        let hours = weeks.get(&holds_from)?;
        let end = self.until(office, holds_from);
        let goes_on = end.is_none_or(|end| follows <= end) && !weeks.contains_key(&follows);
        goes_on.then(|| (follows, end, hours.clone()))
    }

    /// The last date of the weekly hours that hold from a date, where they have one.
    pub fn until(&self, office: &OfficeSlug, holds_from: NaiveDate) -> Option<NaiveDate> {
        self.ends.get(&(office.clone(), holds_from)).copied()
    }

    /// From when the weekly hours hold that hold on a date.
    pub fn holds_since(&self, office: &OfficeSlug, date: NaiveDate) -> Option<NaiveDate> {
        let holds = |from: &NaiveDate| self.until(office, *from).is_none_or(|until| date <= until);
        self.weeks.get(office)?.range(..=date).rev().map(|(from, _)| *from).find(holds)
    }

    /// Takes back what has been said of an office, so that it can be said anew.
    pub fn forget_weeks(&mut self, office: &OfficeSlug) {
        self.weeks.remove(office);
        self.ends.retain(|(of, _), _| of != office);
    }

    /// Takes back the weekly hours that hold from a date; the ones before them then go on.
    pub fn forget_week(&mut self, office: &OfficeSlug, holds_from: NaiveDate) {
        if let Some(weeks) = self.weeks.get_mut(office) {
            weeks.remove(&holds_from);
        }
        self.ends.remove(&(office.clone(), holds_from));
    }

    /// The weekly hours of an office with the dates from which they hold, in order.
    pub fn weeks(&self, office: &OfficeSlug) -> impl Iterator<Item = (NaiveDate, &OpeningHours)> {
        self.weeks.get(office).into_iter().flatten().map(|(from, hours)| (*from, hours))
    }

    /// The dates on which other weekly hours may begin to hold, in order: where some
    /// begin, and after the last date of others.
    pub fn changes(&self, office: &OfficeSlug) -> BTreeSet<NaiveDate> {
        let ends = self.ends.iter().filter(|((of, _), _)| of == office);
        let after = ends.filter_map(|(_, until)| until.succ_opt());
        self.weeks.get(office).into_iter().flat_map(|weeks| weeks.keys().copied()).chain(after).collect()
    }

    /// The weekly hours of an office that hold on a date.
    pub fn week_on(&self, office: &OfficeSlug, date: NaiveDate) -> Option<&OpeningHours> {
        self.weeks.get(office)?.get(&self.holds_since(office, date)?)
    }

    /// Sets the plan of a date, or takes it back, so that the weekly hours hold again.
    pub fn set_plan(&mut self, date: NaiveDate, plan: Option<Plan>) {
        match plan {
            Some(plan) => self.plans.insert(date, plan),
            None => self.plans.remove(&date),
        };
    }

    /// What was said of this one date, in place of the week.
    pub fn plan(&self, date: NaiveDate) -> Option<&Plan> {
        self.plans.get(&date)
    }

    /// The dates with a plan of their own.
    pub fn plans(&self) -> impl Iterator<Item = (NaiveDate, &Plan)> {
        self.plans.iter().map(|(date, plan)| (*date, plan))
    }

    /// The windows of an office on a date, in order of their beginning.
    pub fn on(&self, office: &OfficeSlug, date: NaiveDate) -> &[Window] {
        match self.plans.get(&date) {
            Some(plan) => plan.at(office),
            None => self.week_on(office, date).map_or(&[], |hours| hours.on(date)),
        }
    }

    /// The offices that are open on a date.
    pub fn open_on(&self, date: NaiveDate) -> impl Iterator<Item = &OfficeSlug> {
        let planned = self.plans.get(&date).into_iter().flat_map(|plan| plan.0.keys());
        planned.chain(
            self.weeks
                .keys()
                .filter(move |office| !self.plans.contains_key(&date) && !self.on(office, date).is_empty()),
        )
    }

    /// The windows at which the therapist would be at an office on a date
    /// instead of where they are: those of the day, wherever they are now; on
    /// a closed day the ones that the office has on most of its weekdays.
    pub fn instead(&self, office: &OfficeSlug, date: NaiveDate) -> Vec<Window> {
        let here = self.on(office, date);
        if !here.is_empty() {
            return here.to_vec();
        }
        let elsewhere = match self.plans.get(&date) {
            Some(plan) => opening_hours::merged(plan.0.values().flatten().copied()),
            None => {
                let weeks = self.weeks.keys().filter_map(|office| self.week_on(office, date));
                opening_hours::merged(weeks.flat_map(|hours| hours.on(date)).copied())
            }
        };
        if elsewhere.is_empty() { self.usual(office, date) } else { elsewhere }
    }

    /// The windows that an office has on most of its open weekdays, at a date;
    /// of two the one that the week has first.
    fn usual(&self, office: &OfficeSlug, date: NaiveDate) -> Vec<Window> {
        let Some(week) = self.week_on(office, date) else { return Vec::new() };
        let count = |windows: &[Window]| week.days().filter(|(_, same)| *same == windows).count();
        let most = week.days().map(|(_, windows)| windows).min_by_key(|windows| Reverse(count(windows)));
        most.unwrap_or_default().to_vec()
    }

    /// True where the first booking of a date decides the office. A date with
    /// a plan has its offices from the plan.
    pub fn first_booking_decides_on(&self, date: NaiveDate) -> bool {
        self.first_booking_decides.contains(date.weekday()) && !self.plans.contains_key(&date)
    }
}

/// What a change of the timetable leaves standing outside the hours: what lies
/// inside them before and no longer afterwards.
pub fn left_standing<'a>(
    zone: chrono_tz::Tz,
    before: &Timetable,
    after: &Timetable,
    busy: &'a Busy,
) -> Vec<&'a Occupied> {
    let is_left =
        |o: &&Occupied| before.is_open(zone, &o.office, o.span) && !after.is_open(zone, &o.office, o.span);
    busy.all().iter().filter(is_left).collect()
}

#[cfg(test)]
mod tests {
    use chrono::{Days, TimeDelta, Weekday};
    use chrono_tz::{America::Los_Angeles, Tz};

    use super::*;
    use crate::domain::{
        example::{at, date, hours, occupied, office_slug, window},
        ids::{AppointmentId, Holder},
        practice::opening_hours::windows_words,
        time::{Instant, Interval},
    };

    const MONDAY: &str = "2026-12-07";
    const SECOND: TimeDelta = TimeDelta::seconds(1);

    /// The windows of an office on a date, on one line: `09:00-12:00 14:00-17:00`.
    fn open(timetable: &Timetable, office: &str, on: NaiveDate) -> String {
        let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60, minutes % 60);
        let windows = timetable.on(&office_slug(office), on).iter();
        let words = windows.map(|w| format!("{}-{}", clock(w.from().minutes()), clock(w.to().minutes())));
        words.collect::<Vec<_>>().join(" ")
    }

    /// Mondays in the north, from the beginning on.
    fn mondays() -> Timetable {
        let mut timetable = Timetable::default();
        let week = hours(&[Weekday::Mon], "09:00", "17:00");
        timetable.set_week(office_slug("north"), NaiveDate::MIN, week);
        timetable
    }

    fn plan(windows: &[(&str, &str, &str)]) -> Plan {
        let with = |plan: Plan, (office, from, to): &(&str, &str, &str)| {
            plan.with(office_slug(office), [window(from, to)])
        };
        windows.iter().fold(Plan::closed(), with)
    }

    fn span(from: &str, to: &str) -> Interval {
        Interval::new(at(from), at(to))
    }

    #[test]
    fn weekly_hours_hold_from_their_date_until_the_next_ones_do() {
        let mut timetable = mondays();
        let north = office_slug("north");
        timetable.set_week(north.clone(), date("2027-06-01"), hours(&[Weekday::Mon], "07:00", "12:00"));
        timetable.set_week(north.clone(), date("2027-09-01"), OpeningHours::default());
        for (on, expected) in [
            (date("1970-01-05"), "09:00-17:00"),
            (date("2027-05-31"), "09:00-17:00"),
            (date("2027-06-07"), "07:00-12:00"),
            (date("2027-06-08"), ""),
            (date("2027-08-30"), "07:00-12:00"),
            (date("2027-09-06"), ""),
            (NaiveDate::MAX, ""),
        ] {
            assert_eq!(open(&timetable, "north", on), expected, "{on}");
            assert_eq!(open(&timetable, "south", on), "", "{on}, of which nothing was ever said");
        }
        assert_eq!(timetable.week_on(&office_slug("south"), date(MONDAY)), None);
        let from: Vec<NaiveDate> = timetable.weeks(&north).map(|(from, _)| from).collect();
        assert_eq!(from, [NaiveDate::MIN, date("2027-06-01"), date("2027-09-01")]);

        timetable.forget_week(&north, date("2027-06-01"));
        assert_eq!(open(&timetable, "north", date("2027-06-07")), "09:00-17:00", "taken back");
        timetable.set_week(north.clone(), date("2027-09-01"), hours(&[Weekday::Mon], "10:00", "11:00"));
        assert_eq!(
            open(&timetable, "north", date("2027-09-06")),
            "10:00-11:00",
            "said anew of the same date"
        );
        timetable.forget_weeks(&north);
        assert_eq!(open(&timetable, "north", date(MONDAY)), "");
    }

    #[test]
    fn after_the_last_date_of_weekly_hours_the_earlier_ones_hold_again() {
        let mut timetable = mondays();
        let north = office_slug("north");
        let until = |from: &str, to: &str| (date(from), Some(date(to)));
        let (early, noon) =
            (hours(&[Weekday::Mon], "07:00", "12:00"), hours(&[Weekday::Mon], "12:00", "13:00"));
        timetable.set_week_until(&north, until("2027-06-07", "2027-06-28"), early.clone());
        timetable.set_week(north.clone(), date("2027-06-21"), noon.clone());
        for (on, expected) in [
            ("2027-05-31", "09:00-17:00"),
            ("2027-06-07", "07:00-12:00"),
            ("2027-06-14", "07:00-12:00"),
            ("2027-06-21", "12:00-13:00"),
            ("2027-07-05", "12:00-13:00"),
        ] {
            assert_eq!(open(&timetable, "north", date(on)), expected, "{on}");
        }
        assert_eq!(timetable.until(&north, date("2027-06-07")), Some(date("2027-06-28")));
        timetable.forget_week(&north, date("2027-06-21"));
        for (on, expected) in [("2027-06-28", "07:00-12:00"), ("2027-07-05", "09:00-17:00")] {
            assert_eq!(open(&timetable, "north", date(on)), expected, "{on}, once the later ones are gone");
        }

        // Hours for good, and for a while others from the same date on.
        timetable.set_week(north.clone(), date("2027-09-06"), noon);
        timetable.set_week_until(&north, until("2027-09-06", "2027-09-12"), early);
        for (on, expected) in [("2027-09-06", "07:00-12:00"), ("2027-09-13", "12:00-13:00")] {
            assert_eq!(open(&timetable, "north", date(on)), expected, "{on}");
        }
        timetable.forget_weeks(&north);
        assert_eq!(timetable, Timetable::default());
    }

    #[test]
    fn the_hours_that_hold_from_a_date_hold_on_that_date() {
        let mut timetable = mondays();
        timetable.set_week(office_slug("north"), date(MONDAY), hours(&[Weekday::Mon], "10:00", "11:00"));
        assert_eq!(open(&timetable, "north", date(MONDAY)), "10:00-11:00");
        assert_eq!(open(&timetable, "north", date(MONDAY) - Days::new(7)), "09:00-17:00");
    }

    #[test]
    fn a_plan_stands_in_place_of_the_weekly_hours_of_all_offices() {
        for (what, plan, north, south) in [
            ("no plan", None, "09:00-17:00", ""),
            ("closed", Some(Plan::closed()), "", ""),
            ("other hours", Some(plan(&[("north", "12:00", "15:00")])), "12:00-15:00", ""),
            ("another office", Some(plan(&[("south", "09:00", "17:00")])), "", "09:00-17:00"),
            (
                "two offices",
                Some(plan(&[("south", "14:00", "18:00"), ("north", "08:00", "12:00")])),
                "08:00-12:00",
                "14:00-18:00",
            ),
            (
                "two windows, said in no order",
                Some(plan(&[("north", "14:00", "18:00"), ("north", "08:00", "12:00")])),
                "08:00-12:00 14:00-18:00",
                "",
            ),
        ] {
            let mut timetable = mondays();
            timetable.set_plan(date(MONDAY), plan.clone());
            let on = |office| open(&timetable, office, date(MONDAY));
            assert_eq!([on("north"), on("south")], [north, south], "{what}");
            assert_eq!(timetable.plan(date(MONDAY)), plan.as_ref(), "{what}");
            // The Monday after is like every other.
            assert_eq!(open(&timetable, "north", date(MONDAY) + Days::new(7)), "09:00-17:00", "{what}");

            timetable.set_plan(date(MONDAY), None);
            assert_eq!(timetable, mondays(), "{what}, taken back");
        }
    }

    #[test]
    fn a_plan_of_an_office_without_a_window_says_nothing_of_it() {
        let plan = Plan::closed().with(office_slug("north"), []);
        assert!(plan.is_closed());
        assert_eq!(plan.offices().count(), 0);
        assert!(!plan.with(office_slug("north"), [window("09:00", "10:00")]).is_closed());
    }

    #[test]
    fn plans_come_in_order_of_their_dates() {
        let mut timetable = mondays();
        for on in ["2026-12-24", MONDAY, "2027-01-01"] {
            timetable.set_plan(date(on), Some(Plan::closed()));
        }
        let dates: Vec<NaiveDate> = timetable.plans().map(|(on, _)| on).collect();
        assert_eq!(dates, [MONDAY, "2026-12-24", "2027-01-01"].map(date));
    }

    #[test]
    fn the_first_booking_decides_on_its_weekdays_but_where_a_plan_does() {
        let mut timetable = mondays();
        assert!(!timetable.first_booking_decides_on(date(MONDAY)));
        timetable.first_booking_decides = WeekdaySet::single(Weekday::Mon);
        assert!(timetable.first_booking_decides_on(date(MONDAY)));
        assert!(!timetable.first_booking_decides_on(date("2026-12-08")));
        timetable
            .set_plan(date(MONDAY), Some(plan(&[("north", "09:00", "12:00"), ("south", "14:00", "17:00")])));
        assert!(!timetable.first_booking_decides_on(date(MONDAY)), "a plan says where");
        assert!(timetable.first_booking_decides_on(date("2026-12-14")));
    }

    #[test]
    fn a_session_is_inside_the_hours_from_the_windows_first_second_to_its_last() {
        let mut timetable = mondays();
        let two = plan(&[("north", "09:00", "12:00"), ("north", "12:00", "17:00")]);
        timetable.set_plan(date("2026-12-14"), Some(two));
        timetable.set_plan(date("2026-12-21"), Some(plan(&[("north", "22:00", "24:00")])));
        for (what, office, span, expected) in [
            ("the whole window", "north", span("2026-12-07 09:00", "2026-12-07 17:00"), true),
            ("its beginning", "north", span("2026-12-07 09:00", "2026-12-07 10:00"), true),
            ("its end", "north", span("2026-12-07 16:00", "2026-12-07 17:00"), true),
            ("before", "north", span("2026-12-07 08:59", "2026-12-07 09:59"), false),
            ("after", "north", span("2026-12-07 16:01", "2026-12-07 17:01"), false),
            ("another office", "south", span("2026-12-07 09:00", "2026-12-07 10:00"), false),
            ("another day", "north", span("2026-12-08 09:00", "2026-12-08 10:00"), false),
            ("across two windows that touch", "north", span("2026-12-14 11:30", "2026-12-14 12:30"), true),
            ("up to midnight", "north", span("2026-12-21 23:00", "2026-12-22 00:00"), true),
            ("past midnight", "north", span("2026-12-21 23:30", "2026-12-22 00:30"), false),
        ] {
            assert_eq!(timetable.is_open(Los_Angeles, &office_slug(office), span), expected, "{what}");
        }
    }

    /// Whether a plan of the north leaves room for so many minutes from an instant on.
    fn has_room(zone: Tz, on: &str, from: &str, to: &str, start: Instant, minutes: i64) -> bool {
        let mut timetable = Timetable::default();
        timetable.set_plan(date(on), Some(plan(&[("north", from, to)])));
        let span = Interval::new(start, start + TimeDelta::minutes(minutes));
        timetable.is_open(zone, &office_slug("north"), span)
    }

    #[test]
    fn the_hours_of_a_day_on_which_the_clock_changes_are_as_long_as_they_really_are() {
        const SPRING: &str = "2027-03-14";
        const AUTUMN: &str = "2027-11-07";
        let spring = |clock: &str| at(&format!("{SPRING} {clock}"));
        let autumn = |clock: &str| at(&format!("{AUTUMN} {clock}"));
        for (what, on, from, to, start, minutes, expected) in [
            ("over the gap", SPRING, "01:00", "04:00", spring("01:00"), 120, true),
            ("longer than what is left", SPRING, "01:00", "04:00", spring("01:00"), 121, false),
            ("a window that opens in the gap", SPRING, "02:00", "04:00", spring("03:00"), 60, true),
            ("a second before the jump", SPRING, "02:00", "04:00", spring("03:00") - SECOND, 60, false),
            ("a window that closes in the gap", SPRING, "01:00", "02:30", spring("01:00"), 60, true),
            ("past the jump", SPRING, "01:00", "02:30", spring("01:00"), 61, false),
            ("a window that does not exist", SPRING, "02:00", "03:00", spring("03:00"), 1, false),
            ("three hours from one to three", AUTUMN, "01:00", "03:00", autumn("01:00"), 180, true),
            ("and no more", AUTUMN, "01:00", "03:00", autumn("01:00"), 181, false),
            ("two o'clock is after both ones", AUTUMN, "02:00", "04:00", autumn("02:00"), 120, true),
            ("not before", AUTUMN, "02:00", "04:00", autumn("02:00") - SECOND, 60, false),
            ("closed at the first half past one", AUTUMN, "00:30", "01:30", autumn("00:30"), 60, true),
            ("not at the second", AUTUMN, "00:30", "01:30", autumn("00:30"), 61, false),
        ] {
            assert_eq!(has_room(Los_Angeles, on, from, to, start, minutes), expected, "{what}");
        }
    }

    #[test]
    fn a_change_of_the_hours_leaves_standing_what_was_inside_and_is_no_longer() {
        let morning = occupied(1, "north", at("2026-12-07 09:00"), 60, 15);
        let evening = occupied(2, "north", at("2026-12-07 16:00"), 60, 15);
        // Booked knowingly against the hours: it has never been inside.
        let outside = occupied(3, "south", at("2026-12-07 12:00"), 60, 15);
        let week_after = occupied(4, "north", at("2026-12-14 09:00"), 60, 15);
        let busy = Busy::new(vec![morning, evening, outside, week_after]);
        let left = |after: &Timetable| {
            let left = left_standing(Los_Angeles, &mondays(), after, &busy);
            left.into_iter().filter_map(|o| o.holder.appointment()).map(|id| id.0).collect::<Vec<_>>()
        };
        let planned = |plan: Plan| {
            let mut after = mondays();
            after.set_plan(date(MONDAY), Some(plan));
            left(&after)
        };
        assert_eq!(left(&mondays()), [0; 0], "nothing has changed");
        assert_eq!(planned(Plan::closed()), [1, 2]);
        assert_eq!(planned(plan(&[("south", "09:00", "17:00")])), [1, 2]);
        assert_eq!(planned(plan(&[("north", "12:00", "17:00")])), [1]);
        assert_eq!(planned(plan(&[("north", "09:00", "16:59")])), [2]);
        assert_eq!(planned(plan(&[("north", "09:00", "12:30"), ("north", "15:00", "17:00")])), [0; 0]);
        // The buffer may lie outside.
        assert_eq!(planned(plan(&[("north", "09:00", "10:00"), ("north", "16:00", "17:00")])), [0; 0]);

        let mut after = mondays();
        after.set_week(office_slug("north"), date("2026-12-14"), hours(&[Weekday::Mon], "10:00", "17:00"));
        assert_eq!(left(&after), [4]);
    }

    #[test]
    fn a_change_that_waits_is_left_standing_like_what_stands() {
        let here = occupied(1, "north", at("2026-12-07 09:00"), 60, 15);
        let there = occupied(1, "north", at("2026-12-14 09:00"), 60, 15);
        let busy = Busy::new(vec![here, there]);
        let mut after = mondays();
        after.set_plan(date("2026-12-14"), Some(Plan::closed()));
        let left = left_standing(Los_Angeles, &mondays(), &after, &busy);
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].holder, Holder::Appointment(AppointmentId(1)));
        assert_eq!(left[0].span.start, at("2026-12-14 09:00"));
    }

    #[test]
    fn at_another_office_instead_the_hours_stay_and_a_closed_day_gets_the_usual_ones() {
        let mut timetable = Timetable::default();
        let week = |days: &[(Weekday, &str, &str)]| {
            let mut hours = OpeningHours::default();
            days.iter().for_each(|(day, from, to)| hours.add(*day, window(from, to)));
            hours
        };
        let north = week(&[
            (Weekday::Mon, "10:00", "11:00"),
            (Weekday::Wed, "09:00", "17:00"),
            (Weekday::Fri, "09:00", "17:00"),
            (Weekday::Sat, "10:00", "14:00"),
        ]);
        let south = week(&[(Weekday::Tue, "08:00", "12:00"), (Weekday::Sat, "12:00", "18:00")]);
        timetable.set_week(office_slug("north"), NaiveDate::MIN, north);
        timetable.set_week(office_slug("south"), NaiveDate::MIN, south);
        let both = Plan::closed()
            .with(office_slug("north"), [window("08:00", "10:00")])
            .with(office_slug("south"), [window("15:00", "18:00")]);
        timetable.set_plan(date("2026-12-14"), Some(both));
        timetable.set_plan(date("2026-12-15"), Some(Plan::closed()));
        for (office, on, hours) in [
            ("north", "2026-12-08", "8:00 am – 12:00 pm"),
            ("south", "2026-12-09", "9:00 am – 5:00 pm"),
            ("north", "2026-12-12", "10:00 am – 2:00 pm"),
            ("south", "2026-12-12", "12:00 pm – 6:00 pm"),
            ("north", "2026-12-13", "9:00 am – 5:00 pm"),
            ("south", "2026-12-13", "8:00 am – 12:00 pm"),
            ("north", "2026-12-15", "9:00 am – 5:00 pm"),
            ("third", "2026-12-14", "8:00 am – 10:00 am, 3:00 pm – 6:00 pm"),
            ("third", "2026-12-12", "10:00 am – 6:00 pm"),
            ("third", "2026-12-13", ""),
        ] {
            let windows = timetable.instead(&office_slug(office), date(on));
            assert_eq!(windows_words(&windows), hours, "{office}, {on}");
        }
    }
}
