//! `GET /appointments/{token}`: the client's own page.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    canceling::Canceling,
    found::{self, Found},
    late, lead, series, together, unproven,
};
use crate::{
    app::App,
    booking::slots::NextOpening,
    domain::{
        appointment::{Appointment, Status, refusal::Refusal},
        availability::{late::may_be_said, slot::Slot},
        client,
        ids::Token,
        time::Instant,
    },
    store::GivenIn,
    urls,
    web::{
        Web,
        http::{
            answer,
            error::{self, Error},
            submission::Submission,
        },
        parts::{OfficeView, Panel, PhoneView, SlotView, When, page::Frame, reschedule_line},
        site::offices::map_link,
        waitlist::swap,
    },
    words,
};

#[derive(Template)]
#[template(path = "appointments/own_page.html")]
struct OwnPage<'a> {
    frame: Frame<'a>,
    status: Status,
    /// The status as the page's title says it.
    word: &'static str,
    /// Why something was not done.
    message: Option<String>,
    lead: String,
    /// Live, and not begun: there is something left to do.
    is_to_come: bool,
    panel: Panel<'a>,
    requested: When,
    answer_by: When,
    /// What the therapist added in their own words.
    sentence: Option<String>,
    /// The reschedule request that waits for my answer.
    reschedule_request: Option<RescheduleRequestView<'a>>,
    /// Where they say that they'll be there; with what the page shows.
    attendance: Option<(String, u32)>,
    /// They have said so.
    attends: bool,
    /// When to come, where either side is late.
    late: Option<String>,
    /// Where the client says that they're late.
    running_late: Option<String>,
    calendar_file: String,
    /// Where another time is chosen, while the client may.
    reschedule: Option<String>,
    cancellation: Option<String>,
    canceling: Canceling,
    /// What is owed, when it was canceled late.
    owed: Option<String>,
    directions: Option<&'a str>,
    map: Option<String>,
    /// Where we write to, and where to correct it; only right after the request.
    written_to: Option<WrittenTo<'a>>,
    /// They can reply to an email of mine.
    gets_email: bool,
    openings: String,
    /// Where to wait for a time of that service.
    waitlist: String,
    /// Where to wait for another time instead, as long as this one is confirmed.
    swap: Option<String>,
    /// The time that was chosen after the day was closed.
    chosen: Option<When>,
    /// The openings for whoever comes from this visit, once it has taken place, or while it is
    /// still to come and booking isn't paused.
    again: Option<String>,
    /// Where whoever is known asks for the same time in three weeks, and every few weeks.
    same_time: Option<(String, String)>,
    /// `One of 4 visits:`, and the others, where it was asked for with others.
    together: Option<(String, Vec<String>)>,
    /// What is open right before a visit to come, and right after it.
    adjoining: Vec<(&'static str, SlotView<'a>)>,
    /// What is open now, beside what is over.
    next: Vec<(OfficeView<'a>, Option<SlotView<'a>>)>,
    phone: PhoneView,
}

impl OwnPage<'_> {
    fn is_confirmed(&self) -> bool {
        self.status == Status::Confirmed
    }
}

struct RescheduleRequestView<'a> {
    office: OfficeView<'a>,
    /// It would be at another office.
    is_elsewhere: bool,
    when: When,
    /// The others that were asked for at once with it: `2 other visits`.
    others: Option<String>,
    answer_by: When,
    /// Where it is taken back.
    end: String,
    /// What the page shows: another reschedule request is not taken back by it.
    revision: u32,
}

struct WrittenTo<'a> {
    pub email: Option<&'a str>,
    /// In place of an address, when there is none.
    pub call: Option<CallTo>,
    /// `None` once the request is answered.
    pub correction: Option<Correction>,
}

/// Where I call whoever gets no email.
struct CallTo {
    pub number: String,
    /// `Wednesday, 2:30 pm`, while an answer is due.
    pub by: Option<String>,
    /// Texts the page's address to their own phone, since no email brings it.
    pub text: String,
}

struct Correction {
    pub address: String,
    pub form: Submission,
}

pub async fn show(State(web): State<Arc<Web>>, Path(token): Path<String>) -> Result<Response, Error> {
    let app = &*web.app();
    if let Some(waits) = unproven::find(app, &token).await? {
        return unproven::render(app, &waits, None, Submission::default(), StatusCode::OK).await;
    }
    let found = found::found(app, &token).await?;
    render(app, &found, Submission::default(), StatusCode::OK)
}

/// The page as it is now, after a form of it that showed another state of things.
pub fn render_changed(app: &App, found: &Found, refusal: &Refusal) -> Result<Response, Error> {
    render_saying(app, found, Some(error::sentence(refusal)), Submission::default(), StatusCode::CONFLICT)
}

/// The page, with a correction of the email address that could not be taken, if there was one.
pub fn render(app: &App, found: &Found, form: Submission, status: StatusCode) -> Result<Response, Error> {
    render_saying(app, found, None, form, status)
}

fn render_saying(
    app: &App,
    found: &Found,
    message: Option<String>,
    form: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let Found { token, appointment: a, given_in, reschedule_request, latest, rules, rebooking, .. } = found;
    let chosen = rebooking.as_ref().and_then(|rebooking| rebooking.replacement.as_ref());
    let is_rebooking = rebooking.as_ref().is_some_and(|rebooking| rebooking.is_open() || chosen.is_some());
    let (now, policy) = (app.now(), &rules.policy);
    let panel = Panel::of(app, a);
    let word = words::appointment::status_to_client(a.status());
    let title = format!("{word}: {}, {}", panel.when.phrase, panel.office.name);
    let is_to_come = found.is_to_come(now);
    let office = app.practice().office(&a.office).filter(|office| a.tells_address(office));
    // Nothing is written of a visit that is over.
    let is_over = a.was_a_visit(now) || a.status() == Status::NoShow;
    let written_to = (*given_in == GivenIn::Request && !is_over).then(|| WrittenTo {
        email: a.contact.email.as_ref().map(|email| email.as_str()),
        call: call_to(app, a, &title, token),
        correction: (a.status() == Status::Requested)
            .then(|| Correction { address: urls::address_correction(token), form }),
    });
    let reschedule_request =
        reschedule_request.as_ref().filter(|_| is_to_come).map(|reschedule_request| RescheduleRequestView {
            office: OfficeView::by_slug(app, &reschedule_request.office),
            is_elsewhere: reschedule_request.office != a.office,
            when: When::new(app, reschedule_request.span.start),
            others: words::series::others(found.moves_with),
            answer_by: When::new(app, reschedule_request.held_until),
            end: urls::reschedule_end(token),
            revision: a.revision,
        });
    let own_page = OwnPage {
        frame: Frame::own(app, &title),
        status: a.status(),
        word,
        message,
        lead: reschedule_line::to_client(app, a, latest.as_ref())
            .unwrap_or_else(|| lead::to_client(app.practice(), a, now)),
        is_to_come,
        panel,
        requested: When::new(app, a.requested_at),
        answer_by: When::new(app, a.state.held_until().unwrap_or(a.requested_at)),
        sentence: a.sentence.as_ref().map(words::sealed::to_client),
        reschedule_request,
        attendance: (!found.attends && a.may_be_attended(now).is_ok())
            .then(|| (urls::attendance(token), a.revision)),
        attends: found.attends && is_to_come,
        late: late::line(app, found, now),
        running_late: may_be_said(a, app.practice().zone, now).then(|| urls::late(token)),
        calendar_file: urls::calendar_file(token),
        reschedule: a.may_be_moved_by_client(policy, now).is_ok().then(|| urls::reschedule(token)),
        cancellation: is_to_come.then(|| urls::cancellation(token)),
        canceling: Canceling::of(app, a, policy, now),
        owed: a
            .cancellation_terms(policy)
            .filter(|_| a.was_canceled_late())
            .and_then(|terms| words::cancellation::owed(terms, app.practice())),
        directions: office
            .and_then(|office| app.site.offices.get(&office.slug))
            .and_then(|prose| prose.directions()),
        map: office.and_then(map_link),
        written_to,
        gets_email: a.contact.email.is_some(),
        openings: if is_rebooking { urls::rebooking(token) } else { urls::openings(&a.service) },
        waitlist: urls::waitlist_for(&a.service, None),
        swap: swap::can_be_swapped(a, app).then(|| urls::swap(token)),
        chosen: chosen.map(|chosen| When::new(app, chosen.span.start)),
        again: (a.was_a_visit(now) || is_to_come && rules.pause.is_none()).then(|| again(app, a, token)),
        same_time: (found.is_known && series::can_follow(app, found))
            .then(|| (urls::same_time(&urls::appointment(token), series::USUAL_WEEKS), urls::series(token))),
        together: together::words(app, found),
        adjoining: adjoining(app, found),
        next: next_openings(app, found, now),
        phone: PhoneView::practice(app),
    };
    answer::html(status, &own_page)
}

fn call_to(app: &App, a: &Appointment, title: &str, token: &Token) -> Option<CallTo> {
    let phone = a.contact.phone.as_ref().filter(|_| a.contact.email.is_none())?;
    let by = When::new(app, a.state.held_until().unwrap_or(a.requested_at)).near;
    Some(CallTo {
        number: phone.to_string(),
        by: (a.status() == Status::Requested).then_some(by),
        text: client::text_link(phone, &format!("{title}: {}", app.base.to(&urls::appointment(token)))),
    })
}

/// The openings for the client of a visit: those of the same service, if it is still given.
fn again(app: &App, a: &Appointment, token: &Token) -> String {
    match app.practice().service(&a.service).filter(|service| !service.retired) {
        Some(service) => urls::openings_again(&service.slug, token),
        None => urls::again(urls::NEW_APPOINTMENT, token),
    }
}

/// What is open right before and right after a visit to come, as its client asks for it.
fn adjoining<'a>(app: &'a App, found: &'a Found) -> Vec<(&'static str, SlotView<'a>)> {
    let view = |slot: &'a Slot| SlotView {
        href: urls::again(&urls::request_form(slot), &found.token),
        ..SlotView::new(app, app.practice().office_name(&slot.office), slot)
    };
    let views = found.adjoining.iter().map(|slot| slot.as_ref().map(view));
    ["Right before", "Right after"]
        .into_iter()
        .zip(views)
        .filter_map(|(words, slot)| Some((words, slot?)))
        .collect()
}

/// Each office's next opening: in place of a visit whose day was closed, and otherwise
/// asked for as somebody I know by whoever has been here.
fn next_openings<'a>(
    app: &'a App,
    found: &Found,
    now: Instant,
) -> Vec<(OfficeView<'a>, Option<SlotView<'a>>)> {
    let Found { token, appointment: a, rebooking, next, .. } = found;
    let is_rebooking = rebooking.as_ref().is_some_and(|rebooking| rebooking.is_open());
    let leads_to = |slot: &Slot| match urls::request_form(slot) {
        _ if is_rebooking && slot.service == a.service => urls::rebooking_to(token, slot),
        form if a.was_a_visit(now) => urls::again(&form, token),
        form => form,
    };
    let view = |(slug, slot): &NextOpening| {
        let office = app.practice().office(slug)?;
        let slot = slot.as_ref();
        let slot =
            slot.map(|slot| SlotView { href: leads_to(slot), ..SlotView::new(app, &office.name, slot) });
        Some((OfficeView::new(app, office), slot))
    };
    next.iter().filter_map(view).collect()
}
