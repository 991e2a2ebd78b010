//! How a row of `unproven_requests` is proved: the email that asks for it, and what
//! becomes of the row once it is an appointment.

use super::{
    columns::{hash, seconds},
    file::{StoreError, Writing},
};
use crate::domain::{
    client::EmailAddress,
    ids::{AppointmentId, Token, UnprovenRequestId},
    time::Instant,
};

impl Writing {
    /// Notes which email has gone out for one, to which address and with which link: an
    /// earlier one opens nothing any more, and does not leave if it has not.
    pub async fn unproven_request_is_emailed(
        &mut self,
        id: UnprovenRequestId,
        to: &EmailAddress,
        link: &Token,
        key: &str,
        now: Instant,
    ) -> Result<(), StoreError> {
        self.take_back_unproven_email(id, now).await?;
        sqlx::query("UPDATE unproven_requests SET email = ?, email_hash = ?, emailed = ? WHERE id = ?")
            .bind(to.as_str())
            .bind(hash(link))
            .bind(key)
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Drops the email about one if it has not gone out.
    async fn take_back_unproven_email(
        &mut self,
        id: UnprovenRequestId,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE emails SET outcome = 'lapsed', outcome_at = ?
             WHERE key = (SELECT emailed FROM unproven_requests WHERE id = ?)
               AND outcome IN ('waiting', 'given_up')",
        )
        .bind(seconds(now))
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// One has become an appointment: its links, its email and its form are that one's.
    pub async fn unproven_request_becomes(
        &mut self,
        id: UnprovenRequestId,
        appointment: AppointmentId,
        good_until: Instant,
        now: Instant,
    ) -> Result<(), StoreError> {
        self.take_back_unproven_email(id, now).await?;
        for statement in [
            "INSERT INTO links (token_hash, appointment, given_in, expires_at)
             SELECT page_hash, ?2, 'request', ?3 FROM unproven_requests WHERE id = ?1",
            "INSERT INTO links (token_hash, appointment, given_in, expires_at)
             SELECT email_hash, ?2, 'email', ?3 FROM unproven_requests WHERE id = ?1 AND email_hash IS NOT NULL",
            "INSERT INTO sent_forms (asked, key_hash, email_hash, phone_hash, appointment, expires_at)
             SELECT asked, key_hash, typed_email, typed_phone, ?2, ?3 FROM unproven_requests WHERE id = ?1
             ON CONFLICT DO NOTHING",
            "UPDATE emails SET appointment = ?2 WHERE key = (SELECT emailed FROM unproven_requests WHERE id = ?1)",
            "DELETE FROM unproven_requests WHERE id = ?1",
        ] {
            sqlx::query(statement)
                .bind(id.0)
                .bind(appointment.0)
                .bind(seconds(good_until))
                .execute(&mut *self.0.0)
                .await?;
        }
        Ok(())
    }
}
