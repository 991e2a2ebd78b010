//! `POST /waitlist/{token}/end`: somebody takes themselves off the waitlist.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::entry;
use crate::{
    domain::ids::Token,
    waitlist::end,
    web::{Web, http::error::Error},
};

pub async fn create(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let link = Token::parse(&token).ok_or(Error::NotFound)?;
    entry::after(&web, &link, end::by_client(&web.current, &link).await).await
}
