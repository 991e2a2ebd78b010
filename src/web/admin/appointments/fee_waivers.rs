//! `POST /admin/appointments/{id}/fee-waiver` and `…/fee-waiver/end`

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
    booking::pay,
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
    let outcome = pay::waive(&web.current, id).await;
    outcome::show(app, id, Attempt::from(form), outcome).await
}

pub async fn end(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let id = attempt::id_of(&id)?;
    let outcome = pay::unwaive(&web.current, id).await;
    outcome::show(app, id, Attempt::from(form), outcome).await
}
