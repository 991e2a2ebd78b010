//! The table `appointments`, and how it is asked.

mod row;
mod writing;

use std::collections::BTreeSet;

use chrono::TimeDelta;

pub(super) use self::row::Row;

use super::{
    columns::seconds,
    file::{Reading, StoreError},
};
use crate::{
    domain::{
        appointment::{Appointment, Status, unproven},
        client::{
            Contact, EmailAddress, History, Phone,
            mailbox::{self, mailbox},
        },
        ids::{AppointmentId, ClientId},
        time::{Instant, Interval},
    },
    sealing::Keys,
};

/// How long a request counts that its client has taken back, from when it was made:
/// asking and canceling over and over would fill a mailbox, and the file.
const TAKEN_BACK_COUNTS: TimeDelta = TimeDelta::hours(1);

/// What [`Reading::unmarked_visits`] asks: that it is live leads to the index of what is.
pub(super) const UNMARKED: &str = "SELECT * FROM appointments
     WHERE status IN ('requested', 'confirmed') AND starts_at < ?1 AND ends_at <= ?1 AND status = 'confirmed'
     ORDER BY starts_at DESC LIMIT ?2";

pub(super) fn all(rows: Vec<Row>, keys: &Keys) -> Result<Vec<Appointment>, StoreError> {
    rows.into_iter().map(|row| row.appointment(keys)).collect()
}

impl Reading {
    pub async fn appointment(&mut self, id: AppointmentId) -> Result<Option<Appointment>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM appointments WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(|row| row.appointment(&self.1)).transpose()
    }

    /// What a client has asked for, whether it is an appointment or a blocked request.
    pub async fn asked_for(&mut self, id: AppointmentId) -> Result<Option<Appointment>, StoreError> {
        if id.is_blocked_request() { self.blocked_request(id).await } else { self.appointment(id).await }
    }

    /// The appointment that the very same form has made before.
    pub async fn appointment_by_request(
        &mut self,
        digest: &[u8; 32],
    ) -> Result<Option<Appointment>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM appointments WHERE request_digest = ?")
            .bind(digest.as_slice())
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(|row| row.appointment(&self.1)).transpose()
    }

    /// The requests that wait for an answer, the most urgent first.
    pub async fn requests(&mut self) -> Result<Vec<Appointment>, StoreError> {
        let rows =
            sqlx::query_as("SELECT * FROM appointments WHERE status = 'requested' ORDER BY held_until, id")
                .fetch_all(&mut *self.0)
                .await?;
        all(rows, &self.1)
    }

    /// Requests that nobody answered, while their time is still to come.
    pub async fn expired_requests(&mut self, now: Instant) -> Result<Vec<Appointment>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT * FROM appointments WHERE status = 'expired' AND starts_at > ? ORDER BY starts_at, id",
        )
        .bind(seconds(now))
        .fetch_all(&mut *self.0)
        .await?;
        all(rows, &self.1)
    }

    /// The visits that are over, and of which nobody has said whether the client
    /// came: the latest first, up to so many.
    pub async fn unmarked_visits(
        &mut self,
        now: Instant,
        at_most: u32,
    ) -> Result<Vec<Appointment>, StoreError> {
        let rows = sqlx::query_as(UNMARKED).bind(seconds(now)).bind(at_most).fetch_all(&mut *self.0).await?;
        all(rows, &self.1)
    }

    /// What is agreed or was held, begins in a span, and is or was a visit.
    pub async fn visits(&mut self, span: Interval) -> Result<Vec<Appointment>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT * FROM appointments
             WHERE status IN ('confirmed', 'arrived', 'no_show') AND starts_at >= ? AND starts_at < ?
             ORDER BY starts_at",
        )
        .bind(seconds(span.start))
        .bind(seconds(span.end))
        .fetch_all(&mut *self.0)
        .await?;
        all(rows, &self.1)
    }

    /// The confirmed appointments that begin in a span, in order of time.
    pub async fn confirmed(&mut self, span: Interval) -> Result<Vec<Appointment>, StoreError> {
        let mut visits = self.visits(span).await?;
        visits.retain(|a| a.status() == Status::Confirmed);
        Ok(visits)
    }

    /// How often a person has been here, has not come, and has canceled late, before
    /// an instant: by all of their records.
    pub async fn history(&mut self, client: ClientId, before: Instant) -> Result<History, StoreError> {
        let (visits, no_shows, late_cancellations): (u32, u32, u32) = sqlx::query_as(
            "SELECT count(*) FILTER (WHERE status = 'arrived' OR status = 'confirmed' AND ends_at <= ?2),
                    count(*) FILTER (WHERE status = 'no_show'),
                    count(*) FILTER (WHERE status = 'cancelled' AND is_late = 1)
             FROM appointments WHERE client IN (SELECT value FROM json_each(?1))",
        )
        .bind(self.family(client).await?)
        .bind(seconds(before))
        .fetch_one(&mut *self.0)
        .await?;
        Ok(History { visits, no_shows, late_cancellations })
    }

    /// Everything that a person, by all of their records, has asked for or was booked for: the latest first.
    pub async fn appointments_of(&mut self, client: ClientId) -> Result<Vec<Appointment>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT * FROM appointments WHERE client IN (SELECT value FROM json_each(?))
             ORDER BY starts_at DESC, id DESC",
        )
        .bind(self.family(client).await?)
        .fetch_all(&mut *self.0)
        .await?;
        all(rows, &self.1)
    }

    /// What was asked or booked under one record, and what it asked for while blocked.
    pub async fn appointments_of_record(&mut self, client: ClientId) -> Result<Vec<Appointment>, StoreError> {
        let rows = sqlx::query_as("SELECT * FROM appointments WHERE client = ? ORDER BY id")
            .bind(client.0)
            .fetch_all(&mut *self.0)
            .await?;
        let mut found = all(rows, &self.1)?;
        found.extend(self.blocked_requests_of_record(client).await?);
        Ok(found)
    }

    /// How many requests an email address or a telephone number has, whichever
    /// has more: those that wait for an answer or for their client's proof, and those that
    /// their client took back within an hour of making them. All addresses of one mailbox count
    /// as one, and so does what was asked for together.
    pub async fn open_requests(&mut self, contact: &Contact, now: Instant) -> Result<u32, StoreError> {
        // Its number, by which what is found twice counts once, email, phone, and series.
        type Open = (i64, Option<String>, Option<String>, Option<i64>);
        let open: Vec<Open> = sqlx::query_as(
            "SELECT id, email, phone, series FROM appointments WHERE status = 'requested' AND mailbox_name = ?3
             UNION
             SELECT id, email, phone, series FROM appointments WHERE status = 'requested' AND phone = ?4
             UNION ALL
             SELECT id, email, phone, series FROM appointments
             WHERE cancelled_by = 'client' AND requested_at > ?1 AND status = 'cancelled'
             UNION ALL
             SELECT id, email, phone, series FROM blocked_requests WHERE status = 'requested'
             UNION ALL
             SELECT id, email, phone, series FROM blocked_requests WHERE status = 'cancelled' AND requested_at > ?1
             UNION ALL
             SELECT id, email, phone, NULL FROM unproven_requests WHERE requested_at > ?2 AND ended_at IS NULL",
        )
        .bind(seconds(now - TAKEN_BACK_COUNTS))
        .bind(seconds(now - unproven::COUNTS))
        .bind(contact.email.as_ref().map(|email| mailbox::name(&mailbox(email))))
        .bind(contact.phone.as_ref().map(Phone::as_str))
        .fetch_all(&mut *self.0)
        .await?;
        let (own_mailbox, own_phone) = (contact.email.as_ref().map(mailbox), contact.phone.as_ref());
        let is_by_email =
            |email: Option<String>| email.map(EmailAddress::stored).as_ref().map(mailbox) == own_mailbox;
        let (mut by_email, mut by_phone) = (0, 0);
        let mut counted = BTreeSet::new();
        for (_, email, phone, series) in open {
            if series.is_some_and(|series| !counted.insert(series)) {
                continue;
            }
            by_email += u32::from(own_mailbox.is_some() && is_by_email(email));
            by_phone += u32::from(own_phone.is_some() && phone.as_deref() == own_phone.map(Phone::as_str));
        }
        Ok(by_email.max(by_phone))
    }

    /// True while nobody has ever asked for anything.
    pub async fn is_without_appointments(&mut self) -> Result<bool, StoreError> {
        let (some,): (bool,) =
            sqlx::query_as("SELECT (SELECT max(id) FROM appointments) IS NOT NULL OR (SELECT max(id) FROM clients) IS NOT NULL")
                .fetch_one(&mut *self.0)
                .await?;
        Ok(!some)
    }
}
