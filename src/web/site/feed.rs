//! `GET /articles/feed.xml`: the articles as an Atom feed (RFC 4287).

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};
use chrono::NaiveDate;

use crate::{
    app::App,
    content::read::article::Article,
    domain::time,
    urls::{self, BaseUrl},
    web::{Web, cache::CachePolicy, http::error::Error},
};

/// How many articles the feed holds.
const NEWEST: usize = 20;

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
    /// The whole text; drawings in it are pictures, since readers leave out what is drawn in it.
    html: String,
}

impl<'a> Entry<'a> {
    fn new(app: &App, article: &'a Article) -> Self {
        let address = app.base.to(&urls::article(&article.slug.value));
        Self {
            article,
            html: with_whole_addresses(&article.body.with_pictures(), &app.base, &address),
            address,
            published: at_start(app, article.published),
            updated: at_start(app, article.updated()),
        }
    }
}

/// A text in which every address is whole: a feed reader shows it far from its page.
fn with_whole_addresses(html: &str, base: &BaseUrl, page: &str) -> String {
    let mut whole = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        let (tag, after) = tag.split_once('>').unwrap_or((tag, ""));
        whole.push_str(before);
        whole.push('<');
        whole.push_str(
            &tag.replace("href=\"/", &format!("href=\"{}/", base.as_str()))
                .replace("href=\"#", &format!("href=\"{page}#"))
                .replace("src=\"/", &format!("src=\"{}/", base.as_str()))
                // A list of pictures: the first follows the quotation mark, the others a comma.
                .replace("srcset=\"/", &format!("srcset=\"{}/", base.as_str()))
                .replace(", /images/", &format!(", {}/images/", base.as_str())),
        );
        whole.push('>');
        rest = after;
    }
    whole.push_str(rest);
    whole
}

/// The first instant of a date, as RFC 3339 writes it.
fn at_start(app: &App, date: NaiveDate) -> String {
    time::write_instant(time::start_of_day(app.practice().zone, date))
}

pub async fn show(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app();
    let articles = &app.site.articles;
    let updated = articles.iter().map(|article| article.updated()).max();
    web.cache.answer(
        CachePolicy::UntilContent,
        "application/atom+xml; charset=utf-8",
        &headers,
        &Feed {
            app,
            updated: updated
                .map_or_else(|| time::write_instant(app.read_at), |updated| at_start(app, updated)),
            entries: articles.iter().take(NEWEST).map(|article| Entry::new(app, article)).collect(),
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_in_the_text_is_whole() {
        let base = BaseUrl::parse("https://x.example").expect("a base");
        let whole = with_whole_addresses(
            r##"<p>a href="/b" <a href="/b#c">b</a><a href="#d">d</a><img srcset="/images/e 1x, /images/f 2x" src="/images/e"> 1 &lt; 2</p>"##,
            &base,
            "https://x.example/a",
        );
        assert_eq!(
            whole,
            r##"<p>a href="/b" <a href="https://x.example/b#c">b</a><a href="https://x.example/a#d">d</a><img srcset="https://x.example/images/e 1x, https://x.example/images/f 2x" src="https://x.example/images/e"> 1 &lt; 2</p>"##
        );
    }
}
