//! In place of another time, where the client cannot move an appointment: why,
//! and what else can be done.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status, refusal::Refusal},
        ids::Token,
        practice::policy::Policy,
    },
    urls,
    web::{
        http::{
            answer,
            error::{self, Error},
        },
        parts::{Panel, PhoneView, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "appointments/not_moved.html")]
struct NotMovedPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    status: Status,
    panel: Panel<'a>,
    /// Why only a call helps, where it is late.
    late: Option<String>,
    sentence: String,
    /// It's not for them to move it any more, but for a call.
    calls: bool,
    back: String,
    phone: PhoneView,
}

/// Says why the appointment cannot be moved, and what else can be done.
pub fn show(
    app: &App,
    link: &Token,
    appointment: &Appointment,
    policy: &Policy,
    refusal: &Refusal,
) -> Result<Response, Error> {
    let is_inside_notice = *refusal == Refusal::InsideNotice;
    let calls = is_inside_notice || matches!(refusal, Refusal::MovedOften(_));
    let title = if calls { "Please call me to reschedule" } else { "Not rescheduled" };
    let not_moved = NotMovedPage {
        frame: Frame::own(app, title),
        title,
        status: appointment.status(),
        panel: Panel::of(app, appointment),
        late: appointment.cancellation_terms(policy).filter(|_| is_inside_notice).map(|terms| {
            let (start, confirmed_at) = (appointment.span.start, appointment.confirmed_at());
            words::cancellation::why_late(terms, app.practice(), start, confirmed_at)
        }),
        sentence: error::sentence(refusal),
        calls,
        back: urls::appointment(link),
        phone: PhoneView::practice(app),
    };
    answer::html(if calls { StatusCode::GONE } else { StatusCode::CONFLICT }, &not_moved)
}
