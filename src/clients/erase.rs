//! Erasing somebody: visits stay as numbers without a person, and nothing else stays.

use super::{Error, begin};
use crate::{
    app::Current,
    domain::{client::Name, history::What, ids::ClientId},
    words,
};

/// Erases a person who has nothing to come and nothing to be answered. The same
/// address can come back later, as somebody new.
pub async fn erase(current: &Current, id: ClientId, seen: Option<u32>) -> Result<(), Error> {
    let (mut op, person) = begin(current, id, seen).await?;
    let appointments = op.tx.appointments_of(person.id()).await?;
    if appointments.iter().any(|a| a.status().is_live() && op.now < a.span.end) {
        op.commit().await?;
        return Err(Error::HasLiveVisits);
    }
    let blocked_requests = op.tx.blocked_requests_of(person.id()).await?;
    let nobody = Name::stored(words::client::ERASED.to_owned());
    for appointment in appointments.into_iter().chain(blocked_requests) {
        op.tx.erase_appointment(appointment.id, &nobody).await?;
    }
    op.tx.unblock_client(person.id()).await?;
    for address in person.emails() {
        // Whether it came back is known of nobody any more.
        op.tx.address_works(address).await?;
    }
    for record in person.records() {
        op.tx.update_client(&record.clone().erased(nobody.clone(), op.now)).await?;
    }
    op.changed(person.id(), What::Erased).await?;
    op.commit().await?;
    Ok(())
}
