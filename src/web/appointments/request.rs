//! `POST /appointments`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::{
    again::Again,
    as_well,
    form::{self, Chosen, Typed, Wrong},
    taken,
};
use crate::{
    app::App,
    booking::{
        request::{self, Asker, Outcome, Wanted},
        sent_form, slots,
    },
    domain::{
        appointment::refusal::Refusal,
        availability::slot::Slot,
        client::{Note, country::Country},
        ids::{OfficeSlug, ServiceSlug, Token},
        practice::Practice,
        time,
    },
    operation, urls,
    web::{
        Web,
        http::{answer, client_address::ClientAddress, error::Error, fields::Fields, limit::TooMany},
        parts::{
            FieldError,
            contact_fields::{self, Missing, Person},
            mistyped,
        },
    },
    words,
};

const MISSING: Missing = Missing {
    name: "Please tell me your name.",
    contact: "Please leave an email address or a phone number.",
};

/// What was sent, every field read; without the time that is asked for.
struct Read {
    asker: Asker,
    note: Option<Note>,
    key: String,
}

pub async fn create(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let practice = app.practice();
    let (typed, mut wrong) = (Typed::new(&fields), Wrong::default());
    let chosen = chosen(practice, &fields, &mut wrong.fields);
    let counted = web.count_post(address.0);
    let again = Again::read(app, fields.get("again")).await?;
    let form = async |typed, wrong, status| {
        let typed = Typed { request_key: key_that_has_asked(app, &fields).await?, ..typed };
        form::show(app, &slots::snapshot(app).await?, &again, &chosen, typed, wrong, status)
    };
    if let Err(too_many) = counted {
        let wrong = Wrong { alert: Some(too_many.words_to_typist()), ..Wrong::default() };
        return Ok(too_many.tell(form(typed, wrong, StatusCode::TOO_MANY_REQUESTS).await?));
    }
    if let Some(message) = again.message() {
        // The form that was sent has not asked for a name.
        wrong.alert = Some(message.to_owned());
        return form(typed, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let read = read(&fields, &typed, again.token(), practice.country(), &mut wrong.fields);
    let (Some((service, office, slot)), Some(Read { asker, note, key })) = (&chosen.slot, read) else {
        return form(typed, wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if let Some(question) = mistyped::ask(app, urls::APPOINTMENTS, &fields) {
        return question;
    }
    // Whatever comes of it, a 409 leads on from this form.
    let typed = Typed { request_key: Some(key.clone()), ..typed };
    let (service_slug, office_slug, start) = (service.slug.clone(), office.slug.clone(), slot.start);
    let terms = Some(typed.terms.clone()).filter(|terms| !terms.is_empty());
    let wanted = Wanted { service: service_slug, office: office_slug, start, asker, note, key, terms };
    match request::request(&web.current, wanted).await {
        Ok(Outcome::Requested(link)) => Ok(answer::see_other(&urls::appointment(&link))),
        Ok(Outcome::AsWell { earlier, fits_both }) => {
            as_well::show(app, &fields, (service, office, slot), earlier.as_deref(), fits_both).await
        }
        Err(operation::Error::Refused(Refusal::Slot(refusal))) => {
            let snapshot = slots::snapshot(app).await?;
            if snapshot.rules().pause.is_some() {
                return form::show(app, &snapshot, &again, &chosen, typed, wrong, StatusCode::CONFLICT);
            }
            taken::from_form(app, &snapshot, &again, service, start, &refusal, typed)
        }
        Err(operation::Error::Refused(Refusal::TermsChanged)) => {
            terms_changed(&web, &fields, &again, typed).await
        }
        Err(operation::Error::Refused(Refusal::TooManyOpenRequests)) => {
            let most = app.rules().await?.policy.open_requests_per_contact;
            let contact = if again.visit().is_some() { "from you" } else { "with this email or phone" };
            let requests = if most == 1 { "request" } else { "requests" };
            wrong.alert = Some(format!(
                "I haven't answered {most} {requests} {contact} yet. Please wait to hear from me, or call {}.",
                practice.therapist.phone
            ));
            form(typed, wrong, StatusCode::TOO_MANY_REQUESTS).await
        }
        Err(operation::Error::Refused(Refusal::TooManyRequestsToday { until })) => {
            let too_many = TooMany::until(until, app.now());
            wrong.alert = Some(too_many_today(practice, &too_many));
            Ok(too_many.tell(form(typed, wrong, StatusCode::TOO_MANY_REQUESTS).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// What whoever types an address reads that was typed too often today.
pub fn too_many_today(practice: &Practice, too_many: &TooMany) -> String {
    format!(
        "There have been a lot of requests with this email address since yesterday, so I can't take one more \
         here right now. Please call me at {} and we'll find a time together, or try again in {}.",
        practice.therapist.phone,
        too_many.wait()
    )
}

/// The key that the form came with, if it has made a request: what comes back is
/// that form still. One that has made none gets a fresh key.
async fn key_that_has_asked(app: &App, fields: &Fields) -> Result<Option<String>, Error> {
    match contact_fields::request_key(fields, &mut Vec::new()) {
        Some(key) => Ok(sent_form::has_asked(app, &key).await?.then_some(key)),
        None => Ok(None),
    }
}

/// The form again, with the terms as they are now, to be agreed on anew.
async fn terms_changed(web: &Web, fields: &Fields, again: &Again, typed: Typed) -> Result<Response, Error> {
    // Not the site that the form was read by: the change may be younger.
    let app = &*web.app();
    let chosen = chosen(app.practice(), fields, &mut Vec::new());
    let Some((service, _, slot)) = &chosen.slot else { return Err(Error::NotFound) };
    let snapshot = slots::snapshot(app).await?;
    let policy = snapshot.policy();
    let practice = app.practice();
    let confirmation = policy.confirmation_of(service, again.is_known());
    let offer = snapshot.cancellation_offer(service.price, slot.start, confirmation);
    let fee = words::cancellation::offer(offer, practice);
    let alert = format!(
        "Something's changed since you opened this page: {} is now {} minutes for {}. {}If that works for you, \
         check the box and send it again; nothing you typed is lost.",
        service.name,
        service.minutes,
        practice.price_words(service.price),
        fee.map(|fee| format!("{fee} ")).unwrap_or_default()
    );
    let typed = Typed { terms: request::terms(service, policy), agreed: false, ..typed };
    let wrong = Wrong { alert: Some(alert), ..Wrong::default() };
    form::show(app, &snapshot, again, &chosen, typed, wrong, StatusCode::CONFLICT)
}

/// Reads the time that was chosen. No page of ours sends one that cannot be read.
fn chosen<'a>(practice: &'a Practice, fields: &Fields, errors: &mut Vec<FieldError>) -> Chosen<'a> {
    let mut known = |is_known: bool, message: &str| {
        if !is_known {
            errors.push(FieldError { field: "time", message: message.to_owned() });
        }
    };
    let service = ServiceSlug::parse(fields.get("service")).and_then(|slug| practice.service(&slug));
    let office = OfficeSlug::parse(fields.get("office")).and_then(|slug| practice.office(&slug));
    let start = time::parse_instant(fields.get("start"));
    known(service.is_some(), "I don't offer a session like that. Please choose one.");
    known(office.is_some(), "I don't have an office there. Please choose a time at one of mine.");
    known(start.is_some(), "I couldn't read that time. Please choose one.");
    Chosen {
        service: fields.get("service").to_owned(),
        office: fields.get("office").to_owned(),
        start: fields.get("start").to_owned(),
        slot: service.zip(office).zip(start).map(|((service, office), start)| {
            let end = start + service.length();
            let slot = Slot { office: office.slug.clone(), service: service.slug.clone(), start, end };
            (service, office, slot)
        }),
    }
}

/// Reads every field, and names each that is wrong.
fn read(
    fields: &Fields,
    typed: &Typed,
    visit: Option<&Token>,
    country: Option<Country>,
    errors: &mut Vec<FieldError>,
) -> Option<Read> {
    let sender = match visit {
        Some(visit) => {
            let note = Note::parse(fields.get("note"));
            let wrong = |message: &str| FieldError { field: "note", message: message.to_owned() };
            let note = note.map_err(|error| errors.push(wrong(words::client::note(error))));
            note.ok().map(|note| (Asker::OfVisit(visit.clone()), note))
        }
        None => contact_fields::read(fields, country, &MISSING, errors)
            .map(|Person { name, contact, note }| (Asker::Typed { name, contact }, note)),
    };
    let mut wrong = |field, message: &str| errors.push(FieldError { field, message: message.to_owned() });
    if !typed.agreed {
        wrong("agreed", "Please check this box, so we both know the terms.");
    }
    if !typed.website.is_empty() {
        wrong("website", "Please leave this field empty. It's there to catch robots.");
    }
    let key = contact_fields::request_key(fields, errors);
    let read = sender.zip(key).filter(|_| errors.is_empty());
    read.map(|((asker, note), key)| Read { asker, note, key })
}
