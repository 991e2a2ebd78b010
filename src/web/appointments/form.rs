//! The short form: who asks for the chosen time.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use crate::{
    app::App,
    domain::{hold, office::Office, policy::Policy, service::Service, slot::Slot, time},
    urls,
    web::{
        error::Error,
        fields::Fields,
        page::{self, Frame},
        parts::{FieldError, Panel, PhoneView, When},
    },
};

/// What stood in the fields when the form was sent, or nothing.
#[derive(Clone, Default)]
pub struct Typed {
    pub name: String,
    pub email: String,
    pub phone: String,
    pub note: String,
    pub agreed: bool,
    pub website: String,
}

impl Typed {
    pub fn new(fields: &Fields) -> Self {
        Self {
            name: fields.get("name").to_owned(),
            email: fields.get("email").to_owned(),
            phone: fields.get("phone").to_owned(),
            note: fields.get("note").to_owned(),
            agreed: !fields.get("agreed").is_empty(),
            website: fields.get("website").to_owned(),
        }
    }
}

/// The time that the form is about.
pub struct Chosen<'a> {
    /// Service, office and start as they were sent.
    pub service: String,
    pub office: String,
    pub start: String,
    /// What they stand for, when all three could be read. It need not be offered any more.
    pub slot: Option<(&'a Service, &'a Office, Slot)>,
}

impl<'a> Chosen<'a> {
    pub fn of_slot(service: &'a Service, office: &'a Office, slot: Slot) -> Self {
        Self {
            service: service.slug.to_string(),
            office: office.slug.to_string(),
            start: time::write_instant(slot.start),
            slot: Some((service, office, slot)),
        }
    }
}

/// What is wrong with a form that comes back.
#[derive(Default)]
pub struct Wrong {
    pub fields: Vec<FieldError>,
    /// Something about the form as a whole.
    pub alert: Option<String>,
}

#[derive(Template)]
#[template(path = "appointments/form.html")]
struct FormPage<'a> {
    frame: Frame<'a>,
    chosen: &'a Chosen<'a>,
    panel: Option<Panel<'a>>,
    other_times: String,
    typed: Typed,
    wrong: Wrong,
    request_key: String,
    at_once: bool,
    answer_by: Option<When>,
    cancellation_notice: String,
    phone: PhoneView,
}

impl FormPage<'_> {
    fn error(&self, field: &str) -> Option<&str> {
        self.wrong.fields.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// The honeypot is shown to whoever has it filled: it may have been a password manager.
    fn shows_honeypot(&self) -> bool {
        self.error("website").is_some()
    }
}

/// The form as it is first seen.
pub fn fresh(
    app: &App,
    policy: &Policy,
    service: &Service,
    office: &Office,
    slot: Slot,
) -> Result<Response, Error> {
    let chosen = Chosen::of_slot(service, office, slot);
    show(app, policy, &chosen, Typed::default(), Wrong::default(), StatusCode::OK)
}

/// The form as it comes back: with what was typed, and what is wrong with it.
pub fn show(
    app: &App,
    policy: &Policy,
    chosen: &Chosen<'_>,
    typed: Typed,
    wrong: Wrong,
    status: StatusCode,
) -> Result<Response, Error> {
    let panel =
        chosen.slot.as_ref().map(|(service, office, slot)| Panel::of_slot(app, office, service, slot));
    let title = match &panel {
        Some(panel) => format!("Ask for {}, {}", panel.when.phrase, panel.office.name),
        None => "Ask for a time".to_owned(),
    };
    let held_until = |slot: &Slot| hold::held_until(policy, &[], slot.start, app.now());
    let form = FormPage {
        frame: Frame::private(app, &title),
        panel,
        other_times: match &chosen.slot {
            Some((service, ..)) => urls::openings(&service.slug),
            None => urls::NEW_APPOINTMENT.to_owned(),
        },
        typed,
        wrong,
        request_key: app.fresh_token().to_string(),
        at_once: chosen.slot.as_ref().is_some_and(|(service, ..)| policy.confirms_at_once(service, false)),
        answer_by: chosen.slot.as_ref().map(|(.., slot)| When::new(app, held_until(slot))),
        cancellation_notice: time::hours_words(policy.cancellation_notice_hours),
        phone: PhoneView::practice(app),
        chosen,
    };
    page::html(status, &form)
}
