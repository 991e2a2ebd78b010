//! `GET /topics/{slug}`: the articles about a topic.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use super::articles::ArticleView;
use crate::{
    content::{read::topic::Topic, topics::TopicPage},
    urls,
    web::{
        Web,
        cache::CachePolicy,
        http::{answer, error::Error, field::Field, query::Query},
        parts::{page::Frame, pager::Pager, structured},
    },
};

/// How many articles the description of the page names.
const NAMED: usize = 8;

#[derive(Template)]
#[template(path = "site/topic.html")]
struct TopicsPage<'a> {
    frame: Frame<'a>,
    topic: &'a Topic,
    articles: Vec<ArticleView<'a>>,
    pager: Pager,
    others: Vec<&'a TopicPage>,
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(slug): Path<String>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let app = &*web.app();
    let site = &app.site;
    let page = site.topics.iter().find(|page| page.topic.slug == slug).ok_or(Error::NotFound)?;
    let (shown, pager) =
        Pager::new(&page.articles, &urls::topic(&slug), query.get(Field::Page)).ok_or(Error::NotFound)?;
    let path = pager.address.clone();
    let articles: Vec<ArticleView<'_>> =
        shown.iter().map(|at| ArticleView::new(&site.articles[*at])).collect();
    let title = pager.title(&format!("Articles about {}", page.topic.name));
    let titles: Vec<&str> = articles.iter().take(NAMED).map(|view| view.article.title.as_str()).collect();
    let mut frame = Frame::public(app, &path, &title, format!("{title}: {}.", titles.join("; ")));
    frame.section = urls::ARTICLES;
    frame.graph = vec![structured::breadcrumbs(app, &[("Articles", urls::ARTICLES), (&title, &path)])];
    web.cache.answer(
        CachePolicy::UntilContent,
        answer::HTML,
        &headers,
        &TopicsPage {
            frame,
            topic: &page.topic,
            articles,
            pager,
            others: site.topics.iter().filter(|other| other.topic.slug != slug).collect(),
        },
    )
}
