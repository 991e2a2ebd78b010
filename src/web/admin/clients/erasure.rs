//! `GET, POST /admin/clients/{id}/erasure`: erasing somebody, having seen what goes.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::id_of;
use crate::{
    clients::erase,
    domain::client::Name,
    urls,
    web::{
        Web,
        http::{answer, error::Error, submission::Submission},
        parts::page::Frame,
    },
};

#[derive(Template)]
#[template(path = "admin/erasure.html")]
struct ErasurePage<'a> {
    frame: Frame<'a>,
    name: &'a Name,
    page: String,
    action: String,
    revision: u32,
    visits: usize,
    emails: usize,
}

pub async fn show(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let mut tx = app.store.read().await?;
    let person = tx.person(id_of(&id)?).await?.ok_or(Error::NotFound)?;
    let erasure = ErasurePage {
        frame: Frame::admin(app, &format!("Erase {}?", person.name()), urls::CLIENTS),
        name: person.name(),
        page: urls::client(person.id()),
        action: urls::client_erasure(person.id()),
        revision: person.revision(),
        visits: tx.appointments_of(person.id()).await?.len(),
        emails: tx.emails_of(person.id()).await?.len(),
    };
    answer::html(StatusCode::OK, &erasure)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    erase::erase(&web.current, id_of(&id)?, form.seen()).await?;
    Ok(answer::see_other(urls::CLIENTS))
}
