//! The page for a time that isn't available: the nearest openings at
//! every office, each one press away.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{
    again::{Again, Visit},
    days::Leads,
};
use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::{
        appointment::refusal::SlotRefusal,
        availability::rules::Rules,
        client::Note,
        practice::service::Service,
        time::{self, Instant},
    },
    urls,
    web::{
        http::{answer, error::Error, submission::Submission},
        parts::{OfficeView, PhoneView, SlotView, When, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "appointments/taken.html")]
struct TakenPage<'a> {
    frame: Frame<'a>,
    /// Why not, where it is not that somebody holds the time.
    why: Option<String>,
    wanted: When,
    service: &'a Service,
    nearest: Vec<(OfficeView<'a>, Vec<SlotView<'a>>)>,
    press: Press,
    /// The earlier visit that whoever asks comes from: then they are known.
    visit: Option<&'a Visit>,
    all: String,
    /// Where to wait for a time of that service.
    waitlist: String,
    phone: PhoneView,
}

impl TakenPage<'_> {
    fn has_any(&self) -> bool {
        self.nearest.iter().any(|(_, slots)| !slots.is_empty())
    }
}

/// What each of the openings is.
enum Press {
    /// A link, after a link.
    Link,
    /// A form with everything that was typed, after a form.
    Ask(Submission),
    /// A form that moves an appointment, or takes the place of one that was closed.
    Move {
        address: String,
        button: &'static str,
        revision: u32,
        message: Option<String>,
        /// The appointment as it stands, where it does.
        back: Option<String>,
    },
}

/// How an appointment is moved to one of the openings.
pub struct Move<'a> {
    /// Where the openings lead.
    pub leads: Leads<'a>,
    /// Where it is sent.
    pub address: String,
    pub button: &'static str,
    /// The appointment as it is now.
    pub revision: u32,
    /// What has to be said besides.
    pub message: Option<String>,
    /// The appointment as it stands, where it does.
    pub back: Option<String>,
}

/// After a link to a time that is not offered: the openings are links.
pub fn from_link(
    app: &App,
    snapshot: &Snapshot<'_>,
    again: &Again,
    service: &Service,
    start: Instant,
    refusal: &SlotRefusal,
) -> Result<Response, Error> {
    let leads = Leads::ToRequest { again: again.token() };
    show(app, snapshot, (service, leads), start, refusal, Press::Link, again.visit())
}

/// After a form for a time that is not offered: the openings are forms with
/// everything in them that was typed, and with its key: they are that form.
pub fn from_form(
    app: &App,
    snapshot: &Snapshot<'_>,
    again: &Again,
    service: &Service,
    start: Instant,
    refusal: &SlotRefusal,
    form: Submission,
) -> Result<Response, Error> {
    let leads = Leads::ToRequest { again: again.token() };
    show(app, snapshot, (service, leads), start, refusal, Press::Ask(form), again.visit())
}

/// After a time to which an appointment cannot be moved, or that cannot be had instead of
/// what was closed: the openings are forms that do it.
pub fn from_move(
    app: &App,
    snapshot: &Snapshot<'_>,
    service: &Service,
    start: Instant,
    refusal: &SlotRefusal,
    Move { leads, address, button, revision, message, back }: Move<'_>,
) -> Result<Response, Error> {
    let press = Press::Move { address, button, revision, message, back };
    show(app, snapshot, (service, leads), start, refusal, press, None)
}

fn show(
    app: &App,
    snapshot: &Snapshot<'_>,
    (service, leads): (&Service, Leads<'_>),
    start: Instant,
    refusal: &SlotRefusal,
    press: Press,
    visit: Option<&Visit>,
) -> Result<Response, Error> {
    let practice = app.practice();
    let slots = snapshot.nearest(service, start);
    let nearest = practice.offices.iter().map(|office| {
        let here = slots.iter().filter(|slot| slot.office == office.slug);
        let view = |slot| SlotView { href: leads.opening(slot), ..SlotView::new(app, &office.name, slot) };
        (OfficeView::new(app, office), here.map(view).collect())
    });
    let why = why(snapshot.rules(), refusal);
    let taken = TakenPage {
        frame: Frame::private(app, why.as_deref().map_or("That time's taken", |_| "That time isn't open")),
        why,
        wanted: When::new(app, start),
        service,
        nearest: nearest.collect(),
        press,
        visit,
        all: match service.retired {
            true => urls::NEW_APPOINTMENT.to_owned(),
            false => leads.page(&service.slug, None),
        },
        waitlist: urls::waitlist_for(&service.slug, None),
        phone: PhoneView::practice(app),
    };
    answer::html(StatusCode::CONFLICT, &taken)
}

/// Why a time isn't open, as a client should read it. Whoever holds it, and
/// whatever follows from that, reads alike: nobody may learn what others booked.
fn why(rules: &Rules, refusal: &SlotRefusal) -> Option<String> {
    let policy = &rules.policy;
    Some(match refusal {
        SlotRefusal::SlotTaken { .. }
        | SlotRefusal::WithinBuffer { .. }
        | SlotRefusal::OnTheRoad { .. }
        | SlotRefusal::DecidedFor { .. } => return None,
        SlotRefusal::TooSoon => {
            format!("I need to know at least {} ahead.", time::hours_words(policy.minimum_notice_hours))
        }
        SlotRefusal::BeyondHorizon => {
            format!("I take requests for the next {}.", time::days_words(policy.horizon_days))
        }
        SlotRefusal::Paused => rules.pause.as_ref().map(Note::to_string).unwrap_or_default(),
        SlotRefusal::Past => "That time has passed.".to_owned(),
        SlotRefusal::TimeOff { .. } | SlotRefusal::Closed => "I'm not in that office then.".to_owned(),
        SlotRefusal::OffStep => "No session starts at that minute.".to_owned(),
        SlotRefusal::NotGivenThere => "I don't offer this session at that office.".to_owned(),
        SlotRefusal::Retired => "I no longer offer this session.".to_owned(),
    })
}
