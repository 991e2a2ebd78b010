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
    operation::{Error, Operation},
    store::GivenIn,
};

/// Writes to another address from now on, until the first answer, about everything that was
/// asked for together. Only the link that was given right after the request may do this: whoever
/// got an email at the wrong address may not.
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
    op.is_named(&by_email).await?;
    let mut all = Vec::new();
    for one in op.answered_with(&appointment).await? {
        all.push(op.correct_one(one, &contact).await?);
    }
    op.tell_of_all(&all, Occasion::Received).await?;
    op.commit().await?;
    all.into_iter().find(|one| one.id == appointment.id).ok_or(Error::Missing)
}

impl Operation {
    async fn correct_one(
        &mut self,
        appointment: Appointment,
        contact: &Contact,
    ) -> Result<Appointment, Error> {
        let before = appointment.client;
        let client = self.tx.client(&appointment.name, contact, self.now).await?;
        let corrected = appointment.correct_contact(client, contact.clone())?;
        self.tx.update_appointment(&corrected).await?;
        self.tx.is_unproven(corrected.id).await?;
        self.tx.note_happened(&Entry::of(Who::Client, What::AddressCorrected, &corrected, self.now)).await?;
        self.tx.forget_client_without_appointments(before).await?;
        // Links that went to the wrong address open nothing any more, nor do emails still leave for it.
        self.tx.end_email_links(corrected.id).await?;
        self.tx.take_back_emails(corrected.id, self.now).await?;
        self.tx.forget_call(corrected.id, Matter::Standing).await?;
        Ok(corrected)
    }
}
