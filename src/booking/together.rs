//! What was asked for together is told of, and answered, as one.

use crate::{
    domain::{
        appointment::{Appointment, Side, refusal::Refusal},
        ids::AppointmentId,
        series::together,
        time::Instant,
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
