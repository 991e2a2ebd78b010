//! `GET, POST /admin/session` and `POST /admin/session/end`: signing in and out.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use axum_extra::extract::CookieJar;

use crate::{
    account::{self, session::SignIn},
    app::App,
    urls,
    web::{
        Web,
        admin::account::{browser::Browser, code_page, door, onward::Onward},
        http::{
            answer, client_address::ClientAddress, error::Error, field::Field, query::Query,
            submission::Submission,
        },
        parts::page::Frame,
    },
};

#[derive(Template)]
#[template(path = "admin/session.html")]
struct SessionPage<'a> {
    frame: Frame<'a>,
    form: Submission,
    onward: Onward,
    has_password: bool,
}

pub async fn new(State(web): State<Arc<Web>>, jar: CookieJar, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let onward = Onward::new(&web, app, query.value(Field::To), query.value(Field::Form));
    if door::is_signed_in(app, &jar).await? {
        return Ok(answer::see_other(&onward.address()));
    }
    show(app, Submission::default(), onward, StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    browser: Browser,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let onward = Onward::new(&web, app, form.value(Field::To), form.value(Field::Form));
    let turn = match web.sign_ins.turn(address.0).await {
        Ok(turn) => turn,
        Err(too_many) => {
            form.warn(format!("Too many tries. Try again in {}.", too_many.wait()));
            return Ok(too_many.tell(show(app, form, onward, StatusCode::TOO_MANY_REQUESTS).await?));
        }
    };
    let (email, password) = (form.value(Field::Email), form.value(Field::Password));
    let sign_in = if password.chars().count() <= account::password::LONGEST {
        account::session::sign_in(&web.current, email, password.to_owned(), &browser.0).await?
    } else {
        SignIn::Wrong
    };
    match sign_in {
        SignIn::Wrong => turn.was_wrong(),
        SignIn::Begun(_) | SignIn::NeedsCode(_) => turn.was_right(),
    }
    match sign_in {
        SignIn::Begun(token) => Ok(door::begun(app, &token, answer::see_other(&onward.address()))),
        SignIn::NeedsCode(token) => {
            code_page::show(app, &token, Submission::default(), onward, StatusCode::OK).await
        }
        SignIn::Wrong => {
            tracing::warn!(client = %address.0, "a sign-in failed");
            form.warn("That email and password don't match.");
            show(app, form, onward, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

pub async fn end(State(web): State<Arc<Web>>, jar: CookieJar) -> Result<Response, Error> {
    let app = &*web.app();
    if let Some(token) = door::token(app, &jar) {
        account::session::sign_out(&web.current, &token).await?;
    }
    Ok(door::ended(app, answer::see_other(urls::SESSION)))
}

pub(super) async fn show(
    app: &App,
    form: Submission,
    onward: Onward,
    status: StatusCode,
) -> Result<Response, Error> {
    let has_password = app.store.read().await?.password_hash().await?.is_some();
    let session_page = SessionPage { frame: Frame::private(app, "Sign in"), form, onward, has_password };
    answer::html(status, &session_page)
}
