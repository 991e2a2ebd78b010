//! `GET, POST /admin/welcome/{token}`: the one-time link that sets the password.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use crate::{
    account,
    app::App,
    domain::ids::Token,
    urls,
    web::{
        Web,
        admin::account::door,
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
        Some(token) => render(app, &token, Submission::default(), StatusCode::OK),
        None => over(app),
    }
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let Some(token) = good(app, &token).await? else { return over(app) };
    let Some(password) = form.read(Field::Password, password) else {
        return render(app, &token, form, StatusCode::UNPROCESSABLE_ENTITY);
    };
    match account::welcome::set_password(&web.current, &token, password).await? {
        Some(session) => Ok(door::begun(app, &session, answer::see_other(urls::ADMIN))),
        None => over(app),
    }
}

async fn good(app: &App, token: &str) -> Result<Option<Token>, Error> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let is_good = app.store.read().await?.welcome_link_is_good(&token, app.now()).await?;
    Ok(is_good.then_some(token))
}

fn over(app: &App) -> Result<Response, Error> {
    let frame = Frame::private(app, "This link doesn't work anymore");
    answer::html(StatusCode::NOT_FOUND, &WelcomeOverPage { frame })
}

fn password(typed: &str) -> Result<String, String> {
    use account::password::{LONGEST, SHORTEST};
    match typed.chars().count() {
        ..SHORTEST => {
            Err(format!("Please use at least {SHORTEST} characters. A few words are easy to remember."))
        }
        SHORTEST..=LONGEST => Ok(typed.to_owned()),
        _ => Err(format!("Please use at most {LONGEST} characters.")),
    }
}

fn render(app: &App, token: &Token, form: Submission, status: StatusCode) -> Result<Response, Error> {
    let welcome_page = WelcomePage {
        frame: Frame::private(app, "Set your password"),
        action: urls::welcome(token),
        email: &app.practice().therapist.email,
        shortest: account::password::SHORTEST,
        form,
    };
    answer::html(status, &welcome_page)
}
