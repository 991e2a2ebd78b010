//! `GET /images/{name}`: the therapist's pictures.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
};

use crate::web::{Web, error::Error};

pub async fn show(State(web): State<Arc<Web>>, Path(name): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let image = app.site.images.get(&name).ok_or(Error::NotFound)?;
    let head = [(header::CONTENT_TYPE, image.media_type), (header::CACHE_CONTROL, "public, max-age=3600")];
    Ok((head, Body::from(Bytes::copy_from_slice(&image.bytes))).into_response())
}
