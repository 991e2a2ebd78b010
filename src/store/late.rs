//! The tables `late_arrivals` and `delays`: which clients have said that they're late, and
//! the visits that the therapist's own being late moves.

use std::collections::BTreeMap;

use sqlx_macros::FromRow;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    act::Act,
    availability::late::Expected,
    ids::{ActId, AppointmentId},
    time::{Instant, Interval},
};

#[derive(FromRow)]
struct Row {
    appointment: i64,
    starts_at: i64,
    minutes: u32,
    comes_at: i64,
    ends_at: i64,
    said_at: i64,
}

impl Row {
    fn read(self) -> Result<(AppointmentId, Expected), StoreError> {
        let expected = Expected {
            start: instant(self.starts_at)?,
            span: Interval::new(instant(self.comes_at)?, instant(self.ends_at)?),
            minutes: self.minutes,
            said_at: instant(self.said_at)?,
        };
        Ok((AppointmentId(self.appointment), expected))
    }
}

fn all(rows: Vec<Row>) -> Result<BTreeMap<AppointmentId, Expected>, StoreError> {
    rows.into_iter().map(Row::read).collect()
}

impl Reading {
    /// What the clients of visits have said that begin in a span, and are late for them.
    pub async fn late_arrivals(
        &mut self,
        span: Interval,
    ) -> Result<BTreeMap<AppointmentId, Expected>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT appointment, starts_at, minutes, comes_at, ends_at, said_at
             FROM late_arrivals WHERE starts_at >= ? AND starts_at < ?",
        )
        .bind(seconds(span.start))
        .bind(seconds(span.end))
        .fetch_all(&mut *self.0)
        .await?;
        all(rows)
    }

    /// When visits that begin in a span are expected because the therapist is late. Asked
    /// for what clients know by an instant, none of what they haven't heard yet.
    pub async fn delays(
        &mut self,
        span: Interval,
        known_by: Option<Instant>,
    ) -> Result<BTreeMap<AppointmentId, Expected>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT appointment, starts_at, minutes, comes_at, ends_at, said_at FROM delays
             WHERE starts_at >= ?1 AND starts_at < ?2 AND (?3 IS NULL OR told_at <= ?3)
             ORDER BY id",
        )
        .bind(seconds(span.start))
        .bind(seconds(span.end))
        .bind(known_by.map(seconds))
        .fetch_all(&mut *self.0)
        .await?;
        // Of one visit the newest is the last, and takes the place of the others.
        all(rows)
    }
}

impl Writing {
    /// Notes that a client comes late, in place of what they had said before.
    pub async fn note_late_arrival(&mut self, id: AppointmentId, late: &Expected) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT OR REPLACE INTO late_arrivals (appointment, starts_at, minutes, comes_at, ends_at, said_at)
             VALUES (?, ?, ?, ?, ?, ?)",
        )
        .bind(id.0)
        .bind(seconds(late.start))
        .bind(late.minutes)
        .bind(seconds(late.span.start))
        .bind(seconds(late.span.end))
        .bind(seconds(late.said_at))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// Notes when a visit is expected because the therapist is late, by an act.
    pub async fn note_delay(
        &mut self,
        act: &Act,
        id: AppointmentId,
        late: &Expected,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO delays (act, appointment, starts_at, minutes, comes_at, ends_at, said_at, told_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        )
        .bind(act.id.0)
        .bind(id.0)
        .bind(seconds(late.start))
        .bind(late.minutes)
        .bind(seconds(late.span.start))
        .bind(seconds(late.span.end))
        .bind(seconds(late.said_at))
        .bind(seconds(act.ends_at))
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// An act is taken back, and what it said with it.
    pub async fn forget_delays(&mut self, act: ActId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM delays WHERE act = ?").bind(act.0).execute(&mut *self.0.0).await?;
        Ok(())
    }
}
