//! The dates on which whoever is known would come again, a line for each.

use super::found::Found;
use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::{
        appointment::{
            Side,
            refusal::{Refusal, SlotRefusal},
        },
        practice::{office::Office, service::Service},
        series::{
            proposal::{self, Line, Said, State as LineState},
            rhythm::Rhythm,
        },
        time,
    },
    web::{
        http::error::{self, Error},
        parts::{
            When,
            dates::{self, StateView},
        },
    },
    words,
};

/// A visit that can be followed by others of the same kind.
pub struct Following<'a> {
    pub found: &'a Found,
    pub service: &'a Service,
    office: &'a Office,
}

impl<'a> Following<'a> {
    pub fn new(app: &'a App, found: &'a Found) -> Result<Self, Error> {
        let refused = |refusal: &Refusal| Error::Refused(error::sentence(refusal));
        if !found.is_known {
            return Err(refused(&Refusal::NotKnown));
        }
        let office = app.practice().office(&found.appointment.office);
        let service =
            app.practice().services_offered().find(|service| service.slug == found.appointment.service);
        match service.zip(office) {
            Some((service, office)) => Ok(Self { found, service, office }),
            None => Err(refused(&SlotRefusal::Retired.into())),
        }
    }

    /// What could be asked for, a line for each date.
    fn lines(&self, app: &App, snapshot: &Snapshot<'_>, rhythm: Rhythm, said: &[Said]) -> Vec<Line> {
        let zone = app.practice().zone;
        let start = self.found.appointment.span.start;
        let occurrences = rhythm.after(zone, start, time::date(zone, app.now()));
        let of = (self.service, self.office);
        proposal::propose(&snapshot.calendar(), Side::Client, of, &occurrences, said)
    }
}

/// What would be asked for.
pub struct Proposed<'a> {
    pub lines: Vec<LineView<'a>>,
    /// `Request 4 visits`
    pub button: String,
    pub at_once: bool,
    /// Until when all of it is held.
    pub answer_by: Option<When>,
    /// `A session is 60 minutes, $95.`, and what canceling costs.
    pub terms: String,
}

pub struct LineView<'a> {
    /// `line_1`
    pub field: String,
    /// `Tuesday, December 15`
    pub date: String,
    pub state: StateView<'a, String>,
    pub is_left_out: bool,
    /// There is nothing to leave it out of.
    pub is_alone: bool,
    /// The clocks change before it: `PDT`.
    pub new_zone: Option<String>,
}

impl LineView<'_> {
    pub fn is_open(&self) -> bool {
        self.state.is_open() && !self.is_left_out
    }
}

impl<'a> Proposed<'a> {
    pub fn new(
        app: &'a App,
        snapshot: &Snapshot<'_>,
        following: &Following<'_>,
        rhythm: Rhythm,
        said: &[Said],
    ) -> Self {
        let (practice, service) = (app.practice(), following.service);
        let lines = following.lines(app, snapshot, rhythm, said);
        let new_zones = dates::new_zones(app, following.found.appointment.span.start, &lines);
        let is_wanted = |line: &&Line| !line.is_left_out;
        let count = lines.iter().filter(is_wanted).count();
        let first = lines.iter().filter(is_wanted).find_map(|line| match &line.state {
            LineState::Settled(slot) => Some(slot.start),
            LineState::Open { .. } => None,
        });
        let at_once = practice.confirms_at_once(snapshot.policy(), service, true);
        let mut terms = format!(
            "{} is {} minutes, {}.",
            service.name,
            service.minutes,
            practice.price_words(service.price)
        );
        let confirmation = practice.confirmation_of(snapshot.policy(), service, true);
        let offer = first.map(|first| snapshot.cancellation_offer(service.price, first, confirmation));
        let canceling = offer.and_then(|offer| match lines.len() {
            1 => words::cancellation::offer(offer, practice),
            _ => {
                let hours = snapshot.policy().cancellation_notice_hours;
                offer.fee.map(|fee| words::cancellation::each(fee, hours, practice))
            }
        });
        if let Some(canceling) = canceling {
            terms = format!("{terms} {canceling}");
        }
        Self {
            button: match (count, at_once) {
                (0 | 1, false) => "Request this time".to_owned(),
                (0 | 1, true) => "Book this time".to_owned(),
                (count, false) => format!("Request {count} visits"),
                (count, true) => format!("Book {count} visits"),
            },
            at_once,
            answer_by: first.map(|first| When::new(app, snapshot.held_until(first))),
            terms,
            lines: (1..)
                .zip(&lines)
                .zip(new_zones)
                .map(|((nth, line), new_zone)| LineView {
                    field: dates::field(nth),
                    date: time::date_words(line.date),
                    state: view(app, following, line),
                    is_left_out: line.is_left_out,
                    is_alone: lines.len() == 1,
                    new_zone,
                })
                .collect(),
        }
    }
}

fn view<'a>(app: &'a App, following: &Following<'_>, line: &Line) -> StateView<'a, String> {
    let reason = match &line.state {
        LineState::Open { reasons, .. } => reasons.first(),
        LineState::Settled(_) => None,
    };
    StateView::of(app, &line.state, why(reason, &following.office.name))
}

/// Why a date can't be had at that time; who has it is nobody's business.
pub(super) fn why(refusal: Option<&SlotRefusal>, office: &str) -> String {
    match refusal {
        None => "The clocks skip this time that day.".to_owned(),
        Some(SlotRefusal::Closed | SlotRefusal::OffStep | SlotRefusal::TimeOff { .. }) => {
            format!("I'm not in {office} then.")
        }
        Some(SlotRefusal::DecidedFor { .. }) => "I'm at another office that day.".to_owned(),
        Some(SlotRefusal::NotGivenThere) => format!("I don't offer this session in {office}."),
        Some(SlotRefusal::TooSoon | SlotRefusal::Past) => "That's too soon to book here.".to_owned(),
        Some(SlotRefusal::BeyondHorizon) => "That's too far ahead to book here.".to_owned(),
        Some(_) => "That time's taken.".to_owned(),
    }
}
