//! An office has a new address: whoever comes there is told of it, or the
//! therapist has told them already.

use chrono::TimeDelta;

use super::{Error, Operation};
use crate::{
    app::App,
    domain::{ids::OfficeSlug, interval::Interval},
    mail::letters::Occasion,
};

/// How far ahead appointments are looked for.
const FAR: TimeDelta = TimeDelta::days(2 * 366);

/// Writes to everybody who comes to an office that has moved. Returns how many they are.
pub async fn write_to_all(app: &App, office: &OfficeSlug) -> Result<usize, Error> {
    let mut op = Operation::begin(app).await?;
    if !op.tx.address_is_told(office).await? {
        return Err(Error::Missing);
    }
    let mut coming = op.tx.confirmed(Interval::new(op.now, op.now + FAR)).await?;
    coming.retain(|a| a.office == *office);
    let count = coming.len();
    for appointment in coming {
        let appointment = appointment.told_of_new_address();
        op.tx.update_appointment(&appointment).await?;
        op.tell_client_in_time(&appointment, Occasion::NewAddress).await?;
    }
    op.commit().await?;
    Ok(count)
}

/// Nobody needs to be written to.
pub async fn need_not_write(app: &App, office: &OfficeSlug) -> Result<(), Error> {
    let mut op = Operation::begin(app).await?;
    if !op.tx.address_is_told(office).await? {
        return Err(Error::Missing);
    }
    op.commit().await
}
