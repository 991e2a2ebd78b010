//! The therapist books for somebody who is on the telephone.

use super::{expire, sent_form::digest};
use crate::{
    app::{App, Current},
    domain::{
        act::Kind,
        appointment::{
            Appointment, NewAppointment, Wanted,
            overriding::Override,
            refusal::{Refusal, SlotRefusal},
        },
        client::{Contact, History, Name, Note, Person},
        ids::{ClientId, OfficeSlug, ServiceSlug},
        time::{self, Instant, Interval},
    },
    mail::emails::Occasion,
    operation::Error,
};

/// A booking as it was typed, every field read.
#[derive(Clone, Debug)]
pub struct Booking {
    pub service: ServiceSlug,
    pub office: OfficeSlug,
    pub start: Instant,
    pub name: Name,
    /// Who comes, where it is somebody else.
    pub guest: Option<Name>,
    pub contact: Contact,
    pub note: Option<Note>,
    /// The rules that the therapist has said yes against.
    pub overridden: Override,
    /// Whether the client gets an email; what comes later is told in any case.
    pub is_told: bool,
    /// Whom the therapist has taken it for, of those on record; otherwise who
    /// it is is told by name and contact.
    pub client: Option<ClientId>,
    /// Drawn with the form: tells one form that was sent twice from two forms.
    pub key: String,
}

/// Writes a confirmed appointment, and to the client if they have an address
/// and are to be told. The very same form again is the same appointment.
pub async fn book(current: &Current, booking: Booking) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;
    let app = op.app.clone();

    let digest = booking.digest();
    if let Some(before) = op.tx.appointment_by_request(&digest).await? {
        op.commit().await?;
        return Ok(before);
    }
    let practice = app.practice();
    let service = practice.service(&booking.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
    let office = practice.office(&booking.office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
    let span = Interval::new(booking.start, booking.start + service.length());
    let busy = op.tx.busy(span, op.now).await?;
    let busy = op.beside_offers(busy, span, &booking.overridden).await?;
    let refusals = op.calendar(&busy).refusals_of_booking(service, office, booking.start);
    let standing = booking.overridden.standing(&refusals);
    if !standing.is_empty() {
        return Err(Error::NotThen(standing));
    }

    let (client, name, contact) = match booking.client {
        Some(id) => {
            let person = op.tx.person(id).await?.ok_or(Error::Missing)?;
            let reach = op.tx.reach(&person).await?;
            let contact = Contact {
                email: reach.email.or(booking.contact.email),
                phone: booking.contact.phone.or(reach.phone),
            };
            (person.id(), person.name().clone(), contact)
        }
        None => {
            let client = op.tx.client(&booking.name, &booking.contact, op.now).await?;
            (client, booking.name, booking.contact)
        }
    };
    let wanted = Wanted {
        client,
        name,
        guest: booking.guest,
        contact,
        note: booking.note,
        office: booking.office,
        service,
        start: booking.start,
        uid: app.fresh_world_id(),
    };
    let overridden = Override::needed_for(&refusals);
    let new = NewAppointment::booked(wanted, &op.rules.policy, overridden, op.now);
    op.tx.begin_act(Kind::Booked, None, op.now).await?;
    let appointment = op.tx.insert_appointment(new, Some(digest)).await?;
    op.tx.keep_made(&appointment).await?;
    op.agree_to_conflict(&appointment).await?;
    // Somebody without an address has just heard it on the telephone, and a walk-in is there.
    let is_to_come = op.now < appointment.span.start;
    if booking.is_told && is_to_come && appointment.contact.email.is_some() {
        op.tell_client(&appointment, Occasion::Confirmed).await?;
    }
    op.commit().await?;
    Ok(appointment)
}

/// Somebody on record to whom a name, an address or a number of a booking belongs.
pub struct Known {
    pub person: Person,
    /// Where they are reached.
    pub reach: Contact,
    pub history: History,
}

/// Whom a booking may be for, of those on record. `None` where the very same
/// form has been booked before: sent again, it leads to its appointment.
pub async fn known(app: &App, booking: &Booking) -> Result<Option<Vec<Known>>, Error> {
    let mut tx = app.store.read().await?;
    if tx.appointment_by_request(&booking.digest()).await?.is_some() {
        return Ok(None);
    }
    let mut known = Vec::new();
    for person in tx.known_people(&booking.name, &booking.contact).await? {
        let history = tx.history(person.id(), app.now()).await?;
        let reach = tx.reach(&person).await?;
        known.push(Known { person, reach, history });
    }
    Ok(Some(known))
}

impl Booking {
    /// A hash of who is booked for what; not of how the rules were overridden,
    /// which a second sending may have added.
    fn digest(&self) -> [u8; 32] {
        let start = time::write_instant(self.start);
        let client = self.client.map(|id| id.to_string()).unwrap_or_default();
        let mut fields = vec![
            "booking",
            &self.key,
            self.service.as_str(),
            self.office.as_str(),
            &start,
            self.name.as_str(),
            self.contact.email(),
            self.contact.phone(),
            self.note.as_ref().map_or("", |note| note.as_str()),
            &client,
        ];
        fields.extend(self.guest.as_ref().map(Name::as_str));
        digest(&fields)
    }
}
