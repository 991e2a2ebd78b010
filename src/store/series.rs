//! The table `series`: which appointments were asked for, or booked, together.

use super::{
    appointments,
    columns::seconds,
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    appointment::Appointment,
    ids::{AppointmentId, ClientId, SeriesId},
    series::together::Kind,
    time::Instant,
};

impl Reading {
    /// Everything that was asked for, or booked, with an appointment, itself included, in order
    /// of time; it alone where it is of no series.
    pub async fn asked_with(&mut self, a: &Appointment) -> Result<Vec<Appointment>, StoreError> {
        let Some(series) = a.series else { return Ok(vec![a.clone()]) };
        if a.id.is_blocked_request() {
            return self.blocked_requests_of_series(series).await;
        }
        self.appointments_of_series(series).await
    }

    async fn appointments_of_series(&mut self, series: SeriesId) -> Result<Vec<Appointment>, StoreError> {
        let rows = sqlx::query_as("SELECT * FROM appointments WHERE series = ? ORDER BY starts_at, id")
            .bind(series.0)
            .fetch_all(&mut *self.0)
            .await?;
        appointments::all(rows, &self.1)
    }

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

    /// The visits of each series in a rhythm of which one is still to come, if its client has
    /// nothing booked after it.
    pub async fn series_not_booked_on(&mut self, now: Instant) -> Result<Vec<Vec<Appointment>>, StoreError> {
        let series: Vec<(i64, i64, i64)> = sqlx::query_as(
            "SELECT series, client, max(starts_at) FROM appointments
             WHERE series IS NOT NULL AND status = 'confirmed' AND starts_at > ?
               AND (SELECT kind FROM series WHERE id = appointments.series) = 'rhythm'
             GROUP BY series ORDER BY max(starts_at), series",
        )
        .bind(seconds(now))
        .fetch_all(&mut *self.0)
        .await?;
        let mut all = Vec::new();
        for (series, client, last) in series {
            let later = self.appointments_of(ClientId(client)).await?;
            if later.iter().any(|a| a.status().is_live() && seconds(a.span.start) > last) {
                continue;
            }
            all.push(self.appointments_of_series(SeriesId(series)).await?);
        }
        Ok(all)
    }
}

impl Writing {
    /// Makes a series, which nothing is of yet.
    pub async fn insert_series(&mut self, kind: Kind, now: Instant) -> Result<SeriesId, StoreError> {
        let (id,): (i64,) = sqlx::query_as("INSERT INTO series (kind, made_at) VALUES (?, ?) RETURNING id")
            .bind(kind.as_str())
            .bind(seconds(now))
            .fetch_one(&mut *self.0.0)
            .await?;
        Ok(SeriesId(id))
    }

    /// Notes that an appointment, or what a blocked client has asked for, is of a series.
    pub async fn is_of_series(&mut self, id: AppointmentId, series: SeriesId) -> Result<(), StoreError> {
        let query = match id.is_blocked_request() {
            true => sqlx::query("UPDATE blocked_requests SET series = ? WHERE id = ?"),
            false => sqlx::query("UPDATE appointments SET series = ? WHERE id = ?"),
        };
        query.bind(series.0).bind(id.0).execute(&mut *self.0.0).await?;
        Ok(())
    }
}
