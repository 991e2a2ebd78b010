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
    attempt::{self, Act, Attempt},
    of_series, outcome, page,
};
use crate::{
    booking::{
        cancel_later,
        confirm::Answer,
        preview::{self, Preview},
    },
    domain::client::{Name, Note},
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{LaterView, Panel, later, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/cancellation.html")]
struct CancellationPage<'a> {
    frame: Frame<'a>,
    name: &'a Name,
    /// Whose visit it is.
    whose: String,
    page: String,
    panel: Panel<'a>,
    action: String,
    form: Submission,
    revision: u32,
    /// What the client gets.
    preview: Preview,
    /// Where it is of a series, the later visits, and what the client gets if they are canceled as well.
    later: Option<(LaterView<'a>, Preview)>,
}

pub async fn new(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let a = page::found(app, id).await?;
    let preview = preview::of_cancellation(app, id).await?;
    let form = Submission::default();
    let visits = of_series::later_than(app, &a).await?;
    let later = match LaterView::new(app, &visits, &form) {
        Some(later) => Some((later, preview::of_cancellation_with(app, &a, &visits).await?)),
        None => None,
    };
    let whose = words::appointment::whose(&a);
    let title = format!("Cancel {whose}");
    let cancellation = CancellationPage {
        frame: Frame::admin(app, &title, urls::ADMIN),
        name: &a.name,
        whose,
        page: urls::admin_appointment(id),
        panel: Panel::of(app, &a),
        action: urls::admin_cancellation(id),
        form,
        revision: a.revision,
        preview,
        later,
    };
    answer::html(StatusCode::OK, &cancellation)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let mut attempt = Attempt::of(Act::Cancel, form);
    let Some(sentence) =
        attempt.form.read(Field::Sentence, |text| Note::parse(text).map_err(words::client::note))
    else {
        return page::unreadable(app, id, attempt).await;
    };
    let answer = Answer { sentence, seen: attempt.form.seen(), ..Answer::default() };
    let outcome = match later::read(&attempt.form) {
        Ok(later) => cancel_later::by_therapist(&web.current, id, &later, answer).await,
        Err(refusal) => Err(refusal.into()),
    };
    outcome::show(app, id, attempt, outcome).await
}
