//! `POST /admin/appointments/{id}/keeping`: the therapist will be there, although
//! the plan of the day no longer covers the visit.

use std::sync::Arc;

use super::{
    page,
    submission::{self, Submission},
};
use crate::{
    booking::conflicts,
    domain::availability::conflict::Conflict,
    web::{
        Web,
        http::{error::Error, fields::Fields},
    },
};
use axum::{
    extract::{Path, State},
    response::Response,
};

pub async fn keep(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = submission::id_of(&id)?;
    let outcome = conflicts::keep(&web.current, id, &Conflict::parse(fields.get("conflict"))).await;
    page::answered(app, id, Submission::default(), outcome).await
}
