//! What goes when somebody is erased, over all tables that tell of an appointment.

use super::file::{StoreError, Writing};
use crate::domain::{client::Name, ids::AppointmentId};

impl Writing {
    /// Leaves of an appointment when, where, what and for how much it was: not
    /// whose, nothing that anybody wrote, and no way to a page.
    /// `name` stands in place of its client's.
    pub async fn erase_appointment(
        &mut self,
        appointment: AppointmentId,
        name: &Name,
    ) -> Result<(), StoreError> {
        for statement in [
            "DELETE FROM emails WHERE appointment = ?",
            "DELETE FROM calls WHERE appointment = ?",
            "DELETE FROM links WHERE appointment = ?",
            "DELETE FROM sent_forms WHERE appointment = ?",
            "DELETE FROM conflicts WHERE appointment = ?",
            "DELETE FROM attendances WHERE appointment = ?",
            "DELETE FROM late_arrivals WHERE appointment = ?",
            "DELETE FROM delays WHERE appointment = ?",
            "DELETE FROM acted_on WHERE appointment = ?",
        ] {
            sqlx::query(statement).bind(appointment.0).execute(&mut *self.0.0).await?;
        }
        self.forget_waitlist_entries_about(appointment).await?;
        if appointment.is_blocked_request() {
            return self.erase_blocked_request(appointment, name).await;
        }
        sqlx::query(
            "UPDATE appointments
             SET name = ?, guest = NULL, email = NULL, email_key = NULL, phone = NULL, note = NULL, sentence = NULL,
                 request_digest = NULL, revision = revision + 1
             WHERE id = ?",
        )
        .bind(name.as_str())
        .bind(appointment.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
