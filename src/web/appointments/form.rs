//! The short form: who asks for the chosen time.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use crate::{
    app::App,
    domain::{appointment, office::Office, policy::Confirmation, service::Service, slot::Slot, time},
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

#[derive(Template)]
#[template(path = "appointments/form.html")]
struct FormPage<'a> {
    frame: Frame<'a>,
    panel: Panel<'a>,
    slot: &'a Slot,
    start: String,
    other_times: String,
    typed: Typed,
    errors: Vec<FieldError>,
    /// Something about the form as a whole.
    alert: Option<String>,
    request_key: String,
    at_once: bool,
    answer_by: When,
    cancellation_notice_hours: u32,
    phone: PhoneView,
}

impl FormPage<'_> {
    fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// The honeypot is shown to whoever has it filled: it may have been a password manager.
    fn shows_honeypot(&self) -> bool {
        self.error("website").is_some()
    }
}

/// The form as it is first seen.
pub fn fresh(app: &App, service: &Service, office: &Office, slot: &Slot) -> Result<Response, Error> {
    again(app, service, office, slot, Typed::default(), Vec::new(), None, StatusCode::OK)
}

/// The form as it comes back: with what was typed, and what is wrong with it.
#[expect(clippy::too_many_arguments, reason = "one page, called from two places, each argument a part of it")]
pub fn again(
    app: &App,
    service: &Service,
    office: &Office,
    slot: &Slot,
    typed: Typed,
    errors: Vec<FieldError>,
    alert: Option<String>,
    status: StatusCode,
) -> Result<Response, Error> {
    let policy = &app.practice().policy;
    let when = When::new(app, slot.start);
    let title = format!("Ask for {}, {}", when.phrase, office.name);
    let form = FormPage {
        frame: Frame::private(app, &title),
        panel: Panel::of_slot(app, office, service, slot),
        slot,
        start: time::write_instant(slot.start),
        other_times: crate::urls::openings(&service.slug),
        typed,
        errors,
        alert,
        request_key: app.fresh_token().to_string(),
        at_once: policy.confirmation == Confirmation::AtOnce,
        answer_by: When::new(app, appointment::held_until(policy, slot.start, app.now())),
        cancellation_notice_hours: policy.cancellation_notice_hours,
        phone: PhoneView::practice(app),
    };
    page::html(status, &form)
}
