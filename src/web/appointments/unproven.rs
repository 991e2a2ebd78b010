//! "Not requested yet": what a link shows while what was asked for waits for its client's
//! proof that they read the email. Only opened from that email it has the button.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use crate::{
    app::App,
    booking::{request, slots},
    domain::{
        appointment::{Appointment, unproven::UnprovenRequest},
        ids::Token,
    },
    store::{GivenIn, StoreError},
    urls,
    web::{
        http::{answer, error::Error, submission::Submission},
        parts::{Panel, PhoneView, page::Frame},
    },
    words,
};

/// What a link leads to.
pub struct Waits {
    pub token: Token,
    pub request: UnprovenRequest,
    pub given_in: GivenIn,
}

#[derive(Template)]
#[template(path = "appointments/unproven.html")]
struct UnprovenPage<'a> {
    frame: Frame<'a>,
    /// Why something was not done.
    message: Option<String>,
    /// `None` where the service is not given any more.
    panel: Option<Panel<'a>>,
    /// The second session, where two are asked for: `right after, at 1:15 pm`
    second: Option<String>,
    /// The button, for whoever comes from the email.
    button: Option<Button>,
    /// For whoever has just sent the form: where the email went.
    written_to: Option<&'a str>,
    /// The same for whoever has left a number alone.
    calls: Option<String>,
    correction: Option<(String, Submission)>,
    openings: String,
    phone: PhoneView,
}

struct Button {
    action: String,
    terms: String,
    /// What canceling costs, where it costs anything.
    fee: Option<String>,
}

/// Finds what a link shows, if it waits for its proof.
pub async fn find(app: &App, token: &str) -> Result<Option<Waits>, StoreError> {
    let Some(token) = Token::parse(token) else { return Ok(None) };
    let found = app.store.read().await?.unproven_request_by_link(&token).await?;
    Ok(found.map(|(request, given_in)| Waits { token, request, given_in }))
}

/// The page, with a correction of the email address that could not be taken, if there was one.
pub async fn render(
    app: &App,
    waits: &Waits,
    message: Option<String>,
    form: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let Waits { token, request, given_in } = waits;
    let practice = app.practice();
    let service = practice.service(&request.service).filter(|service| !service.retired);
    let a: Option<Appointment> = service.map(|service| request.as_request(service));
    let panel = a.as_ref().map(|a| Panel::of(app, a));
    let title = match &panel {
        Some(panel) => format!("Not requested yet: {}, {}", panel.when.phrase, panel.office.name),
        None => "Not requested yet".to_owned(),
    };
    let is_open = service.is_some() && !request.is_ended;
    let button = match service.filter(|_| is_open && *given_in == GivenIn::Email) {
        None => None,
        Some(service) => {
            let snapshot = slots::snapshot(app).await?;
            let confirmation = app.practice().confirmation_of(snapshot.policy(), service, false);
            let offer = snapshot.cancellation_offer(service.price, request.start, confirmation);
            Some(Button {
                action: urls::proof(token),
                terms: request::terms(service, snapshot.policy()),
                fee: words::cancellation::offer(offer, practice),
            })
        }
    };
    let is_own = is_open && *given_in == GivenIn::Request;
    let email = request.contact.email.as_ref().filter(|_| is_own);
    let phone = request.contact.phone.as_ref().filter(|_| is_own && email.is_none());
    let page = UnprovenPage {
        frame: Frame::own(app, &title),
        message,
        panel,
        second: words::appointment::second_session_of(practice.zone, request),
        button,
        written_to: email.map(|email| email.as_str()),
        calls: phone.map(ToString::to_string),
        correction: is_own.then(|| (urls::address_correction(token), form)),
        openings: match service {
            Some(service) => urls::openings(&service.slug),
            None => urls::NEW_APPOINTMENT.to_owned(),
        },
        phone: PhoneView::practice(app),
    };
    answer::html(status, &page)
}
