//! The table `identity_keys`: by which rule the keys of the clients were made.

use sqlx::SqlitePool;

use super::file::{StoreError, Writing};
use crate::domain::client::identity;

/// Asked without the write lock, which somebody may hold for a while.
pub(super) async fn are_up_to_date(file: &SqlitePool) -> Result<bool, StoreError> {
    let version: Option<(i64,)> =
        sqlx::query_as("SELECT version FROM identity_keys").fetch_optional(file).await?;
    Ok(version == Some((identity::VERSION,)))
}

impl Writing {
    /// Makes the keys of all clients anew if they were made by another rule.
    /// Returns how many there are, or `None` where nothing was to be done.
    pub(super) async fn renew_identity_keys(&mut self) -> Result<Option<usize>, StoreError> {
        let version: Option<(i64,)> =
            sqlx::query_as("SELECT version FROM identity_keys").fetch_optional(&mut *self.0.0).await?;
        if version == Some((identity::VERSION,)) {
            return Ok(None);
        }
        self.read_international_phones().await?;
        let clients: Vec<(i64, String, Option<String>)> =
            sqlx::query_as("SELECT id, name, phone FROM clients").fetch_all(&mut *self.0.0).await?;
        for (id, name, phone) in &clients {
            sqlx::query("UPDATE clients SET name_key = ?, phone_key = ? WHERE id = ?")
                .bind(identity::name_key(name))
                .bind(phone.as_deref().map(identity::phone_key))
                .bind(id)
                .execute(&mut *self.0.0)
                .await?;
        }
        sqlx::query(
            "INSERT INTO identity_keys (id, version) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET version = ?1",
        )
        .bind(identity::VERSION)
        .execute(&mut *self.0.0)
        .await?;
        Ok(Some(clients.len()))
    }
}
