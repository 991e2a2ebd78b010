//! Pages that are the same for everybody until something on them changes:
//! rendered and compressed once, then served from memory.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use askama::Template;
use axum::{http::HeaderMap, response::Response};

use super::{encoded::Encoded, error::Error, page};
use crate::app::App;

/// When this many are kept all are forgotten, so that memory stays bounded
/// whatever is asked for.
const CEILING: usize = 200;

/// Under the edition of the site and the page's own key.
#[derive(Default)]
pub struct KeptPages(Mutex<HashMap<(u64, String), Arc<Encoded>>>);

impl KeptPages {
    /// Serves the page kept under a key, or renders it. The key holds whatever
    /// the page shows besides its content: its path, and the openings on it.
    pub fn serve<T: Template>(
        &self,
        app: &App,
        key: String,
        media_type: &'static str,
        asked: &HeaderMap,
        page: impl FnOnce() -> Result<T, Error>,
    ) -> Result<Response, Error> {
        let key = (app.edition, key);
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned();
        let encoded = match kept {
            Some(encoded) => encoded,
            None => {
                let encoded = Arc::new(Encoded::new(page()?.render()?.into()));
                let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
                pages.retain(|(edition, _), _| *edition == app.edition);
                if pages.len() >= CEILING {
                    pages.clear();
                }
                pages.insert(key, encoded.clone());
                encoded
            }
        };
        Ok(page::of_everybody(encoded, media_type, asked))
    }
}

pub const HTML: &str = "text/html; charset=utf-8";
