//! What has not gone out, and need not any more: something that is said now says it better, or
//! its reader has heard nothing of what is over. What was said of several visits at once is said
//! anew of those that are left.

use std::slice;

use super::unheard::Unheard;
use crate::{
    domain::appointment::{Appointment, Side, Status},
    mail::emails::Occasion,
    operation::{Error, Operation},
    store::StoredEmail,
};

impl Operation {
    /// Takes back what has not gone out and is said better, or need not be said, now.
    pub(super) async fn drop_superseded(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<Unheard, Error> {
        let of_several = self.drop_of_several(slice::from_ref(a), occasion).await?;
        self.drop_of_one(a, occasion, of_several).await
    }

    /// The same of each of several visits of one series that are told of at once. What is still
    /// to be said of the others is written anew once, and says nothing of these.
    pub(super) async fn drop_superseded_of_all(
        &mut self,
        all: &[Appointment],
        occasion: Occasion<'_>,
    ) -> Result<Vec<Unheard>, Error> {
        let of_several = self.drop_of_several(all, occasion).await?;
        let mut unheard = Vec::with_capacity(all.len());
        for a in all {
            unheard.push(self.drop_of_one(a, occasion, of_several.clone()).await?);
        }
        Ok(unheard)
    }

    async fn drop_of_one(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
        of_several: Vec<StoredEmail>,
    ) -> Result<Unheard, Error> {
        let mut taken_back = self.tx.take_back_kinds(a.id, occasion.supersedes(), self.now).await?;
        taken_back.extend(of_several);
        let by_telephone = self.known_by_telephone(a, occasion).await?;
        let unheard = Unheard { emails: taken_back, by_telephone };
        self.tell_of_the_rest(a, occasion, |kind| unheard.has(kind)).await?;
        Ok(unheard)
    }

    /// Takes back what would be superseded by an email that need not be written:
    /// its reader has heard nothing of what is over.
    pub(super) async fn forget(&mut self, a: &Appointment, occasion: Occasion<'_>) -> Result<(), Error> {
        self.drop_superseded(a, occasion).await?;
        Ok(())
    }

    /// True when an email of these kinds has, or may have, reached a side.
    pub(super) async fn has_heard(
        &mut self,
        a: &Appointment,
        side: Side,
        of: impl Fn(&str) -> bool,
    ) -> Result<bool, Error> {
        if self.tx.heard(a.id, side).await?.iter().any(|kind| of(kind)) {
            return Ok(true);
        }
        // What was told of several is kept with the first of them.
        for other in self.tx.asked_with(a).await? {
            let heard = self.tx.heard(other.id, side).await?;
            if heard.iter().any(|kind| Occasion::is_of_several(kind) && of(kind)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes back what has not gone out about appointments of a series together with others, and
    /// is said better, or need not be said, now. Where it is said of these alone, the others that
    /// still stand are told of anew.
    async fn drop_of_several(
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
