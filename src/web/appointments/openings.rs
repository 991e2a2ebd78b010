//! `GET /appointments/new`: the services; the openings of one at all offices
//! side by side; and, with a start, the form for it.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use chrono::NaiveDate;

use super::{
    again::Again,
    days::{self, Openings, Row},
    form,
    leads::Leads,
    taken::{self, Gone},
};
use crate::{
    app::App,
    booking::slots::{self, Snapshot},
    domain::{
        client::Note,
        ids::{OfficeSlug, ServiceSlug},
        practice::service::Service,
        time,
    },
    urls,
    web::{
        Web,
        cache::CachePolicy,
        http::{answer, error::Error, field::Field, query::Query},
        parts::{self, PhoneView, page::Frame},
        site::services::ServiceView,
    },
    words,
};

#[derive(Template)]
#[template(path = "appointments/openings.html")]
struct OpeningsPage<'a> {
    frame: Frame<'a>,
    /// What could not be read of the address that was asked for.
    message: Option<&'static str>,
    services: Vec<Choice<'a>>,
    /// The openings, once a service is chosen.
    openings: Option<Openings<'a>>,
    /// In place of all openings, while online booking is paused.
    closed: Option<&'a Note>,
    at_once: bool,
    /// When an answer comes, `within 24 hours`.
    answer: String,
    phone: PhoneView,
}

impl OpeningsPage<'_> {
    /// The service whose openings are shown.
    fn chosen(&self) -> Option<&ServiceView<'_>> {
        self.services.iter().find(|choice| choice.is_chosen).map(|choice| &choice.service)
    }
}

struct Choice<'a> {
    service: ServiceView<'a>,
    is_chosen: bool,
}

/// The page of openings, as far as every way to it knows it.
struct View<'a> {
    app: &'a App,
    snapshot: &'a Snapshot<'a>,
    again: &'a Again,
    service: Option<&'a Service>,
}

pub async fn show(State(web): State<Arc<Web>>, headers: HeaderMap, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let snapshot = slots::snapshot(app).await?;
    if let Some(service) = of_everybody(app, &query) {
        let view = View { app, snapshot: &snapshot, again: &Again::Nobody, service };
        return web.cache.answer(CachePolicy::UntilWrite, answer::HTML, &headers, &view.page(None, None));
    }
    let again = Again::read(app, query.value(Field::Again)).await?;
    let mut view = View { app, snapshot: &snapshot, again: &again, service: None };
    let unreadable = StatusCode::UNPROCESSABLE_ENTITY;
    let Some(service) = query.get(Field::Service) else {
        return view.list(None, again.message(), StatusCode::OK);
    };
    let practice = app.practice();
    let Some(service) = ServiceSlug::parse(service).and_then(|slug| practice.service(&slug)) else {
        let message = "I don't offer a session like that. Here's what I do offer.";
        return view.list(None, Some(message), unreadable);
    };
    if service.retired && query.get(Field::Start).is_none() {
        let message = "I no longer offer this session. Here's what I do offer.";
        return view.list(None, Some(message), StatusCode::OK);
    }
    view.service = Some(service);
    if let Some(start) = query.get(Field::Start) {
        let office = OfficeSlug::parse(query.value(Field::Office)).and_then(|slug| practice.office(&slug));
        let (Some(office), Some(start)) = (office, time::parse_instant(start)) else {
            let message = "I couldn't read that time. Please choose one of these.";
            return view.list(None, Some(message), unreadable);
        };
        if snapshot.rules().pause.is_some() {
            return view.list(None, None, StatusCode::CONFLICT);
        }
        return match snapshot.find(service, &office.slug, start) {
            Ok(slot) => form::fresh(app, &snapshot, &again, service, office, slot),
            Err(refusal) => taken::from_link(app, &snapshot, &again, service, Gone::one(start, &refusal)),
        };
    }
    match days::from(query.get(Field::From)) {
        Ok(from) => view.list(from, again.message(), StatusCode::OK),
        Err(message) => view.list(None, Some(message), unreadable),
    }
}

/// The service, if any, of a page that shows everybody the same. `None` asks
/// for a time, for other days, for a person's page, or for what cannot be read.
fn of_everybody<'a>(app: &'a App, query: &Query) -> Option<Option<&'a Service>> {
    if [Field::Start, Field::From, Field::Again].iter().any(|field| query.get(*field).is_some()) {
        return None;
    }
    let Some(service) = query.get(Field::Service) else { return Some(None) };
    let service = app.practice().service(&ServiceSlug::parse(service)?)?;
    Some(Some(service)).filter(|_| !service.retired)
}

impl View<'_> {
    fn list(
        &self,
        from: Option<NaiveDate>,
        message: Option<&'static str>,
        status: StatusCode,
    ) -> Result<Response, Error> {
        answer::html(status, &self.page(from, message))
    }

    fn page(&self, from: Option<NaiveDate>, message: Option<&'static str>) -> OpeningsPage<'_> {
        let (app, snapshot, service) = (self.app, self.snapshot, self.service);
        let (practice, policy) = (app.practice(), snapshot.policy());
        let closed = snapshot.rules().pause.as_ref();
        let leads = Leads::ToRequest { again: self.again.token() };
        let choices = practice.services_offered().map(|offered| Choice {
            service: ServiceView {
                openings: leads.page(&offered.slug, None),
                ..ServiceView::new(app, offered)
            },
            is_chosen: service.is_some_and(|service| service.slug == offered.slug),
        });
        let at_once = |service: &Service| practice.confirms_at_once(policy, service, self.again.is_known());
        OpeningsPage {
            frame: self.frame().urgent(),
            message,
            services: choices.collect(),
            openings: service
                .filter(|_| closed.is_none())
                .map(|service| Openings::new(app, snapshot, service, from, leads)),
            closed,
            at_once: match service {
                Some(service) => at_once(service),
                None => {
                    practice.services_offered().next().is_some() && practice.services_offered().all(at_once)
                }
            },
            answer: parts::answer(app, snapshot),
            phone: PhoneView::practice(app),
        }
    }

    fn frame(&self) -> Frame<'_> {
        let practice = self.app.practice();
        let names: Vec<&str> = practice.offices.iter().map(|office| office.name.as_str()).collect();
        let of = self.service.map(|service| format!("{}: available times", service.name));
        let offices = words::listed::listed(&names);
        let title = format!("{} in {offices}", of.as_deref().unwrap_or("Available times"));
        let description = format!("Choose a time with {} in {offices}.", practice.therapist.name);
        match self.again {
            Again::Nobody => Frame::public(self.app, urls::NEW_APPOINTMENT, &title, description),
            Again::Visit(_) | Again::Unknown => Frame::private(self.app, &title),
        }
    }
}
