//! `GET /admin/appointments/{id}`: one appointment, and what can be done with it.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use crate::{
    app::App,
    booking,
    domain::{
        appointment::{Appointment, Side, Status},
        client::Note,
        ids::AppointmentId,
        refusal::{Refusal, SlotRefusal},
    },
    urls,
    web::{
        Web,
        error::{self, Error},
        fields::Fields,
        page::{self, Frame},
        parts::{Panel, PhoneView, When},
    },
};

#[derive(Template)]
#[template(path = "admin/appointment.html")]
struct AppointmentPage<'a> {
    frame: Frame<'a>,
    name: &'a str,
    status: Status,
    panel: Panel<'a>,
    email: Option<&'a str>,
    phone: Option<PhoneView>,
    note: Option<&'a str>,
    sentence: Option<&'a str>,
    requested: When,
    held_until: When,
    answered: Option<When>,
    ended: Option<When>,
    cancelled_by_client: bool,
    is_late: bool,
    /// What can be done now, each with its address.
    confirmation: Option<String>,
    decline: Option<String>,
    cancellation: Option<String>,
    /// What was typed with an answer that could not be given, and why not.
    typed: String,
    message: Option<String>,
    /// The appointment that stands in the way.
    in_the_way: Option<String>,
}

pub async fn show(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let appointment = found(&web.app, id_of(&id)?).await?;
    render(&web.app, &appointment, Trial::default(), StatusCode::OK)
}

/// Reads an id out of an address.
pub fn id_of(text: &str) -> Result<AppointmentId, Error> {
    text.parse().map(AppointmentId).map_err(|_| Error::NotFound)
}

async fn found(app: &App, id: AppointmentId) -> Result<Appointment, Error> {
    app.store.read().await?.appointment(id).await?.ok_or(Error::NotFound)
}

/// Reads the therapist's own sentence; one that cannot be read brings the page back.
pub async fn sentence(
    web: &Web,
    id: AppointmentId,
    fields: &Fields,
) -> Result<Option<Note>, Result<Response, Error>> {
    let typed = fields.get("sentence");
    match Note::parse(typed) {
        Ok(sentence) => Ok(sentence),
        Err(message) => {
            let trial =
                Trial { typed: typed.to_owned(), message: Some(message.to_owned()), in_the_way: None };
            Err(match found(&web.app, id).await {
                Ok(appointment) => render(&web.app, &appointment, trial, StatusCode::UNPROCESSABLE_ENTITY),
                Err(error) => Err(error),
            })
        }
    }
}

/// After an answer: on to the appointment's page; or, when the rules said no,
/// that page as it is now, with the reason and what was typed.
pub async fn answered(
    web: &Web,
    id: AppointmentId,
    fields: &Fields,
    outcome: Result<Appointment, booking::Error>,
) -> Result<Response, Error> {
    let refusal = match outcome {
        Ok(appointment) => return Ok(page::see_other(&urls::admin_appointment(appointment.id))),
        Err(booking::Error::Refused(refusal)) => refusal,
        Err(booking::Error::NotThen(refusals)) => match refusals.into_iter().next() {
            Some(refusal) => refusal.into(),
            None => return Err(Error::NotFound),
        },
        Err(error) => return Err(error.into()),
    };
    let appointment = found(&web.app, id).await?;
    let (message, in_the_way) = match &refusal {
        Refusal::Slot(refusal) => conflict(refusal),
        refusal => (error::sentence(refusal), None),
    };
    let trial = Trial { typed: fields.get("sentence").to_owned(), message: Some(message), in_the_way };
    render(&web.app, &appointment, trial, StatusCode::CONFLICT)
}

/// What stands in the way of a yes.
fn conflict(refusal: &SlotRefusal) -> (String, Option<AppointmentId>) {
    match refusal {
        SlotRefusal::SlotTaken { by } => {
            ("The time is taken by another appointment. Nothing was changed.".to_owned(), *by)
        }
        SlotRefusal::WithinBuffer { of } => {
            ("The time is too close to another appointment. Nothing was changed.".to_owned(), Some(*of))
        }
        SlotRefusal::OnTheRoad { from_or_to, .. } => (
            "The drive to or from another appointment leaves too little time. Nothing was changed."
                .to_owned(),
            Some(*from_or_to),
        ),
        other => (format!("It cannot be confirmed: {other}. Nothing was changed."), None),
    }
}

/// An answer that was tried and could not be given.
#[derive(Default)]
struct Trial {
    typed: String,
    message: Option<String>,
    in_the_way: Option<AppointmentId>,
}

fn render(app: &App, a: &Appointment, trial: Trial, status: StatusCode) -> Result<Response, Error> {
    let now = app.now();
    let is_to_come = now < a.session.start;
    let panel = Panel::of(app, a);
    let title = format!("{}: {}, {}", a.status.word(), a.name, panel.when.phrase);
    let can_confirm = matches!(a.status, Status::Requested | Status::Expired) && is_to_come;
    let appointment_page = AppointmentPage {
        frame: Frame::private(app, &title),
        name: a.name.as_str(),
        status: a.status,
        panel,
        email: a.contact.email.as_ref().map(|email| email.as_str()),
        phone: a.contact.phone.as_ref().map(PhoneView::of),
        note: a.note.as_ref().map(|note| note.as_str()),
        sentence: a.sentence.as_ref().map(|sentence| sentence.as_str()),
        requested: When::new(app, a.requested_at),
        held_until: When::new(app, a.held_until),
        answered: a.answered_at.map(|at| When::new(app, at)),
        ended: a.ended_at.map(|at| When::new(app, at)),
        cancelled_by_client: a.cancelled_by == Some(Side::Client),
        is_late: a.is_late,
        confirmation: can_confirm.then(|| urls::confirmation(a.id)),
        decline: (a.status == Status::Requested).then(|| urls::decline(a.id)),
        cancellation: (a.status == Status::Confirmed && is_to_come).then(|| urls::admin_cancellation(a.id)),
        typed: trial.typed,
        message: trial.message,
        in_the_way: trial.in_the_way.map(urls::admin_appointment),
    };
    page::html(status, &appointment_page)
}
