//! The table `letters` as the courier uses it: which letter is next, and what
//! has become of it.

use super::{Reading, StoreError, StoredLetter, Writing, instant, letters::Row, seconds};
use crate::{
    domain::{
        appointment::Side,
        ids::{AppointmentId, LetterId},
        time::Instant,
    },
    mail::{letter, trouble::Trouble},
};

/// The letters that are due, in their order. One that was written or tried
/// later than now has been so under a clock that has moved back since; its time
/// to be tried says nothing any more.
pub(super) const DUE: &str = "SELECT id, appointment, side FROM letters_in_turn
     WHERE next_attempt_at <= ?1 OR written_at > ?1 OR tried_at > ?1 ORDER BY id LIMIT ?2";

/// What letters are sent one after the other for: an appointment and a side.
/// Those about no appointment are each on their own.
pub type Thread = Option<(AppointmentId, Side)>;

impl Reading {
    /// The first letter whose turn and time to be tried have come, but none of
    /// those `under_way` nor of their threads: it may not overtake them, even
    /// where they have been taken back meanwhile.
    pub async fn due_letter(
        &mut self,
        under_way: &[(LetterId, Thread)],
        now: Instant,
    ) -> Result<Option<StoredLetter>, StoreError> {
        // Each thread has one letter in turn, so one more than are under way is enough to find another.
        let enough = i64::try_from(under_way.len() + 1).unwrap_or(i64::MAX);
        let due: Vec<(i64, Option<i64>, String)> =
            sqlx::query_as(DUE).bind(seconds(now)).bind(enough).fetch_all(&mut *self.0).await?;
        for (id, appointment, side) in due {
            let side = Side::parse(&side).ok_or(StoreError::Unreadable("side"))?;
            let thread = appointment.map(|id| (AppointmentId(id), side));
            let is_under_way =
                |(other, its): &(LetterId, Thread)| other.0 == id || (thread.is_some() && *its == thread);
            if !under_way.iter().any(is_under_way) {
                let row: Row = sqlx::query_as("SELECT * FROM letters WHERE id = ?")
                    .bind(id)
                    .fetch_one(&mut *self.0)
                    .await?;
                return Ok(Some(row.try_into()?));
            }
        }
        Ok(None)
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
        now: Instant,
        next_attempt_at: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE letters SET attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, ?1),
                                tried_at = ?1, next_attempt_at = ?2, may_have_come = 1
             WHERE id = ?3",
        )
        .bind(seconds(now))
        .bind(seconds(next_attempt_at))
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Notes that an attempt failed and another will follow.
    pub async fn letter_failed(
        &mut self,
        letter: &StoredLetter,
        trouble: &Trouble,
        next_attempt_at: Instant,
    ) -> Result<(), StoreError> {
        self.note_trouble(letter, trouble).await?;
        sqlx::query("UPDATE letters SET next_attempt_at = ? WHERE id = ?")
            .bind(seconds(next_attempt_at))
            .bind(letter.id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    async fn note_trouble(&mut self, letter: &StoredLetter, trouble: &Trouble) -> Result<(), StoreError> {
        sqlx::query("UPDATE letters SET trouble = ?, concerns = ?, may_have_come = ? WHERE id = ?")
            .bind(trouble.to_string())
            .bind(if trouble.concerns_us() { "us" } else { "recipient" })
            // What may have come once may have come for good.
            .bind(letter.may_have_come || trouble.may_have_come())
            .bind(letter.id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Tries every letter that waits again now, those in turn first.
    pub async fn try_letters_again(&mut self, now: Instant) -> Result<(), StoreError> {
        sqlx::query("UPDATE letters SET next_attempt_at = min(next_attempt_at, ?) WHERE outcome = 'waiting'")
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Takes a letter that was given up off the list. False when it is not on it.
    pub async fn letter_is_settled(&mut self, id: LetterId, now: Instant) -> Result<bool, StoreError> {
        let settled = sqlx::query(
            "UPDATE letters SET settled_at = ? WHERE id = ? AND outcome = 'given_up' AND settled_at IS NULL",
        )
        .bind(seconds(now))
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(settled.rows_affected() == 1)
    }

    /// Notes that a letter went out. It did so too where it was taken back meanwhile.
    pub async fn letter_was_sent(&mut self, sent: &StoredLetter, now: Instant) -> Result<(), StoreError> {
        self.letter_has_ended(sent, "sent", now).await
    }

    /// Notes that a letter is not tried any more. False where it was taken back
    /// while it was under way: then nobody misses it.
    pub async fn letter_was_given_up(
        &mut self,
        letter: &StoredLetter,
        trouble: &Trouble,
        now: Instant,
    ) -> Result<bool, StoreError> {
        self.note_trouble(letter, trouble).await?;
        let (is_waiting,): (bool,) =
            sqlx::query_as("SELECT EXISTS (SELECT 1 FROM letters WHERE id = ? AND outcome = 'waiting')")
                .bind(letter.id.0)
                .fetch_one(&mut *self.0.0)
                .await?;
        if is_waiting {
            self.letter_has_ended(letter, "given_up", now).await?;
        }
        Ok(is_waiting)
    }

    /// Notes that a letter's time has passed before it could go out.
    pub async fn letter_lapsed(&mut self, letter: &StoredLetter, now: Instant) -> Result<(), StoreError> {
        self.letter_has_ended(letter, "lapsed", now).await
    }

    /// Notes what became of a letter, and blots out the links in the copy that stays.
    async fn letter_has_ended(
        &mut self,
        stored: &StoredLetter,
        outcome: &str,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE letters SET outcome = ?1, outcome_at = ?2, text_body = ?3, html_body = ?4,
                                trouble = CASE WHEN ?1 = 'given_up' THEN trouble END
             WHERE id = ?5",
        )
        .bind(outcome)
        .bind(seconds(now))
        .bind(letter::blotted(&stored.letter.text))
        .bind(letter::blotted(&stored.letter.html))
        .bind(stored.id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
