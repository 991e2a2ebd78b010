//! `POST /admin/appointments/{id}/cancellation`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::appointment;
use crate::{
    booking::cancel,
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
    let outcome = cancel::by_therapist(&web.app, id, sentence).await;
    appointment::answered(&web, id, &fields, outcome).await
}
