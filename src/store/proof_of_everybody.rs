//! The table `proof_of_everybody`: whether everybody proves their email before a time
//! is held for them.

use super::{
    columns::{optional_instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::time::Instant;

impl Reading {
    /// Since when everybody does; `None` while they need not.
    pub async fn everybody_proves_since(&mut self) -> Result<Option<Instant>, StoreError> {
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT since FROM proof_of_everybody").fetch_optional(&mut *self.0).await?;
        optional_instant(row.map(|(since,)| since))
    }
}

impl Writing {
    /// Has everybody prove their email first. False when they do already.
    pub async fn begin_proof_of_everybody(&mut self, now: Instant) -> Result<bool, StoreError> {
        let begun =
            sqlx::query("INSERT INTO proof_of_everybody (id, since) VALUES (1, ?) ON CONFLICT DO NOTHING")
                .bind(seconds(now))
                .execute(&mut *self.0.0)
                .await?;
        Ok(begun.rows_affected() == 1)
    }

    /// Nobody needs to any more. False when nobody had to.
    pub async fn end_proof_of_everybody(&mut self) -> Result<bool, StoreError> {
        let ended = sqlx::query("DELETE FROM proof_of_everybody").execute(&mut *self.0.0).await?;
        Ok(ended.rows_affected() == 1)
    }
}
