//! “Not this one”: an offer is let pass, and its owner stays on the waitlist.

use crate::{
    app::Current,
    booking::expire,
    domain::{
        appointment::refusal::Refusal,
        ids::{OfferId, Token},
        waitlist::offer::{Offer, Outcome},
    },
    operation::{Error, Operation},
};

/// They say no to what their link is about, or to what is open. Twice is once.
pub async fn by_client(current: &Current, link: &Token) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    let offer = op.offer_of_link(link).await?;
    op.pass(&offer).await
}

/// The therapist has called, and notes that they said no.
pub async fn for_client(current: &Current, id: OfferId) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    let offer = op.tx.offer(id).await?.filter(|offer| offer.is_open(op.now)).ok_or(Error::Missing)?;
    op.pass(&offer).await
}

impl Operation {
    async fn pass(mut self, offer: &Offer) -> Result<(), Error> {
        match offer.outcome {
            Outcome::Open => self.tx.end_offer(offer, Outcome::Passed, self.now).await?,
            Outcome::Passed => {}
            _ => {
                self.commit().await?;
                return Err(Refusal::OfferIsOver.into());
            }
        }
        self.commit().await
    }
}
