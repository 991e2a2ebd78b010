//! The table `unproven_requests`: how often a mailbox was written to within a
//! day because somebody typed its address.

use chrono::TimeDelta;

use super::{Reading, StoreError, Writing, seconds};
use crate::domain::time::Instant;

/// How long a request counts.
const A_DAY: TimeDelta = TimeDelta::days(1);

impl Reading {
    /// How many unproven requests named a mailbox within the last day.
    pub async fn unproven_requests(&mut self, mailbox: &str, now: Instant) -> Result<u32, StoreError> {
        let (count,): (u32,) =
            sqlx::query_as("SELECT count(*) FROM unproven_requests WHERE mailbox = ? AND sent_at > ?")
                .bind(mailbox)
                .bind(seconds(now - A_DAY))
                .fetch_one(&mut *self.0)
                .await?;
        Ok(count)
    }
}

impl Writing {
    pub async fn insert_unproven_request(&mut self, mailbox: &str, now: Instant) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO unproven_requests (mailbox, sent_at) VALUES (?, ?)")
            .bind(mailbox)
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Forgets those that no longer count.
    pub async fn prune_unproven_requests(&mut self, now: Instant) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM unproven_requests WHERE sent_at <= ?")
            .bind(seconds(now - A_DAY))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
