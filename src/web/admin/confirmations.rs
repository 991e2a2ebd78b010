//! `POST /admin/appointments/{id}/confirmation`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::appointment;
use crate::{
    booking::confirm::{self, Answer},
    web::{Web, error::Error, fields::Fields},
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Error> {
    let id = appointment::id_of(&id)?;
    let sentence = match appointment::sentence(&web, id, &fields).await {
        Ok(sentence) => sentence,
        Err(response) => return response,
    };
    let outcome = confirm::confirm(&web.app, id, Answer { sentence, ..Answer::default() }).await;
    appointment::answered(&web, id, &fields, outcome).await
}
