//! The page in place of a time that cannot be had: the nearest openings at
//! every office, each one press away.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::form::Typed;
use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::{
        refusal::SlotRefusal,
        rules::Rules,
        service::Service,
        time::{self, Instant},
    },
    urls,
    web::{
        error::Error,
        page::{self, Frame},
        parts::{OfficeView, PhoneView, SlotView, When},
    },
};

#[derive(Template)]
#[template(path = "appointments/taken.html")]
struct TakenPage<'a> {
    frame: Frame<'a>,
    why: String,
    wanted: When,
    service: &'a Service,
    nearest: Vec<(OfficeView<'a>, Vec<SlotView<'a>>)>,
    /// What was typed, when a form was sent; then each opening is a form.
    typed: Option<Typed>,
    request_keys: RequestKeys<'a>,
    all: String,
    phone: PhoneView,
}

/// Draws a fresh key for each form of the page.
struct RequestKeys<'a>(&'a App);

impl RequestKeys<'_> {
    fn draw(&self) -> String {
        self.0.fresh_token().to_string()
    }
}

/// After a link to a time that is not offered: the openings are links.
pub fn from_link(
    app: &App,
    snapshot: &Snapshot<'_>,
    service: &Service,
    start: Instant,
    refusal: &SlotRefusal,
) -> Result<Response, Error> {
    show(app, snapshot, service, start, refusal, None)
}

/// After a form for a time that is not offered: the openings are forms with
/// everything in them that was typed.
pub fn from_form(
    app: &App,
    snapshot: &Snapshot<'_>,
    service: &Service,
    start: Instant,
    refusal: &SlotRefusal,
    typed: Typed,
) -> Result<Response, Error> {
    show(app, snapshot, service, start, refusal, Some(typed))
}

fn show(
    app: &App,
    snapshot: &Snapshot<'_>,
    service: &Service,
    start: Instant,
    refusal: &SlotRefusal,
    typed: Option<Typed>,
) -> Result<Response, Error> {
    let practice = app.practice();
    let slots = snapshot.nearest(service, start);
    let nearest = practice.offices.iter().map(|office| {
        let here = slots.iter().filter(|slot| slot.office == office.slug);
        (OfficeView::new(app, office), here.map(|slot| SlotView::new(app, &office.name, slot)).collect())
    });
    let taken = TakenPage {
        frame: Frame::private(app, "That time is not free"),
        why: why(snapshot.rules(), refusal),
        wanted: When::new(app, start),
        service,
        nearest: nearest.collect(),
        typed,
        request_keys: RequestKeys(app),
        all: urls::openings(&service.slug),
        phone: PhoneView::practice(app),
    };
    page::html(StatusCode::CONFLICT, &taken)
}

/// Why a time cannot be had, as a client should read it: nothing about others.
fn why(rules: &Rules, refusal: &SlotRefusal) -> String {
    let policy = &rules.policy;
    match refusal {
        SlotRefusal::SlotTaken { .. } | SlotRefusal::WithinBuffer { .. } => {
            "Someone else was a little faster.".to_owned()
        }
        SlotRefusal::OnTheRoad { .. } | SlotRefusal::DecidedFor { .. } => {
            "I could not be there in time: I am at another office around then.".to_owned()
        }
        SlotRefusal::TooSoon => {
            format!("I need to know at least {} before.", time::hours_words(policy.minimum_notice_hours))
        }
        SlotRefusal::BeyondHorizon => {
            format!("I take requests for the next {}.", time::days_words(policy.horizon_days))
        }
        SlotRefusal::RequestsClosed => {
            rules.closed.as_ref().map_or("", |sentence| sentence.as_str()).to_owned()
        }
        SlotRefusal::Past => "That time has passed.".to_owned(),
        SlotRefusal::TimeOff { .. } | SlotRefusal::Closed => "I am not in that office then.".to_owned(),
        SlotRefusal::OffStep => "No session begins at that minute.".to_owned(),
        SlotRefusal::NotGivenThere => "I do not give this session at that office.".to_owned(),
        SlotRefusal::Retired => "I no longer give this session.".to_owned(),
    }
}
