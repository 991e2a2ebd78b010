//! A round: what has opened up is offered to whoever waits for it.

use super::look::Look;
use crate::{
    app::{App, Current},
    booking::expire,
    domain::waitlist::{
        entry::End,
        offer::{Offer, Outcome},
        round::{Candidate, Proposal},
    },
    operation::{Error, Operation},
};

/// Ends what is over, takes back what is not to be had any more, and offers what is. Returns
/// how many entries and offers it was about.
pub async fn round(current: &Current) -> Result<usize, Error> {
    // After most writes nothing has opened for anybody: looking takes no lock.
    if !has_anything_to_do(&current.app()).await? {
        return Ok(0);
    }
    let mut op = expire::begin(current).await?;
    let done = op.end_what_is_over().await? + op.offer_what_is_open().await?;
    // What failed is tried again with the next write or tick: it is no write itself.
    if done > 0 {
        op.commit().await?;
    }
    Ok(done)
}

async fn has_anything_to_do(app: &App) -> Result<bool, Error> {
    let mut tx = app.store.read().await?;
    // A file that was restored offers nothing before its therapist has looked at it.
    if tx.waitlist().await?.is_empty() || tx.from_backup().await?.is_some() {
        return Ok(false);
    }
    let now = app.now();
    let rules = tx.rules(&app.site.first_rules, now).await?;
    Ok(Look::read(&mut tx, app, &rules, now).await?.has_anything_to_do())
}

impl Operation {
    async fn end_what_is_over(&mut self) -> Result<usize, Error> {
        let app = self.app.clone();
        let look = Look::read(&mut self.tx, &app, &self.rules, self.now).await?;
        let mut done = 0;
        for entry in &look.over {
            self.begin_alone().await?;
            let ended = self.end_entry(entry, End::RanOut).await.map(|()| 1);
            done += self.end_alone(ended, "a place on the waitlist", entry.id).await?;
        }
        for offer in look.unfitting() {
            self.begin_alone().await?;
            let ended = self.is_not_to_be_had(offer).await;
            done += self.end_alone(ended, "an offer", offer.id).await?;
        }
        for entry in look.run_out() {
            self.begin_alone().await?;
            let ended = self.run_out(entry).await;
            done += self.end_alone(ended, "a place on the waitlist", entry.id).await?;
        }
        Ok(done)
    }

    /// Ends an offer whose time somebody or something else has.
    pub(super) async fn is_not_to_be_had(&mut self, offer: &Offer) -> Result<usize, Error> {
        let outcome = if offer.is_held { Outcome::Withdrawn } else { Outcome::Gone };
        self.tx.end_offer(offer, outcome, self.now).await?;
        Ok(1)
    }

    async fn offer_what_is_open(&mut self) -> Result<usize, Error> {
        let app = self.app.clone();
        let look = Look::read(&mut self.tx, &app, &self.rules, self.now).await?;
        let mut done = 0;
        for Proposal { candidate, slot, buffer, terms } in look.proposals() {
            let Candidate { entry, instead, .. } = &look.candidates[candidate];
            self.begin_alone().await?;
            let made = self.make_offer((entry, instead.as_ref()), (slot, buffer), terms, false).await;
            done += self.end_alone(made.map(|_| 1), "an offer to somebody on the waitlist", entry.id).await?;
        }
        Ok(done)
    }
}
