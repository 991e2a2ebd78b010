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
        error::Error,
        fields::Fields,
        page::{self, Frame},
        session,
    },
};

#[derive(Template)]
#[template(path = "admin/welcome.html")]
struct WelcomePage<'a> {
    frame: Frame<'a>,
    action: String,
    email: &'a str,
    shortest: usize,
    message: Option<String>,
}

pub async fn show(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let token = good(app, &token).await?;
    form(app, &token, None, StatusCode::OK)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let token = good(app, &token).await?;
    let password = fields.get("password");
    if let Some(message) = wrong_length(password.chars().count()) {
        return form(app, &token, Some(message), StatusCode::UNPROCESSABLE_ENTITY);
    }
    let session = account::welcome::set_password(&web.current, &token, password.to_owned())
        .await?
        .ok_or(Error::NotFound)?;
    Ok(session::begun(app, &session, page::see_other(urls::ADMIN)))
}

async fn good(app: &App, token: &str) -> Result<Token, Error> {
    let token = Token::parse(token).ok_or(Error::NotFound)?;
    let is_good = app.store.read().await?.welcome_link_is_good(&token, app.now()).await?;
    is_good.then_some(token).ok_or(Error::NotFound)
}

fn wrong_length(length: usize) -> Option<String> {
    use account::password::{LONGEST, SHORTEST};
    if length < SHORTEST {
        Some(format!("Please use at least {SHORTEST} characters. A few words are easy to remember."))
    } else if length > LONGEST {
        Some(format!("Please use at most {LONGEST} characters."))
    } else {
        None
    }
}

fn form(app: &App, token: &Token, message: Option<String>, status: StatusCode) -> Result<Response, Error> {
    let welcome_page = WelcomePage {
        frame: Frame::private(app, "Set your password"),
        action: urls::welcome(token),
        email: &app.practice().therapist.email,
        shortest: account::password::SHORTEST,
        message,
    };
    page::html(status, &welcome_page)
}
