//! The table `therapist`: the one password.

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::time::Instant;

impl Reading {
    /// The password's Argon2id hash as a PHC string; `None` until one is set.
    pub async fn password_hash(&mut self) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT password_hash FROM therapist").fetch_optional(&mut *self.0).await?;
        Ok(row.map(|(hash,)| hash))
    }

    /// Since when the password is what it is; `None` until one is set.
    pub async fn password_changed_at(&mut self) -> Result<Option<Instant>, StoreError> {
        let row: Option<(i64,)> =
            sqlx::query_as("SELECT changed_at FROM therapist").fetch_optional(&mut *self.0).await?;
        row.map(|(at,)| instant(at)).transpose()
    }
}

impl Writing {
    pub async fn set_password_hash(&mut self, hash: &str, now: Instant) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO therapist (id, password_hash, changed_at) VALUES (1, ?1, ?2)
             ON CONFLICT (id) DO UPDATE SET password_hash = ?1, changed_at = ?2",
        )
        .bind(hash)
        .bind(seconds(now))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
