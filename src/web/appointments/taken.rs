//! The page for a time that isn't available: the nearest openings at
//! every office, each one press away.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use super::{again::Again, leads::Leads};
use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::{
        appointment::refusal::SlotRefusal,
        availability::{adjoining::Beside, rules::Rules, slot::Slot},
        client::Note,
        practice::{office::Office, service::Service},
        time::{self, Instant},
    },
    urls,
    web::{
        http::{answer, error::Error, field::Field, submission::Submission},
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
    /// The second session, where two were asked for.
    second: Option<When>,
    /// The first of the two, where it can still be had by itself.
    alone: Option<Near<'a>>,
    service: &'a Service,
    nearest: Vec<(OfficeView<'a>, Vec<Near<'a>>)>,
    press: Press,
    all: String,
    /// Where to wait for a time of that service.
    waitlist: String,
    phone: PhoneView,
}

impl TakenPage<'_> {
    fn has_any(&self) -> bool {
        self.nearest.iter().any(|(_, slots)| !slots.is_empty())
    }

    /// Everything that was typed but for the time.
    fn typed<'f>(&self, form: &'f Submission, near: &Near<'_>) -> Vec<(&'f str, &'f str)> {
        let times = [Field::Service, Field::Office, Field::Start, Field::Second];
        match near.second {
            Some(_) => form.without(&times),
            None => form.without(&[times.as_slice(), &[Field::SecondFor]].concat()),
        }
    }
}

/// An opening that is near, or two, one right after the other.
struct Near<'a> {
    slot: SlotView<'a>,
    office: OfficeView<'a>,
    /// When the earlier of the two begins.
    when: When,
    /// When the later one does, where there are two.
    and: Option<When>,
    /// The second session, where there are two.
    second: Option<When>,
}

impl<'a> Near<'a> {
    fn new(app: &'a App, office: &'a Office, leads: &Leads<'_>, slot: &Slot, second: Option<&Slot>) -> Self {
        let view = SlotView { href: leads.opening(slot), ..SlotView::new(app, &office.name, slot) };
        let mut starts: Vec<Instant> =
            [Some(slot), second].into_iter().flatten().map(|slot| slot.start).collect();
        starts.sort_unstable();
        let mut times = starts.into_iter().map(|start| When::new(app, start));
        Self {
            when: times.next().unwrap_or_else(|| view.when.clone()),
            and: times.next(),
            second: second.map(|second| When::new(app, second.start)),
            office: OfficeView::new(app, office),
            slot: view,
        }
    }
}

/// What was asked for and can't be had.
pub struct Gone<'a> {
    pub start: Instant,
    /// The second session, where two were asked for.
    pub second: Option<Instant>,
    /// The first of the two, where it is the second that can't be had.
    pub alone: Option<&'a Slot>,
    pub refusal: &'a SlotRefusal,
}

impl<'a> Gone<'a> {
    /// One session.
    pub fn one(start: Instant, refusal: &'a SlotRefusal) -> Self {
        Self { start, second: None, alone: None, refusal }
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
    gone: Gone<'_>,
) -> Result<Response, Error> {
    let leads = Leads::ToRequest { again: again.token() };
    show(app, snapshot, (service, leads), gone, Press::Link)
}

/// After a form for a time that is not offered: the openings are forms with
/// everything in them that was typed, and with its key: they are that form.
pub fn from_form(
    app: &App,
    snapshot: &Snapshot<'_>,
    again: &Again,
    service: &Service,
    gone: Gone<'_>,
    form: Submission,
) -> Result<Response, Error> {
    let leads = Leads::ToRequest { again: again.token() };
    show(app, snapshot, (service, leads), gone, Press::Ask(form))
}

/// After a time to which an appointment cannot be moved, or that cannot be had instead of
/// what was closed: the openings are forms that do it.
pub fn from_move(
    app: &App,
    snapshot: &Snapshot<'_>,
    service: &Service,
    gone: Gone<'_>,
    Move { leads, address, button, revision, message, back }: Move<'_>,
) -> Result<Response, Error> {
    let press = Press::Move { address, button, revision, message, back };
    show(app, snapshot, (service, leads), gone, press)
}

fn show(
    app: &App,
    snapshot: &Snapshot<'_>,
    (service, leads): (&Service, Leads<'_>),
    Gone { start, second, alone, refusal }: Gone<'_>,
    press: Press,
) -> Result<Response, Error> {
    let practice = app.practice();
    let slots: Vec<(Slot, Option<Slot>)> = match second {
        None => snapshot.nearest(service, start).into_iter().map(|slot| (slot, None)).collect(),
        Some(second) => {
            let pairs = snapshot.nearest_pairs(service, start, Beside::of(start, second));
            pairs.into_iter().map(|(first, second)| (first, Some(second))).collect()
        }
    };
    let nearest = practice.offices.iter().map(|office| {
        let here = slots.iter().filter(|(slot, _)| slot.office == office.slug);
        let near =
            |(slot, second): &(Slot, Option<Slot>)| Near::new(app, office, &leads, slot, second.as_ref());
        (OfficeView::new(app, office), here.map(near).collect())
    });
    let why = why(snapshot.rules(), refusal);
    let title = match (alone, &why) {
        (Some(_), _) => "Only one of those two times is open",
        (None, None) => "That time's taken",
        (None, Some(_)) => "That time isn't open",
    };
    let taken = TakenPage {
        frame: Frame::private(app, title),
        why,
        wanted: When::new(app, start),
        second: second.map(|second| When::new(app, second)),
        alone: alone.and_then(|slot| {
            let office = practice.office(&slot.office)?;
            Some(Near::new(app, office, &leads, slot, None))
        }),
        service,
        nearest: nearest.collect(),
        press,
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
