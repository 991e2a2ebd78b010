//! `POST /admin/waitlist/offers/{id}/taking`, `…/pass` and `…/end`: what somebody said on the
//! phone about an offer, or that it is taken back.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    domain::{appointment::refusal::Refusal, ids::OfferId},
    operation, urls,
    waitlist::{end, pass, take},
    web::{
        Web,
        http::{answer, error::Error},
    },
};

const OVER: &str = "This offer is over, or the time isn't open anymore. Nothing was changed.";

pub async fn take(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    match take::for_client(&web.current, read(&id)?).await {
        Ok(appointment) => Ok(answer::see_other(&urls::admin_appointment(appointment))),
        Err(
            operation::Error::Missing | operation::Error::Refused(Refusal::OfferIsOver | Refusal::Slot(_)),
        ) => Err(Error::Refused(OVER.to_owned())),
        Err(error) => Err(error.into()),
    }
}

pub async fn pass(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    ended(pass::for_client(&web.current, read(&id)?).await)
}

pub async fn end(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    ended(end::withdraw(&web.current, read(&id)?).await)
}

fn ended(done: Result<(), operation::Error>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(answer::see_other(urls::WAITLIST_DESK)),
        Err(operation::Error::Missing) => Err(Error::Refused(OVER.to_owned())),
        Err(error) => Err(error.into()),
    }
}

fn read(id: &str) -> Result<OfferId, Error> {
    id.parse().map(OfferId).map_err(|_| Error::NotFound)
}
