//! The table `pause`: whether online booking is paused.

use super::{
    columns::seconds,
    file::{Reading, StoreError, Writing},
};
use crate::domain::{client::Note, time::Instant};

impl Reading {
    /// The therapist's sentence, while online booking is paused.
    pub async fn pause(&mut self) -> Result<Option<Note>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT sentence FROM pause").fetch_optional(&mut *self.0).await?;
        Ok(row.map(|(sentence,)| Note::stored(sentence)))
    }
}

impl Writing {
    /// Pauses online booking with a sentence.
    pub async fn begin_pause(&mut self, sentence: &Note, now: Instant) -> Result<(), StoreError> {
        sqlx::query("INSERT OR REPLACE INTO pause (id, sentence, since) VALUES (1, ?, ?)")
            .bind(sentence.as_str())
            .bind(seconds(now))
            .execute(self.changes_plans())
            .await?;
        Ok(())
    }

    /// Opens them again. False when they are open.
    pub async fn end_pause(&mut self) -> Result<bool, StoreError> {
        let opened = sqlx::query("DELETE FROM pause").execute(self.changes_plans()).await?;
        Ok(opened.rows_affected() == 1)
    }
}
