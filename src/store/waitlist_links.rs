//! The table `waitlist_links`: who holds one may see the page of somebody who waits.

use super::{
    columns::hash,
    file::{Reading, StoreError, Writing},
    links::GivenIn,
};
use crate::domain::{
    ids::{OfferId, Token, WaitlistEntryId},
    waitlist::entry::Entry,
};

/// What a link to the page of an entry shows.
pub struct WaitlistLink {
    pub entry: Entry,
    pub given_in: GivenIn,
    /// The offer that its email is about.
    pub offer: Option<OfferId>,
}

impl Reading {
    /// What a link shows.
    pub async fn waitlist_link(&mut self, link: &Token) -> Result<Option<WaitlistLink>, StoreError> {
        let row: Option<(i64, Option<i64>, String)> =
            sqlx::query_as("SELECT entry, offer, given_in FROM waitlist_links WHERE token_hash = ?")
                .bind(hash(link))
                .fetch_optional(&mut *self.0)
                .await?;
        let Some((id, offer, given_in)) = row else { return Ok(None) };
        let given_in = GivenIn::parse(&given_in);
        let entry = self.waitlist_entry(WaitlistEntryId(id)).await?;
        Ok(entry.map(|entry| WaitlistLink { entry, given_in, offer: offer.map(OfferId) }))
    }
}

impl Writing {
    /// Adds a link to the page of an entry; one that is there already stays.
    pub async fn insert_waitlist_link(
        &mut self,
        token: &Token,
        entry: WaitlistEntryId,
        offer: Option<OfferId>,
        given_in: GivenIn,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO waitlist_links (token_hash, entry, offer, given_in) VALUES (?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )
        .bind(hash(token))
        .bind(entry.0)
        .bind(offer.map(|id| id.0))
        .bind(given_in.as_str())
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
