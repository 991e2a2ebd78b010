//! The client corrects a mistyped email address, right after asking.

use super::expire;
use crate::{
    app::Current,
    domain::{
        appointment::{Appointment, call::Matter, refusal::Refusal},
        client::{Contact, EmailAddress, mailbox::mailbox},
        history::{Entry, What, Who},
        ids::Token,
    },
    mail::emails::Occasion,
    operation::Error,
    store::GivenIn,
};

/// Writes to another address from now on, until the first answer. Only the
/// link that was given right after the request may do this: whoever got a
/// email at the wrong address may not.
pub async fn correct_address(
    current: &Current,
    link: &Token,
    email: EmailAddress,
) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;

    let found = op.tx.appointment_by_link(link, op.now).await?;
    let Some((appointment, GivenIn::Request)) = found else { return Err(Error::Missing) };
    if op.tx.known_to_client(appointment.id, op.now).await?.is_some() {
        return Err(Refusal::BeingChanged.into());
    }
    if appointment.contact.email.as_ref() == Some(&email) {
        op.commit().await?;
        return Ok(appointment);
    }
    // Another spelling of the mailbox that the request counts for already takes no more room.
    let is_another = appointment.contact.email.as_ref().map(mailbox) != Some(mailbox(&email));
    let contact = Contact { email: Some(email), phone: appointment.contact.phone.clone() };
    let by_email = Contact { phone: None, ..contact.clone() };
    if is_another {
        op.has_room_for(&by_email).await?;
    }
    op.may_be_named(&by_email).await?;
    let before = appointment.client;
    let client = op.tx.client(&appointment.name, &contact, op.now).await?;
    let corrected = appointment.correct_contact(client, contact)?;

    op.tx.update_appointment(&corrected).await?;
    op.tx.is_unproven(corrected.id).await?;
    op.is_named(&by_email).await?;
    op.tx.note_happened(&Entry::of(Who::Client, What::AddressCorrected, &corrected, op.now)).await?;
    op.tx.forget_client_without_appointments(before).await?;
    // Links that went to the wrong address open nothing any more, nor do emails still leave for it.
    op.tx.end_email_links(corrected.id).await?;
    op.tx.take_back_emails(corrected.id, op.now).await?;
    op.tx.forget_call(corrected.id, Matter::Standing).await?;
    op.tell_client(&corrected, Occasion::Received).await?;
    op.commit().await?;
    Ok(corrected)
}
