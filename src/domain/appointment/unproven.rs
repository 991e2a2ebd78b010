//! What was asked for beyond the ceiling on unproven holds: no appointment yet, and
//! no time is held for it.
//!
//! A hold is **unproven** until the therapist has answered it, or its client has sent a
//! form from the page that an email about this very request leads to. An address that
//! was proved with an earlier request, or that the therapist has answered before, counts
//! for nothing: whoever types a known address would otherwise learn, from whether their
//! request is held, that it belongs to a client of the practice.

use chrono::TimeDelta;

use super::{
    new::{NewAppointment, Second, Wanted},
    record::Appointment,
};
use crate::domain::{
    client::{Contact, Name, Note},
    ids::{AppointmentId, ClientId, OfficeSlug, ServiceSlug, UnprovenRequestId},
    practice::service::Service,
    time::Instant,
};

/// How long an unproven request counts among the open requests of its contact. Its link
/// can be used for longer, while the time is free.
pub const COUNTS: TimeDelta = TimeDelta::days(1);
/// So many within an hour are enough, from all addresses together: each of them is an
/// email to somebody who may not have asked for it.
pub const MOST_AN_HOUR: u32 = 300;

/// A request whose client has not proved yet that the email address is theirs, or who
/// has left a phone number alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnprovenRequest {
    /// Its row.
    pub id: UnprovenRequestId,
    /// As typed.
    pub name: Name,
    /// Who is to come, where it is somebody else.
    pub guest: Option<Name>,
    /// Where the email went; or whom the therapist calls.
    pub contact: Contact,
    /// For the therapist alone.
    pub note: Option<Note>,
    /// Where the session is asked for.
    pub office: OfficeSlug,
    /// What is asked for.
    pub service: ServiceSlug,
    /// When it is asked for.
    pub start: Instant,
    /// A second session that is asked for with it.
    pub second: Option<Second>,
    /// What its form said of length, price and canceling.
    pub terms: String,
    /// When it was asked for.
    pub requested_at: Instant,
    /// The therapist has taken it off the list.
    pub is_ended: bool,
    /// Names the appointment in calendars once it is one.
    pub uid: String,
}

impl UnprovenRequest {
    /// The request that it would be now: no row has it, and it is no client's.
    pub fn as_request(&self, service: &Service) -> Appointment {
        self.request_of(service, self.guest.clone(), self.start)
    }

    /// The same of the second session, where one is asked for.
    pub fn second_as_request(&self, service: &Service) -> Option<Appointment> {
        let second = self.second.as_ref()?;
        Some(self.request_of(service, second.guest.clone(), second.start))
    }

    fn request_of(&self, service: &Service, guest: Option<Name>, start: Instant) -> Appointment {
        let wanted = Wanted {
            client: ClientId(0),
            name: self.name.clone(),
            guest,
            contact: self.contact.clone(),
            note: None,
            office: self.office.clone(),
            service,
            start,
            uid: self.uid.clone(),
        };
        NewAppointment::requested(wanted, self.requested_at, self.requested_at).with_id(AppointmentId(0))
    }
}
