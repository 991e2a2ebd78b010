//! From a rendered template to an answer.

use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use super::error::Error;

pub const HTML: &str = "text/html; charset=utf-8";

/// Renders a page that is made for one request.
pub fn html(status: StatusCode, page: &impl Template) -> Result<Response, Error> {
    let html = page.render()?;
    Ok((status, [(header::CONTENT_TYPE, HTML)], html).into_response())
}

/// A 303 to an address of our own.
pub fn see_other(address: &str) -> Response {
    (StatusCode::SEE_OTHER, [(header::LOCATION, address)]).into_response()
}
