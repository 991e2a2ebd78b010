//! Whom the therapist knows: whoever comes by a link from an email, and has been here.

use crate::{
    domain::{
        appointment::Appointment,
        client::{Contact, EmailAddress},
        time::Instant,
    },
    store::{GivenIn, Reading, StoreError},
};

/// Whether whoever holds a link to a visit is known. A visit that is still to come proves nothing
/// by itself; another that was written about to the same address has to have taken place.
pub async fn is_known(
    tx: &mut Reading,
    visit: &Appointment,
    given_in: GivenIn,
    now: Instant,
) -> Result<bool, StoreError> {
    if given_in != GivenIn::Email {
        return Ok(false);
    }
    if visit.was_a_visit(now) {
        return Ok(true);
    }
    let key = |contact: &Contact| contact.email.as_ref().map(EmailAddress::key);
    let Some(own) = key(&visit.contact) else { return Ok(false) };
    let all = tx.appointments_of(visit.client).await?;
    Ok(all.iter().any(|a| a.was_a_visit(now) && key(&a.contact).as_ref() == Some(&own)))
}
