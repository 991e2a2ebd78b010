//! The table `attendances`: which clients have said that they'll be there.

use std::collections::BTreeMap;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    appointment::attendance::Attendance,
    ids::AppointmentId,
    time::{Instant, Interval},
};

impl Reading {
    /// What the client of a visit has said last, whether or not it still holds.
    pub async fn attendance(&mut self, id: AppointmentId) -> Result<Option<Attendance>, StoreError> {
        let row: Option<(i64, i64)> =
            sqlx::query_as("SELECT starts_at, said_at FROM attendances WHERE appointment = ?")
                .bind(id.0)
                .fetch_optional(&mut *self.0)
                .await?;
        row.map(|(starts_at, said_at)| read(starts_at, said_at)).transpose()
    }

    /// What was said of visits that begin in a span.
    pub async fn attendances(
        &mut self,
        span: Interval,
    ) -> Result<BTreeMap<AppointmentId, Attendance>, StoreError> {
        let rows: Vec<(i64, i64, i64)> = sqlx::query_as(
            "SELECT appointment, starts_at, said_at FROM attendances WHERE starts_at >= ? AND starts_at < ?",
        )
        .bind(seconds(span.start))
        .bind(seconds(span.end))
        .fetch_all(&mut *self.0)
        .await?;
        rows.into_iter()
            .map(|(id, starts_at, said_at)| Ok((AppointmentId(id), read(starts_at, said_at)?)))
            .collect()
    }
}

fn read(starts_at: i64, said_at: i64) -> Result<Attendance, StoreError> {
    Ok(Attendance { start: instant(starts_at)?, said_at: instant(said_at)? })
}

impl Writing {
    /// Notes that the client of a visit will be there at a start.
    pub async fn note_attendance(
        &mut self,
        id: AppointmentId,
        start: Instant,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT OR REPLACE INTO attendances (appointment, starts_at, said_at) VALUES (?, ?, ?)")
            .bind(id.0)
            .bind(seconds(start))
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
