//! The page "As well, or instead?": a form that has made a request is sent for
//! another time. Nothing is written before whoever sends it has chosen.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{effect::Effect, found, moving::Moving, two_sessions};
use crate::{
    app::App,
    booking::sent_form::Earlier,
    domain::{
        appointment::Status,
        availability::slot::Slot,
        practice::{office::Office, service::Service},
    },
    urls,
    web::{
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{Panel, PhoneView, When, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "appointments/as_well.html")]
struct AsWellPage<'a> {
    frame: Frame<'a>,
    /// What the form has made; `None` where it is not of whoever sends it now.
    earlier: Option<EarlierView<'a>>,
    new: Panel<'a>,
    /// The second session there, where two are asked for: `right after, at 1:15 pm`
    second: Option<String>,
    /// The two are far enough apart for both.
    fits_both: bool,
    /// What was typed, for a second request.
    fields: Vec<(&'a str, &'a str)>,
    /// The second request is a form of its own.
    request_key: String,
    other_times: String,
    phone: PhoneView,
}

struct EarlierView<'a> {
    panel: Panel<'a>,
    is_request: bool,
    page: String,
    instead: Instead,
}

/// Whether the first can be moved to the new time.
enum Instead {
    Can(Can),
    OtherService,
    /// Here or there are two sessions, and one moves alone.
    TwoSessions,
    Call,
}

/// How the first is moved, by the same form as on its own page.
struct Can {
    action: String,
    revision: u32,
    moves_request: bool,
    moves_at_once: bool,
    answer_by: When,
}

pub async fn show(
    app: &App,
    form: &Submission,
    (service, office, slot): (&Service, &Office, &Slot),
    earlier: Option<&Earlier>,
    fits_both: bool,
) -> Result<Response, Error> {
    let second = two_sessions::chosen(form);
    let earlier = match earlier {
        Some(earlier) => Some(EarlierView {
            panel: Panel::of(app, &earlier.appointment),
            is_request: earlier.appointment.status() == Status::Requested,
            page: urls::appointment(&earlier.link),
            instead: instead(app, earlier, (service, slot), second.is_some()).await?,
        }),
        None => None,
    };
    let as_well = AsWellPage {
        frame: Frame::private(app, "Not sent yet: as well, or instead?"),
        earlier,
        new: Panel::of_slot(app, office, service, slot),
        second: second
            .map(|second| words::appointment::second_session(app.practice().zone, slot.start, second)),
        fits_both,
        fields: form.without(&[Field::RequestKey]),
        other_times: urls::openings(&service.slug),
        request_key: app.fresh_token().to_string(),
        phone: PhoneView::practice(app),
    };
    answer::html(StatusCode::OK, &as_well)
}

async fn instead(
    app: &App,
    earlier: &Earlier,
    (service, slot): (&Service, &Slot),
    is_pair: bool,
) -> Result<Instead, Error> {
    if is_pair || earlier.appointment.series.is_some() {
        return Ok(Instead::TwoSessions);
    }
    if earlier.appointment.service != service.slug {
        return Ok(Instead::OtherService);
    }
    let found = found::found(app, &earlier.link.to_string()).await?;
    let Ok(moving) = Moving::of(app, &found).await? else { return Ok(Instead::Call) };
    let effect = moving.effect();
    Ok(Instead::Can(Can {
        action: urls::reschedule(&earlier.link),
        revision: found.appointment.revision,
        moves_request: effect == Effect::MovesRequest,
        moves_at_once: effect == Effect::MovesAtOnce,
        answer_by: moving.answer_by(slot),
    }))
}
