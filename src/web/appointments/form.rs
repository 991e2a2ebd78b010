//! The short form: who asks for the chosen time.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    again::{Again, Visit},
    days::Leads,
};
use crate::{
    app::App,
    booking::{request, slots::Snapshot},
    domain::{
        availability::slot::Slot,
        client::Note,
        practice::{office::Office, service::Service},
        time,
    },
    urls,
    web::{
        http::{answer, error::Error, fields::Fields},
        parts::{FieldError, Panel, PhoneView, When, form_title, mistyped, page::Frame},
    },
    words,
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
    /// What the form said of the terms.
    pub terms: String,
    /// The email address that was asked about and is right.
    pub email_as_typed: String,
    /// The form's key, where it must stay the same form.
    pub request_key: Option<String>,
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
            terms: fields.get("terms").to_owned(),
            email_as_typed: mistyped::kept(fields),
            request_key: None,
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
    /// The earlier visit that whoever asks comes from: then they are known.
    visit: Option<&'a Visit>,
    /// The same form for somebody who is not known.
    as_somebody_new: Option<String>,
    typed: Typed,
    wrong: Wrong,
    /// The therapist's sentence, when online booking was paused meanwhile.
    closed: Option<&'a Note>,
    request_key: String,
    at_once: bool,
    answer_by: Option<When>,
    /// What canceling costs, where it costs anything.
    fee: Option<String>,
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
    snapshot: &Snapshot<'_>,
    again: &Again,
    service: &Service,
    office: &Office,
    slot: Slot,
) -> Result<Response, Error> {
    let chosen = Chosen::of_slot(service, office, slot);
    let wrong = Wrong { alert: again.message().map(str::to_owned), ..Wrong::default() };
    let typed = Typed { terms: request::terms(service, snapshot.policy()), ..Typed::default() };
    show(app, snapshot, again, &chosen, typed, wrong, StatusCode::OK)
}

/// The form as it comes back: with what was typed, and what is wrong with it.
pub fn show(
    app: &App,
    snapshot: &Snapshot<'_>,
    again: &Again,
    chosen: &Chosen<'_>,
    typed: Typed,
    wrong: Wrong,
    status: StatusCode,
) -> Result<Response, Error> {
    let policy = snapshot.policy();
    let slot = chosen.slot.as_ref();
    let panel = slot.map(|(service, office, slot)| Panel::of_slot(app, office, service, slot));
    let title = match &panel {
        Some(panel) => format!("Request this time: {}, {}", panel.when.phrase, panel.office.name),
        None => "Request a time".to_owned(),
    };
    let leads = Leads::ToRequest { again: again.token() };
    let form = FormPage {
        frame: Frame::private(app, &form_title(&title, status)),
        panel,
        other_times: match slot {
            Some((service, ..)) => leads.page(&service.slug, None),
            None => urls::NEW_APPOINTMENT.to_owned(),
        },
        visit: again.visit(),
        as_somebody_new: again.visit().and(slot).map(|(.., slot)| urls::request_form(slot)),
        request_key: typed.request_key.clone().unwrap_or_else(|| app.fresh_token().to_string()),
        typed,
        wrong,
        closed: snapshot.rules().pause.as_ref(),
        at_once: slot.is_some_and(|(service, ..)| policy.confirms_at_once(service, again.is_known())),
        answer_by: slot.map(|(.., slot)| When::new(app, snapshot.held_until(slot.start))),
        fee: slot.and_then(|(service, _, slot)| {
            let confirmation = policy.confirmation_of(service, again.is_known());
            let offer = snapshot.cancellation_offer(service.price, slot.start, confirmation);
            words::cancellation::offer(offer, app.practice())
        }),
        phone: PhoneView::practice(app),
        chosen,
    };
    answer::html(status, &form)
}
