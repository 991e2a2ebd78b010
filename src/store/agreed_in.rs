//! The table `agreed_in`: the time zone and the currency in which appointments
//! were agreed on.

use super::file::{Reading, StoreError, Writing};

impl Reading {
    /// The names of the time zone and the currency; `None` in a new file.
    pub async fn agreed_in(&mut self) -> Result<Option<(String, String)>, StoreError> {
        Ok(sqlx::query_as("SELECT zone, currency FROM agreed_in").fetch_optional(&mut *self.0).await?)
    }
}

impl Writing {
    pub async fn set_agreed_in(&mut self, zone: &str, currency: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO agreed_in (id, zone, currency) VALUES (1, ?1, ?2)
             ON CONFLICT (id) DO UPDATE SET zone = ?1, currency = ?2",
        )
        .bind(zone)
        .bind(currency)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
