//! The table `emails` as the therapist reads it: every email there is, what it
//! says, and what has become of it. What is not listed is in none of this: a link
//! that sets a password is nothing to be looked at later.

use sqlx_macros::FromRow;

use super::{
    columns::{instant, optional_instant, seconds},
    emails::{Row as StoredRow, StoredEmail},
    file::{Reading, StoreError, Writing},
    sealed::EMAIL_TEXT,
};
use crate::{
    domain::{
        appointment::Side,
        ids::{AppointmentId, ClientId, EmailId},
        time::Instant,
    },
    mail::email,
    sealing::Keys,
    words,
};

// The newest first. Named by their ids, so that no more is read than is passed over and shown.
const NEWEST: &str = "SELECT emails.*,
         coalesce(appointments.name, (SELECT name FROM blocked_requests WHERE id = emails.appointment)) AS name
     FROM emails
     LEFT JOIN appointments ON appointments.id = emails.appointment
     WHERE emails.id > 0 AND is_listed = 1 ORDER BY emails.id DESC LIMIT ? OFFSET ?";
const NEWEST_IN_TROUBLE: &str = "SELECT emails.*,
         coalesce(appointments.name, (SELECT name FROM blocked_requests WHERE id = emails.appointment)) AS name
     FROM emails INDEXED BY emails_with_trouble
     LEFT JOIN appointments ON appointments.id = emails.appointment
     WHERE emails.id > 0 AND is_listed = 1
       AND (outcome = 'given_up' OR came_back_at IS NOT NULL OR (outcome = 'waiting' AND trouble IS NOT NULL))
     ORDER BY emails.id DESC LIMIT ? OFFSET ?";

pub(super) const HELD_BY_RESTORE: &str = "SELECT emails.*,
         coalesce(appointments.name, (SELECT name FROM blocked_requests WHERE id = emails.appointment)) AS name
     FROM emails INDEXED BY emails_waiting
     LEFT JOIN appointments ON appointments.id = emails.appointment
     WHERE outcome = 'waiting' AND set_aside_by IS NULL AND is_listed = 1
       AND EXISTS (SELECT 1 FROM backup)
     ORDER BY emails.id";

/// What has become of an email.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Waiting,
    Sent,
    /// Something newer took its place, or nobody was to read it any more.
    Lapsed,
    GivenUp,
}

impl Outcome {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "waiting" => Some(Self::Waiting),
            "sent" => Some(Self::Sent),
            "lapsed" => Some(Self::Lapsed),
            "given_up" => Some(Self::GivenUp),
            _ => None,
        }
    }
}

/// An email as it was written, and what is known of its way. Its links open nothing.
pub struct WrittenEmail {
    pub id: EmailId,
    /// What it tells of, as its key begins.
    pub kind: String,
    pub appointment: Option<AppointmentId>,
    pub side: Side,
    pub recipient: String,
    /// Whose appointment it is about.
    pub name: Option<String>,
    pub subject: String,
    /// A sentence in its place where it can't be read.
    pub text: String,
    /// The METHOD of the invitation that goes with it.
    pub calendar_method: Option<String>,
    pub message_id: String,
    pub written_at: Instant,
    pub not_after: Option<Instant>,
    pub attempts: u32,
    pub tried_at: Option<Instant>,
    pub next_attempt_at: Instant,
    /// Until when the act that wrote it can be undone.
    pub held_until: Option<Instant>,
    /// An act that can still be undone has taken its place.
    pub is_set_aside: bool,
    pub outcome: Outcome,
    pub outcome_at: Option<Instant>,
    /// What became of the last attempt, in sentences.
    pub trouble: Option<String>,
    /// What the mail server said last, word for word.
    pub answer: Option<String>,
    pub came_back_at: Option<Instant>,
    /// The therapist has settled it: what was given up, or was left out after a restore.
    pub is_settled: bool,
}

#[derive(FromRow)]
struct Row {
    id: i64,
    key: String,
    appointment: Option<i64>,
    side: String,
    recipient: String,
    name: Option<String>,
    subject: String,
    text_body: Vec<u8>,
    calendar_method: Option<String>,
    message_id: String,
    written_at: i64,
    not_after: Option<i64>,
    attempts: u32,
    tried_at: Option<i64>,
    next_attempt_at: i64,
    held_until: Option<i64>,
    set_aside_by: Option<i64>,
    outcome: String,
    outcome_at: Option<i64>,
    trouble: Option<String>,
    answer: Option<String>,
    came_back_at: Option<i64>,
    settled_at: Option<i64>,
}

#[derive(FromRow)]
struct WithOutcome {
    #[sqlx(flatten)]
    email: StoredRow,
    outcome: String,
}

impl WrittenEmail {
    /// The appointment that it is about, where that has a page of the therapist's: a blocked request has none.
    pub fn appointment_with_page(&self) -> Option<AppointmentId> {
        self.appointment.filter(|id| !id.is_blocked_request())
    }

    /// Until when nothing sends it: what an act has written can be undone for a minute.
    pub fn is_held_until(&self, now: Instant) -> Option<Instant> {
        self.held_until.filter(|until| self.outcome == Outcome::Waiting && now < *until)
    }
}

impl Row {
    fn email(self, keys: &Keys) -> Result<WrittenEmail, StoreError> {
        let text = EMAIL_TEXT.open_text(keys, &self.key, &self.text_body);
        Ok(WrittenEmail {
            id: EmailId(self.id),
            kind: email::kind(&self.key).to_owned(),
            appointment: self.appointment.map(AppointmentId),
            side: Side::parse(&self.side).ok_or(StoreError::Unreadable("side"))?,
            recipient: self.recipient,
            name: self.name,
            subject: self.subject,
            text: text.map_or_else(|| words::sealed::EMAIL.to_owned(), |text| email::redacted(&text)),
            calendar_method: self.calendar_method,
            message_id: self.message_id,
            written_at: instant(self.written_at)?,
            not_after: optional_instant(self.not_after)?,
            attempts: self.attempts,
            tried_at: optional_instant(self.tried_at)?,
            next_attempt_at: instant(self.next_attempt_at)?,
            held_until: optional_instant(self.held_until)?,
            is_set_aside: self.set_aside_by.is_some(),
            outcome: Outcome::parse(&self.outcome).ok_or(StoreError::Unreadable("outcome"))?,
            outcome_at: optional_instant(self.outcome_at)?,
            trouble: self.trouble,
            answer: self.answer,
            came_back_at: optional_instant(self.came_back_at)?,
            is_settled: self.settled_at.is_some(),
        })
    }
}

impl Reading {
    /// So many of all emails, the newest first, after those that are passed over;
    /// or of those alone that have met trouble.
    pub async fn written_emails(
        &mut self,
        with_trouble: bool,
        most: usize,
        passed: usize,
    ) -> Result<Vec<WrittenEmail>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(if with_trouble { NEWEST_IN_TROUBLE } else { NEWEST })
            .bind(i64::try_from(most).unwrap_or(i64::MAX))
            .bind(i64::try_from(passed).unwrap_or(i64::MAX))
            .fetch_all(&mut *self.0)
            .await?;
        rows.into_iter().map(|row| row.email(&self.1)).collect()
    }

    /// So many emails after another one, the oldest first.
    pub async fn written_emails_after(
        &mut self,
        after: Option<EmailId>,
        most: u32,
    ) -> Result<Vec<WrittenEmail>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT emails.*,
                    coalesce(appointments.name, (SELECT name FROM blocked_requests WHERE id = emails.appointment)) AS name
             FROM emails LEFT JOIN appointments ON appointments.id = emails.appointment
             WHERE emails.id > ? AND is_listed = 1 ORDER BY emails.id LIMIT ?",
        )
        .bind(after.map_or(0, |id| id.0))
        .bind(most)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(|row| row.email(&self.1)).collect()
    }

    /// Every email that a restore keeps from going out, the oldest first; the minute of an
    /// act keeps others besides.
    pub async fn emails_held_by_restore(&mut self) -> Result<Vec<WrittenEmail>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(HELD_BY_RESTORE).fetch_all(&mut *self.0).await?;
        rows.into_iter().map(|row| row.email(&self.1)).collect()
    }

    /// An email as the courier has it, and what has become of it.
    pub async fn stored_email(&mut self, id: EmailId) -> Result<Option<(StoredEmail, Outcome)>, StoreError> {
        let found: Option<WithOutcome> = sqlx::query_as("SELECT * FROM emails WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&mut *self.0)
            .await?;
        let Some(found) = found else { return Ok(None) };
        let outcome = Outcome::parse(&found.outcome).ok_or(StoreError::Unreadable("outcome"))?;
        Ok(Some((found.email.email(&self.1)?, outcome)))
    }

    /// True when a later email about an appointment was written to a side, and not
    /// dropped before it could be read.
    pub async fn has_newer_email(
        &mut self,
        appointment: AppointmentId,
        side: Side,
        than: EmailId,
    ) -> Result<bool, StoreError> {
        let (some,): (bool,) = sqlx::query_as(
            "SELECT EXISTS (SELECT 1 FROM emails WHERE appointment = ? AND side = ? AND id > ?
                            AND (outcome <> 'lapsed' OR may_have_come = 1))",
        )
        .bind(appointment.0)
        .bind(side.as_str())
        .bind(than.0)
        .fetch_one(&mut *self.0)
        .await?;
        Ok(some)
    }

    /// What was written to a person, by all of their records: the newest first.
    pub async fn emails_of(&mut self, client: ClientId) -> Result<Vec<WrittenEmail>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM (
                 SELECT emails.*, appointments.name FROM emails
                 JOIN appointments ON appointments.id = emails.appointment
                 WHERE side = 'client' AND appointments.client IN (SELECT value FROM json_each(?1))
                 UNION ALL
                 SELECT emails.*, blocked_requests.name FROM emails
                 JOIN blocked_requests ON blocked_requests.id = emails.appointment
                 WHERE side = 'client' AND blocked_requests.client IN (SELECT value FROM json_each(?1)))
             ORDER BY id DESC",
        )
        .bind(self.family(client).await?)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(|row| row.email(&self.1)).collect()
    }

    pub async fn written_email(&mut self, id: EmailId) -> Result<Option<WrittenEmail>, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT emails.*,
                    coalesce(appointments.name, (SELECT name FROM blocked_requests WHERE id = emails.appointment)) AS name
             FROM emails LEFT JOIN appointments ON appointments.id = emails.appointment
             WHERE emails.id = ? AND is_listed = 1",
        )
        .bind(id.0)
        .fetch_optional(&mut *self.0)
        .await?;
        row.map(|row| row.email(&self.1)).transpose()
    }
}

impl Writing {
    /// Notes that an email came back. False where that is known, or it never went out.
    pub async fn email_came_back(&mut self, id: EmailId, now: Instant) -> Result<bool, StoreError> {
        let noted = sqlx::query(
            "UPDATE emails SET came_back_at = ? WHERE id = ? AND outcome = 'sent' AND came_back_at IS NULL",
        )
        .bind(seconds(now))
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(noted.rows_affected() == 1)
    }
}
