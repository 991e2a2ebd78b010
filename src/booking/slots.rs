//! What pages ask of the calendar: read, and decided by the domain.

use chrono::{Days, NaiveDate, TimeDelta};

use crate::{
    app::App,
    domain::client::Note,
    domain::{
        appointment::{
            Appointment, cancellation::CancellationOffer, refusal::SlotRefusal,
            reschedule_request::RescheduleRequest,
        },
        availability::{
            Calendar,
            adjoining::Beside,
            busy::{Busy, Occupied},
            day::{self, Day},
            hold,
            rules::Rules,
            slot::Slot,
        },
        ids::{AppointmentId, OfficeSlug},
        practice::{Confirmation, office::Office, policy::Policy, price::Price, service::Service},
        time::{self, Instant, Interval},
    },
    store::{Reading, StoreError},
};

/// How many openings a page offers at each office in place of one that is gone.
const NEAREST: usize = 3;

/// How far ahead openings are looked for that the therapist may book, in days.
const A_YEAR: u32 = 366;

/// By the file's own rule.
const LONGEST_SESSION: TimeDelta = TimeDelta::days(1);

/// One state of the calendar, from now to the horizon.
pub struct Snapshot<'a> {
    app: &'a App,
    rules: Rules,
    busy: Busy,
    now: Instant,
    /// The times that an appointment has, or waits for, already.
    already: Vec<(OfficeSlug, Instant)>,
}

/// One office and its next opening, if it has any.
pub type NextOpening = (OfficeSlug, Option<Slot>);

/// Each office's next opening, or why there is none anywhere.
pub struct Next {
    /// Of the service that is offered first, or of another where that has none.
    pub openings: Vec<NextOpening>,
    /// The therapist's sentence, while online booking is paused.
    pub pause: Option<Note>,
}

/// Reads each office's next opening as it is now.
pub async fn next(app: &App) -> Result<Next, StoreError> {
    Ok(snapshot(app).await?.next())
}

/// Reads the calendar as it is now, to the horizon.
pub async fn snapshot(app: &App) -> Result<Snapshot<'_>, StoreError> {
    let (tx, rules, now) = begin(app, None).await?;
    let today = time::date(app.practice().zone, now);
    let last = today + Days::new(rules.policy.horizon_days.into());
    read(app, tx, rules, now, (today, last)).await
}

/// Reads the calendar as the therapist sees it who books: whether or not online
/// requests are closed, from now on and beyond the horizon.
pub async fn for_bookings(app: &App) -> Result<Snapshot<'_>, StoreError> {
    let (tx, mut rules, now) = begin(app, None).await?;
    let days = rules.policy.horizon_days.max(A_YEAR);
    rules.pause = None;
    rules.policy = Policy { minimum_notice_hours: 0, horizon_days: days, ..rules.policy };
    let today = time::date(app.practice().zone, now);
    read(app, tx, rules, now, (today, today + Days::new(days.into()))).await
}

/// Reads the calendar as somebody known sees it who books on: beyond the horizon.
pub async fn past_the_horizon(app: &App) -> Result<Snapshot<'_>, StoreError> {
    let (tx, rules, now) = begin(app, None).await?;
    let rules = rules.past_the_horizon();
    let today = time::date(app.practice().zone, now);
    let last = today + Days::new(rules.policy.horizon_days.into());
    read(app, tx, rules, now, (today, last)).await
}

/// Reads one date of the calendar, whichever it is.
pub async fn snapshot_of(app: &App, date: NaiveDate) -> Result<Snapshot<'_>, StoreError> {
    snapshot_of_days(app, date, date).await
}

/// Reads the dates from one to another of the calendar.
pub async fn snapshot_of_days(
    app: &App,
    first: NaiveDate,
    last: NaiveDate,
) -> Result<Snapshot<'_>, StoreError> {
    let (tx, rules, now) = begin(app, Some(first)).await?;
    read(app, tx, rules, now, (first, last)).await
}

/// The rules from now on, or from a date of the past on.
async fn begin(app: &App, first: Option<NaiveDate>) -> Result<(Reading, Rules, Instant), StoreError> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let first = first.map_or(now, |date| time::start_of_day(app.practice().zone, date).min(now));
    let rules = tx.rules(&app.site.first_rules, first).await?;
    Ok((tx, rules, now))
}

async fn read(
    app: &App,
    mut tx: Reading,
    rules: Rules,
    now: Instant,
    (first, last): (NaiveDate, NaiveDate),
) -> Result<Snapshot<'_>, StoreError> {
    let zone = app.practice().zone;
    // A session that begins late on the last date may lie in what the next one has.
    let until = time::day(zone, last).end + LONGEST_SESSION;
    let busy = tx.busy(Interval::new(time::start_of_day(zone, first), until), now).await?;
    Ok(Snapshot { app, rules, busy, now, already: Vec::new() })
}

impl Snapshot<'_> {
    /// The same as one appointment sees it, which is not in its own way.
    pub fn without(self, appointment: AppointmentId) -> Self {
        Self { busy: self.busy.without(appointment), ..self }
    }

    /// The same with an appointment where it is to be.
    pub fn and(self, a: &Appointment) -> Self {
        Self { busy: self.busy.and(Occupied::by(a)), ..self }
    }

    /// The same as the client sees it who wants to move an appointment: the
    /// time that it has is no opening, nor the one that was asked for already.
    pub fn for_move_of(
        self,
        appointment: &Appointment,
        reschedule_request: Option<&RescheduleRequest>,
    ) -> Self {
        let has = (appointment.office.clone(), appointment.span.start);
        let asked = reschedule_request
            .map(|reschedule_request| (reschedule_request.office.clone(), reschedule_request.span.start));
        Self { already: [has].into_iter().chain(asked).collect(), ..self.without(appointment.id) }
    }

    /// The same as if online booking were not paused.
    pub fn for_therapist(mut self) -> Self {
        self.rules.pause = None;
        self
    }

    /// The same under other rules, to see what they would do.
    pub fn under(&self, rules: Rules) -> Self {
        Self { app: self.app, rules, busy: self.busy.clone(), now: self.now, already: self.already.clone() }
    }

    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    pub fn policy(&self) -> &Policy {
        &self.rules.policy
    }

    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { practice: self.app.practice(), rules: &self.rules, busy: &self.busy, now: self.now }
    }

    /// The days of one page of openings: from a date, or from the first opening.
    pub fn days(&self, service: &Service, from: Option<NaiveDate>) -> Vec<Day> {
        let calendar = self.calendar();
        let from = from.or_else(|| day::first_date(&calendar, service, calendar.today()));
        let mut days = from.map(|from| day::days(&calendar, service, from)).unwrap_or_default();
        days.iter_mut().for_each(|day| day.retain(|slot| self.is_new(slot)));
        days
    }

    /// The first date after a page's last on which there is an opening.
    pub fn later(&self, service: &Service, days: &[Day]) -> Option<NaiveDate> {
        let after = days.last()?.date.succ_opt()?;
        day::first_date(&self.calendar(), service, after)
    }

    /// Each office's next opening.
    pub fn next_openings(&self, service: &Service) -> Vec<NextOpening> {
        let calendar = self.calendar();
        let next = |office: &Office| {
            let next = calendar.next_opening(service, office, calendar.today());
            match next {
                Some(slot) if !self.is_new(&slot) => self.near(service, office, self.now, 1).pop(),
                next => next,
            }
        };
        self.app.practice().offices.iter().map(|office| (office.slug.clone(), next(office))).collect()
    }

    /// Each office's next opening, or why there is none anywhere.
    pub fn next(&self) -> Next {
        Next { openings: self.next_openings_of_any(), pause: self.rules.pause.clone() }
    }

    /// Each office's next opening of the first service that has one there.
    fn next_openings_of_any(&self) -> Vec<NextOpening> {
        let practice = self.app.practice();
        let mut next: Vec<NextOpening> =
            practice.offices.iter().map(|office| (office.slug.clone(), None)).collect();
        for service in practice.services_offered() {
            if next.iter().all(|(_, slot)| slot.is_some()) {
                break;
            }
            for ((_, known), (_, found)) in next.iter_mut().zip(self.next_openings(service)) {
                *known = known.take().or(found);
            }
        }
        next
    }

    /// The openings at every office that lie nearest to an instant.
    pub fn nearest(&self, service: &Service, to: Instant) -> Vec<Slot> {
        let near = |office| self.near(service, office, to, NEAREST);
        self.app.practice().offices.iter().flat_map(near).collect()
    }

    /// The openings of a service right before and right after an appointment.
    pub fn adjoining(&self, service: &Service, a: &Appointment) -> [Option<Slot>; 2] {
        match self.app.practice().office(&a.office) {
            Some(office) => self.calendar().adjoining(service, office, a.span, a.buffer),
            None => [None, None],
        }
    }

    /// The same of an opening that isn't asked for yet.
    pub fn beside(&self, service: &Service, office: &Office, slot: &Slot) -> [Option<Slot>; 2] {
        self.calendar().adjoining(service, office, slot.span(), service.buffer())
    }

    /// As [`Snapshot::nearest`], of two sessions, one right after the other.
    pub fn nearest_pairs(&self, service: &Service, to: Instant, second_is: Beside) -> Vec<(Slot, Slot)> {
        let near = |office| self.calendar().nearest_pairs(service, office, to, second_is, NEAREST);
        self.app.practice().offices.iter().flat_map(near).collect()
    }

    fn near(&self, service: &Service, office: &Office, to: Instant, count: usize) -> Vec<Slot> {
        let enough = count + self.already.len();
        let mut near = self.calendar().nearest_openings(service, office, to, enough);
        near.retain(|slot| self.is_new(slot));
        near.sort_by_key(|slot| (slot.start - to).abs());
        near.truncate(count);
        near.sort_by_key(|slot| slot.start);
        near
    }

    /// False for the times that the appointment has, or waits for, already.
    pub fn is_new(&self, slot: &Slot) -> bool {
        !self.already.iter().any(|(office, start)| *office == slot.office && *start == slot.start)
    }

    /// The slot of a start, if it is offered now.
    pub fn find(&self, service: &Service, office: &OfficeSlug, start: Instant) -> Result<Slot, SlotRefusal> {
        let office = self.app.practice().office(office).ok_or(SlotRefusal::NotGivenThere)?;
        self.calendar().find_slot(service, office, start)
    }

    /// Until when a start would be held that is asked for now.
    pub fn held_until(&self, start: Instant) -> Instant {
        hold::held_until(self.policy(), self.busy.time_off(), start, self.now)
    }

    /// What canceling will cost of a start that is asked for now.
    pub fn cancellation_offer(
        &self,
        price: Price,
        start: Instant,
        confirmation: Confirmation,
    ) -> CancellationOffer {
        let answered_by = self.held_until(start);
        CancellationOffer::new(self.policy(), price, start, confirmation, (self.now, answered_by))
    }

    pub fn now(&self) -> Instant {
        self.now
    }

    pub fn today(&self) -> NaiveDate {
        time::date(self.app.practice().zone, self.now)
    }
}
