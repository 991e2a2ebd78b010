//! `GET, POST /admin/exports`: what the therapist takes out, once they have given
//! their password again, and a code where they sign in with one.

use std::sync::Arc;

use askama::Template;
use axum::{body::Body, extract::State, http::StatusCode, response::Response};
use futures_util::{StreamExt, stream};

use crate::{
    account::second_step::{self, NotTurned},
    app::App,
    exports::{self, Export, Parts},
    urls,
    web::{
        Web,
        admin::account::{
            codes::not_taken,
            password::{NOT_THE_ONE, present_password},
        },
        http::{
            answer, attachment, client_address::ClientAddress, error::Error, field::Field,
            submission::Submission,
        },
        parts::page::Frame,
    },
};

#[derive(Template)]
#[template(path = "admin/exports.html")]
struct ExportsPage<'a> {
    frame: Frame<'a>,
    email: &'a str,
    form: Submission,
    /// One-time codes are on: one is asked for.
    needs_code: bool,
}

impl ExportsPage<'_> {
    /// What is chosen, or all of it as the page is first seen.
    fn is_chosen(&self, what: &str) -> bool {
        match self.form.value(Field::What) {
            "" => what == Export::Everything.name(),
            chosen => chosen == what,
        }
    }
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    render(&web.app(), Submission::default(), StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = web.app();
    if let Err(too_many) = web.sign_ins.check(address.0) {
        form.warn(format!("Too many tries. Try again in {}.", too_many.wait()));
        return Ok(too_many.tell(render(&app, form, StatusCode::TOO_MANY_REQUESTS).await?));
    }
    let export = form.read(Field::What, |text| Export::parse(text).ok_or("Please choose what to download."));
    let password = form.read(Field::Password, present_password);
    let (Some(export), Some(password)) = (export, password) else {
        return render(&app, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let code = form.value(Field::Code).to_owned();
    match second_step::is_therapist(&web.current, &code, password).await? {
        Ok(()) => file(&web, export).await,
        Err(not) => {
            tracing::warn!(client = %address.0, "an export was refused");
            match not {
                NotTurned::Code(not) => form.refuse(Field::Code, not_taken(&app, not)),
                NotTurned::WrongPassword | NotTurned::Already => form.refuse(Field::Password, NOT_THE_ONE),
            }
            render(&app, form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// An answer that is made while it is sent.
async fn file(web: &Web, export: Export) -> Result<Response, Error> {
    let (ending, kind) = match export {
        Export::Everything => ("zip", attachment::ZIP),
        _ => ("csv", attachment::CSV),
    };
    let name = attachment::name(&web.app(), export.name(), ending);
    let parts = exports::begin(&web.current, export).await?;
    let next = async |mut parts: Parts| Some((parts.next().await?, parts));
    // Compression asks once more after the end, as it does for every browser.
    attachment::file(&name, kind, Body::from_stream(stream::unfold(parts, next).fuse()))
}

async fn render(app: &App, form: Submission, status: StatusCode) -> Result<Response, Error> {
    let needs_code = app.store.read().await?.second_step().await?.is_some();
    let email = &app.practice().therapist.email;
    let frame = Frame::admin(app, "Exports", urls::EXPORTS);
    answer::html(status, &ExportsPage { frame, email, form, needs_code })
}
