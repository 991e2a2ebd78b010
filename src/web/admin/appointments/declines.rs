//! `POST /admin/appointments/{id}/decline`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    page,
    submission::{self, Act, Submission},
};
use crate::{
    booking::{confirm::Answer, decline},
    web::{
        Web,
        http::{error::Error, fields::Fields},
    },
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = submission::id_of(&id)?;
    let submission = Submission::of(Act::Decline, &fields);
    let sentence = match page::sentence(app, id, &submission).await {
        Ok(sentence) => sentence,
        Err(response) => return response,
    };
    let answer = Answer { sentence, seen: fields.seen(), ..Answer::default() };
    let outcome = decline::decline(&web.current, id, answer).await;
    page::answered(app, id, submission, outcome).await
}
