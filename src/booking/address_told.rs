//! An office has a new address: whoever comes there is told of it, or the
//! therapist has told them already.

use std::collections::BTreeSet;

use super::expire;
use crate::{
    app::{App, Current},
    domain::{
        act::Kind,
        appointment::Appointment,
        ids::OfficeSlug,
        practice::Practice,
        time::{Instant, Interval},
    },
    mail::emails::Occasion,
    operation::{Error, FAR, Operation},
    store::{Reading, StoreError, Writing},
};

/// The offices with a new address that has not been told yet, and how many
/// people come there; none to which nobody comes.
pub async fn untold(app: &App) -> Result<Vec<(OfficeSlug, usize)>, StoreError> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let mut untold = Vec::new();
    for office in tx.untold_addresses().await? {
        let coming = coming_to(&mut tx, &office, now).await?;
        let people: BTreeSet<_> = coming.iter().map(|a| a.client).collect();
        if !people.is_empty() {
            untold.push((office, people.len()));
        }
    }
    Ok(untold)
}

/// Notes where the offices are, for whenever the practice file may be another.
/// One that has moved without anybody coming there needs no telling: who books
/// from now on reads the new address.
pub async fn note_addresses(tx: &mut Writing, practice: &Practice, now: Instant) -> Result<(), StoreError> {
    for office in &practice.offices {
        tx.note_address(&office.slug, &office.address_line()).await?;
        if coming_to(tx, &office.slug, now).await?.is_empty() {
            tx.address_is_told(&office.slug).await?;
        }
    }
    Ok(())
}

async fn coming_to(
    tx: &mut Reading,
    office: &OfficeSlug,
    now: Instant,
) -> Result<Vec<Appointment>, StoreError> {
    let mut coming = tx.confirmed(Interval::new(now, now + FAR)).await?;
    coming.retain(|a| a.office == *office);
    Ok(coming)
}

/// Writes to everybody who comes to an office that has moved. Returns how many they are.
pub async fn write_to_all(current: &Current, office: &OfficeSlug) -> Result<usize, Error> {
    let mut op = expire::begin(current).await?;
    if !op.tx.address_is_told(office).await? {
        return Err(Error::Missing);
    }
    let coming = coming_to(&mut op.tx, office, op.now).await?;
    if !coming.is_empty() {
        op.tx.begin_act(Kind::AddressTold, Some(office), op.now).await?;
    }
    let mut count = 0;
    for appointment in coming {
        let id = appointment.id.0;
        op.begin_alone().await?;
        let outcome = op.tell_new_address(appointment).await;
        count += op.end_alone(outcome, "telling a new address for an appointment", id).await?;
    }
    op.commit().await?;
    Ok(count)
}

impl Operation {
    async fn tell_new_address(&mut self, appointment: Appointment) -> Result<usize, Error> {
        let appointment = appointment.told_of_new_address();
        self.tx.keep_before(appointment.id, appointment.revision).await?;
        self.tx.update_appointment(&appointment).await?;
        self.tell_client_in_time(&appointment, Occasion::NewAddress).await?;
        Ok(1)
    }
}

/// Nobody needs to be written to.
pub async fn need_not_write(current: &Current, office: &OfficeSlug) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    if !op.tx.address_is_told(office).await? {
        return Err(Error::Missing);
    }
    op.commit().await
}
