//! `GET, POST /appointments/{token}/cancellation`

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    canceling::Canceling,
    found::{self, Found},
};
use crate::{
    app::App,
    booking::cancel,
    domain::appointment::{Status, refusal::Refusal},
    operation, urls,
    web::{
        Web,
        http::{
            answer,
            error::{self, Error},
            field::Field,
            submission::Submission,
        },
        parts::{Panel, PhoneView, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "appointments/cancellation.html")]
struct CancellationPage<'a> {
    frame: Frame<'a>,
    /// Why it was not canceled.
    message: Option<String>,
    panel: Panel<'a>,
    /// What the page shows: another state of things is not canceled by it.
    revision: u32,
    /// A request that is not confirmed yet is taken back.
    is_request: bool,
    canceling: Canceling,
    /// Another time has been asked for, too.
    is_changing: bool,
    action: String,
    back: String,
    phone: PhoneView,
}

pub async fn show(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    render(app, &found, None, StatusCode::OK)
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    let canceling = Canceling::of(app, &found.appointment, &found.rules.policy, app.now());
    if form.value(Field::IsFree) == "yes" && canceling.is_late() {
        let message = "The time to cancel for free has just ended. Nothing's canceled yet.".to_owned();
        return render(app, &found, Some(message), StatusCode::CONFLICT);
    }
    let Found { token: link, .. } = found;
    match cancel::by_client(&web.current, &link, form.seen()).await {
        Ok(_) => Ok(answer::see_other(&urls::appointment(&link))),
        Err(operation::Error::Refused(refusal @ Refusal::ChangedMeanwhile(_))) => {
            let found = found::found(app, &token).await?;
            render(app, &found, Some(error::sentence(&refusal)), StatusCode::CONFLICT)
        }
        Err(error) => Err(error.into()),
    }
}

/// The question, about the appointment as it is now.
fn render(app: &App, found: &Found, message: Option<String>, status: StatusCode) -> Result<Response, Error> {
    let Found { token, appointment, reschedule_request, rules, .. } = found;
    let policy = &rules.policy;
    // What the button would be told can be told now.
    if let Err(refusal) = appointment.clone().cancel_by_client(policy, app.now()) {
        return refused(&refusal);
    }
    let panel = Panel::of(app, appointment);
    let cancellation_page = CancellationPage {
        frame: Frame::own(app, &format!("Cancel {}?", panel.when.phrase)),
        message,
        panel,
        revision: appointment.revision,
        is_request: appointment.status() == Status::Requested,
        canceling: Canceling::of(app, appointment, policy, app.now()),
        is_changing: reschedule_request.is_some(),
        action: urls::cancellation(token),
        back: urls::appointment(token),
        phone: PhoneView::practice(app),
    };
    answer::html(status, &cancellation_page)
}

fn refused(refusal: &Refusal) -> Result<Response, Error> {
    Err(Error::Refused(error::sentence(refusal)))
}
