//! `POST /admin/emails/retry` and `POST /admin/emails/{id}/settled`

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use crate::{
    booking::emails,
    domain::ids::EmailId,
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error},
    },
};

pub async fn retry(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    emails::try_again(&web.current).await?;
    Ok(answer::see_other(urls::ADMIN))
}

pub async fn settled(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let id = id.parse().map(EmailId).map_err(|_| Error::NotFound)?;
    match emails::settle(&web.current, id).await {
        Ok(()) => Ok(answer::see_other(urls::ADMIN)),
        Err(operation::Error::Missing) => {
            Err(Error::Refused("This email isn't on the list anymore. Nothing was changed.".to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}
