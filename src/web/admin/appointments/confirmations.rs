//! `POST /admin/appointments/{id}/confirmation`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    attempt::{self, Act, Attempt},
    page,
    reasons::Yes,
};
use crate::{
    booking::confirm::{self, Answer},
    domain::client::Note,
    web::{
        Web,
        http::{error::Error, field::Field, submission::Submission},
    },
    words,
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let mut attempt = Attempt::of(Act::Confirm, form);
    let Some(sentence) =
        attempt.form.read(Field::Sentence, |text| Note::parse(text).map_err(words::client::note))
    else {
        return page::unreadable(app, id, attempt).await;
    };
    let answer = Answer {
        sentence,
        seen: attempt.form.seen(),
        overridden: Yes::read(&attempt.form).overridden(),
        spoken_with: attempt.form.is_checked(Field::SpokenWith),
    };
    let outcome = confirm::confirm(&web.current, id, answer).await;
    page::answered(app, id, attempt, outcome).await
}
