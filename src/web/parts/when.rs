//! Instants as pages show them.

use chrono::{NaiveDate, Timelike};

use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::time::{self, Instant},
};

/// An instant in the practice's words.
#[derive(Clone)]
pub struct When {
    /// For `<time datetime>`.
    pub datetime: String,
    /// `Tuesday, December 8, 2:30 pm`; with the year where it's half a year past or more.
    pub phrase: String,
    /// `2:30 pm`
    pub time: String,
    /// `Tuesday, 2:30 pm`, and the whole phrase where it's a week away or more.
    pub near: String,
    /// `PST`
    pub zone: String,
}

impl When {
    /// The pieces of [`Self::near`], each of which stays in one line.
    pub fn near_pieces(&self) -> impl Iterator<Item = &str> {
        self.near.split(", ")
    }

    /// The phrase's pieces, between which a line may break: `Tuesday`, `December 8`, `2:30 pm`.
    pub fn pieces(&self) -> impl Iterator<Item = &str> {
        self.phrase.split(", ")
    }

    pub fn new(app: &App, at: Instant) -> Self {
        let zone = app.practice().zone;
        let today = time::date(zone, app.now());
        Self {
            datetime: time::write_instant(at),
            phrase: time::phrase_from(zone, today, at),
            time: time::time_words(zone, at),
            near: time::phrase_near(zone, today, at),
            zone: time::zone_words(zone, at),
        }
    }
}

/// When somebody who asks now has an answer: `within 24 hours`, or while the
/// practice is off meanwhile, `by Monday, January 4, 2:30 pm`.
pub fn answer(app: &App, snapshot: &Snapshot<'_>) -> String {
    let hours = snapshot.policy().hold_hours;
    let until = snapshot.held_until(Instant::MAX_UTC);
    if until == snapshot.now() + time::hours(hours) {
        format!("within {}", time::hours_words(hours))
    } else {
        format!("by {}", time::phrase(app.practice().zone, until))
    }
}

/// What the practice's zone goes by in a span of days.
pub fn zones(app: &App, first: NaiveDate, last: NaiveDate) -> String {
    time::zones_words(app.practice().zone, first, last)
}

/// The hour of the practice's day, as the stylesheet calls it.
pub fn light(app: &App, at: Instant) -> &'static str {
    match time::civil(app.practice().zone, at).hour() {
        5..9 => "dawn",
        9..17 => "day",
        _ => "evening",
    }
}
