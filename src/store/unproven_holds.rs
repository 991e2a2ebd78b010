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

    /// How many unproven holds begin in each of two spans; and whether everybody proves their
    /// email first, so that there are to be no more.
    pub async fn count_unproven_holds(
        &mut self,
        one: Interval,
        other: Interval,
    ) -> Result<(usize, usize, bool), StoreError> {
        let (in_one, in_other, everybody): (u32, u32, bool) = sqlx::query_as(
            "SELECT count(*) FILTER (WHERE starts_at >= ?1 AND starts_at < ?2),
                    count(*) FILTER (WHERE starts_at >= ?3 AND starts_at < ?4),
                    EXISTS (SELECT 1 FROM proof_of_everybody)
             FROM appointments INDEXED BY appointments_unproven
             WHERE unproven_as IS NOT NULL AND starts_at >= min(?1, ?3) AND starts_at < max(?2, ?4)
               AND unproven_as = status AND status IN ('requested', 'confirmed')",
        )
        .bind(seconds(one.start))
        .bind(seconds(one.end))
        .bind(seconds(other.start))
        .bind(seconds(other.end))
        .fetch_one(&mut *self.0)
        .await?;
        Ok((in_one as usize, in_other as usize, everybody))
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
