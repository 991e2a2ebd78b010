//! `POST /admin/emails/{id}/came-back` and `…/came-back/end`: an email came back,
//! and its client is called from now on; or their address works again.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{address::id_of, page};
use crate::{
    booking::come_back,
    domain::ids::EmailId,
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error},
    },
};

pub async fn create(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let id = id_of(&id)?;
    let noted = come_back::came_back(&web.current, id).await;
    done(&web, id, noted, "Only an email that went out can come back, and only once. Nothing was changed.")
        .await
}

pub async fn end(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let id = id_of(&id)?;
    let noted = come_back::works_again(&web.current, id).await;
    done(&web, id, noted, "Emails already go to this address. Nothing was changed.").await
}

async fn done(
    web: &Web,
    id: EmailId,
    noted: Result<(), operation::Error>,
    otherwise: &str,
) -> Result<Response, Error> {
    match noted {
        Ok(()) => Ok(answer::see_other(&urls::email(id))),
        Err(operation::Error::Missing) => page::refused(&web.app(), id, otherwise).await,
        Err(error) => Err(error.into()),
    }
}
