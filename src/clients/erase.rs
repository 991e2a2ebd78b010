//! Erasing somebody: visits stay as numbers without a person, and nothing else stays.

use super::{
    Error, begin,
    erasure_log::{self, Erased},
};
use crate::{
    app::Current,
    domain::{
        appointment::{Appointment, reschedule_request::Outcome},
        client::{Name, person::Record},
        history::What,
        ids::ClientId,
        time::Instant,
    },
    store::{StoreError, Writing},
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
    op.tx.unblock_client(person.id()).await?;
    let appointments = appointments.into_iter().chain(blocked_requests);
    leave_numbers(&mut op.tx, appointments, person.records(), op.now).await?;
    op.changed(person.id(), What::Erased).await?;
    // Before the commit: what is not in the log would come back with a backup.
    let made = op.tx.records_made_at(person.ids()).await?;
    let erased: Vec<_> = made.into_iter().map(|(client, made_at)| Erased { client, made_at }).collect();
    erasure_log::add(&op.app.erasures_file, &erased, op.now)
        .map_err(|error| op.app.store.write_failed(error.into()))?;
    op.commit().await?;
    Ok(())
}

/// Erases a record again out of a file that is older than its erasure. What is still to
/// come in there was called off before, and is without a word. False where there is
/// nobody of that number, or somebody else.
pub async fn again(tx: &mut Writing, erased: Erased, now: Instant) -> Result<bool, StoreError> {
    let Erased { client, made_at } = erased;
    if tx.records_made_at([client]).await? != [(client, made_at)] {
        return Ok(false);
    }
    let Some(record) = tx.record(client).await?.filter(|record| record.erased_at.is_none()) else {
        return Ok(false);
    };
    let appointments = tx.appointments_of_record(client).await?;
    for live in
        appointments.iter().filter(|a| !a.id.is_blocked_request() && a.status().is_live() && now < a.span.end)
    {
        tx.end_reschedule_request(live.id, Outcome::Canceled, now).await?;
        tx.update_appointment(&live.clone().unbooked(now)).await?;
    }
    tx.unblock_client(client).await?;
    leave_numbers(tx, appointments.into_iter(), &[record], now).await?;
    Ok(true)
}

/// Leaves of visits and records what tells of nobody, and of what waits for a proof, or
/// for a time, nothing.
async fn leave_numbers(
    tx: &mut Writing,
    appointments: impl Iterator<Item = Appointment>,
    records: &[Record],
    now: Instant,
) -> Result<(), StoreError> {
    for appointment in appointments {
        tx.forget_waitlist_entries(&appointment.name, &appointment.contact).await?;
        tx.erase_appointment(appointment.id, &nobody()).await?;
    }
    for Record { name, contact, .. } in records {
        tx.forget_unproven_requests(contact.email.as_ref(), contact.phone.as_ref()).await?;
        tx.forget_waitlist_entries(name, contact).await?;
    }
    empty(tx, records, now).await
}

/// Leaves of records that there was somebody.
pub(super) async fn empty(tx: &mut Writing, records: &[Record], now: Instant) -> Result<(), StoreError> {
    for record in records {
        if let Some(address) = &record.contact.email {
            // Whether it came back is known of nobody any more.
            tx.address_works(address).await?;
        }
        tx.update_client(&record.clone().erased(nobody(), now)).await?;
    }
    Ok(())
}

/// Whose a visit is once it is nobody's.
pub(super) fn nobody() -> Name {
    Name::stored(words::client::ERASED.to_owned())
}
