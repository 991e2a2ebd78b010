//! The table `series`: which appointments were booked as one.

use super::{
    appointments,
    columns::seconds,
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    appointment::Appointment,
    ids::{AppointmentId, SeriesId},
    time::Instant,
};

impl Reading {
    /// All visits of the series that an appointment is of, itself included, in order of time;
    /// none where it is of none.
    pub async fn series_with(&mut self, id: AppointmentId) -> Result<Vec<Appointment>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT * FROM appointments WHERE series = (SELECT series FROM appointments WHERE id = ?)
             ORDER BY starts_at, id",
        )
        .bind(id.0)
        .fetch_all(&mut *self.0)
        .await?;
        appointments::all(rows, &self.1)
    }
}

impl Writing {
    /// Makes a series, which nothing is of yet.
    pub async fn insert_series(&mut self, now: Instant) -> Result<SeriesId, StoreError> {
        let (id,): (i64,) = sqlx::query_as("INSERT INTO series (made_at) VALUES (?) RETURNING id")
            .bind(seconds(now))
            .fetch_one(&mut *self.0.0)
            .await?;
        Ok(SeriesId(id))
    }

    /// Notes that an appointment is of a series.
    pub async fn is_of_series(&mut self, id: AppointmentId, series: SeriesId) -> Result<(), StoreError> {
        sqlx::query("UPDATE appointments SET series = ? WHERE id = ?")
            .bind(series.0)
            .bind(id.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
