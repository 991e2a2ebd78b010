//! Pages that are text and little else: `/about`, `/faq`, `/policies`,
//! `/privacy`, `/accessibility`, and at its name any other that the therapist
//! has written.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, Method, StatusCode, header},
    response::{IntoResponse, Response},
};

use super::services::ServiceView;
use crate::{
    app::App,
    backup::kept,
    booking::slots::{self, Next},
    content::read::page::{self, Page},
    domain::{
        client::Note,
        practice::{Practice, keep::Keep, policy::Policy, service::Service},
        time,
    },
    urls,
    web::{
        Web,
        cache::CachePolicy,
        http::{answer, error::Error},
        parts::{self, OfficeView, PhoneView, SlotView, page::Frame, portrait, structured},
    },
    words,
};

#[derive(Template)]
#[template(path = "site/page.html")]
struct TextPage<'a> {
    frame: Frame<'a>,
    page: &'a Page,
    /// Shown under the title of the policies.
    policy: Option<PolicyView>,
    /// Shown under the title of the privacy page.
    kept: Option<KeptView>,
    is_faq: bool,
    /// Who the page is about, if it is about the therapist.
    person: Option<PersonView<'a>>,
    phone: PhoneView,
}

/// The therapist, and what whoever has read about them asks next.
struct PersonView<'a> {
    portrait: Option<String>,
    next: Vec<(OfficeView<'a>, Option<SlotView<'a>>)>,
    /// In place of the openings, while online booking is paused.
    closed: Option<&'a Note>,
    services: Vec<ServiceView<'a>>,
}

impl<'a> PersonView<'a> {
    fn new(app: &'a App, next: &'a Next) -> Self {
        Self {
            portrait: portrait::of_therapist(app, true),
            next: parts::next_openings(app, &next.openings),
            closed: next.pause.as_ref(),
            services: app
                .practice()
                .services_offered()
                .map(|service| ServiceView::new(app, service))
                .collect(),
        }
    }
}

/// How long things are kept, in words.
struct KeptView {
    visits: String,
    email_text: String,
    links: String,
    unproven: String,
    backups: String,
}

impl KeptView {
    fn new(keep: &Keep) -> Self {
        let years = |years| if years == 1 { "a year".to_owned() } else { format!("{years} years") };
        Self {
            visits: years(keep.visits_years),
            email_text: time::days_words(keep.email_text_days),
            links: time::days_words(keep.link_days_after_visit),
            unproven: time::days_words(keep.unproven_request_days),
            backups: format!("{} months", kept::MONTHS),
        }
    }
}

/// The numbers of the policy, in words.
#[derive(Debug)]
struct PolicyView {
    minimum_notice: String,
    horizon: String,
    /// The services that are confirmed as soon as they are asked for.
    at_once: Vec<String>,
    /// Whether there are others.
    by_therapist: bool,
    /// Whoever books again need not wait for these others.
    again_at_once: bool,
    hold: String,
    answer_before: String,
    cancellation_notice: String,
    late_fee: Option<String>,
    open_requests: u32,
}

impl PolicyView {
    fn new(practice: &Practice, policy: &Policy) -> Self {
        let is_at_once = |service: &&Service| practice.confirms_at_once(policy, service, false);
        let (at_once, others): (Vec<_>, Vec<_>) = practice.services_offered().partition(is_at_once);
        Self {
            minimum_notice: time::hours_words(policy.minimum_notice_hours),
            horizon: time::days_words(policy.horizon_days),
            at_once: at_once.into_iter().map(|service| service.name.clone()).collect(),
            by_therapist: !others.is_empty(),
            again_at_once: !others.is_empty()
                && others.iter().all(|service| practice.confirms_at_once(policy, service, true)),
            hold: time::hours_words(policy.hold_hours),
            answer_before: time::hours_words(policy.answer_before_hours),
            cancellation_notice: time::hours_words(policy.cancellation_notice_hours),
            late_fee: (policy.late_fee_percent > 0)
                .then(|| words::cancellation::share(policy.late_fee_percent)),
            open_requests: policy.open_requests_per_contact,
        }
    }
}

pub async fn about(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    show(&web, &headers, urls::ABOUT).await
}

pub async fn faq(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    show(&web, &headers, urls::FAQ).await
}

pub async fn policies(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    show(&web, &headers, urls::POLICIES).await
}

pub async fn privacy(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    show(&web, &headers, urls::PRIVACY).await
}

pub async fn accessibility(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    show(&web, &headers, urls::ACCESSIBILITY).await
}

/// Where no page stands, nothing does, whatever is asked there: so this takes every method.
pub async fn other(
    State(web): State<Arc<Web>>,
    method: Method,
    slug: Result<Path<String>, PathRejection>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    // What is no UTF-8 is the name of no page.
    let slug = slug.map_err(|_| Error::NotFound)?.0;
    if page::has_its_place(&slug) || !web.app().site.pages.contains_key(&slug) {
        return Err(Error::NotFound);
    }
    if !matches!(method, Method::GET | Method::HEAD) {
        return Ok((StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET,HEAD")]).into_response());
    }
    show(&web, &headers, &format!("/{slug}")).await
}

async fn show(web: &Web, headers: &HeaderMap, path: &str) -> Result<Response, Error> {
    let app = &*web.app();
    let page = app.site.pages.get(path.trim_start_matches('/')).ok_or(Error::NotFound)?;
    let (policy, cache_policy) = match path {
        urls::POLICIES => {
            let policy = PolicyView::new(app.practice(), &app.rules().await?.policy);
            (Some(policy), CachePolicy::UntilWrite)
        }
        urls::ABOUT => (None, CachePolicy::UntilWrite),
        _ => (None, CachePolicy::UntilContent),
    };
    let about = match path {
        urls::FAQ => Some(structured::questions(&page.body.sections)),
        urls::ABOUT => Some(structured::therapist(app)),
        _ => None,
    };
    let next = if path == urls::ABOUT { Some(slots::next(app).await?) } else { None };
    let mut frame = Frame::public(app, path, &page.title, page.description.clone()).about(about);
    if page.menu.is_some() {
        frame.section = path;
    }
    web.cache.answer(
        cache_policy,
        answer::HTML,
        headers,
        &TextPage {
            frame,
            page,
            policy,
            kept: (path == urls::PRIVACY).then(|| KeptView::new(&app.practice().keep)),
            is_faq: path == urls::FAQ,
            person: next.as_ref().map(|next| PersonView::new(app, next)),
            phone: PhoneView::practice(app),
        },
    )
}
