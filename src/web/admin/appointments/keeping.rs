//! `POST /admin/appointments/{id}/keeping`: the therapist will be there, although
//! the plan of the day no longer covers the visit.

use std::sync::Arc;

use super::{
    attempt::{self, Attempt},
    outcome,
};
use crate::{
    booking::conflicts,
    domain::availability::conflict::Conflict,
    web::{
        Web,
        http::{error::Error, field::Field, submission::Submission},
    },
};
use axum::{
    extract::{Path, State},
    response::Response,
};

pub async fn keep(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let outcome = conflicts::keep(&web.current, id, &Conflict::parse(form.value(Field::Conflict))).await;
    outcome::show(app, id, Attempt::default(), outcome).await
}
