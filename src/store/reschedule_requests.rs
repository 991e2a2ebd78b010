//! The table `reschedule_requests`: other times that clients have asked for.

use sqlx_macros::FromRow;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    appointment::reschedule_request::{Asked, Outcome, RescheduleRequest},
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

    /// What has, or had, one answer with a reschedule request: everything that was asked for at
    /// once with it and stands as it does, itself included, in order of the visits' times.
    pub async fn asked_with_reschedule(&mut self, id: RescheduleRequestId) -> Result<Vec<Asked>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM reschedule_requests
             WHERE together = (SELECT together FROM reschedule_requests WHERE id = ?1)
               AND status = (SELECT status FROM reschedule_requests WHERE id = ?1)
               AND ended_at IS (SELECT ended_at FROM reschedule_requests WHERE id = ?1)",
        )
        .bind(id.0)
        .fetch_all(&mut *self.0)
        .await?;
        let mut asked = Vec::new();
        for row in rows {
            asked.push(RescheduleRequest::try_from(row)?);
        }
        if asked.is_empty() {
            asked.extend(self.reschedule_request(id).await?);
        }
        self.with_their_visits(asked).await
    }

    /// What still waits of that which was asked for at once with a reschedule request, which may
    /// have ended itself, in order of the visits' times.
    pub async fn still_asked_with(&mut self, id: RescheduleRequestId) -> Result<Vec<Asked>, StoreError> {
        let rows: Vec<Row> = sqlx::query_as(
            "SELECT * FROM reschedule_requests
             WHERE together = (SELECT together FROM reschedule_requests WHERE id = ?)
               AND status = 'requested'",
        )
        .bind(id.0)
        .fetch_all(&mut *self.0)
        .await?;
        let asked = rows.into_iter().map(RescheduleRequest::try_from).collect::<Result<_, _>>()?;
        self.with_their_visits(asked).await
    }

    async fn with_their_visits(&mut self, asked: Vec<RescheduleRequest>) -> Result<Vec<Asked>, StoreError> {
        let mut all = Vec::with_capacity(asked.len());
        for reschedule_request in asked {
            if let Some(a) = self.appointment(reschedule_request.appointment).await? {
                all.push((a, reschedule_request));
            }
        }
        all.sort_by_key(|(a, _)| (a.span.start, a.id));
        Ok(all)
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
    /// The same, known of what this transaction has made without asking.
    pub async fn reschedule_request_of(
        &mut self,
        appointment: AppointmentId,
    ) -> Result<Option<RescheduleRequest>, StoreError> {
        if self.is_new(appointment) { Ok(None) } else { self.0.reschedule_request_of(appointment).await }
    }

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
        self.3.appointments.retain(|new| *new != reschedule_request.appointment);
        Ok(RescheduleRequest { id: RescheduleRequestId(id), ..reschedule_request })
    }

    /// Notes that reschedule requests were asked for at once: there is one answer to them.
    pub async fn have_one_answer(&mut self, asked: &[RescheduleRequestId]) -> Result<(), StoreError> {
        let Some(first) = asked.first() else { return Ok(()) };
        for id in asked {
            sqlx::query("UPDATE reschedule_requests SET together = ? WHERE id = ?")
                .bind(first.0)
                .bind(id.0)
                .execute(&mut *self.0.0)
                .await?;
        }
        Ok(())
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
