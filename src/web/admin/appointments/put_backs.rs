//! `POST /admin/appointments/{id}/put-back`

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
    booking::{confirm::Answer, put_back},
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
    let mut attempt = Attempt::of(Act::PutBack, form);
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
    let outcome = put_back::put_back(&web.current, id, answer).await;
    page::answered(app, id, attempt, outcome).await
}
