//! `GET, POST /admin/welcome/{token}`: the one-time link that sets the password.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use crate::{
    account::{self, welcome::Welcomed},
    app::App,
    domain::ids::Token,
    store::WelcomeFrom,
    urls,
    web::{
        Web,
        admin::account::{browser::Browser, door, password::new_password},
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::page::Frame,
    },
};

#[derive(Template)]
#[template(path = "admin/welcome.html")]
struct WelcomePage<'a> {
    frame: Frame<'a>,
    action: String,
    email: &'a str,
    shortest: usize,
    is_from_email: bool,
    /// One-time codes are on.
    has_codes: bool,
    form: Submission,
}

/// In place of the form, for a link that was used, is too old, or never was one.
#[derive(Template)]
#[template(path = "admin/welcome_over.html")]
struct WelcomeOverPage<'a> {
    frame: Frame<'a>,
}

pub async fn show(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    match good(app, &token).await? {
        Some((token, from)) => render(app, &token, from, Submission::default(), StatusCode::OK).await,
        None => over(app),
    }
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    browser: Browser,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let Some((token, from)) = good(app, &token).await? else { return over(app) };
    let Some(password) = form.read(Field::Password, new_password) else {
        return render(app, &token, from, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match account::welcome::set_password(&web.current, &token, password, &browser.0).await? {
        Some(Welcomed::SignedIn(session)) => Ok(door::begun(app, &session, answer::see_other(urls::ADMIN))),
        Some(Welcomed::PasswordSet) => Ok(answer::see_other(urls::SESSION)),
        None => over(app),
    }
}

async fn good(app: &App, token: &str) -> Result<Option<(Token, WelcomeFrom)>, Error> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let from = app.store.read().await?.welcome_link(&token, app.now()).await?;
    Ok(from.map(|from| (token, from)))
}

fn over(app: &App) -> Result<Response, Error> {
    let frame = Frame::private(app, "This link doesn't work anymore");
    answer::html(StatusCode::NOT_FOUND, &WelcomeOverPage { frame })
}

async fn render(
    app: &App,
    token: &Token,
    from: WelcomeFrom,
    form: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let welcome_page = WelcomePage {
        frame: Frame::private(app, "Set your password"),
        action: urls::welcome(token),
        email: &app.practice().therapist.email,
        shortest: account::password::SHORTEST,
        is_from_email: from == WelcomeFrom::Email,
        has_codes: app.store.read().await?.second_step().await?.is_some(),
        form,
    };
    answer::html(status, &welcome_page)
}
