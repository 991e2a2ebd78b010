//! The table `emails` as the courier uses it: which email is next, and what
//! has become of it.

use super::{
    columns::{instant, seconds},
    emails::{Row, StoredEmail},
    file::{Reading, StoreError, Writing},
    sealed::{EMAIL_HTML, EMAIL_TEXT},
};
use crate::{
    domain::{
        appointment::Side,
        ids::{AppointmentId, EmailId},
        time::Instant,
    },
    mail::{email, trouble::Trouble},
};

/// The emails that are due, in their order. One that was written or tried
/// later than now has been so under a clock that has moved back since; its time
/// to be tried says nothing any more. What an act has written is held until its minute is over,
/// and everything from a restore until the therapist has seen what would go.
pub(super) const DUE: &str = "SELECT id, appointment, side FROM emails_in_turn
     WHERE (next_attempt_at <= ?1 OR written_at > ?1 OR tried_at > ?1)
       AND (held_until IS NULL OR held_until <= ?1 OR written_at > ?1 + 60)
       AND NOT EXISTS (SELECT 1 FROM backup)
     ORDER BY id LIMIT ?2";

/// What emails are sent one after the other for: an appointment and a side.
/// Those about no appointment are each on their own.
pub type Thread = Option<(AppointmentId, Side)>;

impl Reading {
    /// The first emails whose turn and time to be tried have come, up to so many, but none of
    /// those `under_way` nor of their threads: they may not overtake them, even
    /// where those have been taken back meanwhile.
    pub async fn due_emails(
        &mut self,
        at_most: usize,
        under_way: &[(EmailId, Thread)],
        now: Instant,
    ) -> Result<Vec<StoredEmail>, StoreError> {
        // Each thread has one email in turn, so as many more than are under way are enough to find them.
        let enough = i64::try_from(under_way.len() + at_most).unwrap_or(i64::MAX);
        let due: Vec<(i64, Option<i64>, String)> =
            sqlx::query_as(DUE).bind(seconds(now)).bind(enough).fetch_all(&mut *self.0).await?;
        let mut ids = Vec::new();
        for (id, appointment, side) in due {
            let side = Side::parse(&side).ok_or(StoreError::Unreadable("side"))?;
            let thread = appointment.map(|id| (AppointmentId(id), side));
            let is_under_way =
                |(other, its): &(EmailId, Thread)| other.0 == id || (thread.is_some() && *its == thread);
            if ids.len() < at_most && !under_way.iter().any(is_under_way) {
                ids.push(id);
            }
        }
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let rows: Vec<Row> =
            sqlx::query_as("SELECT * FROM emails WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id")
                .bind(serde_json::json!(ids).to_string())
                .fetch_all(&mut *self.0)
                .await?;
        rows.into_iter().map(|row| row.email(&self.1)).collect()
    }

    /// When the next email is to be tried.
    pub async fn next_email_at(&mut self) -> Result<Option<Instant>, StoreError> {
        let (next,): (Option<i64>,) = sqlx::query_as(
            "SELECT min(next_attempt_at) FROM emails_in_turn WHERE NOT EXISTS (SELECT 1 FROM backup)",
        )
        .fetch_one(&mut *self.0)
        .await?;
        next.map(instant).transpose()
    }
}

impl Writing {
    /// Notes, before the attempts, that emails are tried, and when each would be
    /// tried again: whatever happens to us meanwhile, none is tried over and over.
    pub async fn emails_are_tried(
        &mut self,
        tried: impl Iterator<Item = (EmailId, Instant)>,
        now: Instant,
    ) -> Result<(), StoreError> {
        let tried: Vec<_> = tried.map(|(id, next_attempt_at)| (id.0, seconds(next_attempt_at))).collect();
        sqlx::query(
            "UPDATE emails SET attempts = attempts + 1, first_tried_at = coalesce(first_tried_at, ?1),
                                tried_at = ?1, next_attempt_at = json_each.value ->> 1, may_have_come = 1
             FROM json_each(?2) WHERE emails.id = json_each.value ->> 0",
        )
        .bind(seconds(now))
        .bind(serde_json::json!(tried).to_string())
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Takes the note back: it has not been tried after all.
    pub async fn email_was_not_tried(&mut self, email: &StoredEmail) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE emails SET attempts = ?1, first_tried_at = ?2, next_attempt_at = written_at,
                                tried_at = CASE WHEN ?1 > 0 THEN tried_at END,
                                may_have_come = ?3 WHERE id = ?4",
        )
        .bind(email.attempts)
        .bind(email.first_tried_at.map(seconds))
        .bind(email.may_have_come)
        .bind(email.id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Notes that an attempt failed and another will follow.
    pub async fn email_failed(
        &mut self,
        email: &StoredEmail,
        trouble: &Trouble,
        next_attempt_at: Instant,
    ) -> Result<(), StoreError> {
        self.note_trouble(email, trouble).await?;
        sqlx::query("UPDATE emails SET next_attempt_at = ? WHERE id = ?")
            .bind(seconds(next_attempt_at))
            .bind(email.id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    async fn note_trouble(&mut self, email: &StoredEmail, trouble: &Trouble) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE emails SET trouble = ?, answer = ?, concerns = ?, may_have_come = ? WHERE id = ?",
        )
        .bind(trouble.to_string())
        .bind(&trouble.said)
        .bind(if trouble.concerns_us() { "us" } else { "recipient" })
        // What may have come once may have come for good.
        .bind(email.may_have_come || trouble.may_have_come())
        .bind(email.id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Tries every email that waits again now, those in turn first; but none that an act holds.
    pub async fn try_emails_again(&mut self, now: Instant) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE emails SET next_attempt_at = min(next_attempt_at, ?1)
             WHERE outcome = 'waiting' AND (held_until IS NULL OR held_until <= ?1)",
        )
        .bind(seconds(now))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Takes an email that was given up off the list. False when it is not on it.
    pub async fn email_is_settled(&mut self, id: EmailId, now: Instant) -> Result<bool, StoreError> {
        let settled = sqlx::query(
            "UPDATE emails SET settled_at = ? WHERE id = ? AND outcome = 'given_up' AND settled_at IS NULL",
        )
        .bind(seconds(now))
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(settled.rows_affected() == 1)
    }

    /// Notes that an email went out, and the mail server's yes. It did so too where
    /// it was taken back meanwhile.
    pub async fn email_was_sent(
        &mut self,
        sent: &StoredEmail,
        yes: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        self.email_has_ended(sent, "sent", yes, now).await
    }

    /// Notes that an email is not tried any more. False where it was taken back
    /// while it was under way: then nobody misses it; or it waits with an act, and is
    /// tried again if that is undone.
    pub async fn email_was_given_up(
        &mut self,
        email: &StoredEmail,
        trouble: &Trouble,
        now: Instant,
    ) -> Result<bool, StoreError> {
        self.note_trouble(email, trouble).await?;
        let (is_waiting,): (bool,) =
            sqlx::query_as("SELECT EXISTS (SELECT 1 FROM emails WHERE id = ? AND outcome = 'waiting' AND set_aside_by IS NULL)")
                .bind(email.id.0)
                .fetch_one(&mut *self.0.0)
                .await?;
        if is_waiting {
            self.email_has_ended(email, "given_up", None, now).await?;
        }
        Ok(is_waiting)
    }

    /// Notes that an email's time has passed before it could go out.
    pub async fn email_lapsed(&mut self, email: &StoredEmail, now: Instant) -> Result<(), StoreError> {
        self.email_has_ended(email, "lapsed", None, now).await
    }

    /// Notes that the therapist would not have an email go out after a restore.
    pub async fn email_is_left_out(&mut self, email: &StoredEmail, now: Instant) -> Result<(), StoreError> {
        sqlx::query("UPDATE emails SET settled_at = ? WHERE id = ?")
            .bind(seconds(now))
            .bind(email.id.0)
            .execute(&mut *self.0.0)
            .await?;
        self.email_has_ended(email, "lapsed", None, now).await
    }

    /// Notes what became of an email, and blots out the links in the copy that stays.
    async fn email_has_ended(
        &mut self,
        stored: &StoredEmail,
        outcome: &str,
        yes: Option<&str>,
        now: Instant,
    ) -> Result<(), StoreError> {
        let (text, html) = (email::redacted(&stored.email.text), email::redacted(&stored.email.html));
        let (keys, row) = (&self.0.1, stored.email.key.as_str());
        // What can't be read stays as it is.
        let said = stored.is_readable.then_some((text, html));
        let text = said.as_ref().map(|(text, _)| EMAIL_TEXT.seal(keys, row, text.as_bytes())).transpose()?;
        let html = said.as_ref().map(|(_, html)| EMAIL_HTML.seal(keys, row, html.as_bytes())).transpose()?;
        sqlx::query(
            "UPDATE emails SET outcome = ?1, outcome_at = ?2, set_aside_by = NULL,
                                text_body = coalesce(?3, text_body), html_body = coalesce(?4, html_body),
                                trouble = CASE WHEN ?1 = 'given_up' THEN trouble END,
                                answer = CASE WHEN ?1 = 'sent' THEN ?6 ELSE answer END
             WHERE id = ?5",
        )
        .bind(outcome)
        .bind(seconds(now))
        .bind(text)
        .bind(html)
        .bind(stored.id.0)
        .bind(yes)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
