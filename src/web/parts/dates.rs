//! The dates of a series that is proposed, or moved, as pages show them and forms carry them.

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::{OfficeView, When, later};
use crate::{
    app::App,
    domain::{
        availability::slot::Slot,
        ids::OfficeSlug,
        series::{
            proposal::{Line, Said, State},
            rhythm::Rhythm,
        },
        time::{self, Instant},
    },
    web::http::submission::Submission,
};

/// Into a day at which its clocks have changed.
const DAY: TimeDelta = TimeDelta::hours(12);

/// A date on which there is to be no visit.
const LEFT_OUT: &str = "out";

/// The field of a line: `line_1`.
pub fn field(nth: u8) -> String {
    format!("line_{nth}")
}

/// What could come of a date. `Why` says what stands against it.
pub enum StateView<'a, Why> {
    Settled { value: String, office: OfficeView<'a>, when: Box<When> },
    Open { why: Why, choices: Vec<(String, OfficeView<'a>, When)> },
}

impl<'a, Why> StateView<'a, Why> {
    pub fn of(app: &'a App, state: &State, why: Why) -> Self {
        let choice = |slot: &Slot| {
            let office = app.practice().office(&slot.office)?;
            let value = later::write(&(slot.office.clone(), slot.start));
            Some((value, OfficeView::new(app, office), When::new(app, slot.start)))
        };
        let choices = match state {
            State::Settled(slot) => match choice(slot) {
                Some((value, office, when)) => return Self::Settled { value, office, when: Box::new(when) },
                None => Vec::new(),
            },
            State::Open { choices, .. } => choices.iter().filter_map(choice).collect(),
        };
        Self::Open { why, choices }
    }

    pub fn is_open(&self) -> bool {
        matches!(self, Self::Open { .. })
    }
}

/// What a form says of each line.
pub fn read(form: &Submission, rhythm: Rhythm) -> Vec<Said> {
    (1..=rhythm.times()).map(|nth| read_line(form, nth)).collect()
}

fn read_line(form: &Submission, nth: u8) -> Said {
    match form.value(field(nth)) {
        LEFT_OUT => Said::LeftOut,
        text => later::parse(text).map_or(Said::Nothing, |(office, start)| Said::At(office, start)),
    }
}

/// Where and when all of them are, once something was said about each.
pub fn settled(said: &[Said]) -> Option<Vec<(OfficeSlug, Instant)>> {
    let mut visits = Vec::new();
    for one in said {
        match one {
            Said::Nothing => return None,
            Said::At(office, start) => visits.push((office.clone(), *start)),
            Said::LeftOut => {}
        }
    }
    visits.sort_by_key(|(_, start)| *start);
    Some(visits)
}

/// Of each line how the practice's clock is called from its date on, where that has changed
/// since the line before it, or since the visit that the first one follows: `PDT`.
pub fn new_zones(app: &App, follows: Instant, lines: &[Line]) -> Vec<Option<String>> {
    let days = lines.iter().map(|line| time::start_of_day(app.practice().zone, line.date) + DAY);
    let mut zone = Clock::at(app, follows);
    days.map(|day| zone.changes(day)).collect()
}

/// How the practice's clock is called, from one visit to the next.
pub struct Clock {
    zone: Tz,
    words: String,
}

impl Clock {
    pub fn at(app: &App, start: Instant) -> Self {
        let zone = app.practice().zone;
        Self { zone, words: time::zone_words(zone, start) }
    }

    /// How it is called at the next one, where that is something else: `PDT`.
    pub fn changes(&mut self, start: Instant) -> Option<String> {
        let words = time::zone_words(self.zone, start);
        let is_another = words != self.words;
        self.words.clone_from(&words);
        is_another.then_some(words)
    }
}
