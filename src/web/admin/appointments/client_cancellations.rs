//! `POST /admin/appointments/{id}/client-cancellation`: the client has called to cancel, perhaps
//! the later visits of their series as well.

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
    booking::cancel_later,
    web::{
        Web,
        http::{error::Error, submission::Submission},
        parts::later,
    },
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let outcome = match later::read(&form) {
        Ok(named) => cancel_later::for_client(&web.current, id, &named).await,
        Err(refusal) => Err(refusal.into()),
    };
    outcome::show(app, id, Attempt::from(form), outcome).await
}
