//! The table `letters`: what is to be sent, and what became of it.

use sqlx::FromRow;

use super::{Reading, StoreError, Writing, instant, seconds};
use crate::{
    domain::{
        appointment::Side,
        ids::{AppointmentId, LetterId},
        time::Instant,
    },
    mail::letter::{CalendarPart, Letter},
};

/// What [`Reading::letters_in_trouble`] asks, on its way by an index.
pub(super) const IN_TROUBLE: &str = "SELECT * FROM letters WHERE id IN (
         SELECT id FROM letters WHERE outcome = 'given_up' AND outcome_at > ?
         UNION ALL
         SELECT id FROM letters WHERE outcome = 'waiting' AND trouble IS NOT NULL)
     ORDER BY outcome, id DESC";

/// A letter in the file.
pub struct StoredLetter {
    pub id: LetterId,
    pub letter: Letter,
    pub written_at: Instant,
    /// How often it was tried.
    pub attempts: u32,
}

/// A letter that did not go out at once, for the therapist's eyes.
pub struct Trouble {
    pub appointment: Option<AppointmentId>,
    pub side: Side,
    pub recipient: String,
    pub subject: String,
    pub trouble: String,
    /// When it is tried again; `None` when it was given up.
    pub next_attempt_at: Option<Instant>,
}

#[derive(FromRow)]
pub(super) struct Row {
    id: i64,
    key: String,
    appointment: Option<i64>,
    side: String,
    recipient: String,
    subject: String,
    text_body: String,
    html_body: String,
    calendar: Option<String>,
    calendar_method: Option<String>,
    message_id: String,
    written_at: i64,
    not_after: Option<i64>,
    attempts: u32,
    next_attempt_at: i64,
    outcome: String,
    trouble: Option<String>,
}

impl TryFrom<Row> for StoredLetter {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        let calendar = row.calendar.zip(row.calendar_method);
        Ok(Self {
            id: LetterId(row.id),
            letter: Letter {
                key: row.key,
                appointment: row.appointment.map(AppointmentId),
                side: Side::parse(&row.side).ok_or(StoreError::Unreadable("side"))?,
                recipient: row.recipient,
                subject: row.subject,
                text: row.text_body,
                html: row.html_body,
                calendar: calendar.map(|(file, method)| CalendarPart { file, method }),
                message_id: row.message_id,
                not_after: row.not_after.map(instant).transpose()?,
            },
            written_at: instant(row.written_at)?,
            attempts: row.attempts,
        })
    }
}

impl Reading {
    /// The letters that failed: those given up since an instant, and those that are still being tried.
    pub async fn letters_in_trouble(&mut self, since: Instant) -> Result<Vec<Trouble>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(IN_TROUBLE).bind(seconds(since)).fetch_all(&mut *self.0).await?;
        let trouble = rows.into_iter().map(|row| {
            let next = (row.outcome == "waiting").then_some(row.next_attempt_at);
            Ok(Trouble {
                appointment: row.appointment.map(AppointmentId),
                side: Side::parse(&row.side).ok_or(StoreError::Unreadable("side"))?,
                recipient: row.recipient,
                subject: row.subject,
                trouble: row.trouble.unwrap_or_default(),
                next_attempt_at: next.map(instant).transpose()?,
            })
        });
        trouble.collect()
    }

    /// True when a letter with this key has been written.
    pub async fn has_letter(&mut self, key: &str) -> Result<bool, StoreError> {
        let (some,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT 1 FROM letters WHERE key = ?)")
            .bind(key)
            .fetch_one(&mut *self.0)
            .await?;
        Ok(some)
    }

    /// True when a letter of a kind about an appointment was written at an instant or after it.
    pub async fn has_letter_since(
        &mut self,
        appointment: AppointmentId,
        kind: &str,
        since: Instant,
    ) -> Result<bool, StoreError> {
        let (some,): (bool,) = sqlx::query_as(
            "SELECT EXISTS (SELECT 1 FROM letters
                            WHERE appointment = ? AND key LIKE ? || '/%' AND written_at >= ?)",
        )
        .bind(appointment.0)
        .bind(kind)
        .bind(seconds(since))
        .fetch_one(&mut *self.0)
        .await?;
        Ok(some)
    }
}

impl Writing {
    /// Puts a letter into the outbox. A letter with the same key is already there or gone: then nothing happens.
    /// Older ones that it has to wait for are tried again at once.
    pub async fn enqueue(&mut self, letter: &Letter, now: Instant) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE letters SET next_attempt_at = ? WHERE appointment = ? AND side = ? AND outcome = 'waiting'",
        )
        .bind(seconds(now))
        .bind(letter.appointment.map(|id| id.0))
        .bind(letter.side.as_str())
        .execute(&mut *self.0.0)
        .await?;
        sqlx::query(
            "INSERT INTO letters (key, appointment, side, recipient, subject, text_body, html_body,
                                  calendar, calendar_method, message_id, written_at, not_after, next_attempt_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?11)
             ON CONFLICT DO NOTHING",
        )
        .bind(&letter.key)
        .bind(letter.appointment.map(|id| id.0))
        .bind(letter.side.as_str())
        .bind(&letter.recipient)
        .bind(&letter.subject)
        .bind(&letter.text)
        .bind(&letter.html)
        .bind(letter.calendar.as_ref().map(|part| part.file.as_str()))
        .bind(letter.calendar.as_ref().map(|part| part.method.as_str()))
        .bind(&letter.message_id)
        .bind(seconds(now))
        .bind(letter.not_after.map(seconds))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Takes back the letters of a kind about an appointment that have not gone out yet:
    /// what they tell does not hold any more.
    pub async fn take_back_kind(
        &mut self,
        appointment: AppointmentId,
        kind: &str,
        now: Instant,
    ) -> Result<(), StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM letters WHERE appointment = ? AND key LIKE ? || '/%' AND outcome = 'waiting'",
        )
        .bind(appointment.0)
        .bind(kind)
        .fetch_all(&mut *self.0.0)
        .await?;
        for row in rows {
            self.letter_lapsed(&StoredLetter::try_from(row)?, now).await?;
        }
        Ok(())
    }

    /// Takes back the letters of an appointment to its client that have not gone out yet:
    /// they were addressed to a mistyped address.
    pub async fn take_back_letters(
        &mut self,
        appointment: AppointmentId,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE letters SET outcome = 'lapsed', outcome_at = ?
             WHERE appointment = ? AND side = 'client' AND outcome IN ('waiting', 'given_up')",
        )
        .bind(seconds(now))
        .bind(appointment.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
