//! The table `named_mailboxes`: how often a mailbox was written to within a
//! day because somebody typed its address.

use chrono::TimeDelta;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::time::Instant;

/// How long a request counts.
const A_DAY: TimeDelta = TimeDelta::days(1);

impl Reading {
    /// Until when as many requests above the ceiling as `most` have named a mailbox within
    /// a day; `None` while they are fewer.
    pub async fn named_until(
        &mut self,
        mailbox: &str,
        most: u32,
        now: Instant,
    ) -> Result<Option<Instant>, StoreError> {
        let last_of_them: Option<(i64,)> = sqlx::query_as(
            "SELECT sent_at FROM named_mailboxes WHERE mailbox = ? AND sent_at > ?
             ORDER BY sent_at DESC LIMIT 1 OFFSET ?",
        )
        .bind(mailbox)
        .bind(seconds(now - A_DAY))
        .bind(most.saturating_sub(1))
        .fetch_optional(&mut *self.0)
        .await?;
        last_of_them.map(|(sent_at,)| Ok(instant(sent_at)? + A_DAY)).transpose()
    }
}

impl Writing {
    /// Counts one more, unless as many as `most` count already: then it's false.
    pub async fn insert_named_mailbox(
        &mut self,
        mailbox: &str,
        most: u32,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let inserted = sqlx::query(
            "INSERT INTO named_mailboxes (mailbox, sent_at)
             SELECT ?1, ?2
             WHERE (SELECT count(*) FROM named_mailboxes WHERE mailbox = ?1 AND sent_at > ?3) < ?4",
        )
        .bind(mailbox)
        .bind(seconds(now))
        .bind(seconds(now - A_DAY))
        .bind(most)
        .execute(&mut *self.0.0)
        .await?;
        Ok(inserted.rows_affected() == 1)
    }

    /// Forgets those that no longer count.
    pub async fn prune_named_mailboxes(&mut self, now: Instant) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM named_mailboxes WHERE sent_at <= ?")
            .bind(seconds(now - A_DAY))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
