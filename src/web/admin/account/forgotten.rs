//! `GET, POST /admin/session/forgotten`: a link to set a new password, to the
//! therapist's own address. Whatever was typed, the answer is the same.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use crate::{
    account,
    web::{
        Web,
        http::{answer, client_address::ClientAddress, error::Error, field::Field, submission::Submission},
        parts::page::Frame,
    },
};

#[derive(Template)]
#[template(path = "admin/forgotten.html")]
struct ForgottenPage<'a> {
    frame: Frame<'a>,
    form: Submission,
}

#[derive(Template)]
#[template(path = "admin/forgotten_sent.html")]
struct ForgottenSentPage<'a> {
    frame: Frame<'a>,
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    render(&web, Submission::default(), StatusCode::OK)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    if let Err(too_many) = web.count_post(address.0) {
        form.warn(format!("Too many tries. Try again in {}.", too_many.wait()));
        return Ok(too_many.tell(render(&web, form, StatusCode::TOO_MANY_REQUESTS)?));
    }
    account::forgotten::forgotten(&web.current, form.value(Field::Email)).await?;
    let app = &*web.app();
    answer::html(StatusCode::OK, &ForgottenSentPage { frame: Frame::private(app, "Check your email") })
}

fn render(web: &Web, form: Submission, status: StatusCode) -> Result<Response, Error> {
    let app = &*web.app();
    answer::html(status, &ForgottenPage { frame: Frame::private(app, "Forgot your password?"), form })
}
