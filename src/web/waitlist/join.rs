//! `GET, POST /waitlist`

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::form;
use crate::{
    app::App,
    domain::appointment::refusal::Refusal,
    operation, urls,
    waitlist::join::{self, Joining, Who},
    web::{
        Web,
        appointments::request,
        http::{
            answer,
            client_address::ClientAddress,
            error::{self, Error},
            field::Field,
            limit::TooMany,
            query::Query,
            submission::Submission,
        },
        parts::{
            contact_fields::{self, Person},
            mistyped,
        },
    },
};

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    form::show(app, None, form::fresh(app, &query), StatusCode::OK)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    if let Err(too_many) = web.count_post(address.0) {
        form.warn(too_many.words_to_typist());
        return Ok(too_many.tell(form::show(app, None, form, StatusCode::TOO_MANY_REQUESTS)?));
    }
    let Some(joining) = read(app, &mut form) else {
        form.set(Field::RequestKey, app.fresh_token().to_string());
        return form::show(app, None, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if let Some(question) = mistyped::ask(app, urls::WAITLIST, &form) {
        return question;
    }
    match join::join(&web.current, joining).await {
        Ok(link) => Ok(answer::see_other(&urls::waitlist_entry(&link))),
        Err(operation::Error::Refused(refusal)) => refused(app, form, refusal),
        Err(error) => Err(error.into()),
    }
}

fn read(app: &App, form: &mut Submission) -> Option<Joining> {
    let wishes = form::read(app, form, None);
    let person = contact_fields::read(form, app.practice().country(), request::missing(app.practice()));
    contact_fields::read_honeypot(form);
    let key = contact_fields::read_request_key(form);
    let ((wishes, days), Person { name, contact, .. }) = wishes.zip(person)?;
    let key = key.filter(|_| !form.is_wrong())?;
    Some(Joining { who: Who::Typed { name, contact }, wishes, days, key })
}

fn refused(app: &App, mut form: Submission, refusal: Refusal) -> Result<Response, Error> {
    let status = StatusCode::TOO_MANY_REQUESTS;
    match refusal {
        Refusal::TooManyOpenRequests => {
            form.warn(too_many_entries(app));
            form::show(app, None, form, status)
        }
        Refusal::TooManyRequestsToday { until } => {
            let too_many = TooMany::until(until, app.now());
            form.warn(request::too_many_today(app.practice(), &too_many));
            Ok(too_many.tell(form::show(app, None, form, status)?))
        }
        refusal => {
            form.warn(error::sentence(&refusal));
            form::show(app, None, form, status)
        }
    }
}

/// What whoever is on the list often enough already reads.
pub fn too_many_entries(app: &App) -> String {
    format!(
        "You already have as many spots on the waitlist as I can keep track of. To change something, call {}.",
        app.practice().therapist.phone
    )
}
