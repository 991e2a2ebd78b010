//! `GET /articles` and `GET /articles/{slug}`

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use crate::{
    content::{article::Article, page::Page},
    domain::time,
    urls,
    web::{Web, error::Error, kept, page::Frame, parts::OfficeView},
};

/// How many related articles stand below one.
const RELATED: usize = 3;

/// An article in a list.
struct ArticleView<'a> {
    article: &'a Article,
    href: String,
    published: String,
}

impl<'a> ArticleView<'a> {
    fn new(article: &'a Article) -> Self {
        Self {
            article,
            href: urls::article(&article.slug.value),
            published: time::long_date_words(article.published),
        }
    }
}

#[derive(Template)]
#[template(path = "site/articles.html")]
struct ArticlesPage<'a> {
    frame: Frame<'a>,
    page: Option<&'a Page>,
    articles: Vec<ArticleView<'a>>,
}

#[derive(Template)]
#[template(path = "site/article.html")]
struct ArticlePage<'a> {
    frame: Frame<'a>,
    article: &'a Article,
    published: String,
    revised: Option<String>,
    /// The offices, the one that the article invites to first.
    offices: Vec<OfficeView<'a>>,
    invites_to: Option<&'a str>,
    related: Vec<ArticleView<'a>>,
}

pub async fn list(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app;
    web.kept.serve(urls::ARTICLES.to_owned(), kept::HTML, &headers, || {
        let page = app.site.pages.get("articles");
        let title = page.map_or("Articles", |page| &page.title);
        Ok(ArticlesPage {
            frame: Frame::public(app, urls::ARTICLES, title, page.map(|page| page.description.clone())),
            page,
            articles: app.site.articles.iter().map(ArticleView::new).collect(),
        })
    })
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let app = &*web.app;
    let article =
        app.site.articles.iter().find(|article| article.slug.value == slug).ok_or(Error::NotFound)?;
    let path = urls::article(&slug);
    web.kept.serve(path.clone(), kept::HTML, &headers, || {
        let frame = Frame::public(app, &path, &article.title, article.description.clone());
        let mut offices = frame.offices.clone();
        let invites_to = article.office.as_ref().and_then(|slug| app.practice().office(slug));
        if let Some(first) = invites_to {
            offices.sort_by_key(|office| office.slug != first.slug.as_str());
        }
        Ok(ArticlePage {
            article,
            published: time::long_date_words(article.published),
            revised: article.revised.map(time::long_date_words),
            offices,
            invites_to: invites_to.map(|office| office.name.as_str()),
            related: related(article, &app.site.articles).map(ArticleView::new).collect(),
            frame,
        })
    })
}

/// The articles that share most topics with one, the newer of two first.
fn related<'a>(article: &'a Article, all: &'a [Article]) -> impl Iterator<Item = &'a Article> {
    let mut others: Vec<&Article> =
        all.iter().filter(|other| other.slug.value != article.slug.value).collect();
    // Stable, and the articles come newest first.
    let shared = |other: &Article| other.topics.iter().filter(|topic| article.topics.contains(topic)).count();
    others.sort_by_key(|other| std::cmp::Reverse(shared(other)));
    others.into_iter().take(RELATED)
}
