//! `POST /admin/appointments/{id}/cancellation`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::appointment::{self, Act, Trial};
use crate::{
    booking::{cancel, confirm::Answer},
    web::{Web, error::Error, fields::Fields},
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = appointment::id_of(&id)?;
    let trial = Trial::of(Act::Cancel, &fields);
    let sentence = match appointment::sentence(app, id, &trial).await {
        Ok(sentence) => sentence,
        Err(response) => return response,
    };
    let answer = Answer { sentence, seen: fields.seen(), ..Answer::default() };
    let outcome = cancel::by_therapist(app, id, answer).await;
    appointment::answered(app, id, trial, outcome).await
}
