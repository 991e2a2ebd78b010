//! `POST /appointments/{token}/address`: corrects a mistyped email address.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    found, own_page, request,
    unproven::{self, Waits},
};
use crate::{
    booking::{self, correct_address},
    domain::{
        appointment::{Status, refusal::Refusal},
        client::EmailAddress,
    },
    operation, urls,
    web::{
        Web,
        http::{
            answer, client_address::ClientAddress, error::Error, field::Field, limit::TooMany,
            submission::Submission,
        },
        parts::mistyped,
    },
    words,
};

const TOO_MANY_OPEN: &str = "Too many requests with this address are already waiting for my answer.";

pub async fn correct(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    if let Some(waits) = unproven::find(app, &token).await? {
        return correct_unproven(&web, &waits, address, form).await;
    }
    let found = found::found(app, &token).await?;
    if found.appointment.status() != Status::Requested {
        return Err(operation::Error::from(Refusal::Is(found.appointment.status())).into());
    }
    let again = |mut form: Submission, message: &str, status| {
        form.refuse(Field::Email, message);
        own_page::render(app, &found, form, status)
    };
    if let Err(too_many) = web.count_post(address.0) {
        let answer = again(form, &too_many.words_to_typist(), StatusCode::TOO_MANY_REQUESTS)?;
        return Ok(too_many.tell(answer));
    }
    let Some(email) = form.read(Field::Email, |text| EmailAddress::parse(text).map_err(words::client::email))
    else {
        return own_page::render(app, &found, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if let Some(question) = mistyped::ask(app, &urls::address_correction(&found.token), &form) {
        return question;
    }
    match correct_address::correct_address(&web.current, &found.token, email).await {
        Ok(_) => Ok(answer::see_other(&urls::appointment(&found.token))),
        Err(operation::Error::Refused(Refusal::TooManyOpenRequests)) => {
            again(form, TOO_MANY_OPEN, StatusCode::TOO_MANY_REQUESTS)
        }
        Err(operation::Error::Refused(Refusal::TooManyRequestsToday { until })) => {
            let too_many = TooMany::until(until, app.now());
            let sentence = request::too_many_today(app.practice(), &too_many);
            Ok(too_many.tell(again(form, &sentence, StatusCode::TOO_MANY_REQUESTS)?))
        }
        Err(error) => Err(error.into()),
    }
}

/// The same where the proof is still to come: the email with the button goes there.
async fn correct_unproven(
    web: &Web,
    waits: &Waits,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let again = async |mut form: Submission, message: &str, status| {
        form.refuse(Field::Email, message);
        unproven::render(app, waits, None, form, status).await
    };
    if let Err(too_many) = web.count_post(address.0) {
        let answer = again(form, &too_many.words_to_typist(), StatusCode::TOO_MANY_REQUESTS).await?;
        return Ok(too_many.tell(answer));
    }
    let Some(email) = form.read(Field::Email, |text| EmailAddress::parse(text).map_err(words::client::email))
    else {
        return unproven::render(app, waits, None, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    if let Some(question) = mistyped::ask(app, &urls::address_correction(&waits.token), &form) {
        return question;
    }
    match booking::unproven::correct_address(&web.current, &waits.token, email).await {
        Ok(()) => Ok(answer::see_other(&urls::appointment(&waits.token))),
        Err(operation::Error::Refused(Refusal::TooManyOpenRequests)) => {
            again(form, TOO_MANY_OPEN, StatusCode::TOO_MANY_REQUESTS).await
        }
        Err(operation::Error::Refused(Refusal::TooManyRequestsToday { until })) => {
            let too_many = TooMany::until(until, app.now());
            let sentence = request::too_many_today(app.practice(), &too_many);
            Ok(too_many.tell(again(form, &sentence, StatusCode::TOO_MANY_REQUESTS).await?))
        }
        Err(error) => Err(error.into()),
    }
}
