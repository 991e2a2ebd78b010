//! `GET, POST /appointments/{token}/rebooking`: after the day was closed, its client
//! chooses another time, once.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono::NaiveDate;

use super::{
    days::{self, Openings, Row},
    found::{self, Found},
    leads::Leads,
    rebooked, taken,
};
use crate::{
    app::App,
    booking::{
        closing::{rebook, rebooking::Rebooking},
        reschedule::Target,
        slots::{self, Snapshot},
    },
    domain::{
        appointment::{
            Appointment,
            refusal::{Refusal, SlotRefusal},
        },
        availability::slot::Slot,
        client::Note,
        ids::{OfficeSlug, Token},
        practice::{Confirmation, office::Office, service::Service},
        time::{self, Instant},
    },
    operation, urls,
    web::{
        Web,
        http::{
            answer, client_address::ClientAddress, error::Error, field::Field, query::Query,
            submission::Submission,
        },
        parts::{self, Panel, PhoneView, page::Frame},
    },
    words,
};

/// The openings to choose from, and “Got it.”
#[derive(Template)]
#[template(path = "appointments/rebooking.html")]
struct RebookingPage<'a> {
    frame: Frame<'a>,
    word: &'static str,
    message: Option<String>,
    sentence: Option<String>,
    panel: Panel<'a>,
    is_at_once: bool,
    is_reopened: bool,
    /// Where “Got it” goes, until it was pressed.
    seen: Option<String>,
    /// `through Tuesday, December 15`
    until: String,
    /// When an answer comes, `within 24 hours`.
    answer: String,
    openings: Option<Openings<'a>>,
    /// In place of all openings, while online booking is paused.
    closed: Option<&'a Note>,
    phone: PhoneView,
}

/// The one question: this time instead?
#[derive(Template)]
#[template(path = "appointments/rebooking_to.html")]
struct QuestionPage<'a> {
    frame: Frame<'a>,
    panel: Panel<'a>,
    is_at_once: bool,
    button: &'static str,
    /// What canceling will cost, where it costs anything.
    fee: Option<String>,
    action: String,
    other_times: String,
    phone: PhoneView,
}

/// A closed visit, and what its client may choose instead.
struct Choosing<'a> {
    app: &'a App,
    link: &'a Token,
    a: &'a Appointment,
    rebooking: &'a Rebooking,
    service: &'a Service,
    snapshot: Snapshot<'a>,
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    query: Query,
) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    let choosing = match Choosing::of(app, &found).await? {
        Ok(choosing) => choosing,
        Err(answer) => return Ok(answer),
    };
    if let Some(start) = query.get(Field::Start) {
        return match choosing.chosen(query.value(Field::Office), start) {
            Some((office, start)) => choosing.ask(office, start),
            None => choosing.unreadable(),
        };
    }
    match days::from(query.get(Field::From)) {
        Ok(from) => choosing.list(from, None, StatusCode::OK),
        Err(message) => choosing.list(None, Some(message.to_owned()), StatusCode::UNPROCESSABLE_ENTITY),
    }
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    address: ClientAddress,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let found = found::found(app, &token).await?;
    let counted = web.count_post(address.0);
    // Whoever has chosen is led there, whatever they choose now.
    let chosen = found.rebooking.as_ref().and_then(|rebooking| rebooking.replacement.as_ref());
    let chosen = chosen.map(|chosen| Target { office: chosen.office.clone(), start: chosen.span.start });
    let target = match chosen {
        Some(target) => target,
        None => {
            let choosing = match Choosing::of(app, &found).await? {
                Ok(choosing) => choosing,
                Err(answer) => return Ok(answer),
            };
            let chosen = choosing.chosen(form.value(Field::Office), form.value(Field::Start));
            if let Err(too_many) = counted {
                let (message, status) = (Some(too_many.words()), StatusCode::TOO_MANY_REQUESTS);
                return Ok(too_many.tell(choosing.list(None, message, status)?));
            }
            let Some((office, start)) = chosen else { return choosing.unreadable() };
            Target { office: office.slug.clone(), start }
        }
    };
    let start = target.start;
    let refusal = match rebook::rebook(&web.current, &found.token, target).await {
        Ok(link) => return Ok(answer::see_other(&urls::appointment(&link))),
        Err(operation::Error::Refused(Refusal::Slot(refusal))) => refusal,
        Err(operation::Error::Refused(Refusal::RebookingIsOver) | operation::Error::Missing) => {
            return Ok(answer::see_other(&urls::rebooking(&found.token)));
        }
        Err(error) => return Err(error.into()),
    };
    // What has changed is not what was read before.
    let found = found::found(app, &token).await?;
    match Choosing::of(app, &found).await? {
        Ok(choosing) => choosing.not_there(start, &refusal),
        Err(answer) => Ok(answer),
    }
}

impl<'a> Choosing<'a> {
    /// What may be chosen; or what is answered where nothing may.
    async fn of(app: &'a App, found: &'a Found) -> Result<Result<Self, Response>, Error> {
        let (link, a) = (&found.token, &found.appointment);
        let Some(rebooking) = &found.rebooking else {
            // It was not closed, or is on again: its own page says how it is.
            return Ok(Err(answer::see_other(&urls::appointment(link))));
        };
        let service = app.practice().service(&a.service).filter(|service| !service.retired);
        let Some(service) = service.filter(|_| rebooking.is_open()) else {
            return Ok(Err(rebooked::show(app, link, a, rebooking)?));
        };
        let snapshot = slots::snapshot(app).await?;
        Ok(Ok(Self { app, link, a, rebooking, service, snapshot }))
    }

    /// Reads what is chosen. Without an office it is wherever the start is offered.
    fn chosen(&self, office: &str, start: &str) -> Option<(&'a Office, Instant)> {
        let practice = self.app.practice();
        let start = time::parse_instant(start)?;
        if !office.is_empty() {
            let office = OfficeSlug::parse(office).and_then(|slug| practice.office(&slug))?;
            return Some((office, start));
        }
        let is_offered = |office: &&Office| self.snapshot.find(self.service, &office.slug, start).is_ok();
        let office = practice.offices.iter().find(is_offered).or(practice.offices.first())?;
        Some((office, start))
    }

    fn list(
        &self,
        from: Option<NaiveDate>,
        message: Option<String>,
        status: StatusCode,
    ) -> Result<Response, Error> {
        let (app, a) = (self.app, self.a);
        let closed = self.snapshot.rules().pause.as_ref();
        let panel = Panel::of(app, a);
        let word = words::appointment::status_to_client(a.status());
        let openings = || Openings::new(app, &self.snapshot, self.service, from, Leads::Instead(self.link));
        let rebooking_page = RebookingPage {
            frame: Frame::own(app, &format!("{word}: {}. Pick a new time", panel.when.phrase)).urgent(),
            word,
            message,
            sentence: a.sentence.as_ref().map(words::sealed::to_client),
            panel,
            is_at_once: self.rebooking.is_at_once(),
            is_reopened: self.rebooking.is_reopened,
            seen: self.rebooking.visit.seen_at.is_none().then(|| urls::seen(self.link)),
            until: words::closing::until(app.practice().zone, self.rebooking.until),
            answer: parts::answer(app, &self.snapshot),
            openings: closed.is_none().then(openings),
            closed,
            phone: PhoneView::practice(app),
        };
        answer::html(status, &rebooking_page)
    }

    /// Asks whether it is to be a time that is offered.
    fn ask(&self, office: &'a Office, start: Instant) -> Result<Response, Error> {
        match self.snapshot.find(self.service, &office.slug, start) {
            Ok(slot) => self.question(office, &slot),
            Err(refusal) => self.not_there(start, &refusal),
        }
    }

    fn question(&self, office: &'a Office, slot: &Slot) -> Result<Response, Error> {
        let app = self.app;
        let panel = Panel::of_slot(app, office, self.service, slot);
        let is_at_once = self.rebooking.is_at_once();
        let confirmation = if is_at_once { Confirmation::AtOnce } else { Confirmation::ByTherapist };
        let offer = self.snapshot.cancellation_offer(self.service.price, slot.start, confirmation);
        let question = QuestionPage {
            frame: Frame::own(app, &format!("{}, {}?", panel.when.phrase, panel.office.name)),
            panel,
            is_at_once,
            button: self.button(),
            fee: words::cancellation::offer(offer, app.practice()),
            action: urls::rebooking(self.link),
            other_times: urls::rebooking(self.link),
            phone: PhoneView::practice(app),
        };
        answer::html(StatusCode::OK, &question)
    }

    fn button(&self) -> &'static str {
        if self.rebooking.is_at_once() { "Book this time" } else { "Request this time" }
    }

    /// The nearest openings in place of a start that is not offered.
    fn not_there(&self, start: Instant, refusal: &SlotRefusal) -> Result<Response, Error> {
        if self.snapshot.rules().pause.is_some() {
            return self.list(None, None, StatusCode::CONFLICT);
        }
        let how = taken::Move {
            leads: Leads::Instead(self.link),
            address: urls::rebooking(self.link),
            button: self.button(),
            revision: self.a.revision,
            message: None,
            back: None,
        };
        taken::from_move(self.app, &self.snapshot, self.service, taken::Gone::one(start, refusal), how)
    }

    fn unreadable(&self) -> Result<Response, Error> {
        let message = "I couldn't read that time. Please choose one of these.".to_owned();
        self.list(None, Some(message), StatusCode::UNPROCESSABLE_ENTITY)
    }
}
