//! The table `sent_forms`: which form has made which request. Every value is a
//! hash together with the form's key, so the file gives nothing away.

use sqlx_macros::FromRow;

use super::{
    columns::seconds,
    file::{Reading, StoreError, Writing},
};
use crate::domain::{appointment::Appointment, ids::AppointmentId, time::Instant};

/// What a form says, hashed.
#[derive(Clone, Debug, FromRow, PartialEq, Eq)]
pub struct SentForm {
    /// The form's key with the service, the office and the start.
    pub asked: Vec<u8>,
    pub key_hash: Vec<u8>,
    pub email_hash: Option<Vec<u8>>,
    pub phone_hash: Option<Vec<u8>>,
}

#[derive(FromRow)]
struct Row {
    #[sqlx(flatten)]
    sent: SentForm,
    appointment: i64,
}

impl Reading {
    /// True when a form with this key has made a request.
    pub async fn form_has_asked(&mut self, key_hash: &[u8]) -> Result<bool, StoreError> {
        let (has,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT 1 FROM sent_forms WHERE key_hash = ?)")
            .bind(key_hash)
            .fetch_one(&mut *self.0)
            .await?;
        Ok(has)
    }

    /// True when a form with this key has made anything, a request that waits for a proof included.
    pub async fn form_has_come(&mut self, key_hash: &[u8]) -> Result<bool, StoreError> {
        let (has,): (bool,) = sqlx::query_as(
            "SELECT EXISTS (SELECT 1 FROM sent_forms WHERE key_hash = ?1)
                 OR EXISTS (SELECT 1 FROM unproven_requests WHERE key_hash = ?1)",
        )
        .bind(key_hash)
        .fetch_one(&mut *self.0)
        .await?;
        Ok(has)
    }

    /// Every request that forms with this key have made, the newest first.
    pub async fn requests_of_form(
        &mut self,
        key_hash: &[u8],
    ) -> Result<Vec<(SentForm, Appointment)>, StoreError> {
        let rows: Vec<Row> =
            sqlx::query_as("SELECT * FROM sent_forms WHERE key_hash = ? ORDER BY abs(appointment) DESC")
                .bind(key_hash)
                .fetch_all(&mut *self.0)
                .await?;
        let mut requests = Vec::new();
        for Row { sent, appointment } in rows {
            if let Some(appointment) = self.asked_for(AppointmentId(appointment)).await? {
                requests.push((sent, appointment));
            }
        }
        Ok(requests)
    }
}

impl Writing {
    pub async fn insert_sent_form(
        &mut self,
        sent: &SentForm,
        appointment: AppointmentId,
        expires_at: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO sent_forms (asked, key_hash, email_hash, phone_hash, appointment, expires_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(&sent.asked)
        .bind(&sent.key_hash)
        .bind(&sent.email_hash)
        .bind(&sent.phone_hash)
        .bind(appointment.0)
        .bind(seconds(expires_at))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Forgets the forms that nobody goes back to any more.
    pub async fn prune_sent_forms(&mut self, now: Instant) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM sent_forms WHERE expires_at <= ?")
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
