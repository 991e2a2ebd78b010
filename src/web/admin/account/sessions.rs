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
    domain::ids::Token,
    urls,
    web::{
        Web,
        admin::account::door,
        http::{answer, client_address::ClientAddress, error::Error, fields::Fields},
        parts::page::Frame,
    },
};

#[derive(Deserialize)]
pub struct Asked {
    /// Where to lead after the sign-in.
    to: Option<String>,
    /// The form that was sent while the session ran out.
    form: Option<String>,
}

#[derive(Template)]
#[template(path = "admin/session.html")]
struct SessionPage<'a> {
    frame: Frame<'a>,
    email: String,
    message: Option<String>,
    onward: Onward,
    has_password: bool,
}

/// Where the sign-in leads on to.
struct Onward {
    /// One of the therapist's pages, or nothing.
    to: String,
    /// A form that is kept, while it is.
    form: Option<Token>,
}

impl Onward {
    fn new(web: &Web, app: &App, to: &str, form: &str) -> Self {
        let is_kept = |token: &Token| web.kept_forms.get(token, app.now()).is_some();
        Self {
            to: door::destination(to).unwrap_or_default().to_owned(),
            form: Token::parse(form).filter(is_kept),
        }
    }

    fn address(&self) -> String {
        match &self.form {
            Some(form) => urls::kept_form(form),
            None if self.to.is_empty() => urls::ADMIN.to_owned(),
            None => self.to.clone(),
        }
    }
}

pub async fn new(
    State(web): State<Arc<Web>>,
    jar: CookieJar,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let app = &*web.app();
    let onward = Onward::new(&web, app, &asked.to.unwrap_or_default(), &asked.form.unwrap_or_default());
    if door::is_signed_in(app, &jar).await? {
        return Ok(answer::see_other(&onward.address()));
    }
    show(app, String::new(), onward, None, StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    address: ClientAddress,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let email = fields.get("email").to_owned();
    let onward = Onward::new(&web, app, fields.get("to"), fields.get("form"));
    if let Err(too_many) = web.count_sign_in(address.0) {
        let message = format!("Too many tries. Try again in {}.", too_many.wait());
        let answer = show(app, email, onward, Some(message), StatusCode::TOO_MANY_REQUESTS).await?;
        return Ok(too_many.tell(answer));
    }
    let password = fields.get("password");
    let session = if password.chars().count() <= account::password::LONGEST {
        account::session::sign_in(&web.current, &email, password.to_owned()).await?
    } else {
        None
    };
    match session {
        Some(token) => {
            let leads_on = answer::see_other(&onward.address());
            Ok(door::begun(app, &token, leads_on))
        }
        None => {
            tracing::warn!(client = %address.0, "a sign-in failed");
            let message = Some("That email and password don't match.".to_owned());
            show(app, email, onward, message, StatusCode::UNPROCESSABLE_ENTITY).await
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

async fn show(
    app: &App,
    email: String,
    onward: Onward,
    message: Option<String>,
    status: StatusCode,
) -> Result<Response, Error> {
    let has_password = app.store.read().await?.password_hash().await?.is_some();
    let session_page =
        SessionPage { frame: Frame::private(app, "Sign in"), email, message, onward, has_password };
    answer::html(status, &session_page)
}
