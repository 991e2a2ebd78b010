//! One date at all offices side by side: what is offered, and where nothing
//! is, why.

use chrono::{Days, NaiveDate};

use super::{
    availability::Calendar, ids::OfficeSlug, interval::Interval, service::Service, slot::Slot, time,
};

/// How many days one page of openings shows.
pub const DAYS_SHOWN: u64 = 14;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    /// One per office, in the practice's order.
    pub offices: Vec<OfficeDay>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfficeDay {
    Openings(Vec<Slot>),
    /// The service is not given at this office.
    NotGiven,
    Closed,
    /// Nothing is left because the therapist has appointments at that office on this date.
    At(OfficeSlug),
    NothingLeft,
}

impl Day {
    pub fn has_openings(&self) -> bool {
        self.openings().next().is_some()
    }

    pub fn openings(&self) -> impl Iterator<Item = &Slot> {
        self.offices.iter().flat_map(|office| match office {
            OfficeDay::Openings(slots) => slots.as_slice(),
            _ => &[],
        })
    }

    /// True when two offices offer times, so that the first appointment decides where the therapist is.
    pub fn is_undecided(&self) -> bool {
        self.offices.iter().filter(|office| matches!(office, OfficeDay::Openings(_))).count() > 1
    }

    pub fn is_closed(&self) -> bool {
        self.offices.iter().all(|office| matches!(office, OfficeDay::Closed | OfficeDay::NotGiven))
    }
}

/// The date of the first opening of a service at any office, from a date on.
pub fn first_date(calendar: &Calendar<'_>, service: &Service, from: NaiveDate) -> Option<NaiveDate> {
    let next = |office| calendar.next_opening(service, office, from);
    let first = calendar.practice.offices.iter().filter_map(next).map(|slot| slot.start).min()?;
    Some(time::date(calendar.practice.zone, first))
}

/// The days of one page of openings, none before today and none beyond the horizon.
pub fn days(calendar: &Calendar<'_>, service: &Service, from: NaiveDate) -> Vec<Day> {
    let from = from.max(calendar.today());
    let until = from.checked_add_days(Days::new(DAYS_SHOWN)).unwrap_or(NaiveDate::MAX);
    from.iter_days()
        .take_while(|date| *date < until && *date <= calendar.last_date())
        .map(|date| day(calendar, service, date))
        .collect()
}

fn day(calendar: &Calendar<'_>, service: &Service, date: NaiveDate) -> Day {
    let zone = calendar.practice.zone;
    let tomorrow = date.succ_opt().unwrap_or(NaiveDate::MAX);
    let span = Interval::new(time::start_of_day(zone, date), time::start_of_day(zone, tomorrow));
    let whereabouts = calendar.busy.beginning_in(span);
    let offices = calendar.practice.offices.iter().map(|office| {
        if !service.is_given_at(&office.slug) {
            return OfficeDay::NotGiven;
        }
        if office.hours.on(date).is_empty() {
            return OfficeDay::Closed;
        }
        let slots = calendar.openings(service, office, date);
        if !slots.is_empty() {
            return OfficeDay::Openings(slots);
        }
        match whereabouts.iter().find(|occupied| occupied.office != office.slug) {
            Some(elsewhere) => OfficeDay::At(elsewhere.office.clone()),
            None => OfficeDay::NothingLeft,
        }
    });
    Day { date, offices: offices.collect() }
}
