//! Time off of which the therapist says something to clients, in place of its days
//! among the openings or beside them.

use chrono::{Datelike, NaiveDate, TimeDelta};

use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::{
        availability::{day::Day, time_off::TimeOff},
        time::{self, Interval},
    },
};

/// Time off with what clients are told of it, once for all its days.
pub struct Away {
    /// `Away December 19 – 27`, at one office alone with its name.
    pub words: String,
    pub sentence: String,
}

/// The time off of which clients are told something, and that lies in the days of a page.
pub struct Told<'a> {
    app: &'a App,
    time_off: Vec<&'a TimeOff>,
}

impl<'a> Told<'a> {
    pub fn of(app: &'a App, snapshot: &'a Snapshot<'_>, from: NaiveDate, days: &[Day]) -> Self {
        let zone = app.practice().zone;
        let last = days.last().map_or(from, |day| day.date);
        let shown = Interval::new(time::start_of_day(zone, from.min(last)), time::day(zone, last).end);
        let is_told = |off: &&TimeOff| off.sentence.is_some() && off.span.overlaps(shown);
        let time_off = snapshot.calendar().busy.time_off().iter().filter(is_told);
        Self { app, time_off: time_off.collect() }
    }

    /// The time off of the whole practice that a day without openings lies in.
    pub fn in_place_of(&self, day: &Day) -> Option<&'a TimeOff> {
        let span = time::day(self.app.practice().zone, day.date);
        let mut of_all = self.time_off.iter().filter(|off| off.is_of_the_whole_practice());
        of_all.find(|off| !day.has_openings() && off.span.overlaps(span)).copied()
    }

    /// What stands in place of none of these days: time off before them, at one office
    /// alone, or for hours of a day.
    pub fn beside(&self, days: &[Day]) -> Vec<Away> {
        let is_in_place = |off: &TimeOff| {
            days.iter().filter_map(|day| self.in_place_of(day)).any(|other| other.id == off.id)
        };
        self.time_off.iter().filter(|off| !is_in_place(off)).filter_map(|off| self.away(off)).collect()
    }

    pub fn away(&self, off: &TimeOff) -> Option<Away> {
        let zone = self.app.practice().zone;
        let first = time::date(zone, off.span.start);
        let last = time::date(zone, off.span.end - TimeDelta::seconds(1)).max(first);
        let place =
            off.office.as_ref().map(|office| format!(" from {}", self.app.practice().office_name(office)));
        let dates = if first == last { time::date_words(first) } else { dates(first, last) };
        let words = format!("Away{}: {dates}", place.unwrap_or_default());
        Some(Away { words, sentence: off.sentence.as_ref()?.as_str().to_owned() })
    }
}

/// `December 19 – 27`, `December 28 – January 3`
pub fn dates(first: NaiveDate, last: NaiveDate) -> String {
    let is_one_month = (first.year(), first.month()) == (last.year(), last.month());
    let to = if is_one_month { last.day().to_string() } else { time::day_words(last) };
    format!("{} – {to}", time::day_words(first))
}
