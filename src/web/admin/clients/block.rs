//! `POST /admin/clients/{id}/block` and `…/unblock`: whether what they ask for is still to be seen.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    id_of,
    page::{self, Sent},
};
use crate::{
    clients::{self, block},
    domain::ids::ClientId,
    urls,
    web::{
        Web,
        http::{answer, error::Error, submission::Submission},
    },
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let id = id_of(&id)?;
    done(&web, id, block::block(&web.current, id, form.seen()).await).await
}

pub async fn end(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let id = id_of(&id)?;
    done(&web, id, block::unblock(&web.current, id, form.seen()).await).await
}

async fn done(web: &Web, id: ClientId, outcome: Result<ClientId, clients::Error>) -> Result<Response, Error> {
    match outcome {
        Ok(id) => Ok(answer::see_other(&urls::client(id))),
        Err(error) => page::refused(&web.app(), id, Sent::default(), error).await,
    }
}
