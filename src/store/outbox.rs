//! The table `letters` as the courier uses it: which letter is next, and what
//! has become of it.

use super::{Reading, StoreError, StoredLetter, Writing, instant, letters::Row, seconds};
use crate::{
    domain::{ids::LetterId, time::Instant},
    mail::letter,
};

impl Reading {
    /// The first letter whose turn and time to be tried have come.
    pub async fn due_letter(&mut self, now: Instant) -> Result<Option<StoredLetter>, StoreError> {
        let row: Option<Row> =
            sqlx::query_as("SELECT * FROM letters_in_turn WHERE next_attempt_at <= ? ORDER BY id LIMIT 1")
                .bind(seconds(now))
                .fetch_optional(&mut *self.0)
                .await?;
        row.map(StoredLetter::try_from).transpose()
    }

    /// When the next letter is to be tried.
    pub async fn next_letter_at(&mut self) -> Result<Option<Instant>, StoreError> {
        let (next,): (Option<i64>,) = sqlx::query_as("SELECT min(next_attempt_at) FROM letters_in_turn")
            .fetch_one(&mut *self.0)
            .await?;
        next.map(instant).transpose()
    }
}

impl Writing {
    /// Notes, before the attempt, that a letter is tried, and when it would be
    /// tried again: whatever happens to us meanwhile, it is not tried over and over.
    pub async fn letter_is_tried(
        &mut self,
        id: LetterId,
        next_attempt_at: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE letters SET attempts = attempts + 1, next_attempt_at = ? WHERE id = ?")
            .bind(seconds(next_attempt_at))
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Notes that an attempt failed and another will follow.
    pub async fn letter_failed(&mut self, id: LetterId, trouble: &str) -> Result<(), StoreError> {
        sqlx::query("UPDATE letters SET trouble = ? WHERE id = ? AND outcome = 'waiting'")
            .bind(trouble)
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Notes that a letter went out. It did so too where it was taken back meanwhile.
    pub async fn letter_was_sent(&mut self, sent: &StoredLetter, now: Instant) -> Result<(), StoreError> {
        self.letter_has_ended(sent, "sent", None, now).await
    }

    /// Notes that a letter is not tried any more. False where it was taken back
    /// while it was under way: then nobody misses it.
    pub async fn letter_was_given_up(
        &mut self,
        letter: &StoredLetter,
        trouble: &str,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let (is_waiting,): (bool,) =
            sqlx::query_as("SELECT EXISTS (SELECT 1 FROM letters WHERE id = ? AND outcome = 'waiting')")
                .bind(letter.id.0)
                .fetch_one(&mut *self.0.0)
                .await?;
        if is_waiting {
            self.letter_has_ended(letter, "given_up", Some(trouble), now).await?;
        }
        Ok(is_waiting)
    }

    /// Notes that a letter's time has passed before it could go out.
    pub async fn letter_lapsed(&mut self, letter: &StoredLetter, now: Instant) -> Result<(), StoreError> {
        self.letter_has_ended(letter, "lapsed", None, now).await
    }

    /// Notes what became of a letter, and blots out the links in the copy that stays.
    async fn letter_has_ended(
        &mut self,
        stored: &StoredLetter,
        outcome: &str,
        trouble: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE letters SET outcome = ?, outcome_at = ?, trouble = ?, text_body = ?, html_body = ? WHERE id = ?",
        )
        .bind(outcome)
        .bind(seconds(now))
        .bind(trouble)
        .bind(letter::blotted(&stored.letter.text))
        .bind(letter::blotted(&stored.letter.html))
        .bind(stored.id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
