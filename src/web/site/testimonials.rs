//! `GET /testimonials`

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};

use crate::{
    content::read::{page::Page, testimonial::Testimonial},
    urls,
    web::{Web, error::Error, kept, page::Frame},
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
    web.kept.serve(app, urls::TESTIMONIALS.to_owned(), kept::HTML, &headers, || {
        Ok(TestimonialsPage {
            frame: Frame::public(app, urls::TESTIMONIALS, &page.title, page.description.clone()),
            page,
            testimonials: &app.site.testimonials,
        })
    })
}
