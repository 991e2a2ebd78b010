//! Stylesheets, fonts, the icon and the card. Each is served under a name that holds the hash of
//! its content, so that it can be kept for ever and a changed one is fetched.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use axum::{
    body::Bytes,
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::{Embed, EmbeddedFile};

use super::encoded::Encoded;
use crate::web::cache::CachePolicy;

#[derive(Embed)]
#[folder = "static/"]
struct Files;

struct Asset {
    media_type: &'static str,
    encoded: Encoded,
    /// Fonts and pictures are compressed already.
    is_text: bool,
}

struct Assets {
    /// From `site.css` to `/assets/site-0f1e2d3c.css`.
    addresses: BTreeMap<String, String>,
    /// By the hashed name.
    assets: BTreeMap<String, Asset>,
}

static ASSETS: LazyLock<Assets> = LazyLock::new(Assets::load);

/// The address of an asset by its name, for templates. An unknown name is a
/// mistake in a template and gives an address that leads nowhere.
pub fn url(name: &str) -> &'static str {
    ASSETS.addresses.get(name).map_or("/assets/none", String::as_str)
}

impl Assets {
    fn load() -> Self {
        let mut assets = Self { addresses: BTreeMap::new(), assets: BTreeMap::new() };
        let (styles, others): (Vec<Cow<'_, str>>, Vec<_>) =
            Files::iter().partition(|path| path.ends_with(".css"));
        // Stylesheets last: they name the others, and so hold their hashes.
        for path in others.into_iter().chain(styles) {
            if let Some(file) = Files::get(&path) {
                assets.add(&path, file);
            }
        }
        assets
    }

    fn add(&mut self, path: &str, file: EmbeddedFile) {
        let name = path.rsplit('/').next().unwrap_or(path);
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let (media_type, is_text) = match ending {
            "css" => ("text/css; charset=utf-8", true),
            "js" => ("text/javascript; charset=utf-8", true),
            "svg" => ("image/svg+xml", true),
            "png" => ("image/png", false),
            "ico" => ("image/vnd.microsoft.icon", false),
            "woff2" => ("font/woff2", false),
            // How the fonts were made, and under which license, is for no page.
            _ => return,
        };
        let bytes = if ending == "css" {
            without_comments(&self.with_hashed_addresses(&file.data)).into()
        } else {
            Bytes::from(file.data.into_owned())
        };
        let encoded = Encoded::new(bytes);
        let hashed = format!("{stem}-{}.{ending}", encoded.hash());
        self.addresses.insert(name.to_owned(), format!("/assets/{hashed}"));
        self.assets.insert(hashed, Asset { media_type, encoded, is_text });
    }

    /// A stylesheet in which `/assets/name` has become the hashed address.
    fn with_hashed_addresses(&self, css: &[u8]) -> String {
        let mut css: Cow<'_, str> = String::from_utf8_lossy(css);
        for (name, address) in &self.addresses {
            css = css.replace(&format!("/assets/{name}"), address).into();
        }
        css.into_owned()
    }
}

/// Comments are for whoever edits a stylesheet; nobody needs to load them.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, comment)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = comment.split_once("*/").map_or("", |(_, after)| after);
    }
    kept.push_str(rest);
    kept
}

/// `GET /assets/{name}`
pub async fn show(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = ASSETS.assets.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let mut response =
        if asset.is_text { asset.encoded.response(&headers) } else { asset.encoded.as_it_is(&headers) };
    let head = response.headers_mut();
    head.insert(header::CONTENT_TYPE, header::HeaderValue::from_static(asset.media_type));
    head.insert(header::CACHE_CONTROL, CachePolicy::Forever.cache_control());
    response
}
