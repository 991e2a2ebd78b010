//! What pages ask of the calendar: read, and decided by the domain.

use chrono::{Days, NaiveDate};

use crate::{
    app::App,
    domain::{
        availability::Calendar,
        busy::Busy,
        day::{self, Day},
        ids::OfficeSlug,
        interval::Interval,
        office::Office,
        refusal::SlotRefusal,
        service::Service,
        slot::Slot,
        time::{self, Instant},
    },
    store::StoreError,
};

/// How many openings a page offers at each office in place of one that is gone.
const NEAREST: usize = 3;

/// One state of the calendar, from now to the horizon.
pub struct Snapshot<'a> {
    app: &'a App,
    busy: Busy,
    now: Instant,
}

/// One office and its next opening, if it has any.
pub type NextOpening = (OfficeSlug, Option<Slot>);

/// Reads the calendar as it is now.
pub async fn snapshot(app: &App) -> Result<Snapshot<'_>, StoreError> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let horizon = Days::new(u64::from(app.practice().policy.horizon_days) + 1);
    let until = now.checked_add_days(horizon).unwrap_or(now);
    let busy = tx.busy(Interval::new(now, until)).await?;
    Ok(Snapshot { app, busy, now })
}

impl Snapshot<'_> {
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { practice: self.app.practice(), busy: &self.busy, now: self.now }
    }

    /// The days of one page of openings: from a date, or from the first opening.
    pub fn days(&self, service: &Service, from: Option<NaiveDate>) -> Vec<Day> {
        let calendar = self.calendar();
        let from = from.or_else(|| day::first_date(&calendar, service, calendar.today()));
        from.map(|from| day::days(&calendar, service, from)).unwrap_or_default()
    }

    /// The first date after a page's last on which there is an opening.
    pub fn later(&self, service: &Service, days: &[Day]) -> Option<NaiveDate> {
        let after = days.last()?.date.succ_opt()?;
        day::first_date(&self.calendar(), service, after)
    }

    /// Each office's next opening.
    pub fn next_openings(&self, service: &Service) -> Vec<NextOpening> {
        let calendar = self.calendar();
        let next =
            |office: &Office| (office.slug.clone(), calendar.next_opening(service, office, calendar.today()));
        self.app.practice().offices.iter().map(next).collect()
    }

    /// The openings at every office that lie nearest to an instant.
    pub fn nearest(&self, service: &Service, to: Instant) -> Vec<Slot> {
        let calendar = self.calendar();
        let near = |office| calendar.nearest_openings(service, office, to, NEAREST);
        self.app.practice().offices.iter().flat_map(near).collect()
    }

    /// The slot of a start, if it is offered now.
    pub fn find(&self, service: &Service, office: &OfficeSlug, start: Instant) -> Result<Slot, SlotRefusal> {
        let office = self.app.practice().office(office).ok_or(SlotRefusal::NotGivenThere)?;
        self.calendar().find_slot(service, office, start)
    }

    pub fn now(&self) -> Instant {
        self.now
    }

    pub fn today(&self) -> NaiveDate {
        time::date(self.app.practice().zone, self.now)
    }
}
