//! `GET /articles` and `GET /articles/{slug}`

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use crate::{
    booking::slots,
    content::{
        read::{article::Article, page::Page},
        topics::TopicPage,
    },
    domain::{client::Note, time},
    urls,
    web::{
        Web,
        cache::CachePolicy,
        http::{answer, error::Error, field::Field, query::Query},
        parts::{self, OfficeView, PhoneView, SlotView, page::Frame, pager::Pager, structured},
    },
};

/// An article in a list.
pub struct ArticleView<'a> {
    pub article: &'a Article,
    pub href: String,
    pub published: String,
}

impl<'a> ArticleView<'a> {
    pub fn new(article: &'a Article) -> Self {
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
    pager: Pager,
    topics: &'a [TopicPage],
}

#[derive(Template)]
#[template(path = "site/article.html")]
struct ArticlePage<'a> {
    frame: Frame<'a>,
    article: &'a Article,
    published: String,
    revised: Option<String>,
    /// The offices with their next openings, the one that the article invites to first.
    next: Vec<(OfficeView<'a>, Option<SlotView<'a>>)>,
    /// In place of the openings, while online booking is paused.
    closed: Option<&'a Note>,
    phone: PhoneView,
    invites_to: Option<&'a str>,
    question: String,
    related: Vec<ArticleView<'a>>,
    /// The one before it in time, and the one after.
    earlier: Option<ArticleView<'a>>,
    later: Option<ArticleView<'a>>,
}

pub async fn list(State(web): State<Arc<Web>>, query: Query, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app();
    let (articles, pager) =
        Pager::new(&app.site.articles, urls::ARTICLES, query.get(Field::Page)).ok_or(Error::NotFound)?;
    let page = app.site.pages.get("articles");
    let title = pager.title(page.map_or("Articles", |page| &page.title));
    let description = page.map(|page| page.description.clone());
    web.cache.answer(
        CachePolicy::UntilContent,
        answer::HTML,
        &headers,
        &ArticlesPage {
            frame: Frame::public(app, &pager.address, &title, description),
            page,
            articles: articles.iter().map(|article| ArticleView::new(article)).collect(),
            topics: &app.site.topics,
            pager,
        },
    )
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let app = &*web.app();
    let articles = &app.site.articles;
    let (position, article) = app.site.article(&slug).ok_or(Error::NotFound)?;
    let path = urls::article(&slug);
    let next = slots::next(app).await?;
    let mut frame = Frame::public(app, &path, &article.title, article.description.clone());
    frame.card = parts::card_of_article(app, article);
    frame.dates = Some((article.published.to_string(), article.updated().to_string()));
    let invites_to = article.office.as_ref().and_then(|slug| app.practice().office(slug));
    let mut openings = parts::next_openings(app, &next.openings);
    if let Some(first) = invites_to {
        openings.sort_by_key(|(office, _)| office.slug != first.slug.as_str());
    }
    web.cache.answer(
        CachePolicy::UntilWrite,
        answer::HTML,
        &headers,
        &ArticlePage {
            article,
            published: time::long_date_words(article.published),
            revised: article.revised.map(time::long_date_words),
            next: openings,
            closed: next.pause.as_ref(),
            phone: PhoneView::practice(app),
            invites_to: invites_to.map(|office| office.name.as_str()),
            question: urls::question(&slug),
            related: app
                .site
                .related
                .of(position)
                .iter()
                .map(|at| ArticleView::new(&articles[*at]))
                .collect(),
            // The newest stands first.
            earlier: articles.get(position + 1).map(|article| ArticleView::new(article)),
            later: position.checked_sub(1).map(|at| ArticleView::new(&articles[at])),
            frame: frame.about([structured::article(app, article)]),
        },
    )
}
