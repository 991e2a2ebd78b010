//! Phone numbers that are on file in an older form, brought into the one that is
//! kept now: whoever comes back with theirs is the same person.

use super::file::{StoreError, Writing};
use crate::domain::client::{country::Country, identity, phone::Phone};

impl Writing {
    /// Reads numbers that are on file as they were dialed, `030 1234567`, as
    /// those of a country: from before one was known, and from versions that
    /// knew none outside North America. Afterwards there are no more of them.
    pub async fn read_dialed_phones(&mut self, country: Country) -> Result<(), StoreError> {
        let of_clients: Vec<(String,)> =
            sqlx::query_as("SELECT DISTINCT phone FROM clients WHERE phone >= '0' AND phone < ':'")
                .fetch_all(&mut *self.0.0)
                .await?;
        let of_visits: Vec<(String,)> =
            sqlx::query_as("SELECT DISTINCT phone FROM appointments WHERE phone >= '0' AND phone < ':'")
                .fetch_all(&mut *self.0.0)
                .await?;
        for (dialed,) in of_clients.into_iter().chain(of_visits) {
            self.keep_phone_as(&dialed, Phone::parse(&dialed, Some(country)).ok()).await?;
        }
        Ok(())
    }

    /// Takes out of numbers with a country code what is not dialed behind it, as
    /// in `+44 (0)20`, which older versions kept.
    pub(super) async fn read_international_phones(&mut self) -> Result<(), StoreError> {
        let of_clients: Vec<(String,)> =
            sqlx::query_as("SELECT DISTINCT phone FROM clients WHERE phone >= '+' AND phone < ','")
                .fetch_all(&mut *self.0.0)
                .await?;
        let of_visits: Vec<(String,)> =
            sqlx::query_as("SELECT DISTINCT phone FROM appointments WHERE phone >= '+' AND phone < ','")
                .fetch_all(&mut *self.0.0)
                .await?;
        for (kept,) in of_clients.into_iter().chain(of_visits) {
            self.keep_phone_as(&kept, Phone::parse(&kept, None).ok()).await?;
        }
        Ok(())
    }

    /// One that cannot be read stays as it is.
    async fn keep_phone_as(&mut self, kept: &str, phone: Option<Phone>) -> Result<(), StoreError> {
        let Some(phone) = phone.filter(|phone| phone.as_str() != kept) else { return Ok(()) };
        sqlx::query("UPDATE clients SET phone = ?2, phone_key = ?3 WHERE phone = ?1")
            .bind(kept)
            .bind(phone.as_str())
            .bind(identity::phone_key(phone.as_str()))
            .execute(&mut *self.0.0)
            .await?;
        sqlx::query("UPDATE appointments SET phone = ?2 WHERE phone = ?1")
            .bind(kept)
            .bind(phone.as_str())
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
