//! The table `driven_days`: the rows of the year's sheet that the therapist has ticked.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    columns::{date, seconds, written_date},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{numbers::Year, time::Instant};

impl Reading {
    /// The ticked days of a year, each with the miles that its row said then.
    pub async fn driven_days(&mut self, year: Year) -> Result<BTreeMap<NaiveDate, u32>, StoreError> {
        let rows: Vec<(String, u32)> =
            sqlx::query_as("SELECT date, miles FROM driven_days WHERE date BETWEEN ? AND ?")
                .bind(written_date(year.first()))
                .bind(written_date(year.last()))
                .fetch_all(&mut *self.0)
                .await?;
        rows.into_iter().map(|(on, miles)| Ok((date(&on)?, miles))).collect()
    }
}

impl Writing {
    pub async fn tick_driven_day(
        &mut self,
        on: NaiveDate,
        miles: u32,
        now: Instant,
    ) -> Result<(), StoreError> {
        sqlx::query("INSERT OR REPLACE INTO driven_days (date, miles, ticked_at) VALUES (?, ?, ?)")
            .bind(written_date(on))
            .bind(miles)
            .bind(seconds(now))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    pub async fn untick_driven_day(&mut self, on: NaiveDate) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM driven_days WHERE date = ?")
            .bind(written_date(on))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
