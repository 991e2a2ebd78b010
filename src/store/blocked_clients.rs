//! The table `blocked_clients`: whose requests the therapist no longer wants to see.

use super::{
    columns::{optional_instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{ids::ClientId, time::Instant};

impl Reading {
    /// Since when a person is blocked, by any of their records.
    pub async fn blocked_since(&mut self, client: ClientId) -> Result<Option<Instant>, StoreError> {
        let (since,): (Option<i64>,) = sqlx::query_as(
            "SELECT min(blocked_at) FROM blocked_clients WHERE client IN (SELECT value FROM json_each(?))",
        )
        .bind(self.family(client).await?)
        .fetch_one(&mut *self.0)
        .await?;
        optional_instant(since)
    }
}

impl Writing {
    /// The same, known of whom this transaction has put on file without asking.
    pub async fn blocked_since(&mut self, client: ClientId) -> Result<Option<Instant>, StoreError> {
        if self.is_new_client(client) { Ok(None) } else { self.0.blocked_since(client).await }
    }

    /// Blocks the person of a record; one that is blocked already stays so since then.
    pub async fn block_client(&mut self, client: ClientId, now: Instant) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO blocked_clients (client, blocked_at) VALUES (?, ?) ON CONFLICT DO NOTHING")
            .bind(client.0)
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Lets a person ask again, by whichever of their records they were blocked.
    pub async fn unblock_client(&mut self, client: ClientId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM blocked_clients WHERE client IN (SELECT value FROM json_each(?))")
            .bind(self.family(client).await?)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
