//! `POST /admin/appointments/{id}/confirmation`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    answers,
    attempt::{self, Act, Attempt},
    outcome, page,
};
use crate::{
    booking::confirm,
    web::{
        Web,
        http::{error::Error, submission::Submission},
    },
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let mut attempt = Attempt::of(Act::Confirm, form);
    let Some(answer) = answers::read(&mut attempt.form) else {
        return page::unreadable(app, id, attempt).await;
    };
    let outcome = confirm::confirm(&web.current, id, answer).await;
    outcome::show(app, id, attempt, outcome).await
}
