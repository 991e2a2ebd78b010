//! Moving an appointment, as its client may: the openings to choose from, the
//! question whether to take one.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::NaiveDate;

use super::{
    days::{Leads, Openings, Row},
    effect::Effect,
    found::Found,
    not_moved, taken,
};
use crate::{
    app::App,
    booking::slots::{self, Snapshot},
    domain::{
        appointment::{
            Appointment, Status,
            refusal::{Refusal, SlotRefusal},
            reschedule_request::RescheduleRequest,
        },
        availability::slot::Slot,
        client::Note,
        ids::{OfficeSlug, Token},
        practice::{office::Office, service::Service},
        time::{self, Instant},
    },
    urls,
    web::{
        http::{
            answer,
            error::{self, Error},
            limit::TooMany,
        },
        parts::{self, OfficeView, Panel, PhoneView, When, page::Frame},
    },
    words,
};

/// An appointment that its client may move, and what they may move it to.
pub struct Moving<'a> {
    app: &'a App,
    link: &'a Token,
    appointment: &'a Appointment,
    reschedule_request: Option<&'a RescheduleRequest>,
    service: Service,
    effect: Effect,
    snapshot: Snapshot<'a>,
}

/// The openings to choose from.
#[derive(Template)]
#[template(path = "appointments/reschedule.html")]
struct ReschedulePage<'a> {
    frame: Frame<'a>,
    message: Option<String>,
    panel: Panel<'a>,
    /// What has been asked for already.
    pending: Option<(OfficeView<'a>, When)>,
    effect: Effect,
    /// When an answer comes, `within 24 hours`.
    answer: String,
    openings: Option<Openings<'a>>,
    /// In place of all openings, while online booking is paused.
    closed: Option<&'a Note>,
    back: String,
    phone: PhoneView,
}

/// The one question: from the old time to the new one?
#[derive(Template)]
#[template(path = "appointments/reschedule_to.html")]
struct QuestionPage<'a> {
    frame: Frame<'a>,
    message: Option<String>,
    old: Panel<'a>,
    new: Panel<'a>,
    is_elsewhere: bool,
    is_changing: bool,
    effect: Effect,
    answer_by: When,
    /// What canceling will cost of the new time, where it costs anything.
    fee: Option<String>,
    action: String,
    /// What the page shows: another state of things is not moved by it.
    revision: u32,
    other_times: String,
    back: String,
    phone: PhoneView,
}

impl<'a> Moving<'a> {
    /// The appointment that a link shows, if its client may move it.
    pub async fn of(app: &'a App, found: &'a Found) -> Result<Result<Self, Refusal>, Error> {
        let (appointment, reschedule_request) = (&found.appointment, found.reschedule_request.as_ref());
        let snapshot = slots::snapshot(app).await?.for_move_of(appointment, reschedule_request);
        let policy = snapshot.policy();
        if let Err(refusal) = appointment.may_be_moved_by_client(policy, snapshot.now()) {
            return Ok(Err(refusal));
        }
        let Some(service) = app.practice().service(&appointment.service) else {
            return Ok(Err(SlotRefusal::Retired.into()));
        };
        let effect = match appointment.status() {
            Status::Requested => Effect::MovesRequest,
            _ if policy.confirms_at_once(service, false) => Effect::MovesAtOnce,
            _ => Effect::AsksForReschedule,
        };
        let service = appointment.agreed(service);
        Ok(Ok(Self { app, link: &found.token, appointment, reschedule_request, service, effect, snapshot }))
    }

    /// Reads where it is to be moved. Without an office it is the
    /// appointment's own if the start is offered there, or else any where it is.
    pub fn chosen(&self, office: Option<&str>, start: &str) -> Option<(&'a Office, Instant)> {
        let practice = self.app.practice();
        let start = time::parse_instant(start)?;
        let office = match office {
            Some(office) => OfficeSlug::parse(office).and_then(|slug| practice.office(&slug))?,
            None => {
                let own = practice.office(&self.appointment.office);
                let is_offered =
                    |office: &&Office| self.snapshot.find(&self.service, &office.slug, start).is_ok();
                let any = || practice.offices.iter().find(is_offered);
                own.filter(is_offered).or_else(any).or(own).or(practice.offices.first())?
            }
        };
        Some((office, start))
    }

    pub fn effect(&self) -> Effect {
        self.effect
    }

    /// Until when a move to a time is answered.
    pub fn answer_by(&self, slot: &Slot) -> When {
        // An answer that comes when the old time has passed helps nobody.
        let nearest = match self.effect {
            Effect::MovesRequest => slot.start,
            _ => slot.start.min(self.appointment.span.start),
        };
        When::new(self.app, self.snapshot.held_until(nearest))
    }

    /// The openings to choose from.
    pub fn list(
        &self,
        from: Option<NaiveDate>,
        message: Option<String>,
        status: StatusCode,
    ) -> Result<Response, Error> {
        let app = self.app;
        let closed = self.snapshot.rules().pause.as_ref();
        let panel = Panel::of(app, self.appointment);
        let openings = || Openings::new(app, &self.snapshot, &self.service, from, Leads::ToMove(self.link));
        let reschedule_page = ReschedulePage {
            frame: Frame::own(app, &format!("Reschedule {}", panel.when.phrase)).urgent(),
            message,
            panel,
            pending: self.reschedule_request.map(|reschedule_request| {
                (
                    OfficeView::by_slug(app, &reschedule_request.office),
                    When::new(app, reschedule_request.span.start),
                )
            }),
            effect: self.effect,
            answer: parts::answer(app, &self.snapshot),
            openings: closed.is_none().then(openings),
            closed,
            back: urls::appointment(self.link),
            phone: PhoneView::practice(app),
        };
        answer::html(status, &reschedule_page)
    }

    /// Asks whether it is to be moved to a time that is offered.
    pub fn ask(&self, office: &'a Office, start: Instant) -> Result<Response, Error> {
        self.ask_saying(None, office, start, StatusCode::OK)
    }

    /// Asks again after a page that showed another state of things.
    pub fn ask_anew(&self, office: &'a Office, start: Instant, changed: &Refusal) -> Result<Response, Error> {
        self.ask_saying(Some(error::sentence(changed)), office, start, StatusCode::CONFLICT)
    }

    fn ask_saying(
        &self,
        message: Option<String>,
        office: &'a Office,
        start: Instant,
        status: StatusCode,
    ) -> Result<Response, Error> {
        match self.find(office, start) {
            Ok(slot) => self.question(office, &slot, message, status),
            Err(Refusal::Slot(refusal)) => self.not_there(start, &refusal, message),
            Err(refusal) => {
                not_moved::show(self.app, self.link, self.appointment, self.snapshot.policy(), &refusal)
            }
        }
    }

    fn find(&self, office: &Office, start: Instant) -> Result<Slot, Refusal> {
        let slot = self.snapshot.find(&self.service, &office.slug, start)?;
        if self.snapshot.is_new(&slot) { Ok(slot) } else { Err(Refusal::SameTime) }
    }

    fn question(
        &self,
        office: &'a Office,
        slot: &Slot,
        message: Option<String>,
        status: StatusCode,
    ) -> Result<Response, Error> {
        let (app, a) = (self.app, self.appointment);
        let old = Panel::of(app, a);
        let new = Panel::moved(app, a, &office.slug, slot.span());
        let question = QuestionPage {
            frame: Frame::own(
                app,
                &format!("Reschedule from {} to {}, {}?", old.when.phrase, new.when.phrase, new.office.name),
            ),
            message,
            is_elsewhere: a.office != office.slug,
            is_changing: self.reschedule_request.is_some(),
            old,
            new,
            effect: self.effect,
            answer_by: self.answer_by(slot),
            fee: words::cancellation::offer(
                self.snapshot.cancellation_offer(a.price, slot.start, self.effect.confirmation()),
                app.practice(),
            ),
            action: urls::reschedule(self.link),
            revision: a.revision,
            other_times: urls::reschedule(self.link),
            back: urls::appointment(self.link),
            phone: PhoneView::practice(app),
        };
        answer::html(status, &question)
    }

    /// The nearest openings in place of a start that is not offered.
    pub fn not_there(
        &self,
        start: Instant,
        refusal: &SlotRefusal,
        message: Option<String>,
    ) -> Result<Response, Error> {
        if self.snapshot.rules().pause.is_some() {
            return self.list(None, message, StatusCode::CONFLICT);
        }
        let (button, revision) = (self.effect.button(), self.appointment.revision);
        let how = taken::Move {
            leads: Leads::ToMove(self.link),
            address: urls::reschedule(self.link),
            button,
            revision,
            message,
            back: Some(urls::appointment(self.link)),
        };
        taken::from_move(self.app, &self.snapshot, &self.service, taken::Gone::one(start, refusal), how)
    }

    pub fn unreadable(&self) -> Result<Response, Error> {
        let message = "I couldn't read that time. Please choose one of these.".to_owned();
        self.list(None, Some(message), StatusCode::UNPROCESSABLE_ENTITY)
    }

    pub fn too_fast(
        &self,
        chosen: Option<(&'a Office, Instant)>,
        too_many: &TooMany,
    ) -> Result<Response, Error> {
        let (message, status) = (Some(too_many.words()), StatusCode::TOO_MANY_REQUESTS);
        let answer = match chosen.and_then(|(office, start)| Some((office, self.find(office, start).ok()?))) {
            Some((office, slot)) => self.question(office, &slot, message, status),
            None => self.list(None, message, status),
        };
        Ok(too_many.tell(answer?))
    }
}
