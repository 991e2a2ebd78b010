//! `POST /admin/appointments/{id}/client-cancellation`: the client has called to cancel

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    attempt::{self, Attempt},
    outcome,
};
use crate::{
    booking::cancel,
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
    let outcome = cancel::for_client(&web.current, id).await;
    outcome::show(app, id, Attempt::from(form), outcome).await
}
