//! `GET, POST /admin/session` and `POST /admin/session/end`: signing in and out.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use axum_extra::extract::CookieJar;
use serde::Deserialize;

use crate::{
    account,
    app::App,
    urls,
    web::{
        Web,
        client_address::ClientAddress,
        error::Error,
        fields::Fields,
        limit::TooMany,
        page::{self, Frame},
        session,
    },
};

#[derive(Deserialize)]
pub struct Asked {
    /// Where to lead after the sign-in.
    to: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/session.html")]
struct SessionPage<'a> {
    frame: Frame<'a>,
    email: String,
    message: Option<&'static str>,
    to: String,
    has_password: bool,
}

pub async fn new(
    State(web): State<Arc<Web>>,
    jar: CookieJar,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let app = &*web.app();
    let to = asked.to.unwrap_or_default();
    if session::is_signed_in(app, &jar).await? {
        return Ok(page::see_other(session::destination(&to).unwrap_or(urls::ADMIN)));
    }
    show(app, String::new(), to, None, StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let (email, to) = (fields.get("email").to_owned(), fields.get("to").to_owned());
    if let Err(TooMany) = web.count_sign_in(address) {
        let message = Some("Too many tries from your connection. Please wait a few minutes.");
        return show(app, email, to, message, StatusCode::TOO_MANY_REQUESTS).await;
    }
    let password = fields.get("password");
    let session = if password.chars().count() <= account::LONGEST_PASSWORD {
        account::sign_in(app, &email, password.to_owned()).await?
    } else {
        None
    };
    match session {
        Some(token) => {
            let onward = page::see_other(session::destination(&to).unwrap_or(urls::ADMIN));
            Ok(session::begun(app, &token, onward))
        }
        None => {
            let message = Some("That email address and password do not go together.");
            show(app, email, to, message, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

pub async fn end(State(web): State<Arc<Web>>, jar: CookieJar) -> Result<Response, Error> {
    let app = &*web.app();
    if let Some(token) = session::token(app, &jar) {
        account::sign_out(app, &token).await?;
    }
    Ok(session::ended(app, page::see_other(urls::SESSION)))
}

async fn show(
    app: &App,
    email: String,
    to: String,
    message: Option<&'static str>,
    status: StatusCode,
) -> Result<Response, Error> {
    let has_password = app.store.read().await?.password_hash().await?.is_some();
    let to = session::destination(&to).unwrap_or_default().to_owned();
    let session_page =
        SessionPage { frame: Frame::private(app, "Sign in"), email, message, to, has_password };
    page::html(status, &session_page)
}
