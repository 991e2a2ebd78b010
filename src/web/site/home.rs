//! `GET /`

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};

use crate::{
    booking::slots,
    content::{article::Article, page::Page},
    urls,
    web::{
        Web,
        error::Error,
        kept,
        page::Frame,
        parts::{self, OfficeView, PhoneView, SlotView},
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
    minutes: u32,
    /// In place of the openings, while online requests are closed.
    closed: Option<&'a str>,
    phone: PhoneView,
    articles: &'a [Article],
}

pub async fn show(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app;
    let practice = app.practice();
    let service = practice.services_offered().next();
    let snapshot = slots::snapshot(app).await?;
    let next = service.map(|service| snapshot.next_openings(service)).unwrap_or_default();
    let light = parts::light(app, snapshot.now());
    let closed = snapshot.rules().closed.as_ref().map(|sentence| sentence.as_str());
    let key = format!("{} {light} {closed:?} {next:?}", urls::HOME);
    web.kept.serve(key, kept::HTML, &headers, || {
        let page = app.site.pages.get("home");
        let title = page.map_or(practice.name.as_str(), |page| &page.title);
        let mut frame = Frame::public(app, urls::HOME, title, page.map(|page| page.description.clone()));
        frame.light = Some(light);
        Ok(HomePage {
            next: parts::next_openings(app, &next),
            page,
            minutes: service.map_or(0, |service| service.minutes),
            closed,
            phone: PhoneView::practice(app),
            articles: &app.site.articles[..app.site.articles.len().min(ARTICLES)],
            frame,
        })
    })
}
