//! The short form: who asks for the chosen time.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    again::{Again, Visit},
    leads::Leads,
    two_sessions::SecondView,
};
use crate::{
    app::App,
    booking::{request, slots::Snapshot},
    domain::{
        availability::slot::Slot,
        client::Note,
        ids::{OfficeSlug, ServiceSlug},
        practice::{Practice, office::Office, service::Service},
        time::{self, Instant},
    },
    urls,
    web::{
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{Panel, PhoneView, When, form_title, page::Frame},
    },
    words,
};

/// The time that a form is about, as far as it could be read. It need not be offered any more.
pub struct Chosen<'a> {
    pub service: Option<&'a Service>,
    pub office: Option<&'a Office>,
    pub start: Option<Instant>,
}

impl<'a> Chosen<'a> {
    pub fn read(practice: &'a Practice, form: &Submission) -> Self {
        Self {
            service: ServiceSlug::parse(form.value(Field::Service)).and_then(|slug| practice.service(&slug)),
            office: OfficeSlug::parse(form.value(Field::Office)).and_then(|slug| practice.office(&slug)),
            start: time::parse_instant(form.value(Field::Start)),
        }
    }

    /// What they stand for, when all three could be read.
    pub fn slot(&self) -> Option<(&'a Service, &'a Office, Slot)> {
        let (service, office, start) = (self.service?, self.office?, self.start?);
        let end = start + service.length();
        let slot = Slot { office: office.slug.clone(), service: service.slug.clone(), start, end };
        Some((service, office, slot))
    }
}

#[derive(Template)]
#[template(path = "appointments/form.html")]
struct FormPage<'a> {
    frame: Frame<'a>,
    panel: Option<Panel<'a>>,
    other_times: String,
    /// The visit that whoever asks comes from: then they are known.
    visit: Option<&'a Visit>,
    /// The same form for somebody who is not known.
    as_somebody_new: Option<String>,
    form: Submission,
    /// A second session with it, where one can be had.
    second: Option<SecondView>,
    /// Whoever isn't known has to leave a phone number.
    is_phone_needed: bool,
    /// The therapist's sentence, when online booking was paused meanwhile.
    closed: Option<&'a Note>,
    at_once: bool,
    answer_by: Option<When>,
    /// What canceling costs, where it costs anything.
    fee: Option<String>,
    phone: PhoneView,
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
    let mut form = Submission::offering([
        (Field::Service, service.slug.to_string()),
        (Field::Office, office.slug.to_string()),
        (Field::Start, time::write_instant(slot.start)),
        (Field::Terms, request::terms(service, snapshot.policy())),
        (Field::RequestKey, app.fresh_token().to_string()),
    ]);
    if let Some(guest) = again.visit().and_then(|visit| visit.guest.as_ref()) {
        form.set(Field::For, guest.as_str());
    }
    if let Some(message) = again.message() {
        form.warn(message);
    }
    show(app, snapshot, again, Some((service, office, slot)), form, StatusCode::OK)
}

/// The form as it comes back: with what was typed, and what is wrong with it.
pub fn show(
    app: &App,
    snapshot: &Snapshot<'_>,
    again: &Again,
    slot: Option<(&Service, &Office, Slot)>,
    form: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let policy = snapshot.policy();
    let slot = slot.as_ref();
    let panel = slot.map(|(service, office, slot)| Panel::of_slot(app, office, service, slot));
    let title = match &panel {
        Some(panel) => format!("Request this time: {}, {}", panel.when.phrase, panel.office.name),
        None => "Request a time".to_owned(),
    };
    let leads = Leads::ToRequest { again: again.token() };
    let form_page = FormPage {
        frame: Frame::private(app, &form_title(&title, status)),
        panel,
        other_times: match slot {
            Some((service, ..)) => leads.page(&service.slug, None),
            None => urls::NEW_APPOINTMENT.to_owned(),
        },
        visit: again.visit(),
        as_somebody_new: again.visit().and(slot).map(|(.., slot)| urls::request_form(slot)),
        second: slot.and_then(|(service, office, slot)| {
            SecondView::new(app, snapshot, (service, office, slot), &form)
        }),
        form,
        is_phone_needed: app.practice().first_visit.phone_needed,
        closed: snapshot.rules().pause.as_ref(),
        at_once: slot
            .is_some_and(|(service, ..)| app.practice().confirms_at_once(policy, service, again.is_known())),
        answer_by: slot.map(|(.., slot)| When::new(app, snapshot.held_until(slot.start))),
        fee: slot.and_then(|(service, _, slot)| {
            let confirmation = app.practice().confirmation_of(policy, service, again.is_known());
            let offer = snapshot.cancellation_offer(service.price, slot.start, confirmation);
            words::cancellation::offer(offer, app.practice())
        }),
        phone: PhoneView::practice(app),
    };
    answer::html(status, &form_page)
}
