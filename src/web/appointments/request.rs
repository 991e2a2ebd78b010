//! `POST /appointments`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::{
    form::{self, Typed},
    taken,
};
use crate::{
    booking::{
        self,
        request::{self, Wanted},
        slots,
    },
    domain::{
        client::{Contact, Email, Name, Note, Numbering, Phone},
        ids::{OfficeSlug, ServiceSlug},
        office::Office,
        refusal::Refusal,
        service::Service,
        slot::Slot,
        time::{self, Instant},
    },
    urls,
    web::{
        Web, client_address::ClientAddress, error::Error, fields::Fields, limit::TooMany, page,
        parts::FieldError,
    },
};

/// Who asks, every field read; without the time that is asked for.
struct Asker {
    name: Name,
    contact: Contact,
    note: Option<Note>,
    key: String,
}

pub async fn create(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app;
    let practice = app.practice();
    let service = ServiceSlug::parse(fields.get("service")).and_then(|slug| practice.service(&slug));
    let office = OfficeSlug::parse(fields.get("office")).and_then(|slug| practice.office(&slug));
    let start = time::parse_instant(fields.get("start"));
    let (Some(service), Some(office), Some(start)) = (service, office, start) else {
        // No page of ours sends this: there is no form to come back to.
        return Err(Error::Status(StatusCode::UNPROCESSABLE_ENTITY));
    };
    let typed = Typed::new(&fields);
    let shown = Shown { service, office, start };
    if let Err(TooMany) = web.count_post(address) {
        let alert = "Many requests came from your connection just now. Please wait a minute and send this again; nothing that you typed is lost.";
        return shown.again(&web, typed, Vec::new(), Some(alert.to_owned()), StatusCode::TOO_MANY_REQUESTS);
    }
    let asker = match read(&typed, fields.get("request_key"), Numbering::of(&practice.therapist.phone)) {
        Ok(asker) => asker,
        Err(errors) => return shown.again(&web, typed, errors, None, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let Asker { name, contact, note, key } = asker;
    let (service_slug, office_slug) = (service.slug.clone(), office.slug.clone());
    let wanted = Wanted { service: service_slug, office: office_slug, start, name, contact, note, key };
    match request::request(app, wanted).await {
        Ok(link) => Ok(page::see_other(&urls::appointment(&link))),
        Err(booking::Error::Refused(Refusal::Slot(refusal))) => {
            let snapshot = slots::snapshot(app).await?;
            taken::from_form(app, &snapshot, service, start, &refusal, typed)
        }
        Err(booking::Error::Refused(Refusal::TooManyOpenRequests)) => {
            let alert = format!(
                "{} requests with this address or number wait for my answer already. Please wait for it, or call {}.",
                practice.policy.open_requests_per_contact, practice.therapist.phone
            );
            shown.again(&web, typed, Vec::new(), Some(alert), StatusCode::TOO_MANY_REQUESTS)
        }
        Err(error) => Err(error.into()),
    }
}

/// The time that the form is about, which may not be offered any more.
struct Shown<'a> {
    service: &'a Service,
    office: &'a Office,
    start: Instant,
}

impl Shown<'_> {
    fn again(
        &self,
        web: &Web,
        typed: Typed,
        errors: Vec<FieldError>,
        alert: Option<String>,
        status: StatusCode,
    ) -> Result<Response, Error> {
        let slot = Slot {
            office: self.office.slug.clone(),
            service: self.service.slug.clone(),
            start: self.start,
            end: self.start + self.service.length(),
        };
        form::again(&web.app, self.service, self.office, &slot, typed, errors, alert, status)
    }
}

/// Reads every field, and names each that is wrong.
fn read(typed: &Typed, key: &str, numbering: Numbering) -> Result<Asker, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut wrong = |field, message: &str| errors.push(FieldError { field, message: message.to_owned() });

    let name = Name::parse(&typed.name).map_err(|message| wrong("name", message));
    let email = optional(&typed.email, Email::parse).map_err(|message| wrong("email", message));
    let phone = optional(&typed.phone, |text| Phone::parse(text, numbering))
        .map_err(|message| wrong("phone", message));
    if let (Ok(None), Ok(None)) = (&email, &phone) {
        wrong("email", "Please leave an email address or a telephone number.");
    }
    let note = Note::parse(&typed.note).map_err(|message| wrong("note", message));
    if !typed.agreed {
        wrong("agreed", "Please tick this box, so that we both know the terms.");
    }
    if !typed.website.is_empty() {
        wrong("website", "Please leave this field empty; it is there to catch robots.");
    }
    if !is_key(key) {
        wrong("request_key", "The form had lost its number. It has a new one now; please send it again.");
    }
    match (name, email, phone, note) {
        (Ok(name), Ok(email), Ok(phone), Ok(note)) if errors.is_empty() => {
            Ok(Asker { name, contact: Contact { email, phone }, note, key: key.to_owned() })
        }
        _ => Err(errors),
    }
}

fn optional<T>(
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, &'static str>,
) -> Result<Option<T>, &'static str> {
    if text.trim().is_empty() { Ok(None) } else { parse(text).map(Some) }
}

/// 128 bits need 22 characters at least, however they are written.
fn is_key(key: &str) -> bool {
    (22..=64).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
}
