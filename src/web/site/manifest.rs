//! `GET /manifest.webmanifest`: the name, the icon and the colours with which
//! the site stands among others on a phone.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};
use serde_json::{Value, json};

use crate::{
    content::site::Site,
    urls,
    web::{
        Web,
        cache::CachePolicy,
        http::{assets, error::Error},
        parts::icon,
    },
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
    let name = &app.practice().name;
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
        "icons": icons(&app.site),
    });
    web.cache.answer(
        CachePolicy::UntilContent,
        "application/manifest+json",
        &headers,
        &Manifest { json: manifest.to_string() },
    )
}

fn icons(site: &Site) -> Vec<Value> {
    let icon = |address: &str, sizes: &str, kind: &str, purpose: &str| json!({ "src": address, "sizes": sizes, "type": kind, "purpose": purpose });
    if icon::Icon::of(site).is_ours {
        let ours = |file: &str, sizes: &str, kind: &str, purpose: &str| {
            icon(assets::url(file), sizes, kind, purpose)
        };
        return vec![
            ours("icon.svg", "any", "image/svg+xml", "any"),
            ours("icon-192.png", "192x192", "image/png", "any"),
            ours("icon-512.png", "512x512", "image/png", "any"),
            ours("icon-512.png", "512x512", "image/png", "maskable"),
        ];
    }
    // Whether there is room around theirs for a phone to cut off is not known.
    let drawn = icon::drawn(site).map(|address| icon(&address, "any", "image/svg+xml", "any"));
    let sizes = [192, 512].into_iter().filter_map(|width| {
        let address = icon::of_width(site, width)?;
        Some(icon(&address, &format!("{width}x{width}"), "image/png", "any"))
    });
    drawn.into_iter().chain(sizes).collect()
}
