//! `GET /services` and `GET /services/{slug}`

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use crate::{
    app::App,
    booking::slots,
    content::read::{page::Page, prose::Prose},
    domain::{client::Note, ids::ServiceSlug, practice::service::Service},
    urls,
    web::{
        Web,
        cache::CachePolicy,
        http::{answer, error::Error},
        parts::{self, OfficeView, PhoneView, SlotView, page::Frame, structured},
    },
};

/// A service as lists and its own page show it.
pub struct ServiceView<'a> {
    pub name: &'a str,
    pub minutes: u32,
    pub price: String,
    pub summary: Option<&'a str>,
    pub offices: Vec<OfficeView<'a>>,
    pub href: String,
    pub openings: String,
}

impl<'a> ServiceView<'a> {
    pub fn new(app: &'a App, service: &'a Service) -> Self {
        let prose = app.site.services.get(&service.slug);
        let given = app.practice().offices.iter().filter(|office| service.is_given_at(&office.slug));
        Self {
            name: &service.name,
            minutes: service.minutes,
            price: app.practice().price_words(service.price),
            summary: prose.and_then(|prose| prose.summary.as_deref()),
            offices: given.map(|office| OfficeView::new(app, office)).collect(),
            href: urls::service(&service.slug),
            openings: urls::openings(&service.slug),
        }
    }
}

#[derive(Template)]
#[template(path = "site/services.html")]
struct ServicesPage<'a> {
    frame: Frame<'a>,
    page: Option<&'a Page>,
    services: Vec<ServiceView<'a>>,
    next: Vec<(OfficeView<'a>, Option<SlotView<'a>>)>,
    /// In place of the openings, while online booking is paused.
    closed: Option<&'a Note>,
    phone: PhoneView,
}

#[derive(Template)]
#[template(path = "site/service.html")]
struct ServicePage<'a> {
    frame: Frame<'a>,
    service: ServiceView<'a>,
    prose: Option<&'a Prose>,
    /// In place of the openings, while online booking is paused.
    closed: Option<&'a Note>,
    phone: PhoneView,
}

pub async fn list(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app();
    let next = slots::next(app).await?;
    let page = app.site.pages.get("services");
    let title = page.map_or("Services", |page| &page.title);
    web.cache.answer(
        CachePolicy::UntilWrite,
        answer::HTML,
        &headers,
        &ServicesPage {
            frame: Frame::public(app, urls::SERVICES, title, page.map(|page| page.description.clone()))
                .about(app.practice().services_offered().map(|service| structured::service(app, service))),
            page,
            services: app
                .practice()
                .services_offered()
                .map(|service| ServiceView::new(app, service))
                .collect(),
            next: parts::next_openings(app, &next.openings),
            closed: next.pause.as_ref(),
            phone: PhoneView::practice(app),
        },
    )
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let app = &*web.app();
    let slug = ServiceSlug::parse(&slug).ok_or(Error::NotFound)?;
    let service =
        app.practice().services_offered().find(|service| service.slug == slug).ok_or(Error::NotFound)?;
    let path = urls::service(&slug);
    let closed = app.rules().await?.pause;
    let prose = app.site.services.get(&slug);
    let description = prose.and_then(|prose| prose.description.clone());
    web.cache.answer(
        CachePolicy::UntilWrite,
        answer::HTML,
        &headers,
        &ServicePage {
            frame: Frame::public(app, &path, &service.name, description)
                .about([structured::service(app, service)]),
            service: ServiceView::new(app, service),
            prose,
            closed: closed.as_ref(),
            phone: PhoneView::practice(app),
        },
    )
}
