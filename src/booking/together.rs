//! What was asked for together is told of, and answered, as one.

use crate::{
    domain::{
        appointment::{Appointment, Side, Status, refusal::Refusal},
        ids::AppointmentId,
        series::together,
        time::Instant,
    },
    mail::emails::{Occasion, OneOfSeveral},
    operation::{Error, Operation},
    store::StoredEmail,
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

    /// Writes one email to the client about all of these, which are in order of time.
    pub(crate) async fn tell_client_of_all(
        &mut self,
        all: &[Appointment],
        occasion: Occasion<'_>,
    ) -> Result<(), Error> {
        match all {
            [] => Ok(()),
            [alone] => self.tell_client(alone, occasion).await,
            [first, ..] => {
                let visits = self.with_pages(all, occasion).await?;
                self.tell_client(first, Occasion::Together { of_each: &occasion, visits: &visits }).await
            }
        }
    }

    /// Writes one email to the therapist about all of these, which are in order of time.
    pub(crate) async fn tell_therapist_of_all(
        &mut self,
        all: &[Appointment],
        occasion: Occasion<'_>,
    ) -> Result<(), Error> {
        match all {
            [] => Ok(()),
            [alone] => self.tell_therapist(alone, occasion).await,
            [first, ..] => {
                let visits = self.with_pages(all, occasion).await?;
                self.tell_therapist(first, Occasion::Together { of_each: &occasion, visits: &visits }).await
            }
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

    /// Takes back what has not gone out about appointments of a series together with others, and
    /// is said better, or need not be said, now. Where it is said of these alone, the others that
    /// still stand are told of anew.
    pub(super) async fn drop_of_several(
        &mut self,
        of: &[Appointment],
        occasion: Occasion<'_>,
    ) -> Result<Vec<StoredEmail>, Error> {
        let Some(a) = of.first().filter(|a| a.series.is_some()) else { return Ok(Vec::new()) };
        let all = self.tx.asked_with(a).await?;
        let (now, mut dropped) = (self.now, Vec::new());
        if let Occasion::Together { visits, .. } = occasion {
            let kinds = occasion.supersedes();
            let kinds: Vec<&'static str> =
                kinds.iter().flat_map(|kind| [Some(*kind), Occasion::of_several(kind)]).flatten().collect();
            let is_told_of = |one: &Appointment| visits.iter().any(|told| told.visit.id == one.id);
            for one in all.iter().filter(|one| is_told_of(one)) {
                dropped.extend(self.tx.take_back_kinds(one.id, &kinds, now).await?);
            }
            return Ok(dropped);
        }
        let is_another = |one: &&Appointment| of.iter().all(|told| told.id != one.id);
        for of_each in [Occasion::Received, Occasion::Arrived, Occasion::Waiting(None)] {
            let Some(kind) = Occasion::of_several(of_each.kind()) else { continue };
            if !occasion.supersedes().contains(&of_each.kind()) {
                continue;
            }
            let mut unheard = Vec::new();
            for one in &all {
                unheard.extend(self.tx.take_back_kinds(one.id, &[kind], now).await?);
            }
            if !unheard.is_empty() && !matches!(of_each, Occasion::Waiting(_)) {
                let still_stands = |one: &&Appointment| match of_each {
                    // Where they are confirmed at once, it tells of appointments.
                    Occasion::Arrived => one.status().is_live(),
                    _ => one.status() == Status::Requested,
                };
                let others = all.iter().filter(is_another).filter(still_stands).cloned();
                self.tell_of_the_others(&others.collect::<Vec<_>>(), of_each).await?;
            }
            dropped.extend(unheard);
        }
        Ok(dropped)
    }

    async fn tell_of_the_others(
        &mut self,
        others: &[Appointment],
        occasion: Occasion<'_>,
    ) -> Result<(), Error> {
        let Some(first) = others.first() else { return Ok(()) };
        let Some((page, recipient)) = self.page_and_recipient(first, occasion).await? else { return Ok(()) };
        let visits = self.with_pages(others, occasion).await?;
        let together = Occasion::Together { of_each: &occasion, visits: &visits };
        let occasion = if others.len() > 1 { together } else { occasion };
        self.write(first, occasion, page, recipient).await
    }
}
