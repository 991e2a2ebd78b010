//! The table `emails` as one client's: what waits for them.

use super::{
    emails::{Row, StoredEmail},
    file::{StoreError, Writing},
};
use crate::{
    domain::{client::EmailAddress, ids::AppointmentId},
    mail::email::Email,
};

impl Writing {
    /// The emails about an appointment to its client that have not gone out yet.
    pub async fn waiting_client_emails(
        &mut self,
        appointment: AppointmentId,
    ) -> Result<Vec<Email>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM emails WHERE appointment = ? AND side = 'client' AND outcome = 'waiting' ORDER BY id",
        )
        .bind(appointment.0)
        .fetch_all(&mut *self.0.0)
        .await?;
        rows.into_iter().map(|row| Ok(StoredEmail::try_from(row)?.email)).collect()
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
}
