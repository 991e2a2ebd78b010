//! The table `emails`, as far as it tells that none goes out, or one won't.

use sqlx_macros::FromRow;

use super::{
    columns::{instant, optional_instant, seconds},
    file::{Reading, StoreError},
};
use crate::domain::{
    appointment::Side,
    ids::{AppointmentId, EmailId},
    time::Instant,
};

/// What [`Reading::emails_in_trouble`] asks, on its way by indexes.
pub(super) const IN_TROUBLE: &str =
    "SELECT id, appointment, side, recipient, subject, written_at, tried_at, next_attempt_at, outcome,
            trouble, concerns
     FROM emails WHERE id IN (
         SELECT id FROM emails INDEXED BY emails_unsettled WHERE outcome = 'given_up' AND settled_at IS NULL
         UNION ALL
         SELECT id FROM emails
         WHERE outcome = 'waiting' AND set_aside_by IS NULL AND (trouble IS NOT NULL OR written_at <= ?))
       AND is_listed = 1
     ORDER BY id";

/// When the last email went out.
pub(super) const LAST_SENT: &str = "SELECT max(outcome_at) FROM emails WHERE outcome = 'sent'";

/// An email that did not go out, or not at once, for the therapist's eyes.
pub struct Troubled {
    pub id: EmailId,
    pub appointment: Option<AppointmentId>,
    pub side: Side,
    pub recipient: String,
    pub subject: String,
    pub written_at: Instant,
    /// When the last attempt began.
    pub tried_at: Option<Instant>,
    /// What became of the last attempt, in sentences; `None` while the first is under way or to come.
    pub trouble: Option<String>,
    /// It is about us or the mail server, so that others meet it as well.
    pub concerns_us: bool,
    /// When it is tried again; `None` when it was given up.
    pub next_attempt_at: Option<Instant>,
}

#[derive(FromRow)]
struct TroubledRow {
    id: i64,
    appointment: Option<i64>,
    side: String,
    recipient: String,
    subject: String,
    written_at: i64,
    tried_at: Option<i64>,
    next_attempt_at: i64,
    outcome: String,
    trouble: Option<String>,
    concerns: Option<String>,
}

impl Reading {
    /// The emails that were given up and are not settled, and those that wait
    /// although they have been tried, or were written at an instant or before it.
    pub async fn emails_in_trouble(&mut self, written_until: Instant) -> Result<Vec<Troubled>, StoreError> {
        let rows: Vec<TroubledRow> =
            sqlx::query_as(IN_TROUBLE).bind(seconds(written_until)).fetch_all(&mut *self.0).await?;
        let troubled = rows.into_iter().map(|row| {
            let next = (row.outcome == "waiting").then_some(row.next_attempt_at);
            Ok(Troubled {
                id: EmailId(row.id),
                // A blocked request has no page of the therapist's.
                appointment: row.appointment.map(AppointmentId).filter(|id| !id.is_blocked_request()),
                side: Side::parse(&row.side).ok_or(StoreError::Unreadable("side"))?,
                recipient: row.recipient,
                subject: row.subject,
                written_at: instant(row.written_at)?,
                tried_at: optional_instant(row.tried_at)?,
                trouble: row.trouble,
                concerns_us: row.concerns.as_deref() == Some("us"),
                next_attempt_at: optional_instant(next)?,
            })
        });
        troubled.collect()
    }

    /// When the last email went out.
    pub async fn last_email_sent_at(&mut self) -> Result<Option<Instant>, StoreError> {
        let (last,): (Option<i64>,) = sqlx::query_as(LAST_SENT).fetch_one(&mut *self.0).await?;
        optional_instant(last)
    }
}
