//! `GET /`

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};

use crate::{
    booking::slots,
    content::read::{article::Article, page::Page},
    domain::client::Note,
    urls,
    web::{
        Web,
        cache::CachePolicy,
        http::{answer, error::Error},
        parts::{self, OfficeView, PhoneView, SlotView, page::Frame, portrait, structured},
    },
};

/// How many articles the home page names.
const ARTICLES: usize = 3;

#[derive(Template)]
#[template(path = "site/home.html")]
struct HomePage<'a> {
    frame: Frame<'a>,
    page: Option<&'a Page>,
    next: Vec<(OfficeView<'a>, Option<SlotView<'a>>)>,
    /// In place of the openings, while online booking is paused.
    closed: Option<&'a Note>,
    phone: PhoneView,
    articles: &'a [Arc<Article>],
    portrait: Option<String>,
}

pub async fn show(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app();
    let practice = app.practice();
    let next = slots::next(app).await?;
    let light = parts::light(app, app.now());
    let page = app.site.pages.get("home");
    let title = page.map_or(practice.name.as_str(), |page| &page.title);
    let mut frame = Frame::public(app, urls::HOME, title, page.map(|page| page.description.clone()));
    frame.light = Some(light);
    if page.is_none() {
        frame.title.clone_from(&practice.name);
    }
    let frame = frame.about([structured::business(app)]);
    web.cache.answer(
        CachePolicy::UntilWrite,
        answer::HTML,
        &headers,
        &HomePage {
            next: parts::next_openings(app, &next.openings),
            page,
            closed: next.pause.as_ref(),
            phone: PhoneView::practice(app),
            articles: &app.site.articles[..app.site.articles.len().min(ARTICLES)],
            portrait: portrait::of_therapist(app, true),
            frame,
        },
    )
}
