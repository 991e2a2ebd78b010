//! The table `mileage_rates`.

use chrono::NaiveDate;

use super::{
    columns::{date, written_date},
    file::{Reading, StoreError, Writing},
};
use crate::domain::numbers::miles::{Rate, Rates};

impl Reading {
    /// Every rate per mile that the therapist has noted, each from a date of four digits.
    pub async fn mileage_rates(&mut self) -> Result<Rates, StoreError> {
        let rows: Vec<(String, u32)> =
            sqlx::query_as("SELECT holds_from, per_mile FROM mileage_rates WHERE holds_from <= '9999-12-31'")
                .fetch_all(&mut *self.0)
                .await?;
        let rates: Result<_, StoreError> =
            rows.into_iter().map(|(from, per_mile)| Ok((date(&from)?, Rate(per_mile)))).collect();
        Ok(Rates(rates?))
    }
}

impl Writing {
    /// Notes a rate from a date on, in place of another from that very date.
    pub async fn set_mileage_rate(&mut self, holds_from: NaiveDate, rate: Rate) -> Result<(), StoreError> {
        sqlx::query("INSERT OR REPLACE INTO mileage_rates (holds_from, per_mile) VALUES (?, ?)")
            .bind(written_date(holds_from))
            .bind(rate.0)
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }

    pub async fn remove_mileage_rate(&mut self, holds_from: NaiveDate) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM mileage_rates WHERE holds_from = ?")
            .bind(written_date(holds_from))
            .execute(&mut *self.0.0)
            .await?;
        Ok(())
    }
}
