//! In place of the times to choose instead of what was closed: another time was
//! chosen, or it is too late.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use crate::{
    app::App,
    booking::closing::rebooking::Rebooking,
    domain::{appointment::Appointment, ids::Token, time},
    urls,
    web::{
        http::{answer, error::Error},
        parts::{Panel, PhoneView, page::Frame},
    },
    words,
};

/// Nothing is left to choose: another time was chosen, or it is too late.
#[derive(Template)]
#[template(path = "appointments/rebooked.html")]
struct RebookedPage<'a> {
    frame: Frame<'a>,
    title: String,
    /// What was chosen.
    chosen: Option<Panel<'a>>,
    status: &'static str,
    start: String,
    action: String,
    /// The openings for everybody.
    openings: String,
    phone: PhoneView,
}

pub fn show(app: &App, link: &Token, a: &Appointment, rebooking: &Rebooking) -> Result<Response, Error> {
    let chosen = rebooking.replacement.as_ref();
    let panel = chosen.map(|chosen| Panel::of(app, chosen));
    let status = chosen.map_or(a.status(), Appointment::status);
    let title = match &panel {
        Some(panel) => {
            format!("{}: {}", words::appointment::status_to_client(status), panel.when.phrase)
        }
        None => "You can't pick a time here anymore".to_owned(),
    };
    let page = RebookedPage {
        frame: Frame::own(app, &title),
        status: words::appointment::status_to_client(status),
        start: chosen.map(|chosen| time::write_instant(chosen.span.start)).unwrap_or_default(),
        chosen: panel,
        title,
        action: urls::rebooking(link),
        openings: match app.practice().service(&a.service).filter(|service| !service.retired) {
            Some(service) => urls::openings(&service.slug),
            None => urls::NEW_APPOINTMENT.to_owned(),
        },
        phone: PhoneView::practice(app),
    };
    answer::html(if chosen.is_some() { StatusCode::OK } else { StatusCode::GONE }, &page)
}
