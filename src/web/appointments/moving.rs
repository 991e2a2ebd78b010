//! Moving an appointment, as its client may: the openings to choose from, and what comes of
//! choosing one.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::NaiveDate;

use super::{
    days::{Openings, Row},
    effect::Effect,
    found::Found,
    leads::Leads,
    moving_question::Question,
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
        series::later,
        time::{self, Instant},
    },
    urls,
    web::{
        http::{answer, error::Error, limit::TooMany, submission::Submission},
        parts::{self, OfficeView, Panel, PhoneView, When, later as later_parts, page::Frame},
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
    /// The later visits of its series that stand as it does, each as its client knows it.
    later: Vec<Appointment>,
    /// What was chosen so far: whether the later ones go with it, and where.
    form: Submission,
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
    /// Whose times are chosen, where the later ones go with it: `This and the 3 after it`.
    with_later: Option<String>,
    /// When an answer comes, `within 24 hours`.
    answer: String,
    openings: Option<Openings<'a>>,
    /// In place of all openings, while online booking is paused.
    closed: Option<&'a Note>,
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
        let mut series = found.together.clone();
        series.sort_by_key(|a| (a.span.start, a.id));
        Ok(Ok(Self {
            app,
            link: &found.token,
            appointment,
            reschedule_request,
            service,
            effect,
            snapshot,
            later: later::later_alike(&series, appointment),
            form: Submission::default(),
        }))
    }

    /// The same with what was chosen so far.
    pub fn choosing(self, form: &Submission) -> Self {
        Self { form: form.clone(), ..self }
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

    fn is_with_later(&self) -> bool {
        !self.later.is_empty() && later_parts::is_chosen(&self.form)
    }

    fn leads(&self) -> Leads<'a> {
        if self.is_with_later() { Leads::ToMoveWithLater(self.link) } else { Leads::ToMove(self.link) }
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
        let openings = || Openings::new(app, &self.snapshot, &self.service, from, self.leads());
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
            with_later: self.is_with_later().then(|| words::series::and_after(self.later.len())),
            answer: parts::answer(app, &self.snapshot),
            openings: closed.is_none().then(openings),
            closed,
            back: urls::appointment(self.link),
            phone: PhoneView::practice(app),
        };
        answer::html(status, &reschedule_page)
    }

    /// Asks whether it is to be moved to a time that is offered; again, with why, where nothing
    /// came of what was sent.
    pub async fn ask(
        &self,
        office: &'a Office,
        start: Instant,
        (message, status): (Option<String>, StatusCode),
    ) -> Result<Response, Error> {
        match self.find(office, start) {
            Ok(slot) => self.question(office, &slot, message, status).await,
            Err(Refusal::Slot(refusal)) => self.not_there(start, &refusal, message),
            Err(refusal) => {
                not_moved::show(self.app, self.link, self.appointment, self.snapshot.policy(), &refusal)
            }
        }
    }

    /// True where the later ones are to go with it, and it can go itself.
    pub fn is_about_later(&self, office: &Office, start: Instant) -> bool {
        self.is_with_later() && self.find(office, start).is_ok()
    }

    fn find(&self, office: &Office, start: Instant) -> Result<Slot, Refusal> {
        let slot = self.snapshot.find(&self.service, &office.slug, start)?;
        if self.snapshot.is_new(&slot) { Ok(slot) } else { Err(Refusal::SameTime) }
    }

    async fn question(
        &self,
        office: &'a Office,
        slot: &Slot,
        message: Option<String>,
        status: StatusCode,
    ) -> Result<Response, Error> {
        let a = self.appointment;
        let question = Question {
            app: self.app,
            link: self.link,
            appointment: a,
            effect: self.effect,
            is_changing: self.reschedule_request.is_some(),
            answer_by: self.answer_by(slot),
            offer: self.snapshot.cancellation_offer(a.price, slot.start, self.effect.confirmation()),
            notice_hours: self.snapshot.policy().cancellation_notice_hours,
            later: &self.later,
            form: &self.form,
            other_times: self.leads().page(&a.service, None),
        };
        question.show(office, slot, message, status).await
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
        if self.is_with_later() {
            // Where the later ones go depends on it: that is said before they are moved.
            let message = message.unwrap_or_else(|| {
                "Sorry, that time isn't open. Nothing has changed. Here's what's close:".to_owned()
            });
            let date = time::date(self.app.practice().zone, start);
            let from = Some(date).filter(|date| *date > self.snapshot.today());
            return self.list(from, Some(message), StatusCode::CONFLICT);
        }
        let (button, revision) = (self.effect.button(), self.appointment.revision);
        let how = taken::Move {
            leads: self.leads(),
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

    pub async fn too_fast(
        &self,
        chosen: Option<(&'a Office, Instant)>,
        too_many: &TooMany,
    ) -> Result<Response, Error> {
        let (message, status) = (Some(too_many.words()), StatusCode::TOO_MANY_REQUESTS);
        let answer = match chosen.and_then(|(office, start)| Some((office, self.find(office, start).ok()?))) {
            Some((office, slot)) => self.question(office, &slot, message, status).await,
            None => self.list(None, message, status),
        };
        Ok(too_many.tell(answer?))
    }
}
