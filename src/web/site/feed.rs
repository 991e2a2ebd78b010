//! `GET /articles/feed.xml`: the articles as an Atom feed (RFC 4287).

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};
use chrono::NaiveDate;

use crate::{
    app::App,
    content::article::Article,
    domain::time,
    urls,
    web::{Web, error::Error},
};

#[derive(Template)]
#[template(path = "site/feed.xml")]
struct Feed<'a> {
    app: &'a App,
    updated: String,
    entries: Vec<Entry<'a>>,
}

struct Entry<'a> {
    article: &'a Article,
    address: String,
    published: String,
    updated: String,
}

impl<'a> Entry<'a> {
    fn new(app: &App, article: &'a Article) -> Self {
        Self {
            article,
            address: app.base.to(&urls::article(&article.slug.value)),
            published: at_start(app, article.published),
            updated: at_start(app, article.updated()),
        }
    }
}

/// The first instant of a date, as RFC 3339 writes it.
fn at_start(app: &App, date: NaiveDate) -> String {
    time::write_instant(time::start_of_day(app.practice().zone, date))
}

pub async fn show(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app;
    web.kept.serve(urls::FEED.to_owned(), "application/atom+xml; charset=utf-8", &headers, || {
        let articles = &app.site.articles;
        let updated = articles.iter().map(Article::updated).max().unwrap_or(NaiveDate::default());
        Ok(Feed {
            app,
            updated: at_start(app, updated),
            entries: articles.iter().map(|article| Entry::new(app, article)).collect(),
        })
    })
}
