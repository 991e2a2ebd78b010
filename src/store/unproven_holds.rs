//! The column `unproven_as` of `appointments`: which of them hold their time although
//! nobody has proved that the email address is theirs, and the therapist has not answered.

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    ids::AppointmentId,
    time::{Instant, Interval},
};

impl Reading {
    /// The unproven holds that begin in a span, and when, in that order.
    pub async fn unproven_holds(
        &mut self,
        span: Interval,
    ) -> Result<Vec<(AppointmentId, Instant)>, StoreError> {
        let holds: Vec<(i64, i64)> = sqlx::query_as(
            "SELECT id, starts_at FROM appointments INDEXED BY appointments_unproven
             WHERE unproven_as IS NOT NULL AND starts_at >= ? AND starts_at < ?
               AND unproven_as = status AND status IN ('requested', 'confirmed')
             ORDER BY starts_at",
        )
        .bind(seconds(span.start))
        .bind(seconds(span.end))
        .fetch_all(&mut *self.0)
        .await?;
        holds.into_iter().map(|(id, start)| Ok((AppointmentId(id), instant(start)?))).collect()
    }

    /// True while an appointment is such a hold.
    pub async fn is_unproven_hold(&mut self, id: AppointmentId) -> Result<bool, StoreError> {
        let row: Option<(bool,)> = sqlx::query_as(
            "SELECT unproven_as IS NOT NULL AND unproven_as = status FROM appointments WHERE id = ?",
        )
        .bind(id.0)
        .fetch_optional(&mut *self.0)
        .await?;
        Ok(row.is_some_and(|(is,)| is))
    }
}

impl Writing {
    /// Notes that nobody has proved the email of an appointment, as it stands.
    pub async fn is_unproven(&mut self, id: AppointmentId) -> Result<(), StoreError> {
        sqlx::query("UPDATE appointments SET unproven_as = status WHERE id = ?")
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    /// Notes that its client reads the emails about it, and about what was asked for with it.
    pub async fn is_proven(&mut self, id: AppointmentId) -> Result<(), StoreError> {
        for statement in [
            "UPDATE appointments SET unproven_as = NULL WHERE id = ? AND unproven_as IS NOT NULL",
            "UPDATE appointments SET unproven_as = NULL
             WHERE series = (SELECT series FROM appointments WHERE id = ?) AND +unproven_as IS NOT NULL",
        ] {
            sqlx::query(statement).bind(id.0).execute(&mut *self.0.0).await?;
        }
        Ok(())
    }

    /// Notes that the therapist has dealt with one that was confirmed at once: a request
    /// shows by its status whether they have answered.
    pub async fn is_dealt_with(&mut self, id: AppointmentId) -> Result<(), StoreError> {
        sqlx::query("UPDATE appointments SET unproven_as = NULL WHERE id = ? AND unproven_as = 'confirmed'")
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
