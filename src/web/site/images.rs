//! `GET /images/{name}`: the therapist's pictures.

use std::sync::Arc;

use axum::{
    body::{Body, Bytes},
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    content::pictures::images::{Image, known_as},
    web::{
        Web,
        cache::CachePolicy,
        http::{encoded, error::Error},
    },
};

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let app = &*web.app();
    let name = known_as(&name);
    let image = app.site.images.get(&name).ok_or(Error::NotFound)?;
    if image.is_turned() {
        // Nobody sees it lying on its side.
        return Ok(answer(&app.picture_maker.made(&name, image).await, query.as_deref(), &headers));
    }
    Ok(answer(image, query.as_deref(), &headers))
}

/// What an office looks like.
pub async fn of_office(
    web: State<Arc<Web>>,
    Path(name): Path<String>,
    query: RawQuery,
    headers: HeaderMap,
) -> Result<Response, Error> {
    show(web, Path(format!("offices/{name}")), query, headers).await
}

/// A picture in the size that is asked for. Under the address that names its version it can be kept for ever;
/// what is under the name alone may be another one tomorrow.
pub fn answer(image: &Image, query: Option<&str>, asked: &HeaderMap) -> Response {
    let version = query.and_then(|query| query.strip_prefix("v="));
    let image = image.of_version(version);
    let is_version = version == Some(&image.version);
    let mut response = if encoded::is_known(asked, &image.version) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Body::from(Bytes::from_owner(image.bytes.clone())).into_response()
    };
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static(image.media_type));
    let policy = if is_version { CachePolicy::Forever } else { CachePolicy::UntilContent };
    head.insert(header::CACHE_CONTROL, policy.cache_control());
    // Weak, since a drawing is sent in more than one encoding (RFC 9110, section 8.8.3).
    if let Ok(tag) = HeaderValue::from_str(&format!("W/\"{}\"", image.version)) {
        head.insert(header::ETAG, tag);
    }
    head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    response
}
