//! `POST /admin/unproven-requests/{id}/proof` and `…/end`: what the therapist does about
//! somebody who has left a phone number alone while times are held for nobody.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    booking::{prove, unproven},
    domain::{appointment::refusal::Refusal, ids::UnprovenRequestId},
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error},
    },
};

const GONE: &str = "This isn't on the list anymore. Nothing was changed.";

pub async fn prove(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    match prove::for_client(&web.current, read(&id)?).await {
        Ok(appointment) => Ok(answer::see_other(&urls::admin_appointment(appointment))),
        Err(operation::Error::Missing) => Err(Error::Refused(GONE.to_owned())),
        Err(operation::Error::Refused(Refusal::Slot(_))) => Err(Error::Refused(
            "That time isn't open anymore, so this is still on your list. You can book another one from “Book”."
                .to_owned(),
        )),
        Err(error) => Err(error.into()),
    }
}

pub async fn end(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    match unproven::end(&web.current, read(&id)?).await {
        Ok(()) => Ok(answer::see_other(urls::ADMIN)),
        Err(operation::Error::Missing) => Err(Error::Refused(GONE.to_owned())),
        Err(error) => Err(error.into()),
    }
}

fn read(id: &str) -> Result<UnprovenRequestId, Error> {
    id.parse().map(UnprovenRequestId).map_err(|_| Error::NotFound)
}
