//! Some days as they stand: who comes where, what waits for an answer, and
//! what is free.

use std::collections::BTreeMap;

use chrono::{Days as Count, NaiveDate, TimeDelta};

use crate::{
    app::App,
    booking::conflicts::Plans,
    domain::{
        appointment::{Appointment, Status},
        availability::{
            exceptions::Hours,
            rules::Rules,
            time_off::TimeOff,
            whereabouts::{Stay, Whereabouts},
        },
        ids::{AppointmentId, OfficeSlug},
        time::{self, Instant, Interval},
    },
    store::StoreError,
    web::admin::parts::{said::Said, waiting},
    words,
};

/// A session lasts a day at the most, so that what began a day before may reach into a day.
const LONGEST: TimeDelta = TimeDelta::days(1);

/// Some days, as they were read.
pub struct Days {
    pub first: NaiveDate,
    /// The first date that is no longer among them.
    pub end: NaiveDate,
    /// In order of time, with what is asked for and holds its time.
    visits: Vec<Appointment>,
    /// Where the visits stand that clients ask to move, and where they would.
    pub moves: BTreeMap<AppointmentId, (Appointment, Appointment)>,
    time_off: Vec<TimeOff>,
    pub rules: Rules,
    pub plans: Plans,
    pub said: Said,
    pub now: Instant,
    pub today: NaiveDate,
}

/// One of them.
pub struct Day<'a> {
    pub date: NaiveDate,
    pub span: Interval,
    /// What begins on it, in order of time.
    pub visits: Vec<&'a Appointment>,
    /// What began the evening before and still goes on.
    pub since_yesterday: Vec<&'a Appointment>,
    pub time_off: Vec<&'a TimeOff>,
    pub way: Whereabouts<'a>,
}

impl Days {
    pub async fn read(app: &App, first: NaiveDate, count: u64) -> Result<Self, StoreError> {
        let zone = app.practice().zone;
        let end = first.checked_add_days(Count::new(count)).unwrap_or(NaiveDate::MAX);
        let span = Interval::new(time::start_of_day(zone, first), time::start_of_day(zone, end));
        let mut tx = app.store.read().await?;
        let now = app.now();
        let rules = tx.rules(&app.site.first_rules, now.min(span.start)).await?;
        let plans = Plans::read(&mut tx, now).await?;
        let mut visits = tx.visits(Interval::new(span.start - LONGEST, span.end)).await?;
        let mut moves = BTreeMap::new();
        for waiting in waiting::read(&mut tx, now).await? {
            for asked_for in waiting.in_its_days() {
                if let Some(stands) = waiting.would_move().iter().find(|a| a.id == asked_for.id) {
                    moves.insert(stands.id, (stands.clone(), asked_for.clone()));
                }
                visits.push(asked_for);
            }
        }
        let said = Said::read(&mut tx, span).await?;
        visits.retain(|a| a.span.overlaps(span));
        visits.sort_by_key(|a| a.span);
        let mut time_off = tx.time_off_since(span.start).await?;
        time_off.retain(|off| off.span.overlaps(span));
        let today = time::date(zone, now);
        Ok(Self { first, end, visits, moves, time_off, rules, plans, said, now, today })
    }

    pub fn all<'a>(&'a self, app: &'a App) -> Vec<Day<'a>> {
        self.first.iter_days().take_while(|date| *date < self.end).map(|date| self.day(app, date)).collect()
    }

    fn day<'a>(&'a self, app: &'a App, date: NaiveDate) -> Day<'a> {
        let practice = app.practice();
        let span = time::day(practice.zone, date);
        let (since_yesterday, visits): (Vec<&Appointment>, Vec<&Appointment>) =
            self.visits.iter().filter(|a| a.span.overlaps(span)).partition(|a| a.span.start < span.start);
        let hours = Hours { zone: practice.zone, timetable: &self.rules.timetable, time_off: &self.time_off };
        let open: Vec<Stay<'_>> = practice
            .offices
            .iter()
            .flat_map(|office| {
                let spans = hours.open(&office.slug, date).into_iter();
                spans.map(|span| Stay { office: &office.slug, span })
            })
            .collect();
        let there: Vec<&Appointment> = since_yesterday.iter().chain(&visits).copied().collect();
        let first_decides = self.rules.timetable.first_booking_decides_on(date);
        Day {
            date,
            span,
            way: Whereabouts::new(&there, &open, &practice.travel, first_decides),
            time_off: self.time_off.iter().filter(|off| off.span.overlaps(span)).collect(),
            visits,
            since_yesterday,
        }
    }
}

impl<'a> Day<'a> {
    /// The offices at which the therapist is or could be, each once, in the practice's order.
    pub fn offices(&self, app: &App) -> Vec<&'a OfficeSlug> {
        let mut offices: Vec<&OfficeSlug> = self.way.stays.iter().map(|stay| stay.office).collect();
        let position = |slug: &OfficeSlug| app.practice().office(slug).map_or(usize::MAX, |o| o.position);
        offices.sort_by_key(|slug| (position(slug), *slug));
        offices.dedup();
        offices
    }

    /// `3 visits, 1 request`; nothing where there is neither.
    pub fn count_words(&self) -> String {
        let requests = self.visits.iter().filter(|a| a.status() == Status::Requested).count();
        let counted = |count: usize, what: &str| match count {
            0 => None,
            1 => Some(format!("1 {what}")),
            count => Some(format!("{count} {what}s")),
        };
        let words = [counted(self.visits.len() - requests, "visit"), counted(requests, "request")];
        words.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// How much of what could be booked is booked, in hundredths; `None` on a day without work.
    pub fn load(&self) -> Option<i64> {
        let booked: TimeDelta = self.visits.iter().map(|a| a.span.length() + a.buffer).sum();
        let whole = (booked + self.way.free_time(Instant::MIN_UTC)).num_minutes();
        (whole > 0).then(|| booked.num_minutes() * 100 / whole)
    }

    /// True where time off leaves nothing of the day.
    pub fn is_off(&self) -> bool {
        self.time_off.iter().any(|off| off.takes_all_of(self.span))
    }
}

/// Time off as it lies in a day, with the therapist's note: `Time off at Redding from 2:00 pm: the dentist`.
pub fn off_words(app: &App, off: &TimeOff, day: Interval) -> String {
    let note = off.note.as_ref().map(|note| format!(": {}", note.as_str())).unwrap_or_default();
    words::time_off::on_day(off, app.practice(), day) + &note
}
