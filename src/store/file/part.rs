//! A part of a transaction that can be undone alone: one of many that fails
//! takes nothing with it.

use super::{error::StoreError, transaction::Writing};

impl Writing {
    /// Begins a part. It ends with [`Writing::keep_part`] or
    /// [`Writing::undo_part`] before another one begins.
    pub async fn begin_part(&mut self) -> Result<(), StoreError> {
        sqlx::query("SAVEPOINT part").execute(&mut *self.0.0).await?;
        Ok(())
    }

    /// Keeps what was written since the part began, as far as the whole is kept.
    pub async fn keep_part(&mut self) -> Result<(), StoreError> {
        sqlx::query("RELEASE part").execute(&mut *self.0.0).await?;
        Ok(())
    }

    /// Undoes what was written since the part began. An error when nothing of
    /// the whole is left either, since SQLite has rolled it back by itself.
    pub async fn undo_part(&mut self) -> Result<(), StoreError> {
        sqlx::query("ROLLBACK TO part").execute(&mut *self.0.0).await?;
        // The next to be written may get the numbers of what is gone.
        self.3.forget_news();
        self.keep_part().await
    }
}
