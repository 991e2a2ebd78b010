//! A day as a list: the offices with their hours, the visits, and between them
//! in thin lines what is free, the drives and time off.

use chrono::TimeDelta;

use super::days::{Day, Days, off_words};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        availability::whereabouts::Stay,
        ids::OfficeSlug,
        practice::opening_hours::windows_words,
        time::{self, Instant},
    },
    urls,
    web::parts::OfficeView,
    words,
};

/// Less than this is a breath, not a gap.
const GAP: TimeDelta = TimeDelta::minutes(30);

pub enum Row<'a> {
    /// Work at an office, with its hours where it has any.
    At(OfficeView<'a>, String),
    Visit(Box<VisitRow<'a>>),
    /// `Free 10:15 am – 12:00 pm`
    Thin(String),
    Drive(String),
}

pub struct VisitRow<'a> {
    pub name: String,
    pub href: String,
    pub office: OfficeView<'a>,
    pub datetime: String,
    pub time: String,
    pub until: String,
    /// What is to be known of it beside the time; nothing where it is confirmed and all is well.
    pub note: Option<String>,
    pub is_request: bool,
    pub is_conflict: bool,
    /// The client has not come.
    pub is_missed: bool,
}

impl Days {
    pub fn agenda<'a>(&'a self, app: &'a App, day: &Day<'a>) -> Vec<Row<'a>> {
        // Of one moment an office comes before what is in it.
        let mut rows: Vec<(Instant, u8, Row<'a>)> = Vec::new();
        let here = |office: &OfficeSlug| windows_words(self.rules.timetable.on(office, day.date));
        if day.way.is_undecided || day.visits.is_empty() && day.since_yesterday.is_empty() {
            let offices = day.offices(app).into_iter();
            rows.extend(
                offices.map(|office| {
                    (day.span.start, 0, Row::At(OfficeView::by_slug(app, office), here(office)))
                }),
            );
        } else {
            self.on_the_way(app, day, &mut rows);
        }
        for off in &day.time_off {
            rows.push((off.span.start.max(day.span.start), 2, Row::Thin(off_words(app, off, day.span))));
        }
        rows.sort_by_key(|(at, rank, _)| (*at, *rank));
        rows.into_iter().map(|(_, _, row)| row).collect()
    }

    fn on_the_way<'a>(&'a self, app: &'a App, day: &Day<'a>, rows: &mut Vec<(Instant, u8, Row<'a>)>) {
        let practice = app.practice();
        let clock = |at| time::time_words(practice.zone, at);
        let mut left: Vec<&'a Appointment> = day.since_yesterday.iter().chain(&day.visits).copied().collect();
        let (mut before, mut after): (Option<&OfficeSlug>, Instant) = (None, Instant::MIN_UTC);
        for stay in &day.way.stays {
            let is_in = |a: &&Appointment| a.office == *stay.office && a.span.start <= stay.span.end;
            let (visits, later) = left.into_iter().partition::<Vec<_>, _>(is_in);
            left = later;
            // What is free before the first visit stands under its office, however late the drive is.
            let is_before = |free: &&Stay<'_>| free.office == stay.office && after <= free.span.start;
            let opens = day.way.free.iter().find(is_before).map_or(stay.span.start, |free| free.span.start);
            let opens = opens.min(stay.span.start);
            if let Some(from) = before.filter(|from| *from != stay.office) {
                let takes = practice.travel.between(from, stay.office);
                let leave_by = visits.first().map_or(stay.span.start, |a| a.span.start) - takes;
                let words = format!(
                    "Drive to {}, {}. Leave by {}.",
                    practice.office_name(stay.office),
                    time::span_words(takes),
                    clock(leave_by)
                );
                rows.push((opens.min(leave_by), 1, Row::Drive(words)));
            }
            (before, after) = (Some(stay.office), stay.span.end);
            let hours = windows_words(self.rules.timetable.on(stay.office, day.date));
            rows.push((opens, 2, Row::At(OfficeView::by_slug(app, stay.office), hours)));
            for visit in visits {
                rows.push((visit.span.start, 3, Row::Visit(Box::new(self.row(app, day, visit)))));
            }
        }
        let is_ahead = |at: Instant| self.now < at;
        for free in day.way.free.iter().filter(|free| free.span.length() >= GAP && is_ahead(free.span.end)) {
            let words = format!("Free {} – {}", clock(free.span.start), clock(free.span.end));
            rows.push((free.span.start, 3, Row::Thin(words)));
        }
    }

    fn row<'a>(&'a self, app: &'a App, day: &Day<'a>, a: &'a Appointment) -> VisitRow<'a> {
        let zone = app.practice().zone;
        let standing = self.plans.standing(app.practice(), &self.rules, a);
        let is_conflict = standing.as_ref().is_some_and(|standing| !standing.is_kept);
        let conflict = standing.map(|standing| {
            let why = words::conflict::why(&standing.conflict, app.practice(), &a.office);
            if standing.is_kept {
                format!("You'll be there, even though {why}")
            } else {
                format!("Conflict: {why}")
            }
        });
        let place = |other: &Appointment| {
            let when = time::short_phrase_from(zone, self.today, other.span.start);
            if other.office == a.office {
                when
            } else {
                format!("{when}, {}", app.practice().office_name(&other.office))
            }
        };
        let is_request = a.status() == Status::Requested;
        let state = match (self.moves.get(&a.id), a.status()) {
            (Some((stands, _)), Status::Requested) => {
                Some(format!("asks to move here from {}", place(stands)))
            }
            (Some((_, asked_for)), _) => Some(format!("asks to move to {}", place(asked_for))),
            (None, Status::Confirmed) => None,
            (None, status) => Some(words::appointment::status(status).to_lowercase()),
        };
        let since = (a.span.start < day.span.start).then(|| "since the evening before".to_owned());
        let notes: Vec<String> =
            [since, state, self.said.of(app, a), conflict].into_iter().flatten().collect();
        VisitRow {
            name: words::appointment::whose(a),
            href: urls::admin_appointment(a.id),
            office: OfficeView::of(app, a),
            datetime: time::write_instant(a.span.start),
            time: time::time_words(zone, a.span.start),
            until: time::time_words(zone, a.span.end),
            note: (!notes.is_empty()).then(|| notes.join(", ")),
            is_request,
            is_conflict,
            is_missed: a.status() == Status::NoShow,
        }
    }

    /// What is out of the ordinary on a day, or that nobody can come.
    pub fn notes(&self, day: &Day<'_>) -> Vec<&'static str> {
        let timetable = &self.rules.timetable;
        let planned = timetable.plan(day.date).map(|_| "Your plan for this date");
        let nothing = day.visits.is_empty() && day.since_yesterday.is_empty();
        let closed = nothing && day.way.stays.is_empty() && !day.is_off();
        let undecided = day.way.is_undecided && timetable.first_booking_decides_on(day.date);
        let free = nothing && !day.way.stays.is_empty();
        let notes = [
            closed.then_some("Closed"),
            free.then_some("Nothing booked"),
            planned,
            undecided.then_some("The first booking decides the office"),
        ];
        notes.into_iter().flatten().collect()
    }
}
