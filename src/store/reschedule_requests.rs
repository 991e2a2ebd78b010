//! The table `reschedule_requests`: other times that clients have asked for.

use sqlx::FromRow;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    appointment::reschedule_request::{Outcome, RescheduleRequest},
    ids::{AppointmentId, OfficeSlug, RescheduleRequestId},
    time::{Instant, Interval},
};

#[derive(FromRow)]
struct Row {
    id: i64,
    appointment: i64,
    office: String,
    starts_at: i64,
    ends_at: i64,
    requested_at: i64,
    held_until: i64,
}

#[derive(FromRow)]
struct EndedRow {
    #[sqlx(flatten)]
    reschedule_request: Row,
    status: String,
    ended_at: i64,
}

impl TryFrom<Row> for RescheduleRequest {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: RescheduleRequestId(row.id),
            appointment: AppointmentId(row.appointment),
            office: OfficeSlug::parse(&row.office).ok_or(StoreError::Unreadable("office"))?,
            span: Interval::new(instant(row.starts_at)?, instant(row.ends_at)?),
            requested_at: instant(row.requested_at)?,
            held_until: instant(row.held_until)?,
        })
    }
}

impl Reading {
    /// The latest reschedule request of an appointment that has ended: what became of it, and when.
    pub async fn ended_reschedule_request_of(
        &mut self,
        appointment: AppointmentId,
    ) -> Result<Option<(RescheduleRequest, Outcome, Instant)>, StoreError> {
        let row: Option<EndedRow> = sqlx::query_as(
            "SELECT * FROM reschedule_requests WHERE appointment = ? AND status <> 'requested'
             ORDER BY ended_at DESC, id DESC LIMIT 1",
        )
        .bind(appointment.0)
        .fetch_optional(&mut *self.0)
        .await?;
        let Some(EndedRow { reschedule_request, status, ended_at }) = row else { return Ok(None) };
        let outcome = Outcome::parse(&status).ok_or(StoreError::Unreadable("outcome"))?;
        Ok(Some((reschedule_request.try_into()?, outcome, instant(ended_at)?)))
    }

    pub async fn reschedule_request(
        &mut self,
        id: RescheduleRequestId,
    ) -> Result<Option<RescheduleRequest>, StoreError> {
        let row: Option<Row> = sqlx::query_as("SELECT * FROM reschedule_requests WHERE id = ?")
            .bind(id.0)
            .fetch_optional(&mut *self.0)
            .await?;
        row.map(RescheduleRequest::try_from).transpose()
    }

    /// The reschedule request of an appointment that waits for an answer.
    pub async fn reschedule_request_of(
        &mut self,
        appointment: AppointmentId,
    ) -> Result<Option<RescheduleRequest>, StoreError> {
        let row: Option<Row> = sqlx::query_as(
            "SELECT * FROM reschedule_requests WHERE appointment = ? AND status = 'requested'",
        )
        .bind(appointment.0)
        .fetch_optional(&mut *self.0)
        .await?;
        row.map(RescheduleRequest::try_from).transpose()
    }

    /// All reschedule requests that wait for an answer, the most urgent first.
    pub async fn reschedule_requests(&mut self) -> Result<Vec<RescheduleRequest>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM reschedule_requests WHERE status = 'requested' ORDER BY held_until, id",
        )
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter().map(RescheduleRequest::try_from).collect()
    }
}

impl Writing {
    /// Writes a reschedule request that waits for an answer and returns it with its id.
    /// [`StoreError::SlotTaken`] when it overlaps what another appointment has.
    pub async fn insert_reschedule_request(
        &mut self,
        reschedule_request: RescheduleRequest,
    ) -> Result<RescheduleRequest, StoreError> {
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO reschedule_requests (appointment, office, starts_at, ends_at, requested_at, held_until)
             VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(reschedule_request.appointment.0)
        .bind(reschedule_request.office.as_str())
        .bind(seconds(reschedule_request.span.start))
        .bind(seconds(reschedule_request.span.end))
        .bind(seconds(reschedule_request.requested_at))
        .bind(seconds(reschedule_request.held_until))
        .fetch_one(&mut *self.0.0)
        .await
        .map_err(StoreError::of_taking)?;
        Ok(RescheduleRequest { id: RescheduleRequestId(id), ..reschedule_request })
    }

    /// Notes what became of the reschedule request of an appointment that waits for an
    /// answer. False when none waits.
    pub async fn end_reschedule_request(
        &mut self,
        appointment: AppointmentId,
        outcome: Outcome,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let ended = sqlx::query(
            "UPDATE reschedule_requests SET status = ?, ended_at = ? WHERE appointment = ? AND status = 'requested'",
        )
        .bind(outcome.as_str())
        .bind(seconds(now))
        .bind(appointment.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(ended.rows_affected() == 1)
    }

    /// A reschedule request waits for an answer again, if it has ended: what ended it was taken back.
    /// [`StoreError::SlotTaken`] when it overlaps what another appointment has.
    pub async fn reopen_reschedule_request(&mut self, id: RescheduleRequestId) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE reschedule_requests SET status = 'requested', ended_at = NULL
             WHERE id = ? AND status <> 'requested'",
        )
        .bind(id.0)
        .execute(&mut *self.0.0)
        .await
        .map_err(StoreError::of_taking)?;
        Ok(())
    }

    /// Gives a reschedule request more or less time.
    pub async fn hold_reschedule_request(
        &mut self,
        id: RescheduleRequestId,
        held_until: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("UPDATE reschedule_requests SET held_until = ? WHERE id = ?")
            .bind(seconds(held_until))
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
