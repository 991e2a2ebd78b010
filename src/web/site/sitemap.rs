//! `GET /sitemap.xml` and `GET /robots.txt`

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::HeaderMap, response::Response};
use chrono::NaiveDate;

use crate::{
    content::read::prose::Prose,
    urls,
    web::{Web, cache::CachePolicy, http::error::Error},
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
    let app = &*web.app();
    let site = &app.site;
    let practice = app.practice();
    // A list is as new as the newest that it shows.
    let articles = site.articles.iter().map(|article| article.updated()).max();
    let prose = |prose: Option<&Prose>| prose.and_then(|prose| prose.revised);
    let services = practice.services_offered().filter_map(|it| prose(site.services.get(&it.slug))).max();
    let offices = practice.offices.iter().filter_map(|it| prose(site.offices.get(&it.slug))).max();
    let revised = |name: &str| site.pages.get(name).and_then(|page| page.revised);
    let mut entries = vec![
        (urls::HOME.to_owned(), revised("home").max(articles)),
        (urls::SERVICES.to_owned(), revised("services").max(services)),
        (urls::OFFICES.to_owned(), revised("offices").max(offices)),
        (urls::ARTICLES.to_owned(), revised("articles").max(articles)),
        (urls::NEW_APPOINTMENT.to_owned(), None),
    ];
    for (name, page) in site.pages.iter().filter(|(name, _)| *name != "home") {
        let path = format!("/{name}");
        if !entries.iter().any(|(known, _)| *known == path) {
            entries.push((path, page.revised));
        }
    }
    entries.retain(|(path, _)| path != urls::ARTICLES || !site.articles.is_empty());
    entries.extend(
        practice
            .services_offered()
            .map(|service| (urls::service(&service.slug), prose(site.services.get(&service.slug)))),
    );
    entries.extend(
        practice
            .offices
            .iter()
            .map(|office| (urls::office(&office.slug), prose(site.offices.get(&office.slug)))),
    );
    entries.extend(
        site.articles.iter().map(|article| (urls::article(&article.slug.value), Some(article.updated()))),
    );
    entries.extend(site.topics.iter().map(|page| {
        let articles = page.articles.iter().map(|at| &site.articles[*at]);
        (urls::topic(&page.topic.slug), articles.map(|article| article.updated()).max())
    }));
    let whole =
        |(path, date): (String, Option<NaiveDate>)| (app.base.to(&path), date.map(|date| date.to_string()));
    web.cache.answer(
        CachePolicy::UntilContent,
        "application/xml; charset=utf-8",
        &headers,
        &Sitemap { entries: entries.into_iter().map(whole).collect() },
    )
}

pub async fn robots(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app();
    web.cache.answer(
        CachePolicy::UntilContent,
        "text/plain; charset=utf-8",
        &headers,
        &Robots { sitemap: app.base.to(urls::SITEMAP) },
    )
}
