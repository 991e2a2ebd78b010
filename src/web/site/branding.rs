//! The site's own icon and card: `GET /icon.svg`, `/icon.png` and `/card.png`,
//! where the therapist has put them into the content; and `GET /favicon.ico`.

use std::sync::Arc;

use axum::{
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};

use super::images;
use crate::web::{Web, http::error::Error, parts::icon::Icon};

pub async fn show(
    State(web): State<Arc<Web>>,
    uri: Uri,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let app = &*web.app();
    let image = app.site.branding.get(uri.path().trim_start_matches('/')).ok_or(Error::NotFound)?;
    Ok(images::answer(image, query.as_deref(), &headers))
}

/// Is asked for by whoever has not read the page.
pub async fn favicon(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    let icon = Icon::of(&web.app().site);
    let address = icon.small.or(icon.drawn).ok_or(Error::NotFound)?;
    Ok((StatusCode::FOUND, [(header::LOCATION, address)]).into_response())
}
