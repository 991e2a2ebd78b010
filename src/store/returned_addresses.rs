//! The table `returned_addresses`: from where an email came back.

use super::{
    columns::seconds,
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    client::{Contact, EmailAddress, Hears},
    time::Instant,
};

impl Reading {
    /// True when an email to an address came back, and nobody has said since that it works.
    pub async fn address_has_returned(&mut self, address: &EmailAddress) -> Result<bool, StoreError> {
        let (some,): (bool,) =
            sqlx::query_as("SELECT EXISTS (SELECT 1 FROM returned_addresses WHERE email_key = ?)")
                .bind(address.key())
                .fetch_one(&mut *self.0)
                .await?;
        Ok(some)
    }

    /// How somebody hears what there is to tell.
    pub async fn hears(&mut self, contact: &Contact) -> Result<Hears, StoreError> {
        let returns = match &contact.email {
            Some(address) => self.address_has_returned(address).await?,
            None => false,
        };
        Ok(contact.hears(returns))
    }
}

impl Writing {
    /// Notes that an email to an address came back.
    pub async fn address_returns(&mut self, address: &EmailAddress, now: Instant) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO returned_addresses (email_key, since) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(address.key())
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// An address works again. False where nothing was known to the contrary.
    pub async fn address_works(&mut self, address: &EmailAddress) -> Result<bool, StoreError> {
        let ended = sqlx::query("DELETE FROM returned_addresses WHERE email_key = ?")
            .bind(address.key())
            .execute(&mut *self.0.0)
            .await?;
        Ok(ended.rows_affected() == 1)
    }
}
