//! `GET /search?q=`, and `&page=` for what is found beyond the best.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

use crate::{
    content::topics::TopicPage,
    domain::client::typed,
    store::search::{Findings, Found, MOST, Piece},
    web::{
        Web,
        http::{answer, error::Error, field::Field, query::Query},
        parts::{PhoneView, page::Frame},
        site::spelling,
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
    /// How many were found in all, and the numbers of the first and the last that are shown.
    count: usize,
    first: usize,
    last: usize,
    /// False where no text holds all the words.
    hold_all: bool,
    /// More may be found once every text is in the search.
    is_growing: bool,
    /// The query as it was probably meant.
    suggestion: Option<String>,
    page: usize,
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

impl SearchPage<'_> {
    fn shown(&self, query: &str) -> String {
        typed::repeated(query)
    }
}

pub async fn show(State(web): State<Arc<Web>>, asked: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let query: String = typed::line(asked.value(Field::Q).trim()).chars().take(LONGEST).collect();
    let page = asked.value(Field::Page).trim().parse().unwrap_or(1);
    let Findings { passages, count, before, hold_all } = app.search.find(&query, page).await?;
    let suggestion = match hold_all && count > 0 {
        true => None,
        false => spelling::put_right(&app.search, &query).await?,
    };
    let title =
        if query.is_empty() { "Search".to_owned() } else { format!("Search: {}", typed::isolated(&query)) };
    let search = SearchPage {
        frame: Frame::private(app, &title),
        count,
        first: before + 1,
        last: before + passages.len(),
        hold_all,
        is_growing: !app.search.is_whole(),
        suggestion,
        page: before / MOST + 1,
        found: passages.into_iter().map(FoundView::new).collect(),
        query,
        topics: &app.site.topics,
        phone: PhoneView::practice(app),
    };
    answer::html(StatusCode::OK, &search)
}
