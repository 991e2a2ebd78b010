//! `GET /cards/{name}`: the picture that stands beside an address where it is
//! shared. An article has its own where one was drawn, `content/cards/{slug}.png`;
//! everything else has the site's.

use std::sync::Arc;

use axum::{
    extract::{Path, RawQuery, State},
    http::HeaderMap,
    response::Response,
};

use super::images;
use crate::web::{Web, http::error::Error};

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let slug = name.strip_suffix(".png").ok_or(Error::NotFound)?;
    let app = &*web.app();
    let card = app.site.cards.get(slug).ok_or(Error::NotFound)?;
    Ok(images::answer(card, query.as_deref(), &headers))
}
