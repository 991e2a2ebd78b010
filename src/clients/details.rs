//! The therapist corrects how a client is called and reached. Visits to come and
//! emails that wait follow; what was sent to the old address opens nothing any more.

use super::{Error, begin};
use crate::{
    app::Current,
    domain::{
        appointment::{Appointment, Status, call::Topic},
        client::{
            Contact, Name,
            person::{Detail, Person, Record},
        },
        history::What,
        ids::ClientId,
    },
    mail::email,
    operation::Operation,
};

/// How somebody is called and reached, every field read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    pub name: Name,
    pub goes_by: Option<Name>,
    pub contact: Contact,
}

impl Details {
    fn of(person: &Person) -> Self {
        Self { name: person.name().clone(), goes_by: person.goes_by().cloned(), contact: person.contact() }
    }
}

/// Writes each detail that is another one into the record that gave it.
pub async fn change(
    current: &Current,
    id: ClientId,
    seen: Option<u32>,
    details: Details,
) -> Result<ClientId, Error> {
    let (mut op, person) = begin(current, id, seen).await?;
    let before = Details::of(&person);
    if before == details {
        op.commit().await?;
        return Ok(person.id());
    }
    for mut record in person.records().to_vec() {
        if write(&person, &mut record, &before, &details) {
            op.tx.update_client(&record).await?;
        }
    }
    let lately = op.tx.acted_on_lately(op.now).await?;
    let appointments = op.tx.appointments_of(person.id()).await?;
    op.waitlist_follows(&person, &appointments, (&before, &details)).await?;
    for appointment in appointments {
        let is_to_come = appointment.status().is_live() && op.now < appointment.span.start;
        // What was ended a moment ago may come back, and what is said of an end may not have gone out.
        if is_to_come
            || lately.contains(&appointment.id)
            || !op.tx.waiting_client_emails(appointment.id).await?.is_empty()
        {
            op.follow(appointment, &before, &details).await?;
        }
    }
    op.changed(person.id(), What::DetailsChanged).await?;
    op.commit().await?;
    Ok(person.id())
}

/// What of a record is another now; true when anything is.
fn write(person: &Person, record: &mut Record, before: &Details, after: &Details) -> bool {
    let was = record.clone();
    let gives = |detail| person.source(detail).id == record.id;
    if gives(Detail::Name) && before.name != after.name {
        record.name = after.name.clone();
    }
    if gives(Detail::GoesBy) && before.goes_by != after.goes_by {
        record.goes_by = after.goes_by.clone();
    }
    if gives(Detail::Email) && before.contact.email != after.contact.email {
        record.contact.email = after.contact.email.clone();
    }
    if gives(Detail::Phone) && before.contact.phone != after.contact.phone {
        record.contact.phone = after.contact.phone.clone();
    }
    *record != was
}

/// A name and a contact as they were given, with what is another now.
fn followed(name: &Name, contact: &Contact, before: &Details, after: &Details) -> (Name, Contact) {
    let name = if before.name == after.name { name } else { &after.name };
    let mut contact = contact.clone();
    if before.contact.email != after.contact.email {
        contact.email = after.contact.email.clone();
    }
    if before.contact.phone != after.contact.phone {
        contact.phone = after.contact.phone.clone();
    }
    (name.clone(), contact)
}

impl Operation {
    /// So have their places on the waitlist that count: whoever has not shown yet who they are
    /// may be anybody. What was offered to another address is offered anew.
    async fn waitlist_follows(
        &mut self,
        person: &Person,
        appointments: &[Appointment],
        (before, after): (&Details, &Details),
    ) -> Result<(), Error> {
        let entries = self.tx.waitlist_entries_of_person(person, appointments).await?;
        for entry in entries.iter().filter(|entry| entry.waiting_since().is_some()) {
            let (name, contact) = followed(&entry.name, &entry.contact, before, after);
            if contact.email.is_none() && contact.phone.is_none() {
                continue;
            }
            if contact.email != entry.contact.email {
                self.tx.withdraw_offers_to(entry.id, self.now).await?;
            }
            self.tx.update_waitlist_contact(entry, &name, &contact).await?;
        }
        Ok(())
    }

    /// A visit has what is another now, and keeps the rest as it was given with it.
    async fn follow(
        &mut self,
        appointment: Appointment,
        before: &Details,
        after: &Details,
    ) -> Result<(), Error> {
        let (name, contact) = followed(&appointment.name, &appointment.contact, before, after);
        let is_readdressed = contact.email != appointment.contact.email;
        if !is_readdressed && contact == appointment.contact && name == appointment.name {
            return Ok(());
        }
        let was = appointment.revision;
        let appointment = appointment.with_details(name, contact);
        self.tx.update_appointment(&appointment).await?;
        // How somebody is reached is no part of an act: it can be undone all the same, unless
        // what it has written, or set aside, is gone with the address.
        if appointment.contact.email.is_some() || !is_readdressed {
            self.tx.acts_have_left(appointment.id, was, appointment.revision).await?;
        }
        if is_readdressed {
            self.readdress(&appointment).await?;
        }
        Ok(())
    }

    /// Emails that wait go to the new address, with the links that they carry; every
    /// other link has been seen by the old one. Without an address there is a call to make, and
    /// so there is for an email that can't be read, since its links aren't known.
    async fn readdress(&mut self, a: &Appointment) -> Result<(), Error> {
        let waiting = self.tx.waiting_client_emails(a.id).await?;
        match &a.contact.email {
            Some(address) if waiting.iter().all(|email| email.is_readable) => {
                let carried = waiting.iter().flat_map(|stored| email::tokens(&stored.email.text));
                let carried: Vec<_> = carried.collect();
                self.tx.end_links_but(a.id, &carried).await?;
                self.tx.readdress_emails(a.id, address).await?;
            }
            _ => {
                self.tx.end_links_but(a.id, &[]).await?;
                self.tx.take_back_emails(a.id, self.now).await?;
                let topic = match a.status() {
                    Status::Requested => Topic::Requested,
                    Status::Declined => Topic::Declined,
                    Status::Canceled => Topic::Canceled,
                    Status::Expired => Topic::Expired,
                    Status::Confirmed | Status::Arrived | Status::NoShow => Topic::Confirmed,
                };
                if !waiting.is_empty() {
                    self.tx.insert_call_unless_open(a.id, topic, self.now).await?;
                }
            }
        }
        Ok(())
    }
}
