//! The table `emails`, of it what waits: taken back, set aside for as long as an
//! act can be undone, or sent to another address.

use super::{
    columns::seconds,
    emails::{Row, StoredEmail},
    file::{StoreError, Writing},
};
use crate::domain::{
    client::EmailAddress,
    ids::{ActId, AppointmentId, EmailId},
    time::Instant,
};

impl Writing {
    /// The emails about an appointment to its client that have not gone out yet.
    pub async fn waiting_client_emails(
        &mut self,
        appointment: AppointmentId,
    ) -> Result<Vec<StoredEmail>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM emails WHERE appointment = ? AND side = 'client' AND outcome = 'waiting' ORDER BY id",
        )
        .bind(appointment.0)
        .fetch_all(&mut *self.0.0)
        .await?;
        rows.into_iter().map(|row| row.email(&self.0.1)).collect()
    }

    /// Sends them to another address.
    pub async fn readdress_emails(
        &mut self,
        appointment: AppointmentId,
        recipient: &EmailAddress,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE emails SET recipient = ?
             WHERE appointment = ? AND side = 'client' AND outcome = 'waiting'",
        )
        .bind(recipient.as_str())
        .bind(appointment.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Takes back the emails of these kinds about an appointment that have not
    /// gone out yet, and returns them, the oldest first. In an act they wait the
    /// minute with it.
    pub async fn take_back_kinds(
        &mut self,
        appointment: AppointmentId,
        kinds: &[&str],
        now: Instant,
    ) -> Result<Vec<StoredEmail>, StoreError> {
        let is_written =
            |(about, kind): &(AppointmentId, String)| *about == appointment && kinds.contains(&kind.as_str());
        if self.is_new(appointment) && !self.3.emails.iter().any(is_written) {
            return Ok(Vec::new());
        }
        let rows: Vec<Row> =
            sqlx::query_as("SELECT * FROM emails WHERE appointment = ? AND outcome = 'waiting' AND set_aside_by IS NULL ORDER BY id")
                .bind(appointment.0)
                .fetch_all(&mut *self.0.0)
                .await?;
        let act = self.2.as_ref().map(|act| act.id);
        let mut taken_back = Vec::new();
        for row in rows {
            let email = row.email(&self.0.1)?;
            if kinds.contains(&email.email.kind()) {
                match act {
                    Some(act) => self.set_aside(email.id, act).await?,
                    None => self.email_lapsed(&email, now).await?,
                }
                taken_back.push(email);
            }
        }
        Ok(taken_back)
    }

    async fn set_aside(&mut self, id: EmailId, act: ActId) -> Result<(), StoreError> {
        sqlx::query("UPDATE emails SET set_aside_by = ? WHERE id = ?")
            .bind(act.0)
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Takes back the emails of an appointment to its client that have not gone out yet:
    /// they were addressed to a mistyped address.
    pub async fn take_back_emails(
        &mut self,
        appointment: AppointmentId,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE emails SET outcome = 'lapsed', outcome_at = ?
             WHERE appointment = ? AND side = 'client' AND outcome IN ('waiting', 'given_up')",
        )
        .bind(seconds(now))
        .bind(appointment.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
