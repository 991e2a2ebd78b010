//! The table `emails`: what is to be sent, and what became of it.

use sqlx_macros::FromRow;

use super::{
    columns::{instant, optional_instant, seconds},
    file::{Reading, StoreError, Writing},
    sealed::{EMAIL_CALENDAR, EMAIL_HTML, EMAIL_TEXT},
};
use crate::{
    domain::{
        appointment::{Side, Status},
        ids::{AppointmentId, EmailId, OfficeSlug},
        time::Instant,
    },
    mail::email::{self, Before, CalendarPart, Email},
    sealing::Keys,
};

/// An email in the file.
#[derive(Clone)]
pub struct StoredEmail {
    pub id: EmailId,
    pub email: Email,
    pub written_at: Instant,
    /// How often it was tried, and since when.
    pub attempts: u32,
    pub first_tried_at: Option<Instant>,
    /// An earlier attempt may have reached its recipient, although we have not heard so.
    pub may_have_come: bool,
    /// False: what it says can't be read, since its key is not there. Then it has no words here,
    /// and they stay in the file.
    pub is_readable: bool,
}

#[derive(FromRow)]
pub(super) struct Row {
    id: i64,
    key: String,
    appointment: Option<i64>,
    side: String,
    recipient: String,
    subject: String,
    text_body: Vec<u8>,
    html_body: Vec<u8>,
    calendar: Option<Vec<u8>>,
    calendar_method: Option<String>,
    message_id: String,
    written_at: i64,
    not_after: Option<i64>,
    attempts: u32,
    first_tried_at: Option<i64>,
    may_have_come: bool,
    before_office: Option<String>,
    before_start: Option<i64>,
    before_status: Option<String>,
}

impl Row {
    fn before(&self) -> Result<Option<Before>, StoreError> {
        let (Some(office), Some(start), Some(status)) =
            (&self.before_office, self.before_start, &self.before_status)
        else {
            return Ok(None);
        };
        Ok(Some(Before {
            office: OfficeSlug::parse(office).ok_or(StoreError::Unreadable("office"))?,
            start: instant(start)?,
            status: Status::parse(status).ok_or(StoreError::Unreadable("status"))?,
        }))
    }
}

/// What an email says.
#[derive(Default)]
struct Said {
    text: String,
    html: String,
    calendar: Option<String>,
}

impl Said {
    /// All of it, or nothing.
    fn open(row: &Row, keys: &Keys) -> Option<Self> {
        let calendar = row.calendar.as_deref();
        let calendar = calendar.map(|calendar| EMAIL_CALENDAR.open_text(keys, &row.key, calendar));
        Some(Self {
            text: EMAIL_TEXT.open_text(keys, &row.key, &row.text_body)?,
            html: EMAIL_HTML.open_text(keys, &row.key, &row.html_body)?,
            calendar: match calendar {
                Some(calendar) => Some(calendar?),
                None => None,
            },
        })
    }
}

impl Row {
    pub fn email(self, keys: &Keys) -> Result<StoredEmail, StoreError> {
        let (before, said) = (self.before()?, Said::open(&self, keys));
        let is_readable = said.is_some();
        let Said { text, html, calendar } = said.unwrap_or_default();
        let calendar = calendar.zip(self.calendar_method);
        Ok(StoredEmail {
            id: EmailId(self.id),
            email: Email {
                key: self.key,
                appointment: self.appointment.map(AppointmentId),
                side: Side::parse(&self.side).ok_or(StoreError::Unreadable("side"))?,
                recipient: self.recipient,
                subject: self.subject,
                text,
                html,
                calendar: calendar.map(|(file, method)| CalendarPart { file, method }),
                message_id: self.message_id,
                not_after: self.not_after.map(instant).transpose()?,
                before,
            },
            written_at: instant(self.written_at)?,
            attempts: self.attempts,
            first_tried_at: optional_instant(self.first_tried_at)?,
            may_have_come: self.may_have_come,
            is_readable,
        })
    }
}

impl Reading {
    /// The email that tells of an event.
    pub async fn email_with_key(&mut self, key: &str) -> Result<Option<EmailId>, StoreError> {
        let row: Option<(i64,)> = sqlx::query_as("SELECT id FROM emails WHERE key = ?")
            .bind(key)
            .fetch_optional(&mut *self.0)
            .await?;
        Ok(row.map(|(id,)| EmailId(id)))
    }

    /// How many emails with readers' questions were written since an instant.
    pub async fn questions_since(&mut self, since: Instant) -> Result<u32, StoreError> {
        let (count,): (u32,) = sqlx::query_as(
            "SELECT count(*) FROM emails WHERE key > 'question/' AND key < 'question0' AND written_at > ?",
        )
        .bind(seconds(since))
        .fetch_one(&mut *self.0)
        .await?;
        Ok(count)
    }

    /// True when an email with this key has been written.
    pub async fn has_email(&mut self, key: &str) -> Result<bool, StoreError> {
        let (some,): (bool,) = sqlx::query_as("SELECT EXISTS (SELECT 1 FROM emails WHERE key = ?)")
            .bind(key)
            .fetch_one(&mut *self.0)
            .await?;
        Ok(some)
    }

    /// The kinds of emails about an appointment that this side has, or may have.
    pub async fn heard(&mut self, appointment: AppointmentId, side: Side) -> Result<Vec<String>, StoreError> {
        let keys: Vec<(String,)> = sqlx::query_as(
            "SELECT key FROM emails
             WHERE appointment = ? AND side = ? AND (outcome = 'sent' OR may_have_come = 1)",
        )
        .bind(appointment.0)
        .bind(side.as_str())
        .fetch_all(&mut *self.0)
        .await?;
        Ok(keys.into_iter().map(|(key,)| email::kind(&key).to_owned()).collect())
    }

    /// True when an email of a kind about an appointment was written at an instant or after it.
    pub async fn has_email_since(
        &mut self,
        appointment: AppointmentId,
        kind: &str,
        since: Instant,
    ) -> Result<bool, StoreError> {
        let (some,): (bool,) = sqlx::query_as(
            "SELECT EXISTS (SELECT 1 FROM emails
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
    /// Puts an email into the outbox. An email with the same key is already there or gone: then nothing happens.
    /// It waits for older ones to the same side about the same appointment; they keep their time.
    /// What an act writes is held for its minute.
    pub async fn enqueue(&mut self, email: &Email, now: Instant) -> Result<(), StoreError> {
        let (act, keys, row) = (self.2.clone(), &self.0.1, email.key.as_str());
        let calendar = email.calendar.as_ref();
        let calendar =
            calendar.map(|part| EMAIL_CALENDAR.seal(keys, row, part.file.as_bytes())).transpose()?;
        let text = EMAIL_TEXT.seal(keys, row, email.text.as_bytes())?;
        let html = EMAIL_HTML.seal(keys, row, email.html.as_bytes())?;
        sqlx::query(
            "INSERT INTO emails (key, appointment, side, recipient, subject, text_body, html_body,
                                  calendar, calendar_method, message_id, written_at, not_after, next_attempt_at,
                                  before_office, before_start, before_status, act, held_until)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, coalesce(?17, ?11), ?13, ?14, ?15, ?16, ?17)
             ON CONFLICT DO NOTHING",
        )
        .bind(&email.key)
        .bind(email.appointment.map(|id| id.0))
        .bind(email.side.as_str())
        .bind(&email.recipient)
        .bind(&email.subject)
        .bind(text)
        .bind(html)
        .bind(calendar)
        .bind(email.calendar.as_ref().map(|part| part.method.as_str()))
        .bind(&email.message_id)
        .bind(seconds(now))
        .bind(email.not_after.map(seconds))
        .bind(email.before.as_ref().map(|before| before.office.as_str()))
        .bind(email.before.as_ref().map(|before| seconds(before.start)))
        .bind(email.before.as_ref().map(|before| before.status.as_str()))
        .bind(act.as_ref().map(|act| act.id.0))
        .bind(act.as_ref().map(|act| seconds(act.ends_at)))
        .execute(&mut *self.0.0)
        .await?;
        if let Some(appointment) = email.appointment {
            self.3.emails.push((appointment, email.kind().to_owned()));
        }
        Ok(())
    }
}
