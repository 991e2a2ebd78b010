//! What is looked at one by one because time has passed: ids alone, so that a
//! row that cannot be read keeps none of the others from being looked at.

use super::{
    columns::seconds,
    file::{Reading, StoreError},
};
use crate::domain::{
    act::MINUTE,
    ids::AppointmentId,
    time::{Instant, Interval},
};

impl Reading {
    /// True when the minute of an act, an offer, the wait of a blocked request or a hold is over.
    pub async fn has_run_out(&mut self, now: Instant) -> Result<bool, StoreError> {
        let (has,): (bool,) = sqlx::query_as(
            "SELECT EXISTS (SELECT 1 FROM acts WHERE outcome = 'running' AND (ends_at <= ?1 OR made_at > ?2))
                 OR EXISTS (SELECT 1 FROM offers INDEXED BY offers_open WHERE outcome = 'open' AND good_until <= ?1)
                 OR EXISTS (SELECT 1 FROM blocked_requests WHERE status = 'requested' AND answer_at <= ?1)
                 OR EXISTS (SELECT 1 FROM appointments WHERE status = 'requested' AND held_until <= ?1)
                 OR EXISTS (SELECT 1 FROM reschedule_requests WHERE status = 'requested' AND held_until <= ?1)",
        )
        .bind(seconds(now))
        .bind(seconds(now + MINUTE))
        .fetch_one(&mut *self.0)
        .await?;
        Ok(has)
    }

    /// The requests whose hold has ended by now, the first to end first.
    pub async fn overdue_requests(&mut self, now: Instant) -> Result<Vec<AppointmentId>, StoreError> {
        let query = sqlx::query_as(
            "SELECT id FROM appointments WHERE status = 'requested' AND held_until <= ? ORDER BY held_until, id",
        );
        Ok(ids(query.bind(seconds(now)).fetch_all(&mut *self.0).await?))
    }

    /// The appointments with a reschedule request whose hold has ended by now.
    pub async fn overdue_reschedule_requests(
        &mut self,
        now: Instant,
    ) -> Result<Vec<AppointmentId>, StoreError> {
        let query = sqlx::query_as(
            "SELECT appointment FROM reschedule_requests WHERE status = 'requested' AND held_until <= ? ORDER BY held_until, id",
        );
        Ok(ids(query.bind(seconds(now)).fetch_all(&mut *self.0).await?))
    }

    /// The requests that wait for an answer.
    pub async fn waiting_requests(&mut self) -> Result<Vec<AppointmentId>, StoreError> {
        let query =
            sqlx::query_as("SELECT id FROM appointments WHERE status = 'requested' ORDER BY held_until, id");
        Ok(ids(query.fetch_all(&mut *self.0).await?))
    }

    /// The appointments with a reschedule request that waits for an answer.
    pub async fn waiting_reschedule_requests(&mut self) -> Result<Vec<AppointmentId>, StoreError> {
        let query = sqlx::query_as(
            "SELECT appointment FROM reschedule_requests WHERE status = 'requested' ORDER BY held_until, id",
        );
        Ok(ids(query.fetch_all(&mut *self.0).await?))
    }

    /// The confirmed appointments that begin in a span, in order of time.
    pub async fn confirmed_in(&mut self, span: Interval) -> Result<Vec<AppointmentId>, StoreError> {
        let query = sqlx::query_as(
            "SELECT id FROM appointments
             WHERE status = 'confirmed' AND starts_at >= ? AND starts_at < ? ORDER BY starts_at",
        );
        let query = query.bind(seconds(span.start)).bind(seconds(span.end));
        Ok(ids(query.fetch_all(&mut *self.0).await?))
    }
}

fn ids(rows: Vec<(i64,)>) -> Vec<AppointmentId> {
    rows.into_iter().map(|(id,)| AppointmentId(id)).collect()
}
