//! `POST /appointments/{token}/seen`: “Got it”, after the day was closed.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::found;
use crate::{
    booking::closing::rebook,
    domain::ids::Token,
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error},
    },
};

pub async fn create(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let link = Token::parse(&token).ok_or(Error::NotFound)?;
    match rebook::see(&web.current, &link).await {
        Ok(()) => Ok(answer::see_other(&urls::rebooking(&link))),
        // It was not closed, or is on again: its own page says how it is.
        Err(operation::Error::Missing) => {
            found::found(&web.app(), &token).await?;
            Ok(answer::see_other(&urls::appointment(&link)))
        }
        Err(error) => Err(error.into()),
    }
}
