//! An appointment that is to be written: it has no id before that.

use chrono::TimeDelta;

use super::{
    cancellation::CancellationTerms,
    overriding::Override,
    record::Appointment,
    state::{Agreement, State},
};
use crate::domain::{
    client::{Contact, Name, Note, identity},
    ids::{AppointmentId, ClientId, OfficeSlug, ServiceSlug},
    practice::{policy::Policy, price::Price, service::Service},
    time::{Instant, Interval},
};

/// Who comes, where, for what, and when.
#[derive(Clone, Debug)]
pub struct Wanted<'a> {
    /// Whose appointment it is to be.
    pub client: ClientId,
    /// As they typed it this time.
    pub name: Name,
    /// Who comes, where it is somebody else.
    pub guest: Option<Name>,
    /// Where the answer goes.
    pub contact: Contact,
    /// For the therapist alone.
    pub note: Option<Note>,
    /// Where the session is to be.
    pub office: OfficeSlug,
    /// What its length, buffer and price are frozen from.
    pub service: &'a Service,
    /// Its length is the service's.
    pub start: Instant,
    /// Identifies the event in calendars, for ever.
    pub uid: String,
}

/// A second session in the same request, right before or right after the first, at the same
/// office and of the same service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Second {
    /// When it begins.
    pub start: Instant,
    /// Who comes to it, where it is somebody else than whoever asks.
    pub guest: Option<Name>,
}

/// As [`Appointment`], which see for the fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAppointment {
    /// Whose appointment it is.
    pub client: ClientId,
    /// As they typed it for this appointment.
    pub name: Name,
    /// Who comes, where it is somebody else.
    pub guest: Option<Name>,
    /// Where emails and calls about it go.
    pub contact: Contact,
    /// For the therapist alone.
    pub note: Option<Note>,
    /// Where the session is.
    pub office: OfficeSlug,
    /// Which service it was asked for as.
    pub service: ServiceSlug,
    /// The name then: content that changes leaves it.
    pub service_name: String,
    /// The session, without its buffer.
    pub span: Interval,
    /// What the therapist needs after it, as it was then.
    pub buffer: TimeDelta,
    /// As it was then.
    pub price: Price,
    /// When it was asked for, or booked.
    pub requested_at: Instant,
    /// Requested, or confirmed at once.
    pub state: State,
    /// The rules that the therapist set aside for it.
    pub overridden: Override,
    /// Names it in calendars (RFC 5545, section 3.8.4.7), and never changes.
    pub uid: String,
}

impl NewAppointment {
    /// A request, which holds its time until the therapist answers.
    pub fn requested(wanted: Wanted<'_>, held_until: Instant, now: Instant) -> Self {
        Self::new(wanted, State::Requested { held_until }, Override::none(), now)
    }

    /// A request that is an appointment from the start.
    pub fn confirmed(wanted: Wanted<'_>, policy: &Policy, now: Instant) -> Self {
        Self::booked(wanted, policy, Override::none(), now)
    }

    /// What the therapist books, against these rules if need be.
    pub fn booked(wanted: Wanted<'_>, policy: &Policy, overridden: Override, now: Instant) -> Self {
        let terms = CancellationTerms::agreed(policy, wanted.service.price, wanted.start, now);
        let agreement = Agreement { at: now, terms: Some(terms) };
        Self::new(wanted, State::Confirmed(agreement), overridden, now)
    }

    fn new(wanted: Wanted<'_>, state: State, overridden: Override, now: Instant) -> Self {
        let Wanted { client, name, guest, contact, note, office, service, start, uid } = wanted;
        Self {
            client,
            guest: identity::another(guest, &name),
            name,
            contact,
            note,
            office,
            service: service.slug.clone(),
            service_name: service.name.clone(),
            span: Interval::new(start, start + service.length()),
            buffer: service.buffer(),
            price: service.price,
            requested_at: now,
            state,
            overridden,
            uid,
        }
    }

    /// The appointment, once its row has an id.
    pub fn with_id(self, id: AppointmentId) -> Appointment {
        Appointment {
            id,
            client: self.client,
            name: self.name,
            series: None,
            guest: self.guest,
            contact: self.contact,
            note: self.note,
            office: self.office,
            service: self.service,
            service_name: self.service_name,
            span: self.span,
            buffer: self.buffer,
            price: self.price,
            requested_at: self.requested_at,
            state: self.state,
            overridden: self.overridden,
            sentence: None,
            uid: self.uid,
            moves: 0,
            revision: 0,
        }
    }
}
