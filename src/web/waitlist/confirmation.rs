//! `POST /waitlist/{token}/confirmation`: whoever opened the page from the email presses the
//! button, and is on the waitlist from then on.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::entry;
use crate::{
    domain::ids::Token,
    waitlist::confirm,
    web::{Web, http::error::Error},
};

pub async fn create(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let link = Token::parse(&token).ok_or(Error::NotFound)?;
    entry::after(&web, &link, confirm::confirm(&web.current, &link).await).await
}
