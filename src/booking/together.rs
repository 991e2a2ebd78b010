//! What is asked for together is written, told of, and answered, as one.

use crate::{
    domain::{
        appointment::{
            self, Appointment, Side,
            refusal::{Refusal, SlotRefusal},
        },
        availability::{Calendar, hold, rules::Rules},
        ids::{AppointmentId, OfficeSlug},
        practice::service::Service,
        series::together::{self, Kind},
        time::{Instant, Interval},
    },
    mail::emails::{Occasion, OneOfSeveral},
    operation::{Error, Operation},
};

/// An appointment as a page has shown it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    pub appointment: AppointmentId,
    pub revision: u32,
}

/// Refuses an answer to what is not any more what was seen: one that has been moved or taken
/// back meanwhile, or come in addition.
pub(super) fn are_as_seen(all: &[Appointment], seen: &[Seen]) -> Result<(), Refusal> {
    let Some(first) = all.first().filter(|_| !seen.is_empty()) else { return Ok(()) };
    for a in all {
        let of = seen.iter().find(|one| one.appointment == a.id);
        a.is_as_seen(Some(of.ok_or(Refusal::ChangedMeanwhile(first.status()))?.revision))?;
    }
    if seen.len() == all.len() { Ok(()) } else { Err(Refusal::ChangedMeanwhile(first.status())) }
}

impl Operation {
    /// Writes requests for several visits, in order of time, or `at_once` appointments: each is
    /// looked at after those before it. What waits for one answer is held until one moment.
    pub(super) async fn make_requests(
        &mut self,
        kind: Kind,
        rules: &Rules,
        visits: Vec<appointment::Wanted<'_>>,
        at_once: bool,
    ) -> Result<Vec<Appointment>, Error> {
        let first = visits.first().ok_or(Error::Missing)?.start;
        let time_off = self.tx.time_off_since(self.now).await?;
        let held_until = hold::held_until(&rules.policy, &time_off, first, self.now);
        // One visit is no series.
        let its = match visits.len() {
            1 => None,
            _ => Some(self.tx.insert_series(kind, self.now).await?),
        };
        let mut made: Vec<Appointment> = Vec::with_capacity(visits.len());
        for visit in visits {
            self.is_offered(rules, visit.service, &visit.office, visit.start).await?;
            let appointment = self.make_request_held(visit, at_once, held_until).await?;
            if let Some(its) = its {
                self.tx.is_of_series(appointment.id, its).await?;
            }
            made.push(Appointment { series: its, ..appointment });
        }
        Ok(made)
    }

    /// Refuses a time that could not be asked for by itself.
    pub(super) async fn is_offered(
        &mut self,
        rules: &Rules,
        service: &Service,
        office: &OfficeSlug,
        start: Instant,
    ) -> Result<(), Error> {
        let app = self.app.clone();
        let practice = app.practice();
        let office = practice.office(office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
        let busy = self.tx.busy(Interval::new(start, start + service.length()), self.now).await?;
        let calendar = Calendar { practice, rules, busy: &busy, now: self.now };
        calendar.find_slot(service, office, start).map_err(Refusal::from)?;
        Ok(())
    }

    /// Everything that is answered with an appointment, itself included, in order of time.
    pub(super) async fn answered_with(&mut self, a: &Appointment) -> Result<Vec<Appointment>, Error> {
        let series = self.tx.asked_with(a).await?;
        Ok(together::answered_with(a, series, self.now))
    }

    /// Holds what was asked for together with a request that its client has just moved as long as
    /// the first of it can be held now: there is one answer to it. Returns the request.
    pub(super) async fn hold_together(
        &mut self,
        moved: Appointment,
        held_until: impl Fn(Instant) -> Instant,
    ) -> Result<Appointment, Error> {
        let together = self.answered_with(&moved).await?;
        let Some(first) = together.first().filter(|_| together.len() > 1) else { return Ok(moved) };
        let until = held_until(first.span.start);
        for one in &together {
            self.tx.update_appointment(&one.clone().held(until)?).await?;
        }
        Ok(moved.held(until)?)
    }

    /// Writes one email, to whichever side it is to, about all of these, which are in order of time.
    pub(crate) async fn tell_of_all(
        &mut self,
        all: &[Appointment],
        occasion: Occasion<'_>,
    ) -> Result<(), Error> {
        let Some(first) = all.first() else { return Ok(()) };
        let visits = match all.len() {
            1 => Vec::new(),
            _ => self.with_pages(all, occasion).await?,
        };
        let of_each = occasion;
        let occasion = match visits.as_slice() {
            [] => of_each,
            visits => Occasion::Together { of_each: &of_each, visits },
        };
        match occasion.side() {
            Side::Client => self.tell_client(first, occasion).await,
            Side::Therapist => self.tell_therapist(first, occasion).await,
        }
    }

    /// Each with a page of its own, where it is its client who reads of it.
    pub(super) async fn with_pages(
        &mut self,
        all: &[Appointment],
        occasion: Occasion<'_>,
    ) -> Result<Vec<OneOfSeveral>, Error> {
        let mut visits = Vec::with_capacity(all.len());
        for a in all {
            let page = match occasion.side() {
                Side::Client => self.fresh_page(a, occasion).await?,
                Side::Therapist => String::new(),
            };
            visits.push(OneOfSeveral { visit: a.clone(), page });
        }
        Ok(visits)
    }
}
