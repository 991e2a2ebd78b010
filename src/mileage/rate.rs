//! The therapist notes what a mile counts from a date on, corrects it, or takes it back.

use chrono::NaiveDate;

use crate::{
    app::Current,
    domain::numbers::miles::Rate,
    operation::{Error, Operation},
};

/// Notes a rate. The same date again corrects it.
pub async fn note(current: &Current, holds_from: NaiveDate, rate: Rate) -> Result<(), Error> {
    let mut op = Operation::begin(current).await?;
    op.tx.set_mileage_rate(holds_from, rate).await?;
    op.commit().await
}

/// The rate before it holds on.
pub async fn take_back(current: &Current, holds_from: NaiveDate) -> Result<(), Error> {
    let mut op = Operation::begin(current).await?;
    op.tx.remove_mileage_rate(holds_from).await?;
    op.commit().await
}
