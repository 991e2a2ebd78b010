//! The table `requests_closed`: whether clients may ask on line at present.

use super::{Reading, StoreError, Writing, seconds};
use crate::domain::{client::Note, time::Instant};

impl Reading {
    /// The therapist's sentence, while online requests are closed.
    pub async fn requests_closed(&mut self) -> Result<Option<Note>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT sentence FROM requests_closed").fetch_optional(&mut *self.0).await?;
        Ok(row.map(|(sentence,)| Note::stored(sentence)))
    }
}

impl Writing {
    /// Closes online requests with a sentence.
    pub async fn close_requests(&mut self, sentence: &Note, now: Instant) -> Result<(), StoreError> {
        sqlx::query("INSERT OR REPLACE INTO requests_closed (id, sentence, since) VALUES (1, ?, ?)")
            .bind(sentence.as_str())
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Opens them again. False when they are open.
    pub async fn open_requests_again(&mut self) -> Result<bool, StoreError> {
        let opened = sqlx::query("DELETE FROM requests_closed").execute(&mut *self.0.0).await?;
        Ok(opened.rows_affected() == 1)
    }
}
