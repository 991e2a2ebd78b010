//! Somebody is off the waitlist, or an offer is taken back.

use crate::{
    app::Current,
    booking::expire,
    domain::{
        appointment::refusal::Refusal,
        ids::{OfferId, Token, WaitlistEntryId},
        waitlist::{
            entry::{End, Entry},
            offer::Outcome,
        },
    },
    operation::{Error, Operation},
    store::GivenIn,
};

/// They take themselves off. Twice is once.
pub async fn by_client(current: &Current, link: &Token) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    let found = op.tx.waitlist_link(link).await?.ok_or(Error::Missing)?;
    // Whoever has typed an address must not take off whom it belongs to.
    if found.given_in != GivenIn::Email && found.entry.waiting_since().is_some() {
        return Err(Refusal::NoProof.into());
    }
    op.end_entry(&found.entry, End::Withdrawn).await?;
    op.commit().await
}

/// The therapist takes them off. [`Error::Missing`] when they are not on it (any more).
pub async fn by_therapist(current: &Current, id: WaitlistEntryId) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    let entry = op.tx.waitlist_entry(id).await?.filter(|entry| !entry.is_ended()).ok_or(Error::Missing)?;
    op.end_entry(&entry, End::Removed).await?;
    op.commit().await
}

/// The therapist takes an offer back: they stay on the list. [`Error::Missing`] when it is not
/// open (any more).
pub async fn withdraw(current: &Current, id: OfferId) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    let offer = op.tx.offer(id).await?.filter(|offer| offer.is_open(op.now)).ok_or(Error::Missing)?;
    op.tx.end_offer(&offer, Outcome::Withdrawn, op.now).await?;
    op.commit().await
}

impl Operation {
    /// Ends an entry, and with it what is offered to it.
    pub(super) async fn end_entry(&mut self, entry: &Entry, how: End) -> Result<(), Error> {
        self.tx.withdraw_offers_to(entry.id, self.now).await?;
        Ok(self.tx.end_waitlist_entry(entry.id, how, self.now).await?)
    }
}
