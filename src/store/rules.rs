//! The rules in force, put together: what the tables say, and the practice
//! file's word where they say nothing.

use super::{Reading, StoreError};
use crate::domain::rules::Rules;

impl Reading {
    /// The rules in force, given those of the practice file.
    pub async fn rules(&mut self, of_the_file: &Rules) -> Result<Rules, StoreError> {
        let mut timetable = of_the_file.timetable.clone();
        self.read_opening_hours(&mut timetable).await?;
        self.read_plans(&mut timetable).await?;
        if let Some(weekdays) = self.first_booking_decides().await? {
            timetable.first_booking_decides = weekdays;
        }
        let policy = self.policy(&of_the_file.policy).await?.unwrap_or_else(|| of_the_file.policy.clone());
        Ok(Rules { policy, timetable, closed: self.requests_closed().await? })
    }
}
