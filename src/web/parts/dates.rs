//! The dates of a series that is proposed, as its forms carry them.

use chrono::TimeDelta;

use super::later;
use crate::{
    app::App,
    domain::{
        availability::slot::Slot,
        ids::OfficeSlug,
        series::{
            proposal::{Line, Said},
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

/// `mt-shasta 2026-12-08T22:30:00Z`
pub fn value(slot: &Slot) -> String {
    later::write(&(slot.office.clone(), slot.start))
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
    let zone_of = |at| time::zone_words(app.practice().zone, at);
    let mut zone = zone_of(follows);
    let new_zone = |line: &Line| {
        let its = zone_of(time::start_of_day(app.practice().zone, line.date) + DAY);
        let is_new = its != zone;
        zone.clone_from(&its);
        is_new.then_some(its)
    };
    lines.iter().map(new_zone).collect()
}
