//! `POST /admin/calls/{id}/done`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    booking::call_done,
    domain::ids::CallId,
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error},
    },
};

pub async fn done(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let id = id.parse().map(CallId).map_err(|_| Error::NotFound)?;
    match call_done::call_done(&web.current, id).await {
        Ok(()) => Ok(answer::see_other(urls::ADMIN)),
        Err(operation::Error::Missing) => {
            Err(Error::Refused("This call isn't on the list anymore. Nothing was changed.".to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}
