//! `GET /sitemap.xml` and `GET /robots.txt`

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};

use crate::{
    content::page,
    urls,
    web::{Web, error::Error},
};

#[derive(Template)]
#[template(path = "site/sitemap.xml")]
struct Sitemap {
    /// Whole addresses, with the date of their last change where it is known.
    entries: Vec<(String, Option<String>)>,
}

#[derive(Template)]
#[template(path = "site/robots.txt")]
struct Robots {
    sitemap: String,
}

pub async fn sitemap(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app;
    web.kept.serve(urls::SITEMAP.to_owned(), "application/xml; charset=utf-8", &headers, || {
        let site = &app.site;
        let practice = app.practice();
        let always = [urls::HOME, urls::SERVICES, urls::OFFICES, urls::ARTICLES, urls::NEW_APPOINTMENT];
        let written =
            page::NAMES.into_iter().chain([page::TESTIMONIALS]).filter(|name| site.pages.contains_key(*name));
        let written = written
            .map(|name| format!("/{name}"))
            .filter(|path| path != "/home" && !always.contains(&path.as_str()));
        let paths = (always.into_iter().map(str::to_owned))
            .chain(written)
            .chain(practice.services_offered().map(|service| urls::service(&service.slug)))
            .chain(practice.offices.iter().map(|office| urls::office(&office.slug)))
            .map(|path| (app.base.to(&path), None));
        let articles = site.articles.iter().map(|article| {
            (app.base.to(&urls::article(&article.slug.value)), Some(article.updated().to_string()))
        });
        Ok(Sitemap { entries: paths.chain(articles).collect() })
    })
}

pub async fn robots(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    web.kept.serve("/robots.txt".to_owned(), "text/plain; charset=utf-8", &headers, || {
        Ok(Robots { sitemap: web.app.base.to(urls::SITEMAP) })
    })
}
