//! `GET /manifest.webmanifest`: the name, the icon and the colours with which
//! the site stands among others on a phone.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};
use serde_json::json;

use crate::{
    urls,
    web::{Web, assets, error::Error},
};

/// The paper of the sheet, as in `static/site.css`.
const PAPER: &str = "#fafbf6";

#[derive(Template)]
#[template(source = "{{ json }}", ext = "txt")]
struct Manifest {
    json: String,
}

pub async fn show(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app();
    web.kept.serve(app, urls::MANIFEST.to_owned(), "application/manifest+json", &headers, || {
        let name = &app.practice().name;
        let icon = |file: &str, sizes: &str, kind: &str, purpose: &str| {
            json!({ "src": assets::url(file), "sizes": sizes, "type": kind, "purpose": purpose })
        };
        let manifest = json!({
            "name": name,
            // What stands under the icon: the first words, up to where they are set off.
            "short_name": name.split([',', '·', ':', '(']).next().unwrap_or(name).trim(),
            "id": urls::HOME,
            "start_url": urls::HOME,
            "scope": urls::HOME,
            "lang": "en",
            "dir": "ltr",
            "display": "browser",
            "background_color": PAPER,
            "theme_color": PAPER,
            "icons": [
                icon("icon.svg", "any", "image/svg+xml", "any"),
                icon("icon-192.png", "192x192", "image/png", "any"),
                icon("icon-512.png", "512x512", "image/png", "any"),
                icon("icon-512.png", "512x512", "image/png", "maskable"),
            ],
        });
        Ok(Manifest { json: manifest.to_string() })
    })
}
