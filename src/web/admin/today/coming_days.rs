//! What is left of today, and the coming days: whom the therapist sees on each, its
//! hours, and what is out of the ordinary.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::{
    app::App,
    booking::conflicts::{Plans, Standing},
    domain::{
        appointment::Appointment,
        availability::{rules::Rules, time_off::TimeOff},
        ids::AppointmentId,
        practice::{office::Office, opening_hours::windows_words},
        time::{self, Instant, Interval},
    },
    urls,
    web::{
        admin::parts::{
            conflict::ConflictView,
            payment::Money,
            said::Said,
            stops::{self, Around, StopView},
        },
        parts::OfficeView,
    },
    words,
};

/// Everything that the coming days are made of, as it was read.
pub struct Coming {
    pub first: NaiveDate,
    /// The first date that is no longer shown.
    pub end: NaiveDate,
    /// In order of time, with the requests that hold a time.
    pub visits: Vec<Appointment>,
    pub time_off: Vec<TimeOff>,
    pub rules: Rules,
    pub plans: Plans,
    /// Of today's visits for which something is due.
    pub money: BTreeMap<AppointmentId, Money>,
    pub said: Said,
    /// The visits of which the page notes elsewhere what is to be noted.
    pub elsewhere: BTreeSet<AppointmentId>,
    pub now: Instant,
}

pub struct DayView<'a> {
    pub date: String,
    /// Only what is left of it is told.
    pub is_today: bool,
    /// Where its plan is changed.
    pub plan: String,
    /// Where it is closed, while something of it is open.
    pub closing: Option<String>,
    pub stops: Vec<StopView<'a>>,
    /// `3 visits, until 4:15 pm`
    pub summary: Option<String>,
    /// The visits that the plan of the day does not cover.
    pub conflicts: Vec<ConflictView<'a>>,
    /// Where the hours are, if no visit says it.
    pub hours: Vec<(OfficeView<'a>, String)>,
    /// What is out of the ordinary, or that the day is closed.
    pub notes: Vec<String>,
}

impl Coming {
    /// What is left of today.
    pub fn rest<'a>(&'a self, app: &'a App) -> DayView<'a> {
        self.day(app, self.first)
    }

    /// The days after it.
    pub fn days<'a>(&'a self, app: &'a App) -> Vec<DayView<'a>> {
        let dates = self.first.iter_days().skip(1).take_while(|date| *date < self.end);
        dates.map(|date| self.day(app, date)).collect()
    }

    fn day<'a>(&'a self, app: &'a App, date: NaiveDate) -> DayView<'a> {
        let zone = app.practice().zone;
        let day = time::day(zone, date);
        let on_the_day = self
            .visits
            .iter()
            .filter(|a| day.start <= a.span.start && a.span.start < day.end && self.now < a.span.end);
        let (conflicts, visits): (Vec<&Appointment>, Vec<&Appointment>) =
            on_the_day.partition(|a| self.conflict(app, a).is_some());
        let (mut notes, is_off) = self.time_off(app, day);
        let open: Vec<&Office> = app
            .practice()
            .offices
            .iter()
            .filter(|office| !self.rules.timetable.on(&office.slug, date).is_empty())
            .collect();
        if self.rules.timetable.plan(date).is_some() {
            notes.push("Your plan for this date".to_owned());
        }
        if open.is_empty() && !is_off {
            notes.insert(0, "Closed".to_owned());
        }
        if open.len() > 1 && self.rules.timetable.first_booking_decides_on(date) && visits.is_empty() {
            notes.push("The first booking decides the office".to_owned());
        }
        let is_open = !open.is_empty() && !is_off;
        // Where the therapist is by a plan is said, although visits that they keep are elsewhere.
        let is_planned = self.rules.timetable.plan(date).is_some();
        let is_told = |office: &&Office| {
            is_off || visits.iter().any(|a| a.office == office.slug) || !visits.is_empty() && !is_planned
        };
        let hours = open.into_iter().filter(|office| !is_told(office)).map(|office| {
            let windows = self.rules.timetable.on(&office.slug, date);
            (OfficeView::new(app, office), windows_words(windows))
        });
        let around = Around {
            rules: &self.rules,
            plans: &self.plans,
            money: &self.money,
            said: &self.said,
            elsewhere: &self.elsewhere,
            back: urls::ADMIN,
            now: self.now,
        };
        let last = visits.iter().map(|a| a.span.end).max();
        let count = words::listed::counted(visits.len(), "visit", "visits");
        DayView {
            summary: count.zip(last).map(|(count, last)| {
                words::listed::begun(&format!("{count}, until {}", time::time_words(zone, last)))
            }),
            date: time::date_words(date),
            is_today: date == self.first,
            plan: urls::day(date),
            closing: is_open.then(|| urls::day_closing(date)),
            hours: hours.collect(),
            conflicts: conflicts
                .into_iter()
                .filter_map(|a| Some(ConflictView::new(app, a, &self.conflict(app, a)?)))
                .collect(),
            stops: stops::stops(app, visits, &around),
            notes,
        }
    }

    /// The conflict of a visit, until it is settled.
    fn conflict(&self, app: &App, a: &Appointment) -> Option<Standing> {
        self.plans.standing(app.practice(), &self.rules, a).filter(|standing| !standing.is_kept)
    }

    /// The time off of a day in words, and whether it leaves nothing of the day.
    fn time_off(&self, app: &App, day: Interval) -> (Vec<String>, bool) {
        let on_the_day = || self.time_off.iter().filter(|off| off.span.overlaps(day));
        let words = on_the_day().map(|off| words::time_off::on_day(off, app.practice(), day));
        (words.collect(), on_the_day().any(|off| off.takes_all_of(day)))
    }
}
