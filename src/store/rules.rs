//! The rules in force, put together: what the tables say, and the practice
//! file's word where they say nothing.
//!
//! Every operation asks for them, and they hardly ever change: for whoever holds the write lock
//! they are kept in memory, with the time off, and are as exact as if they were read each time.
//! - Another connection's commit, of a command beside the server too, shows in `data_version`.
//! - Our own changes go through [`Writing::changes_plans`], which forgets. What a transaction has
//!   changed it remembers for nobody: it may still be rolled back.
//! - A new connection counts others' commits anew, and begins with nothing.

use std::sync::Arc;

use chrono::TimeDelta;
use sqlx::SqliteConnection;

use super::file::{Reading, Remembered, StoreError, Writing};
use crate::domain::{
    availability::{rules::Rules, stretch},
    time::Instant,
};

/// Hours may have begun on a date before and go on past midnight. One date more
/// than they are followed, and one since the practice's date need not be that of UTC.
const PLANS_BEFORE: TimeDelta = TimeDelta::days(stretch::FOLLOWED as i64 + 2);

impl Reading {
    /// The rules as they count from an instant on, given those of the practice
    /// file. Plans of dates long before it are left out: there are more each year.
    pub async fn rules(&mut self, of_the_file: &Rules, since: Instant) -> Result<Rules, StoreError> {
        let mut timetable = of_the_file.timetable.clone();
        self.read_opening_hours(&mut timetable).await?;
        self.read_plans(&mut timetable, since - PLANS_BEFORE).await?;
        if let Some(weekdays) = self.first_booking_decides().await? {
            timetable.first_booking_decides = weekdays;
        }
        let policy = self.policy(&of_the_file.policy).await?.unwrap_or_else(|| of_the_file.policy.clone());
        Ok(Rules { policy, timetable, pause: self.pause().await? })
    }
}

impl Writing {
    /// The same, from memory where they are there.
    pub async fn rules(&mut self, of_the_file: &Rules, since: Instant) -> Result<Rules, StoreError> {
        let data_version = self.1.data_version(&mut self.0.0).await?;
        let first_date = |since: Instant| (since - PLANS_BEFORE).date_naive();
        let still_holds = |kept: &Arc<Remembered>| {
            kept.data_version == data_version
                && first_date(kept.since) == first_date(since)
                && kept.of_the_file == *of_the_file
        };
        if let Some(kept) = self.1.memory().get().filter(still_holds) {
            self.0.2 = Some(kept.clone());
            return Ok(kept.rules.clone());
        }
        let rules = self.0.rules(of_the_file, since).await?;
        if !self.3.has_planned {
            let time_off = self.0.read_time_off(since).await?;
            let (of_the_file, rules) = (of_the_file.clone(), rules.clone());
            let remembered = Arc::new(Remembered { data_version, of_the_file, since, rules, time_off });
            self.1.memory().set(Some(remembered.clone()));
            self.0.2 = Some(remembered);
        }
        Ok(rules)
    }

    /// The connection, for a statement that changes anything of the rules or the time off.
    pub(super) fn changes_plans(&mut self) -> &mut SqliteConnection {
        self.1.memory().set(None);
        self.0.2 = None;
        self.3.has_planned = true;
        &mut self.0.0
    }
}
