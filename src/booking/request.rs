//! A client asks for an appointment.

use sha2::{Digest, Sha256};

use super::{Error, Operation, tell};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        client::{Contact, Name, Note},
        hold,
        ids::{AppointmentId, OfficeSlug, ServiceSlug, Token},
        interval::Interval,
        policy::Policy,
        refusal::{Overruled, Refusal, SlotRefusal},
        service::Service,
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
    pub asker: Asker,
    pub note: Option<Note>,
    /// Drawn with the form: tells one form that was sent twice from two forms.
    pub key: String,
    /// The [`terms`] as the form said them, where it did.
    pub terms: Option<String>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub enum Asker {
    /// Somebody who has typed who they are, which proves nothing.
    Typed { name: Name, contact: Contact },
    /// Whoever holds the link to an earlier visit is its client. That they
    /// read the letters about it is proved by a link from one of these; the
    /// link that was given right after a request proves no more than what was
    /// typed into it.
    OfVisit(Token),
}

/// What whoever asks agrees to, as their form carries it: how long, for how
/// much, and until when cancelling is free. The practice file and the settings
/// can change while the form is open.
pub fn terms(service: &Service, policy: &Policy) -> String {
    format!("{} {} {}", service.minutes, service.price.0, policy.cancellation_notice_hours)
}

/// Writes the request, holds its time and tells both sides. Returns the link
/// to the client's own page. The very same form again is the same request and
/// returns the same link.
pub async fn request(app: &App, wanted: Wanted) -> Result<Token, Error> {
    let mut op = Operation::begin(app).await?;
    let app = op.app.clone();

    let digest = wanted.digest("request");
    let link = wanted.link();
    if op.tx.appointment_by_request(&digest).await?.is_some() {
        op.commit().await?;
        return Ok(link);
    }
    let practice = app.practice();
    let service = practice.service(&wanted.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
    let office = practice.office(&wanted.office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
    let busy = op.tx.busy(Interval::new(wanted.start, wanted.start + service.length())).await?;
    let slot = op.calendar(&busy).find_slot(service, office, wanted.start).map_err(Refusal::from)?;
    let policy = &op.rules.policy;
    if wanted.terms.is_some_and(|seen| seen != terms(service, policy)) {
        return Err(Refusal::TermsChanged.into());
    }
    let (client, is_known, name, contact) = match wanted.asker {
        Asker::Typed { name, contact } => {
            (op.tx.client(&name, &contact, op.now).await?, false, name, contact)
        }
        Asker::OfVisit(visit) => {
            let (visit, given_in) = op.tx.appointment_by_link(&visit, op.now).await?.ok_or(Error::Missing)?;
            if !visit.was_a_visit(op.now) {
                return Err(Error::Missing);
            }
            (visit.client, given_in == GivenIn::Letter, visit.name, visit.contact)
        }
    };
    let at_once = policy.confirms_at_once(service, is_known);
    if op.tx.open_requests(&contact).await? >= policy.open_requests_per_contact {
        return Err(Refusal::TooManyOpenRequests.into());
    }

    let time_off = op.tx.time_off_since(op.now).await?;
    let appointment = Appointment {
        id: AppointmentId(0), // given by the file
        client,
        name,
        contact,
        note: wanted.note,
        office: slot.office,
        service: slot.service,
        service_name: service.name.clone(),
        session: Interval::new(slot.start, slot.end),
        buffer: service.buffer(),
        price: service.price,
        status: if at_once { Status::Confirmed } else { Status::Requested },
        requested_at: op.now,
        held_until: hold::held_until(policy, &time_off, slot.start, op.now),
        answered_at: at_once.then_some(op.now),
        ended_at: None,
        cancelled_by: None,
        is_late: false,
        overruled: Overruled::none(),
        sentence: None,
        uid: app.fresh_world_id(),
        revision: 0,
    };
    let new = NewAppointment { appointment, request_digest: Some(digest) };
    let appointment = op.tx.insert_appointment(new).await?;
    let good_until = appointment.session.end + tell::LINK_OUTLIVES_VISIT;
    let given_in = if is_known { GivenIn::Letter } else { GivenIn::Request };
    op.tx.insert_link(&link, appointment.id, given_in, good_until).await?;
    let occasion = if at_once { Occasion::Confirmed } else { Occasion::Received };
    op.tell_client(&appointment, occasion).await?;
    op.tell_therapist(&appointment, Occasion::Arrived).await?;
    op.commit().await?;
    Ok(link)
}

impl Wanted {
    /// A hash of everything that was sent, different for each purpose.
    fn digest(&self, purpose: &str) -> [u8; 32] {
        let start = time::write_instant(self.start);
        let note = self.note.as_ref().map_or("", |note| note.as_str());
        let (service, office) = (self.service.as_str(), self.office.as_str());
        let mut fields = vec![purpose, &self.key, service, office, &start, note];
        let visit;
        match &self.asker {
            Asker::Typed { name, contact } => {
                fields.extend([name.as_str(), contact.email(), contact.phone()])
            }
            Asker::OfVisit(token) => {
                visit = token.to_string();
                fields.push(&visit);
            }
        }
        digest(&fields)
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

/// A hash of fields, which tells a form that was sent twice.
pub(super) fn digest(fields: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for field in fields {
        // The length in front keeps two neighbouring fields from being read as two others.
        hash.update((field.len() as u64).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}
