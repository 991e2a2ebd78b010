//! The table `trials`: while writing fails, something is written now and then
//! to see whether it works again.

use super::{error::StoreError, store::Store};

/// About as much as a request with its emails.
const BYTES: i64 = 32 * 1024;

impl Store {
    /// Writes for the sake of writing.
    pub async fn try_to_write(&self) -> Result<(), StoreError> {
        let mut tx = self.write().await?;
        // Random, since SQLite writes no page that stays as it was.
        let written = sqlx::query(
            "INSERT INTO trials (id, written) VALUES (1, randomblob(?1))
             ON CONFLICT (id) DO UPDATE SET written = randomblob(?1)",
        )
        .bind(BYTES)
        .execute(&mut *tx.0.0)
        .await;
        match written {
            Ok(_) => tx.commit().await,
            Err(error) => Err(self.write_failed(error.into())),
        }
    }
}
