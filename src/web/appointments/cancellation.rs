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
    booking::cancel_later,
    domain::{
        appointment::{Appointment, Status, refusal::Refusal},
        series::later::later,
    },
    operation, urls,
    web::{
        Web,
        http::{
            answer,
            error::{self, Error},
            field::Field,
            submission::Submission,
        },
        parts::{LaterView, Panel, PhoneView, When, later as later_parts, page::Frame},
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
    /// Where it is of a series, the later visits.
    later: Option<LaterView<'a>>,
    /// Those of them that are late to cancel, each with why, and what that costs.
    late: Vec<(When, String)>,
    /// Another time has been asked for, too.
    is_changing: bool,
    action: String,
    back: String,
    phone: PhoneView,
}

pub async fn show(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    render(app, &found, None, Submission::default(), StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    let is_late = |a: &Appointment| Canceling::of(app, a, &found.rules.policy, app.now()).is_late();
    let named = later_parts::read(&form);
    let is_too_late = form.value(Field::IsFree) == "yes" && is_late(&found.appointment)
        || form.value(Field::LaterIsFree) == "yes"
            && named.as_ref().is_ok_and(|named| !named.is_empty())
            && later_than(app, &found).await?.iter().any(is_late);
    if is_too_late {
        let message = "The time to cancel for free has just ended. Nothing's canceled yet.".to_owned();
        return render(app, &found, Some(message), form, StatusCode::CONFLICT).await;
    }
    let link = found.token.clone();
    let canceled = match named {
        Ok(named) => cancel_later::by_client(&web.current, &link, (form.seen(), &named)).await,
        Err(refusal) => Err(refusal.into()),
    };
    match canceled {
        Ok(_) => Ok(answer::see_other(&urls::appointment(&link))),
        Err(operation::Error::Refused(refusal @ (Refusal::ChangedMeanwhile(_) | Refusal::SeriesChanged))) => {
            let found = found::found(app, &token).await?;
            render(app, &found, Some(error::sentence(&refusal)), form, StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

/// The question, about the appointment as it is now.
async fn render(
    app: &App,
    found: &Found,
    message: Option<String>,
    form: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let Found { token, appointment, reschedule_request, rules, .. } = found;
    let policy = &rules.policy;
    // What the button would be told can be told now.
    if let Err(refusal) = appointment.clone().cancel_by_client(policy, app.now()) {
        return refused(&refusal);
    }
    let visits = later_than(app, found).await?;
    let late = visits.iter().filter_map(|a| match Canceling::of(app, a, policy, app.now()) {
        Canceling::Late { words, .. } => Some((When::new(app, a.span.start), words)),
        _ => None,
    });
    let late = late.collect();
    let panel = Panel::of(app, appointment);
    let cancellation_page = CancellationPage {
        frame: Frame::own(app, &format!("Cancel {}?", panel.when.phrase)),
        message,
        panel,
        revision: appointment.revision,
        is_request: appointment.status() == Status::Requested,
        canceling: Canceling::of(app, appointment, policy, app.now()),
        later: LaterView::new(app, &visits, &form),
        late,
        is_changing: reschedule_request.is_some(),
        action: urls::cancellation(token),
        back: urls::appointment(token),
        phone: PhoneView::practice(app),
    };
    answer::html(status, &cancellation_page)
}

/// The later visits of its series, each as the client knows it.
async fn later_than(app: &App, found: &Found) -> Result<Vec<Appointment>, Error> {
    let mut tx = app.store.read().await?;
    let mut series = tx.series_with(found.appointment.id).await?;
    for a in &mut series {
        if let Some(known) = tx.known_to_client(a.id, app.now()).await? {
            *a = known.appointment;
        }
    }
    series.sort_by_key(|a| (a.span.start, a.id));
    Ok(later(&series, &found.appointment))
}

fn refused(refusal: &Refusal) -> Result<Response, Error> {
    Err(Error::Refused(error::sentence(refusal)))
}
