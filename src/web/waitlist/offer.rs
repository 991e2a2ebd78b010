//! `POST /waitlist/{token}/offer` and `…/offer/pass`: yes, or not this one.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::entry;
use crate::{
    domain::ids::Token,
    urls,
    waitlist::{pass, take},
    web::{
        Web,
        http::{answer, error::Error},
    },
};

pub async fn take(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let link = Token::parse(&token).ok_or(Error::NotFound)?;
    match take::by_client(&web.current, &link).await {
        Ok(appointment) => Ok(answer::see_other(&urls::appointment(&appointment))),
        Err(error) => entry::after(&web, &link, Err(error)).await,
    }
}

pub async fn pass(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let link = Token::parse(&token).ok_or(Error::NotFound)?;
    entry::after(&web, &link, pass::by_client(&web.current, &link).await).await
}
