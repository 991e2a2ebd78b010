//! The table `blocked_requests`: what blocked clients have asked for. To whoever
//! sent one it is a request like any other; it holds nothing.

use super::{
    appointments::Row,
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
    sealed::NOTE,
};
use crate::domain::{
    appointment::{Appointment, NewAppointment},
    client::{EmailAddress, Name, Phone},
    ids::{AppointmentId, ClientId, SeriesId},
    time::{Instant, Interval},
};

/// A blocked request as a row of `appointments`.
macro_rules! as_appointments {
    ($condition:literal) => {
        concat!(
            "SELECT id, client, series, office, service, service_name, starts_at, ends_at, buffer_minutes, price, status,
                    name, guest, email, phone, note, requested_at, held_until, ended_at, uid, moves, revision,
                    NULL AS answered_at, NULL AS free_until, NULL AS late_fee, NULL AS late_fee_percent,
                    NULL AS sentence, '' AS overridden, 0 AS is_late,
                    CASE WHEN status = 'cancelled' THEN 'client' END AS cancelled_by
             FROM blocked_requests ",
            $condition
        )
    };
}

/// A request of a blocked client that waits to be declined.
pub struct BlockedRequest {
    pub request: Appointment,
    pub answer_at: Instant,
}

impl Reading {
    /// One of them, as its client knows it.
    pub async fn blocked_request(&mut self, id: AppointmentId) -> Result<Option<Appointment>, StoreError> {
        let row: Option<Row> =
            sqlx::query_as(as_appointments!("WHERE id = ?")).bind(id.0).fetch_optional(&mut *self.0).await?;
        row.map(|row| row.appointment(&self.1)).transpose()
    }

    /// Those that wait to be declined, the next one first.
    pub async fn waiting_blocked_requests(&mut self) -> Result<Vec<BlockedRequest>, StoreError> {
        let rows: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT id, answer_at FROM blocked_requests WHERE status = 'requested' ORDER BY answer_at, id DESC",
        )
        .fetch_all(&mut *self.0)
        .await?;
        let mut waiting = Vec::new();
        for (id, answer_at) in rows {
            if let Some(request) = self.blocked_request(AppointmentId(id)).await? {
                waiting.push(BlockedRequest { request, answer_at: instant(answer_at)? });
            }
        }
        Ok(waiting)
    }

    /// Those whose time to be declined has come.
    pub async fn due_blocked_requests(&mut self, now: Instant) -> Result<Vec<AppointmentId>, StoreError> {
        let rows: Vec<(i64,)> = sqlx::query_as(
            "SELECT id FROM blocked_requests WHERE status = 'requested' AND answer_at <= ? ORDER BY answer_at",
        )
        .bind(seconds(now))
        .fetch_all(&mut *self.0)
        .await?;
        Ok(rows.into_iter().map(|(id,)| AppointmentId(id)).collect())
    }

    /// All of them, in order of time.
    pub async fn blocked_requests(&mut self) -> Result<Vec<Appointment>, StoreError> {
        let rows: Vec<Row> =
            sqlx::query_as(as_appointments!("ORDER BY starts_at, id")).fetch_all(&mut *self.0).await?;
        rows.into_iter().map(|row| row.appointment(&self.1)).collect()
    }

    /// Everything that a person, by all of their records, has asked for while blocked: the latest first.
    pub async fn blocked_requests_of(&mut self, client: ClientId) -> Result<Vec<Appointment>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(as_appointments!(
            "WHERE client IN (SELECT value FROM json_each(?)) ORDER BY starts_at DESC, id"
        ))
        .bind(self.family(client).await?)
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(|row| row.appointment(&self.1)).collect()
    }

    /// What was asked for together, in order of time.
    pub(super) async fn blocked_requests_of_series(
        &mut self,
        series: SeriesId,
    ) -> Result<Vec<Appointment>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(as_appointments!("WHERE series = ? ORDER BY starts_at, id"))
            .bind(series.0)
            .fetch_all(&mut *self.0)
            .await?;
        rows.into_iter().map(|row| row.appointment(&self.1)).collect()
    }

    /// What was asked for under one record while its owner was blocked.
    pub(super) async fn blocked_requests_of_record(
        &mut self,
        client: ClientId,
    ) -> Result<Vec<Appointment>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(as_appointments!("WHERE client = ?"))
            .bind(client.0)
            .fetch_all(&mut *self.0)
            .await?;
        rows.into_iter().map(|row| row.appointment(&self.1)).collect()
    }

    /// True while a person waits for an answer about a time that overlaps this one:
    /// to them it is held, and cannot be asked for again.
    pub async fn waits_for_blocked_request(
        &mut self,
        client: ClientId,
        span: Interval,
    ) -> Result<bool, StoreError> {
        let (some,): (bool,) = sqlx::query_as(
            "SELECT EXISTS (SELECT 1 FROM blocked_requests
                            WHERE client IN (SELECT value FROM json_each(?)) AND status = 'requested'
                              AND starts_at < ? AND ends_at > ?)",
        )
        .bind(self.family(client).await?)
        .bind(seconds(span.end))
        .bind(seconds(span.start))
        .fetch_one(&mut *self.0)
        .await?;
        Ok(some)
    }
}

impl Writing {
    /// Writes a request that holds nothing, and when it is to be declined.
    pub async fn insert_blocked_request(
        &mut self,
        a: NewAppointment,
        answer_at: Instant,
    ) -> Result<Appointment, StoreError> {
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO blocked_requests (
                 id, client, office, service, service_name, starts_at, ends_at, buffer_minutes, price, status,
                 name, guest, email, phone, note, requested_at, held_until, answer_at, uid)
             VALUES ((SELECT coalesce(min(id), 0) - 1 FROM blocked_requests),
                     ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             RETURNING id",
        )
        .bind(a.client.0)
        .bind(a.office.as_str())
        .bind(a.service.as_str())
        .bind(&a.service_name)
        .bind(seconds(a.span.start))
        .bind(seconds(a.span.end))
        .bind(a.buffer.num_minutes())
        .bind(a.price.0)
        .bind(a.state.status().as_str())
        .bind(a.name.as_str())
        .bind(a.guest.as_ref().map(Name::as_str))
        .bind(a.contact.email.as_ref().map(EmailAddress::as_str))
        .bind(a.contact.phone.as_ref().map(Phone::as_str))
        .bind(NOTE.of_note(&self.0.1, &a.uid, a.note.as_ref())?)
        .bind(seconds(a.requested_at))
        .bind(seconds(a.state.held_until().unwrap_or(a.requested_at)))
        .bind(seconds(answer_at))
        .bind(&a.uid)
        .fetch_one(&mut *self.0.0)
        .await?;
        Ok(a.with_id(AppointmentId(id)))
    }

    /// Writes what may change of one: where and when it is asked for, how it ended, and
    /// where its client is reached.
    pub(super) async fn update_blocked_request(&mut self, a: &Appointment) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE blocked_requests
             SET client = ?, email = ?, phone = ?, office = ?, starts_at = ?, ends_at = ?,
                 held_until = coalesce(?, held_until), status = ?, ended_at = ?, moves = ?, revision = ?
             WHERE id = ?",
        )
        .bind(a.client.0)
        .bind(a.contact.email.as_ref().map(EmailAddress::as_str))
        .bind(a.contact.phone.as_ref().map(Phone::as_str))
        .bind(a.office.as_str())
        .bind(seconds(a.span.start))
        .bind(seconds(a.span.end))
        .bind(a.state.held_until().map(seconds))
        .bind(a.status().as_str())
        .bind(a.state.ended_at().map(seconds))
        .bind(a.moves)
        .bind(i64::from(a.revision))
        .bind(a.id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Leaves of it that there was one. What waits is answered by nobody any more.
    pub(super) async fn erase_blocked_request(
        &mut self,
        id: AppointmentId,
        name: &Name,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE blocked_requests
             SET name = ?, guest = NULL, email = NULL, phone = NULL, note = NULL, revision = revision + 1,
                 status = CASE status WHEN 'requested' THEN 'declined' ELSE status END
             WHERE id = ?",
        )
        .bind(name.as_str())
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }
}
