//! The table `addresses`: where the offices were, so that a new address is noticed.

use super::file::{Reading, StoreError, Writing};
use crate::domain::ids::OfficeSlug;

impl Reading {
    /// The offices whose new address has not been told yet.
    pub async fn untold_addresses(&mut self) -> Result<Vec<OfficeSlug>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT office FROM addresses WHERE is_told = 0 ORDER BY office")
                .fetch_all(&mut *self.0)
                .await?;
        Ok(rows.into_iter().filter_map(|(office,)| OfficeSlug::parse(&office)).collect())
    }
}

impl Writing {
    /// Notes where an office is. Where it was somewhere else before, that is still to be told.
    pub async fn note_address(&mut self, office: &OfficeSlug, address: &str) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO addresses (office, address) VALUES (?1, ?2)
             ON CONFLICT (office) DO UPDATE SET is_told = 0, address = ?2 WHERE address <> ?2",
        )
        .bind(office.as_str())
        .bind(address)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Notes that an office's new address is still to be told after all.
    pub async fn address_is_untold(&mut self, office: &OfficeSlug) -> Result<(), StoreError> {
        sqlx::query("UPDATE addresses SET is_told = 0 WHERE office = ?")
            .bind(office.as_str())
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Notes that an office's new address needs no more telling. False when it did not.
    pub async fn address_is_told(&mut self, office: &OfficeSlug) -> Result<bool, StoreError> {
        let told = sqlx::query("UPDATE addresses SET is_told = 1 WHERE office = ? AND is_told = 0")
            .bind(office.as_str())
            .execute(&mut *self.0.0)
            .await?;
        Ok(told.rows_affected() == 1)
    }
}
