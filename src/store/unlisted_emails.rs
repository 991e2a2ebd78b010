//! The table `emails`, of it what stands in no list and no export: whoever could
//! read it there could act as the therapist.

use super::{
    columns::seconds,
    file::{Reading, StoreError, Writing},
};
use crate::{domain::time::Instant, mail::email::Email};

impl Reading {
    /// How many emails that stand in no list were written after an instant.
    pub async fn unlisted_emails_since(&mut self, since: Instant) -> Result<u32, StoreError> {
        let (count,): (u32,) =
            sqlx::query_as("SELECT count(*) FROM emails WHERE is_listed = 0 AND written_at > ?")
                .bind(seconds(since))
                .fetch_one(&mut *self.0)
                .await?;
        Ok(count)
    }
}

impl Writing {
    /// Puts an email into the outbox that is to stand in no list and no export:
    /// whoever could read it there could act as the therapist.
    pub async fn enqueue_unlisted(&mut self, email: &Email, now: Instant) -> Result<(), StoreError> {
        self.enqueue(email, now).await?;
        sqlx::query("UPDATE emails SET is_listed = 0 WHERE key = ?")
            .bind(&email.key)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Removes an email that stands in no list, as if it had never been written.
    pub async fn remove_unlisted(&mut self, email: &Email) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM emails WHERE key = ? AND is_listed = 0")
            .bind(&email.key)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
