//! What has been on file for as long as it may be, over the tables that tell of people.
//! Asked for once a day.

use super::{
    columns::seconds,
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    client::Name,
    ids::{AppointmentId, ClientId},
    time::Instant,
};

impl Reading {
    /// Some of the appointments that began before an instant and are still somebody's, the oldest
    /// first. `nobody` is the name of those that are not.
    pub async fn outlived_appointments(
        &mut self,
        before: Instant,
        nobody: &Name,
        most: u32,
    ) -> Result<Vec<AppointmentId>, StoreError> {
        let rows: Vec<(i64,)> = sqlx::query_as(
            "SELECT id FROM appointments WHERE starts_at < ?1 AND ends_at < ?1 AND name <> ?2
             UNION ALL
             SELECT id FROM blocked_requests WHERE starts_at < ?1 AND ends_at < ?1 AND name <> ?2
             LIMIT ?3",
        )
        .bind(seconds(before))
        .bind(nobody.as_str())
        .bind(most)
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows.into_iter().map(|(id,)| AppointmentId(id)).collect())
    }

    /// The records, made before an instant, of those who have nothing on file any more that is theirs
    /// and whom the therapist has not blocked.
    pub async fn outlived_records(
        &mut self,
        before: Instant,
        nobody: &Name,
    ) -> Result<Vec<ClientId>, StoreError> {
        let rows: Vec<(i64,)> = sqlx::query_as(
            "SELECT id FROM clients
             WHERE erased_at IS NULL AND created_at < ?1
               AND NOT EXISTS (SELECT 1 FROM appointments WHERE client = clients.id AND name <> ?2)
               AND NOT EXISTS (SELECT 1 FROM blocked_requests WHERE client = clients.id AND name <> ?2)
               AND NOT EXISTS (SELECT 1 FROM blocked_clients WHERE client = clients.id)
             ORDER BY id",
        )
        .bind(seconds(before))
        .bind(nobody.as_str())
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows.into_iter().map(|(id,)| ClientId(id)).collect())
    }
}

impl Writing {
    /// Removes the text of emails that were written before an instant. That they were, to whom, and
    /// what became of them stays.
    pub async fn remove_email_texts(&mut self, before: Instant) -> Result<u64, StoreError> {
        let removed = sqlx::query(
            "UPDATE emails SET text_body = '', html_body = '', calendar = NULL, calendar_method = NULL
             WHERE written_at < ? AND outcome <> 'waiting' AND text_body <> ''",
        )
        .bind(seconds(before))
        .execute(&mut *self.0.0)
        .await?;
        Ok(removed.rows_affected())
    }
}
