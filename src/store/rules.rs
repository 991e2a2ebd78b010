//! The rules in force, put together: what the tables say, and the practice
//! file's word where they say nothing.

use chrono::TimeDelta;

use super::file::{Reading, StoreError};
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
