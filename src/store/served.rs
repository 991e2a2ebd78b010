//! The table `served`: where the server was last reached, for commands that
//! run beside it and write links.

use super::file::{Reading, StoreError, Writing};
use crate::urls::BaseUrl;

impl Reading {
    pub async fn served_at(&mut self) -> Result<Option<BaseUrl>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT base_url FROM served").fetch_optional(&mut *self.0).await?;
        Ok(row.and_then(|(text,)| BaseUrl::parse(&text)))
    }
}

impl Writing {
    pub async fn set_served_at(&mut self, base: &BaseUrl) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO served (id, base_url) VALUES (1, ?1) ON CONFLICT (id) DO UPDATE SET base_url = ?1",
        )
        .bind(base.as_str())
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
