//! `POST /admin/undo/{id}`: takes back what the therapist did within the last minute.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::appointments::page;
use crate::{
    booking::undo,
    domain::ids::ActId,
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error},
    },
};

pub async fn create(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let id = id.parse().map(ActId).map_err(|_| Error::NotFound)?;
    match undo::undo(&web.current, id).await {
        Ok(appointments) => Ok(answer::see_other(&match appointments[..] {
            [one] => urls::admin_appointment(one),
            _ => urls::ADMIN.to_owned(),
        })),
        Err(operation::Error::Refused(refusal)) => {
            let appointments = app.store.read().await?.acted_on(id).await?;
            match appointments[..] {
                [one] => page::refused(app, one, &refusal).await,
                _ => Err(operation::Error::from(refusal).into()),
            }
        }
        Err(error) => Err(error.into()),
    }
}
