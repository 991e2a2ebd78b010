//! `GET /search?q=`

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};

use crate::{
    content::topic::TopicPage,
    store::search::{self, Found, Piece},
    web::{
        Web,
        error::Error,
        page::{self, Frame},
        parts::PhoneView,
    },
};

/// More than this nobody types; it is neither looked for nor repeated.
const LONGEST: usize = 200;

#[derive(Template)]
#[template(path = "site/search.html")]
struct SearchPage<'a> {
    frame: Frame<'a>,
    query: String,
    found: Vec<FoundView>,
    /// True when there may be more than are shown.
    is_cut: bool,
    topics: &'a [TopicPage],
    phone: PhoneView,
}

/// A passage that was found: the section by its heading, or the page by its title.
struct FoundView {
    href: String,
    name: Vec<Piece>,
    /// The page, where the section stands first.
    page: String,
    snippet: Vec<Piece>,
}

impl FoundView {
    fn new(found: Found) -> Self {
        let has_heading = !found.heading.is_empty();
        let title: String = found.title.iter().map(|piece| piece.text.as_str()).collect();
        Self {
            href: found.address,
            name: if has_heading { found.heading } else { found.title },
            page: if has_heading { title } else { String::new() },
            snippet: found.snippet,
        }
    }
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Query(asked): Query<Vec<(String, String)>>,
) -> Result<Response, Error> {
    let app = &*web.app();
    let query = asked.into_iter().find(|(name, _)| name == "q").map(|(_, query)| query).unwrap_or_default();
    let query: String = query.trim().chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    let found = app.search.find(&query).await?;
    let title = if query.is_empty() { "Search".to_owned() } else { format!("Search: {query}") };
    let search = SearchPage {
        frame: Frame::private(app, &title),
        is_cut: found.len() == search::MOST,
        found: found.into_iter().map(FoundView::new).collect(),
        query,
        topics: &app.site.topics,
        phone: PhoneView::practice(app),
    };
    page::html(StatusCode::OK, &search)
}
