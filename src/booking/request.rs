//! A client asks for an appointment.

use sha2::{Digest, Sha256};

use super::{Error, expire, tell};
use crate::{
    app::App,
    domain::{
        appointment::{self, Appointment, Status},
        availability::Calendar,
        client::{Contact, Name, Note},
        ids::{AppointmentId, OfficeSlug, ServiceSlug, Token},
        interval::Interval,
        policy::Confirmation,
        refusal::{Refusal, SlotRefusal},
        time::{self, Instant},
    },
    mail::letters::Occasion,
    store::{GivenIn, NewAppointment},
};

/// A request as it was typed, every field read.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub service: ServiceSlug,
    pub office: OfficeSlug,
    pub start: Instant,
    pub name: Name,
    pub contact: Contact,
    pub note: Option<Note>,
    /// Drawn with the form: tells one form that was sent twice from two forms.
    pub key: String,
}

/// Writes the request, holds its time and tells both sides. Returns the link
/// to the client's own page. The very same form again is the same request and
/// returns the same link.
pub async fn request(app: &App, wanted: Wanted) -> Result<Token, Error> {
    let practice = app.practice();
    let mut tx = app.store.write().await?;
    let now = app.now();
    expire::overdue(app, &mut tx, now, None).await?;

    let digest = wanted.digest("request");
    let link = wanted.link();
    if tx.appointment_by_request(&digest).await?.is_some() {
        tx.commit().await?;
        return Ok(link);
    }
    let service = practice.service(&wanted.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
    let office = practice.office(&wanted.office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
    let busy = tx.busy(Interval::new(wanted.start, wanted.start + service.length())).await?;
    let calendar = Calendar { practice, busy: &busy, now };
    let slot = calendar.find_slot(service, office, wanted.start).map_err(Refusal::from)?;
    if tx.open_requests(&wanted.contact).await? >= practice.policy.open_requests_per_contact {
        return Err(Refusal::TooManyOpenRequests.into());
    }

    let client = tx.client(&wanted.name, &wanted.contact, now).await?;
    let at_once = practice.policy.confirmation == Confirmation::AtOnce;
    let appointment = Appointment {
        id: AppointmentId(0), // given by the file
        client,
        name: wanted.name,
        contact: wanted.contact,
        note: wanted.note,
        office: slot.office,
        service: slot.service,
        service_name: service.name.clone(),
        session: Interval::new(slot.start, slot.end),
        buffer: service.buffer(),
        price: service.price,
        status: if at_once { Status::Confirmed } else { Status::Requested },
        requested_at: now,
        held_until: appointment::held_until(&practice.policy, slot.start, now),
        answered_at: at_once.then_some(now),
        ended_at: None,
        cancelled_by: None,
        is_late: false,
        sentence: None,
        uid: app.fresh_world_id(),
        revision: 0,
    };
    let appointment =
        tx.insert_appointment(NewAppointment { appointment, request_digest: Some(digest) }).await?;
    let good_until = appointment.session.end + tell::LINK_OUTLIVES_VISIT;
    tx.insert_link(&link, appointment.id, GivenIn::Request, good_until).await?;
    let occasion = if at_once { Occasion::Confirmed } else { Occasion::Received };
    tell::client(app, &mut tx, &appointment, occasion, now).await?;
    tell::therapist(app, &mut tx, &appointment, Occasion::Arrived, now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(link)
}

impl Wanted {
    /// A hash of everything that was sent, different for each purpose.
    fn digest(&self, purpose: &str) -> [u8; 32] {
        let start = time::write_instant(self.start);
        let optional = |text: Option<&str>| text.unwrap_or_default().to_owned();
        let fields = [
            purpose.to_owned(),
            self.key.clone(),
            self.service.to_string(),
            self.office.to_string(),
            start,
            self.name.to_string(),
            optional(self.contact.email.as_ref().map(|email| email.as_str())),
            optional(self.contact.phone.as_ref().map(|phone| phone.as_str())),
            optional(self.note.as_ref().map(|note| note.as_str())),
        ];
        let mut hash = Sha256::new();
        for field in fields {
            // The length in front keeps two neighbouring fields from being read as two others.
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        hash.finalize().into()
    }

    /// The link to the client's own page. It is made of the form and its key
    /// of 128 random bits, so that the same form always leads to the same page
    /// although only the link's hash is stored.
    fn link(&self) -> Token {
        let mut secret = [0; 16];
        secret.copy_from_slice(&self.digest("link")[..16]);
        Token::new(secret)
    }
}
