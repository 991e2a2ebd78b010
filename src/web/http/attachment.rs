//! A file to be kept, in place of a page: its name says whose it is and of which
//! day, in plain letters, and nobody's name.

use axum::{
    body::Body,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::error::Error;
use crate::{app::App, domain::time};

pub const ZIP: &str = "application/zip";
pub const CSV: &str = "text/csv; charset=utf-8";

/// `stillpoint-numbers-2026-2026-11-27.csv`: the practice, what it is, and today.
pub fn name(app: &App, what: &str, ending: &str) -> String {
    let practice = slug::slugify(&app.practice().name);
    let practice: String = practice.chars().take(60).collect();
    let practice = match practice.trim_matches('-') {
        "" => "practice",
        practice => practice,
    };
    let today = time::date(app.practice().zone, app.now());
    format!("{practice}-{what}-{today}.{ending}")
}

/// Hands a file over. The name has plain letters alone.
pub fn file(name: &str, kind: &'static str, body: impl Into<Body>) -> Result<Response, Error> {
    let name = HeaderValue::from_str(&format!("attachment; filename=\"{name}\""))
        .map_err(|error| Error::Internal(error.to_string()))?;
    let kind = HeaderValue::from_static(kind);
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], body.into()).into_response())
}
