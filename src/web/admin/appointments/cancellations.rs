//! `GET` and `POST /admin/appointments/{id}/cancellation`: the therapist cancels,
//! having seen what is sent.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    page,
    submission::{self, Act, Submission},
};
use crate::{
    booking::{
        cancel,
        confirm::Answer,
        preview::{self, Preview},
    },
    domain::client::Name,
    urls,
    web::{
        Web,
        http::{answer, error::Error, fields::Fields},
        parts::{Panel, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "admin/cancellation.html")]
struct CancellationPage<'a> {
    frame: Frame<'a>,
    name: &'a Name,
    page: String,
    panel: Panel<'a>,
    action: String,
    revision: u32,
    /// What the client gets; `None` without an email address.
    preview: Option<Preview>,
}

pub async fn new(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let id = submission::id_of(&id)?;
    let a = page::found(app, id).await?;
    let preview = preview::of_cancellation(app, id).await?;
    let title = format!("Cancel {}", a.name);
    let cancellation = CancellationPage {
        frame: Frame::admin(app, &title, urls::ADMIN),
        name: &a.name,
        page: urls::admin_appointment(id),
        panel: Panel::of(app, &a),
        action: urls::admin_cancellation(id),
        revision: a.revision,
        preview,
    };
    answer::html(StatusCode::OK, &cancellation)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = submission::id_of(&id)?;
    let submission = Submission::of(Act::Cancel, &fields);
    let sentence = match page::sentence(app, id, &submission).await {
        Ok(sentence) => sentence,
        Err(response) => return response,
    };
    let answer = Answer { sentence, seen: fields.seen(), ..Answer::default() };
    let outcome = cancel::by_therapist(&web.current, id, answer).await;
    page::answered(app, id, submission, outcome).await
}
