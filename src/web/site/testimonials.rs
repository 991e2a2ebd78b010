//! `GET /testimonials`

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};

use crate::{
    content::read::{page::Page, testimonial::Testimonial},
    urls,
    web::{
        Web,
        cache::CachePolicy,
        http::{answer, error::Error},
        parts::page::Frame,
    },
};

#[derive(Template)]
#[template(path = "site/testimonials.html")]
struct TestimonialsPage<'a> {
    frame: Frame<'a>,
    page: &'a Page,
    testimonials: &'a [Testimonial],
}

pub async fn show(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app();
    let page = app.site.pages.get("testimonials").ok_or(Error::NotFound)?;
    web.cache.answer(
        CachePolicy::UntilContent,
        answer::HTML,
        &headers,
        &TestimonialsPage {
            frame: Frame::public(app, urls::TESTIMONIALS, &page.title, page.description.clone()),
            page,
            testimonials: &app.site.testimonials,
        },
    )
}
