//! Where the therapist is on which day: weekly opening hours per office, each
//! holding from a date, and the plans of single dates.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, WeekdaySet};

use super::{
    busy::{Busy, Occupied},
    ids::OfficeSlug,
    interval::Interval,
    opening_hours::{OpeningHours, Window},
    time,
};

/// The opening hours of all offices on every date.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Timetable {
    /// Per office, the weekly hours by the date from which they hold.
    weeks: BTreeMap<OfficeSlug, BTreeMap<NaiveDate, OpeningHours>>,
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

    pub fn is_closed(&self) -> bool {
        self.0.is_empty()
    }

    pub fn at(&self, office: &OfficeSlug) -> &[Window] {
        self.0.get(office).map_or(&[], Vec::as_slice)
    }

    pub fn offices(&self) -> impl Iterator<Item = (&OfficeSlug, &[Window])> {
        self.0.iter().map(|(office, windows)| (office, windows.as_slice()))
    }
}

impl Timetable {
    /// Weekly hours at an office that hold from a date until the next ones do.
    /// [`NaiveDate::MIN`] is the beginning.
    pub fn set_week(&mut self, office: OfficeSlug, holds_from: NaiveDate, hours: OpeningHours) {
        self.weeks.entry(office).or_default().insert(holds_from, hours);
    }

    /// Takes back what has been said of an office, so that it can be said anew.
    pub fn forget_weeks(&mut self, office: &OfficeSlug) {
        self.weeks.remove(office);
    }

    /// Takes back the weekly hours that hold from a date; the ones before them then go on.
    pub fn forget_week(&mut self, office: &OfficeSlug, holds_from: NaiveDate) {
        if let Some(weeks) = self.weeks.get_mut(office) {
            weeks.remove(&holds_from);
        }
    }

    /// The weekly hours of an office with the dates from which they hold, in order.
    pub fn weeks(&self, office: &OfficeSlug) -> impl Iterator<Item = (NaiveDate, &OpeningHours)> {
        self.weeks.get(office).into_iter().flatten().map(|(from, hours)| (*from, hours))
    }

    /// The weekly hours of an office that hold on a date.
    pub fn week_on(&self, office: &OfficeSlug, date: NaiveDate) -> Option<&OpeningHours> {
        let (_, hours) = self.weeks.get(office)?.range(..=date).next_back()?;
        Some(hours)
    }

    /// Sets the plan of a date, or takes it back, so that the weekly hours hold again.
    pub fn set_plan(&mut self, date: NaiveDate, plan: Option<Plan>) {
        match plan {
            Some(plan) => self.plans.insert(date, plan),
            None => self.plans.remove(&date),
        };
    }

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

    /// True where the first booking of a date decides the office. A date with
    /// a plan has its offices from the plan.
    pub fn first_booking_decides_on(&self, date: NaiveDate) -> bool {
        self.first_booking_decides.contains(date.weekday()) && !self.plans.contains_key(&date)
    }

    /// True when a whole session lies inside one window of an office.
    pub fn is_open(&self, zone: chrono_tz::Tz, office: &OfficeSlug, session: Interval) -> bool {
        let date = time::date(zone, session.start);
        self.on(office, date).iter().any(|window| {
            let opens = time::boundary(zone, window.from().on(date));
            opens <= session.start && session.end <= time::boundary(zone, window.to().on(date))
        })
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
    let is_left = |o: &&Occupied| {
        before.is_open(zone, &o.office, o.session) && !after.is_open(zone, &o.office, o.session)
    };
    busy.all().iter().filter(is_left).collect()
}
