//! The table `conflicts`: what the therapist was told, and has said, of visits
//! that their day's plan no longer covers.

use std::collections::BTreeMap;

use super::{
    columns::{instant, seconds},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{availability::conflict::Conflict, ids::AppointmentId, time::Instant};

/// A conflict as it was when somebody last looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotedConflict {
    /// Empty where it is to be taken as it is found.
    pub conflict: Conflict,
    pub found_at: Instant,
    /// The therapist will be there all the same.
    pub is_kept: bool,
}

impl Reading {
    /// The conflicts on record.
    pub async fn noted_conflicts(&mut self) -> Result<BTreeMap<AppointmentId, NotedConflict>, StoreError> {
        let rows: Vec<(i64, String, i64, bool)> =
            sqlx::query_as("SELECT appointment, ways, found_at, is_kept FROM conflicts")
                .fetch_all(&mut *self.0)
                .await?;
        let noted = rows.into_iter().map(|(id, ways, found_at, is_kept)| {
            let noted =
                NotedConflict { conflict: Conflict::parse(&ways), found_at: instant(found_at)?, is_kept };
            Ok((AppointmentId(id), noted))
        });
        noted.collect()
    }
}

impl Writing {
    pub async fn note_conflict(
        &mut self,
        appointment: AppointmentId,
        noted: &NotedConflict,
    ) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO conflicts (appointment, ways, found_at, is_kept) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (appointment) DO UPDATE SET ways = ?2, found_at = ?3, is_kept = ?4",
        )
        .bind(appointment.0)
        .bind(noted.conflict.to_string())
        .bind(seconds(noted.found_at))
        .bind(noted.is_kept)
        .execute(&mut *self.0.0)
        .await?;
        Ok(())
    }

    /// The plan covers the visit, or there is none to come.
    pub async fn forget_conflict(&mut self, appointment: AppointmentId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM conflicts WHERE appointment = ?")
            .bind(appointment.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
