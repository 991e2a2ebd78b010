//! `GET /admin/appointments/{id}`: one appointment, and what can be done with it.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    answers::{self, AnswerView},
    attempt::{Act, Attempt, id_of},
    of_series::OfSeriesView,
    reasons::{self, Reasons, Yes},
};
use crate::{
    app::App,
    booking::conflicts::{Plans, Standing},
    domain::{
        appointment::{
            Appointment, Side, Status,
            refusal::Refusal,
            reschedule_request::{LatestReschedule, RescheduleRequest},
        },
        client::{Hears, History, Name, Note},
        ids::AppointmentId,
        practice::policy::Policy,
        series::{later, together::answered_with},
        time::Interval,
    },
    urls,
    web::{
        Web,
        admin::parts::{
            conflict::ConflictView,
            happened::HappenedView,
            payment::{Money, PaymentView},
            said::Said,
            together::{self, TogetherView},
            undo::{self, UndoView},
            visit::{self, Deadline, Tap},
        },
        http::{
            answer,
            error::{self, Error},
            submission::Submission,
        },
        parts::{Panel, PhoneView, When, page::Frame, reschedule_line},
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/appointment.html")]
struct AppointmentPage<'a> {
    frame: Frame<'a>,
    name: &'a Name,
    /// Whose visit it is.
    whose: String,
    status: Status,
    /// The status as the page's title says it.
    word: &'static str,
    panel: Panel<'a>,
    /// What can be undone, the newest first.
    undos: Vec<UndoView>,
    /// How it stands with another time, if the client has asked for one.
    latest: Option<String>,
    conflict: Option<ConflictView<'a>>,
    /// Another time that the client has asked for.
    reschedule_request: Option<Panel<'a>>,
    /// Until when an answer is waited for.
    deadline: Option<Deadline>,
    email: Option<&'a str>,
    hears: Hears,
    phone: Option<PhoneView>,
    note: Option<&'a Note>,
    sentence: Option<&'a Note>,
    history: String,
    /// Everything on file about the client.
    client: String,
    /// What the therapist has booked against.
    overridden: Option<String>,
    /// How often the client has moved it, and how often they can: `Twice, of 3 times`.
    moves: Option<String>,
    /// What the client has said of it.
    said: Option<String>,
    requested: When,
    answered: Option<When>,
    ended: Option<When>,
    canceled_by_client: bool,
    is_late: bool,
    /// What is owed for that.
    fee: Option<String>,
    /// What can be done now.
    answers: Vec<AnswerView>,
    /// What was asked for together with it and has one answer, itself included, where that is
    /// more than one.
    together: Option<TogetherView<'a>>,
    /// Where it is declined, and what: the request, or the new time.
    declining: Option<(&'static str, String)>,
    moving: Option<String>,
    /// Where a series is put together that follows it.
    series: Option<String>,
    of_series: OfSeriesView<'a>,
    taps: Vec<Tap>,
    /// What was paid, or is to be.
    payment: Option<PaymentView>,
    payment_form: Submission,
    /// Before the visit's time has come; later it is among the taps.
    client_cancellation: Option<Tap>,
    revision: u32,
    /// Why what was tried could not be done.
    message: Option<String>,
    reasons: Option<Reasons>,
    /// What has happened to it, in order.
    happened: Vec<HappenedView>,
}

impl AppointmentPage<'_> {
    fn can_cancel(&self) -> bool {
        self.answers.iter().any(|answer| answer.id == "cancel")
    }

    /// What a second yes would override.
    fn overridable(&self, answer: &AnswerView) -> Option<&Reasons> {
        self.reasons.as_ref().filter(|reasons| answer.is_yes && reasons.can_be_overridden())
    }
}

pub async fn show(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    render(&web.app(), id_of(&id)?, Attempt::default(), StatusCode::OK).await
}

pub async fn found(app: &App, id: AppointmentId) -> Result<Appointment, Error> {
    app.store.read().await?.appointment(id).await?.ok_or(Error::NotFound)
}

/// The page again, with a form of it that cannot be read.
pub async fn unreadable(app: &App, id: AppointmentId, attempt: Attempt) -> Result<Response, Error> {
    render(app, id, attempt, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// The page as it is now, with why something could not be done.
pub async fn refused(app: &App, id: AppointmentId, refusal: &Refusal) -> Result<Response, Error> {
    let mut attempt = Attempt::default();
    attempt.form.warn(error::sentence(refusal));
    render(app, id, attempt, StatusCode::CONFLICT).await
}

pub(super) async fn render(
    app: &App,
    id: AppointmentId,
    attempt: Attempt,
    status: StatusCode,
) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let a = tx.appointment(id).await?.ok_or(Error::NotFound)?;
    let reschedule_request = tx.reschedule_request_of(id).await?;
    let latest = LatestReschedule::of(
        reschedule_request.clone(),
        tx.ended_reschedule_request_of(id).await?,
        a.state.answered_at(),
        now,
    );
    let history = tx.history(a.client, now).await?;
    let rules = tx.rules(&app.site.first_rules, now.min(a.span.start)).await?;
    let plans = Plans::read(&mut tx, now).await?;
    let undos = undo::all(app, &mut tx, Some(id), now).await?;
    let happened = tx.happened_to(id).await?;
    let money = Money::read(&mut tx, &a).await?;
    let of_series = tx.series_with(id).await?;
    let is_somebodys = tx.person(a.client).await?.is_some();
    let hears = tx.hears(&a.contact).await?;
    let said = Said::read(&mut tx, Interval::new(a.span.start, a.span.end)).await?.of(app, &a);
    let moves = match &reschedule_request {
        Some(reschedule_request) => together::asked_for(&mut tx, reschedule_request).await?,
        None => Vec::new(),
    };
    drop(tx);
    let happened = happened.iter().map(|one| HappenedView::new(app, one)).collect();
    let conflict = plans.standing(app.practice(), &rules, &a);
    let policy = rules.policy;
    let together = if moves.is_empty() { answered_with(&a, of_series.clone(), now) } else { moves };
    let asked_for = reschedule_request.as_ref().and_then(|_| together.iter().find(|one| one.id == id));
    let reasons = match attempt.is_not_then {
        false => None,
        true => Some(reasons::of_all(app, &together, &Yes::read(&attempt.form)).await?),
    };
    let is_over = a.is_over();
    let is_free = match is_over && a.has_not_begun(now).is_ok() {
        // What has just ended it is undone instead.
        true if !undos.is_empty() || !is_somebodys => false,
        true => attempt.is_not_then || !reasons::is_taken(app, &a).await?,
        false => true,
    };
    let shown = Shown {
        app,
        is_free,
        is_somebodys,
        a: &a,
        reschedule_request: reschedule_request.as_ref(),
        asked_for,
        together: &together,
        policy: &policy,
        conflict,
        latest,
        money,
        hears,
    };
    let later = later::later(&of_series, &a);
    let of_series = OfSeriesView::new(app, id, &of_series, &later, &attempt.form);
    let page = AppointmentPage { of_series, undos, happened, said, ..shown.page(history, attempt, reasons) };
    answer::html(status, &page)
}

/// What the page is about.
struct Shown<'a> {
    app: &'a App,
    /// Nothing stands against the time of what is over that nobody could override.
    is_free: bool,
    /// Its client was not erased.
    is_somebodys: bool,
    a: &'a Appointment,
    reschedule_request: Option<&'a RescheduleRequest>,
    /// The appointment as the reschedule request would have it.
    asked_for: Option<&'a Appointment>,
    /// What is answered with it, itself included.
    together: &'a [Appointment],
    policy: &'a Policy,
    conflict: Option<Standing>,
    latest: Option<LatestReschedule>,
    money: Option<Money>,
    hears: Hears,
}

impl<'a> Shown<'a> {
    fn page(&self, history: History, attempt: Attempt, reasons: Option<Reasons>) -> AppointmentPage<'a> {
        let Self { app, a, .. } = *self;
        let now = app.now();
        let panel = Panel::of(app, a);
        let word = words::appointment::status(a.status());
        let whose = words::appointment::whose(a);
        let title = format!("{word}: {whose}, {}", panel.when.phrase);
        let held_until = match self.reschedule_request {
            Some(reschedule_request) => Some(reschedule_request.held_until),
            None => a.state.held_until(),
        };
        let taps = visit::taps(a, self.policy, now);
        let terms = a.state.agreement().and_then(|agreement| agreement.terms);
        let overridden: Vec<&str> = a.overridden.iter().map(words::appointment::rule).collect();
        AppointmentPage {
            frame: Frame::admin(app, &title, urls::ADMIN),
            name: &a.name,
            whose,
            status: a.status(),
            word,
            panel,
            undos: Vec::new(),
            latest: reschedule_line::to_therapist(app, a, self.latest.as_ref()),
            conflict: self.conflict.as_ref().map(|standing| ConflictView::new(app, a, standing)),
            reschedule_request: self.asked_for.map(|asked_for| Panel::of(app, asked_for)),
            deadline: held_until.map(|until| Deadline::new(app, until)),
            email: a.contact.email.as_ref().map(|email| email.as_str()),
            hears: self.hears,
            phone: a.contact.phone.as_ref().map(PhoneView::of),
            note: a.note.as_ref(),
            sentence: a.sentence.as_ref(),
            history: words::client::history(history),
            client: urls::client(a.client),
            overridden: (!overridden.is_empty()).then(|| overridden.join(", ")),
            moves: words::appointment::moves(a.moves, self.policy.moves_per_appointment),
            said: None,
            requested: When::new(app, a.requested_at),
            answered: a.state.answered_at().map(|at| When::new(app, at)),
            ended: a.state.ended_at().map(|at| When::new(app, at)),
            canceled_by_client: a.canceled_by() == Some(Side::Client),
            is_late: a.was_canceled_late(),
            fee: terms.and_then(|terms| terms.fee).map(|fee| words::cancellation::fee(fee, app.practice())),
            answers: answers::of(
                a,
                self.reschedule_request.map(|_| self.together.len()),
                self.policy,
                now,
                &attempt,
                self.is_free,
                a.wants_a_talk(app.practice().first_visit, history),
            ),
            declining: match self.reschedule_request {
                Some(_) if self.together.len() > 1 => Some(("Decline the new times", urls::decline(a.id))),
                Some(_) => Some(("Decline the new time", urls::decline(a.id))),
                None => a.clone().decline(None, now).is_ok().then(|| ("Decline", urls::decline(a.id))),
            },
            moving: (self.is_somebodys && a.can_be_moved(now).is_ok()).then(|| urls::admin_reschedule(a.id)),
            series: (self.is_somebodys && matches!(a.status(), Status::Confirmed | Status::Arrived))
                .then(|| urls::admin_series(a.id)),
            together: TogetherView::new(app, self.together),
            of_series: OfSeriesView::default(),
            client_cancellation: visit::client_cancellation(a, self.policy, now).filter(|_| taps.is_empty()),
            taps,
            payment: self.money.as_ref().map(|money| PaymentView::new(app, a, money, None)),
            payment_form: match (attempt.act, &self.money) {
                (Some(Act::Pay), _) => attempt.form.clone(),
                (_, Some(money)) => money.form(),
                _ => Submission::default(),
            },
            revision: a.revision,
            message: attempt.form.alert().map(str::to_owned),
            reasons,
            happened: Vec::new(),
        }
    }
}
