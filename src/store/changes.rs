//! The table `changes`: other times that clients have asked for.

use sqlx::FromRow;

use super::{Reading, StoreError, Writing, instant, seconds};
use crate::domain::{
    change::{Change, Outcome},
    ids::{AppointmentId, ChangeId, OfficeSlug},
    interval::Interval,
    time::Instant,
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
    change: Row,
    status: String,
    ended_at: i64,
}

impl TryFrom<Row> for Change {
    type Error = StoreError;

    fn try_from(row: Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: ChangeId(row.id),
            appointment: AppointmentId(row.appointment),
            office: OfficeSlug::parse(&row.office).ok_or(StoreError::Unreadable("office"))?,
            session: Interval::new(instant(row.starts_at)?, instant(row.ends_at)?),
            requested_at: instant(row.requested_at)?,
            held_until: instant(row.held_until)?,
        })
    }
}

impl Reading {
    /// The latest change of an appointment that has ended: what became of it, and when.
    pub async fn ended_change_of(
        &mut self,
        appointment: AppointmentId,
    ) -> Result<Option<(Change, Outcome, Instant)>, StoreError> {
        let row: Option<EndedRow> = sqlx::query_as(
            "SELECT * FROM changes WHERE appointment = ? AND status <> 'requested'
             ORDER BY ended_at DESC, id DESC LIMIT 1",
        )
        .bind(appointment.0)
        .fetch_optional(&mut *self.0)
        .await?;
        let Some(EndedRow { change, status, ended_at }) = row else { return Ok(None) };
        let outcome = Outcome::parse(&status).ok_or(StoreError::Unreadable("outcome"))?;
        Ok(Some((change.try_into()?, outcome, instant(ended_at)?)))
    }

    /// The change of an appointment that waits for an answer.
    pub async fn change_of(&mut self, appointment: AppointmentId) -> Result<Option<Change>, StoreError> {
        let row: Option<Row> =
            sqlx::query_as("SELECT * FROM changes WHERE appointment = ? AND status = 'requested'")
                .bind(appointment.0)
                .fetch_optional(&mut *self.0)
                .await?;
        row.map(Change::try_from).transpose()
    }

    /// All changes that wait for an answer, the most urgent first.
    pub async fn changes(&mut self) -> Result<Vec<Change>, StoreError> {
        let rows: Vec<Row> =
            sqlx::query_as("SELECT * FROM changes WHERE status = 'requested' ORDER BY held_until, id")
                .fetch_all(&mut *self.0)
                .await?;
        rows.into_iter().map(Change::try_from).collect()
    }
}

impl Writing {
    /// Writes a change that waits for an answer and returns it with its id.
    /// [`StoreError::SlotTaken`] when it overlaps what another appointment has.
    pub async fn insert_change(&mut self, change: Change) -> Result<Change, StoreError> {
        let (id,): (i64,) = sqlx::query_as(
            "INSERT INTO changes (appointment, office, starts_at, ends_at, requested_at, held_until)
             VALUES (?, ?, ?, ?, ?, ?) RETURNING id",
        )
        .bind(change.appointment.0)
        .bind(change.office.as_str())
        .bind(seconds(change.session.start))
        .bind(seconds(change.session.end))
        .bind(seconds(change.requested_at))
        .bind(seconds(change.held_until))
        .fetch_one(&mut *self.0.0)
        .await
        .map_err(StoreError::of_taking)?;
        Ok(Change { id: ChangeId(id), ..change })
    }

    /// Notes what became of the change of an appointment that waits for an
    /// answer. False when none waits.
    pub async fn end_change(
        &mut self,
        appointment: AppointmentId,
        outcome: Outcome,
        now: Instant,
    ) -> Result<bool, StoreError> {
        let ended = sqlx::query(
            "UPDATE changes SET status = ?, ended_at = ? WHERE appointment = ? AND status = 'requested'",
        )
        .bind(outcome.as_str())
        .bind(seconds(now))
        .bind(appointment.0)
        .execute(&mut *self.0.0)
        .await?;
        Ok(ended.rows_affected() == 1)
    }

    /// Gives a change more or less time.
    pub async fn hold_change(&mut self, id: ChangeId, held_until: Instant) -> Result<(), StoreError> {
        sqlx::query("UPDATE changes SET held_until = ? WHERE id = ?")
            .bind(seconds(held_until))
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
