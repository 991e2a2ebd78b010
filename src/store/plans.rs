//! The tables `plans` and `plan_windows`: what holds on single dates.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    columns::{date, window, written_date},
    file::{Reading, StoreError, Writing},
};
use crate::domain::{
    availability::timetable::{Plan, Timetable},
    ids::OfficeSlug,
    time::Instant,
};

impl Reading {
    /// Puts the plans of single dates, from one on, in place of the weekly hours.
    pub(super) async fn read_plans(
        &mut self,
        timetable: &mut Timetable,
        since: Instant,
    ) -> Result<(), StoreError> {
        let since = written_date(since.date_naive());
        let dates: Vec<(String,)> = sqlx::query_as("SELECT date FROM plans WHERE date >= ?")
            .bind(&since)
            .fetch_all(&mut *self.0)
            .await?;
        let windows: Vec<(String, String, u32, u32)> =
            sqlx::query_as("SELECT date, office, opens, closes FROM plan_windows INDEXED BY plan_windows_by_date WHERE date >= ?")
                .bind(&since)
                .fetch_all(&mut *self.0)
                .await?;
        let mut plans: BTreeMap<String, Plan> =
            dates.into_iter().map(|(date,)| (date, Plan::closed())).collect();
        for (date, office, opens, closes) in windows {
            let office = OfficeSlug::parse(&office).ok_or(StoreError::Unreadable("office"))?;
            let plan = plans.remove(&date).unwrap_or_default();
            plans.insert(date, plan.with(office, [window(opens, closes)?]));
        }
        for (on, plan) in plans {
            timetable.set_plan(date(&on)?, Some(plan));
        }
        Ok(())
    }
}

impl Writing {
    /// Sets the plan of a date, or takes it back.
    pub async fn set_plan(&mut self, on: NaiveDate, plan: Option<&Plan>) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM plans WHERE date = ?")
            .bind(written_date(on))
            .execute(self.changes_plans())
            .await?;
        let Some(plan) = plan else { return Ok(()) };
        sqlx::query("INSERT INTO plans (date) VALUES (?)")
            .bind(written_date(on))
            .execute(self.changes_plans())
            .await?;
        for (office, windows) in plan.offices() {
            for window in windows {
                sqlx::query("INSERT INTO plan_windows (date, office, opens, closes) VALUES (?, ?, ?, ?)")
                    .bind(written_date(on))
                    .bind(office.as_str())
                    .bind(window.from().minutes())
                    .bind(window.to().minutes())
                    .execute(self.changes_plans())
                    .await?;
            }
        }
        Ok(())
    }
}
