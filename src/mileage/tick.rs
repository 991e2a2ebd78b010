//! The therapist ticks a day of the year's sheet, or unticks it.

use chrono::NaiveDate;

use crate::{
    app::Current,
    domain::{numbers::miles::DrivenDay, time},
    operation::{Error, Operation},
};

/// Ticks a day with the miles that its row has said. False when the day's visits
/// say another number by now: nothing is ticked that nobody has seen.
pub async fn tick(current: &Current, date: NaiveDate, seen: u32) -> Result<bool, Error> {
    let mut op = Operation::begin(current).await?;
    let zone = op.app.practice().zone;
    let entries = op.tx.entries(time::day(zone, date), op.now).await?;
    let days = DrivenDay::all(zone, &op.app.practice().travel, &entries);
    let miles = days.first().filter(|day| day.date == date).and_then(|day| day.miles);
    let Some(miles) = miles.filter(|miles| *miles == seen && *miles > 0) else { return Ok(false) };
    op.tx.tick_driven_day(date, miles, op.now).await?;
    op.commit().await?;
    Ok(true)
}

/// Takes a tick back, as often as it is asked for.
pub async fn untick(current: &Current, date: NaiveDate) -> Result<(), Error> {
    let mut op = Operation::begin(current).await?;
    op.tx.untick_driven_day(date).await?;
    op.commit().await
}
