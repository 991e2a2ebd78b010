//! `POST /appointments`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::{
    again::Again,
    as_well,
    form::{self, Chosen},
    taken::{self, Gone},
    two_sessions,
};
use crate::{
    app::App,
    booking::{
        request::{self, Asker, Outcome, Wanted},
        sent_form, slots,
    },
    domain::{
        appointment::{Second, refusal::Refusal},
        availability::slot::Slot,
        client::{Name, Note},
        ids::Token,
        practice::{Practice, office::Office, service::Service},
    },
    operation, urls,
    web::{
        Web,
        http::{
            answer,
            client_address::ClientAddress,
            error::{self, Error},
            field::Field,
            limit::TooMany,
            submission::Submission,
        },
        parts::{
            contact_fields::{self, Missing, Person},
            mistyped,
        },
    },
    words,
};

const MISSING: Missing = Missing {
    name: "Please tell me your name.",
    contact: "Please leave an email address or a phone number.",
    phone: None,
};

/// The same where a first visit needs a phone number.
const MISSING_WITH_PHONE: Missing =
    Missing { phone: Some("Please leave a phone number. I need one for a first visit."), ..MISSING };

/// How somebody is asked for what is missing who may be new here.
pub fn missing(practice: &Practice) -> &'static Missing {
    if practice.first_visit.phone_needed { &MISSING_WITH_PHONE } else { &MISSING }
}

/// What was sent, every field read; without the time that is asked for.
struct Read {
    asker: Asker,
    guest: Option<Name>,
    second: Option<Second>,
    note: Option<Note>,
    key: String,
}

pub async fn create(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let practice = app.practice();
    let chosen = Chosen::read(practice, &form);
    let counted = web.count_post(address.0);
    let again = Again::read(app, form.value(Field::Again)).await?;
    let show = async |mut form: Submission, status| {
        keep_key_that_has_asked(app, &mut form).await?;
        form::show(app, &slots::snapshot(app).await?, &again, chosen.slot(), form, status)
    };
    if let Err(too_many) = counted {
        form.warn(too_many.words_to_typist());
        return Ok(too_many.tell(show(form, StatusCode::TOO_MANY_REQUESTS).await?));
    }
    let slot = read_slot(&chosen, &mut form);
    if let Some(message) = again.message() {
        // The form that was sent has not asked for a name.
        form.warn(message);
        return show(form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let read = read(&mut form, again.token(), practice);
    let (Some((service, office, slot)), Some(Read { asker, guest, second, note, key })) = (slot, read) else {
        return show(form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if let Some(question) = mistyped::ask(app, urls::APPOINTMENTS, &form) {
        return question;
    }
    let (service_slug, office_slug, start) = (service.slug.clone(), office.slug.clone(), slot.start);
    let terms = Some(form.value(Field::Terms).to_owned()).filter(|terms| !terms.is_empty());
    let second_start = second.as_ref().map(|second| second.start);
    let wanted =
        Wanted { service: service_slug, office: office_slug, start, asker, guest, second, note, key, terms };
    let gone = |refusal, alone| Gone { start, second: second_start, alone, refusal };
    // A 409 leads on from this form: its key stays in it.
    match request::request(&web.current, wanted).await {
        Ok(Outcome::Requested(link)) => Ok(answer::see_other(&urls::appointment(&link))),
        Ok(Outcome::AsWell { earlier, fits_both }) => {
            as_well::show(app, &form, (service, office, &slot), earlier.as_deref(), fits_both).await
        }
        Err(operation::Error::Refused(Refusal::Slot(refusal))) => {
            let snapshot = slots::snapshot(app).await?;
            if snapshot.rules().pause.is_some() {
                return form::show(app, &snapshot, &again, chosen.slot(), form, StatusCode::CONFLICT);
            }
            taken::from_form(app, &snapshot, &again, service, gone(&refusal, None), form)
        }
        Err(operation::Error::Refused(Refusal::Second(refusal))) => {
            let snapshot = slots::snapshot(app).await?;
            taken::from_form(app, &snapshot, &again, service, gone(&refusal, Some(&slot)), form)
        }
        Err(operation::Error::Refused(Refusal::TermsChanged)) => terms_changed(&web, &again, form).await,
        Err(operation::Error::Refused(Refusal::TooManyOpenRequests)) => {
            let most = app.rules().await?.policy.open_requests_per_contact;
            let contact = if again.visit().is_some() { "from you" } else { "with this email or phone" };
            let requests = if most == 1 { "request" } else { "requests" };
            form.warn(format!(
                "I haven't answered {most} {requests} {contact} yet. Please wait to hear from me, or call {}.",
                practice.therapist.phone
            ));
            show(form, StatusCode::TOO_MANY_REQUESTS).await
        }
        Err(operation::Error::Refused(refusal @ Refusal::TooManyUnproven)) => {
            form.warn(error::sentence(&refusal));
            show(form, StatusCode::TOO_MANY_REQUESTS).await
        }
        Err(operation::Error::Refused(Refusal::TooManyRequestsToday { until })) => {
            let too_many = TooMany::until(until, app.now());
            form.warn(too_many_today(practice, &too_many));
            Ok(too_many.tell(show(form, StatusCode::TOO_MANY_REQUESTS).await?))
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

/// Keeps the key that a form came with, if it has made a request: what comes
/// back is that form still. One that has made none gets a fresh key.
async fn keep_key_that_has_asked(app: &App, form: &mut Submission) -> Result<(), Error> {
    let has_asked = match contact_fields::request_key(form) {
        Some(key) => sent_form::has_asked(app, &key).await?,
        None => false,
    };
    if !has_asked {
        form.set(Field::RequestKey, app.fresh_token().to_string());
    }
    Ok(())
}

/// The form again, with the terms as they are now, to be agreed on anew.
async fn terms_changed(web: &Web, again: &Again, mut form: Submission) -> Result<Response, Error> {
    // Not the site that the form was read by: the change may be younger.
    let app = &*web.app();
    let (service, office, slot) = Chosen::read(app.practice(), &form).slot().ok_or(Error::NotFound)?;
    let snapshot = slots::snapshot(app).await?;
    let policy = snapshot.policy();
    let practice = app.practice();
    let confirmation = practice.confirmation_of(policy, service, again.is_known());
    let offer = snapshot.cancellation_offer(service.price, slot.start, confirmation);
    let fee = words::cancellation::offer(offer, practice);
    form.warn(format!(
        "Something's changed since you opened this page: {} is now {} minutes for {}. {}If that works for you, \
         check the box and send it again; nothing you typed is lost.",
        service.name,
        service.minutes,
        practice.price_words(service.price),
        fee.map(|fee| format!("{fee} ")).unwrap_or_default()
    ));
    form.set(Field::Terms, request::terms(service, policy));
    form.set(Field::Agreed, "");
    form::show(app, &snapshot, again, Some((service, office, slot)), form, StatusCode::CONFLICT)
}

/// Reads the time that was chosen. No page of ours sends one that cannot be read.
fn read_slot<'a>(chosen: &Chosen<'a>, form: &mut Submission) -> Option<(&'a Service, &'a Office, Slot)> {
    let mut known = |is_known: bool, message: &str| {
        if !is_known {
            form.refuse(Field::Time, message);
        }
    };
    known(chosen.service.is_some(), "I don't offer a session like that. Please choose one.");
    known(chosen.office.is_some(), "I don't have an office there. Please choose a time at one of mine.");
    known(chosen.start.is_some(), "I couldn't read that time. Please choose one.");
    chosen.slot()
}

/// Reads every field; the form keeps what is wrong with it.
fn read(form: &mut Submission, visit: Option<&Token>, practice: &Practice) -> Option<Read> {
    // Who types a name counts as new, whoever they say they are.
    let sender = match visit {
        Some(visit) => form
            .read(Field::Note, |text| Note::parse(text).map_err(words::client::note))
            .map(|note| (Asker::OfVisit(visit.clone()), note)),
        None => contact_fields::read(form, practice.country(), missing(practice))
            .map(|Person { name, contact, note }| (Asker::Typed { name, contact }, note)),
    };
    let guest = contact_fields::read_guest(form, Field::For);
    let second = two_sessions::read(form);
    if !form.is_checked(Field::Agreed) {
        form.refuse(Field::Agreed, "Please check this box, so we both know the terms.");
    }
    contact_fields::read_honeypot(form);
    let key = contact_fields::read_request_key(form);
    let (asker, note) = sender?;
    Some(Read { asker, guest: guest?, second: second?, note, key: key? }).filter(|_| !form.is_wrong())
}
