//! `POST /admin/waitlist/{id}/confirmation` and `…/end`: somebody who was called is on the
//! list, or somebody is off it.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    domain::ids::WaitlistEntryId,
    operation, urls,
    waitlist::{confirm, end},
    web::{
        Web,
        http::{answer, error::Error},
    },
};

pub async fn confirm(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    answered(confirm::for_client(&web.current, read(&id)?).await)
}

pub async fn end(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    answered(end::by_therapist(&web.current, read(&id)?).await)
}

fn answered(done: Result<(), operation::Error>) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(answer::see_other(urls::WAITLIST_DESK)),
        Err(operation::Error::Missing) => {
            Err(Error::Refused("This has changed since you opened the page. Nothing was done.".to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn read(id: &str) -> Result<WaitlistEntryId, Error> {
    id.parse().map(WaitlistEntryId).map_err(|_| Error::NotFound)
}
