//! The table `clients`.

use super::{StoreError, Writing, seconds};
use crate::domain::{
    client::{Contact, Email, Name, Phone},
    ids::ClientId,
    time::Instant,
};

impl Writing {
    /// The client with this name and this email address or telephone number;
    /// a new one if there is none. An existing row is left as it is.
    pub async fn client(
        &mut self,
        name: &Name,
        contact: &Contact,
        now: Instant,
    ) -> Result<ClientId, StoreError> {
        let known: Option<(i64,)> = sqlx::query_as(
            "SELECT id FROM clients WHERE name_key = ?1 AND (email_key = ?2 OR phone = ?3) ORDER BY id LIMIT 1",
        )
        .bind(name.key())
        .bind(contact.email.as_ref().map(Email::key))
        .bind(contact.phone.as_ref().map(Phone::as_str))
        .fetch_optional(&mut *self.0.0)
        .await?;
        if let Some((id,)) = known {
            return Ok(ClientId(id));
        }
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO clients (name, email, phone, name_key, email_key, created_at)
             VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(name.as_str())
        .bind(contact.email.as_ref().map(Email::as_str))
        .bind(contact.phone.as_ref().map(Phone::as_str))
        .bind(name.key())
        .bind(contact.email.as_ref().map(Email::key))
        .bind(seconds(now))
        .fetch_one(&mut *self.0.0)
        .await?;
        Ok(ClientId(id))
    }

    /// Removes a client to whom no appointment belongs: a mistyped address
    /// that was corrected leaves nobody behind.
    pub async fn forget_client_without_appointments(&mut self, id: ClientId) -> Result<(), StoreError> {
        sqlx::query(
            "DELETE FROM clients WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM appointments WHERE client = ?1)",
        )
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
