//! An appointment as a calendar file: to be downloaded, or as the invitation
//! in an email. One UID for the appointment's whole life, a SEQUENCE that rises.

use icalendar::{Calendar, Component, Event, EventLike, EventStatus, Property};

use crate::{
    domain::{
        appointment::{Appointment, Status},
        client,
        practice::{Practice, office::Office},
    },
    words,
};

/// What a calendar is to do with the file (RFC 5546, section 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Show it: a file that was downloaded.
    Publish,
    /// Enter it as accepted.
    Request,
    /// Take it out.
    Cancel,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publish => "PUBLISH",
            Self::Request => "REQUEST",
            Self::Cancel => "CANCEL",
        }
    }
}

/// Writes the calendar file of several appointments. It is published: an invitation is about
/// one event alone (RFC 5546, section 3.2.2).
pub fn of_several<'a>(practice: &Practice, appointments: impl Iterator<Item = &'a Appointment>) -> String {
    let mut calendar = empty(Method::Publish);
    for a in appointments {
        calendar.push(event(practice, a, practice.office(&a.office), Method::Publish));
    }
    calendar.to_string()
}

/// Writes the calendar file of an appointment. Its title names neither the
/// kind of session nor a complaint, since calendars are seen by others.
pub fn file(
    practice: &Practice,
    appointment: &Appointment,
    office: Option<&Office>,
    method: Method,
) -> String {
    let mut calendar = empty(method);
    calendar.push(event(practice, appointment, office, method));
    calendar.to_string()
}

/// A calendar file with nothing in it yet.
fn empty(method: Method) -> Calendar {
    let mut calendar = Calendar::empty();
    calendar
        .append_property(("VERSION", "2.0"))
        .append_property(("PRODID", "-//Stillpoint//Stillpoint//EN"))
        .append_property(("CALSCALE", "GREGORIAN"))
        .append_property(("METHOD", method.as_str()));
    calendar
}

fn event(practice: &Practice, a: &Appointment, office: Option<&Office>, method: Method) -> Event {
    let office_name = practice.office_name(&a.office);
    let title = format!("{}, {office_name}", practice.therapist.name);
    let title = match &a.guest {
        Some(guest) => format!("{}, {title}", words::client::visit_of(guest)),
        None => title,
    };
    let status = match a.status() {
        Status::Requested => EventStatus::Tentative,
        Status::Confirmed | Status::Arrived | Status::NoShow => EventStatus::Confirmed,
        Status::Declined | Status::Canceled | Status::Expired => EventStatus::Cancelled,
    };
    let title = match a.status() {
        Status::Confirmed | Status::Arrived | Status::NoShow => title,
        other => format!("{}: {title}", words::appointment::status(other)),
    };
    let mut event = Event::new();
    event
        .uid(&a.uid)
        .sequence(a.revision)
        // The last answer or end, if there was one: the same file however often it is asked for.
        .timestamp(a.changed_at())
        .created(a.requested_at)
        .starts(a.span.start)
        .ends(a.span.end)
        .status(status)
        .summary(&title)
        .description(&format!("{}\n{}", practice.therapist.as_certified(), practice.therapist.phone))
        .append_property(organizer(practice));
    if let Some(office) = office {
        let tells_address = a.tells_address(office);
        match tells_address {
            true => event.location(&format!("{}, {}", office.name, office.address_line())),
            false => event.location(&office.name),
        };
        if let Some(place) = office.place.filter(|_| tells_address) {
            // RFC 5545 section 3.8.1.6: the semicolon is part of the value and not escaped.
            event.append_property(raw("GEO", format!("{};{}", place.latitude, place.longitude)));
        }
    }
    if let (Method::Request | Method::Cancel, Some(email)) = (method, &a.contact.email) {
        let mut attendee = Property::new("ATTENDEE", client::mailto(email.as_str()));
        attendee.add_parameter("ROLE", "REQ-PARTICIPANT").add_parameter("RSVP", "FALSE");
        attendee.add_parameter("PARTSTAT", "ACCEPTED");
        event.append_multi_property(attendee);
    }
    event.done()
}

fn organizer(practice: &Practice) -> Property {
    let mut organizer = Property::new("ORGANIZER", client::mailto(&practice.therapist.email));
    // RFC 5545 section 3.2: a parameter's value cannot hold a double quote.
    organizer.add_parameter("CN", &practice.therapist.name.replace('"', "'"));
    organizer
}

fn raw(key: &str, value: String) -> Property {
    Property::new(key, value)
}
