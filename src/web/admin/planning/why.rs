//! `GET /admin/why?service=&on=`: every step of a day, and each rule that
//! refuses it, by name, with what is behind it.

use std::{collections::BTreeMap, sync::Arc};

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;

use super::time_off::TimeOffView;
use crate::{
    app::App,
    booking::slots::{self, Snapshot},
    domain::{
        appointment::{Appointment, refusal::SlotRefusal},
        availability::{Step, stretch},
        ids::{AppointmentId, Holder, ServiceSlug},
        practice::{office::Office, service::Service},
        time,
    },
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, query::Query},
        parts::{self, OfficeView, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/why.html")]
struct WhyPage<'a> {
    frame: Frame<'a>,
    /// The field that is wrong, and how.
    wrong: Option<(&'static str, &'static str)>,
    services: Vec<(&'a Service, bool)>,
    on: String,
    date: String,
    day: String,
    offices: Vec<OfficeSteps<'a>>,
    zone: String,
}

struct OfficeSteps<'a> {
    office: OfficeView<'a>,
    lines: Vec<Line>,
}

/// Steps that follow each other and have the same reasons.
struct Line {
    /// `12:00 am – 8:45 am`: the first start and the last.
    starts: String,
    /// None, where they are offered.
    reasons: Vec<Reason>,
}

/// A rule that says no, and what is behind it.
#[derive(Clone, PartialEq, Eq)]
struct Reason {
    rule: String,
    /// Where what is behind it can be seen, and what is written on the link.
    link: Option<(String, String)>,
}

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let practice = app.practice();
    let today = time::date(practice.zone, app.now());
    let usual = practice.services_offered().next().or(practice.services.first()).ok_or(Error::NotFound)?;
    let service = match query.get(Field::Service) {
        None => Some(usual),
        Some(slug) => ServiceSlug::parse(slug).and_then(|slug| practice.service(&slug)),
    };
    let date = query.get(Field::On).map_or(Some(today), time::parse_date);
    let on = query.get(Field::On).map_or_else(|| today.to_string(), str::to_owned);
    match (service, date) {
        (Some(service), Some(date)) => {
            let offices = offices(app, service, date).await?;
            render(app, service, date, on, offices, None)
        }
        (None, _) => render(
            app,
            usual,
            today,
            on,
            Vec::new(),
            Some(("service", "There's no such session. Please choose one.")),
        ),
        (_, None) => {
            let wrong = Some(("on", "Please choose a date."));
            render(app, service.unwrap_or(usual), today, on, Vec::new(), wrong)
        }
    }
}

fn render(
    app: &App,
    service: &Service,
    date: NaiveDate,
    on: String,
    offices: Vec<OfficeSteps<'_>>,
    wrong: Option<(&'static str, &'static str)>,
) -> Result<Response, Error> {
    let today = time::date(app.practice().zone, app.now());
    let why_page = WhyPage {
        frame: Frame::admin(app, "Check a time", urls::WHY),
        wrong,
        services: app.practice().services.iter().map(|one| (one, one.slug == service.slug)).collect(),
        on,
        date: time::date_words_from(today, date),
        day: urls::day(date),
        offices,
        zone: parts::zones(app, date, date),
    };
    answer::html(if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &why_page)
}

async fn offices<'a>(
    app: &'a App,
    service: &Service,
    date: NaiveDate,
) -> Result<Vec<OfficeSteps<'a>>, Error> {
    let snapshot = slots::snapshot_of(app, date).await?;
    let mut appointments = BTreeMap::new();
    let mut tx = app.store.read().await?;
    for occupied in snapshot.calendar().busy.all() {
        let Some(id) = occupied.holder.appointment() else { continue };
        if let Some(appointment) = tx.appointment(id).await? {
            appointments.insert(appointment.id, appointment);
        }
    }
    drop(tx);
    let asked = Day { app, snapshot: &snapshot, service, date, appointments };
    Ok(app.practice().offices.iter().map(|office| asked.steps(office)).collect())
}

/// What was asked about, and all that may be behind an answer.
struct Day<'a, 'b> {
    app: &'a App,
    snapshot: &'b Snapshot<'a>,
    service: &'b Service,
    date: NaiveDate,
    appointments: BTreeMap<AppointmentId, Appointment>,
}

impl<'a> Day<'a, '_> {
    fn steps(&self, office: &'a Office) -> OfficeSteps<'a> {
        let steps = self.snapshot.calendar().steps(self.service, office, self.date);
        let reasons = steps.into_iter().map(|step| (step.start, self.reasons(office, &step)));
        let reasons: Vec<_> = reasons.collect();
        let words = |at| time::time_words(self.app.practice().zone, at);
        let lines = reasons.chunk_by(|(_, one), (_, other)| one == other).map(|same| {
            let (first, last) = (words(same[0].0), words(same[same.len() - 1].0));
            Line {
                starts: if same.len() == 1 { first } else { format!("{first} – {last}") },
                reasons: same[0].1.clone(),
            }
        });
        OfficeSteps { office: OfficeView::new(self.app, office), lines: lines.collect() }
    }

    fn reasons(&self, office: &Office, step: &Step) -> Vec<Reason> {
        step.refusals.iter().map(|refusal| self.reason(office, step, refusal)).collect()
    }

    fn reason(&self, office: &Office, step: &Step, refusal: &SlotRefusal) -> Reason {
        let policy = self.snapshot.policy();
        let name = &office.name;
        let rule = |rule: &str| Reason { rule: rule.to_owned(), link: None };
        let linked = |rule: String, href: &str, words: &str| Reason {
            rule,
            link: Some((href.to_owned(), words.to_owned())),
        };
        match refusal {
            SlotRefusal::Retired => rule("this session is no longer offered"),
            SlotRefusal::NotGivenThere => Reason { rule: format!("not offered in {name}"), link: None },
            SlotRefusal::Paused => {
                linked("online booking is paused".to_owned(), urls::TIME_OFF, "your message")
            }
            SlotRefusal::Past => rule("already past"),
            SlotRefusal::Closed => self.closed(office, step),
            SlotRefusal::OffStep => rule("sessions don't start at that minute"),
            SlotRefusal::TimeOff { by } => {
                let time_off = self.snapshot.calendar().busy.time_off();
                let off = time_off.iter().find(|off| off.id == *by);
                let words = off.map(|off| TimeOffView::new(self.app, off).words);
                linked("time off".to_owned(), urls::TIME_OFF, &words.unwrap_or_default())
            }
            SlotRefusal::DecidedFor { office, by } => {
                let there = self.app.practice().office_name(office);
                let rule = format!("the first booking that day is in {there}");
                Reason { rule, link: self.behind(*by, step) }
            }
            SlotRefusal::TooSoon => linked(
                format!("less than {} ahead", time::hours_words(policy.minimum_notice_hours)),
                urls::SETTINGS,
                "settings",
            ),
            SlotRefusal::BeyondHorizon => linked(
                format!("more than {} ahead", time::days_words(policy.horizon_days)),
                urls::SETTINGS,
                "settings",
            ),
            SlotRefusal::SlotTaken { by } => {
                Reason { rule: "taken".to_owned(), link: by.and_then(|by| self.behind(by, step)) }
            }
            SlotRefusal::WithinBuffer { of } => {
                Reason { rule: "too close, inside the buffer".to_owned(), link: self.behind(*of, step) }
            }
            SlotRefusal::OnTheRoad { office: elsewhere, from_or_to } => {
                let there = self.app.practice().office_name(elsewhere);
                let rule = format!("not enough time for the drive between {name} and {there}");
                Reason { rule, link: self.behind(*from_or_to, step) }
            }
        }
    }

    /// Outside the hours altogether, or only the session's end.
    fn closed(&self, office: &Office, step: &Step) -> Reason {
        let timetable = &self.snapshot.rules().timetable;
        let stretches = timetable.stretches(&office.slug, self.date);
        let zone = self.app.practice().zone;
        let begins_inside = stretches.iter().any(|open| open.is_open_at(zone, step.start));
        let rule = if begins_inside {
            format!("{} minutes don't fit before closing", self.service.minutes)
        } else {
            "outside opening hours".to_owned()
        };
        let hours = match stretches.as_slice() {
            [] => format!("{} is closed", office.name),
            open => format!("{} is open {}", office.name, stretch::words(open)),
        };
        let (href, hours) = match timetable.plan(self.date) {
            Some(_) => (urls::day(self.date), format!("{hours}, from your plan for this date")),
            None => (urls::HOURS.to_owned(), hours),
        };
        Reason { rule, link: Some((href, hours)) }
    }

    /// The appointment behind a refusal, or the offer. Where the time to which an appointment is
    /// to be moved is nearer, that time.
    fn behind(&self, holder: Holder, step: &Step) -> Option<(String, String)> {
        let Some(id) = holder.appointment() else {
            return Some((urls::WAITLIST_DESK.to_owned(), "offered to somebody on the waitlist".to_owned()));
        };
        let a = self.appointments.get(&id)?;
        let zone = self.app.practice().zone;
        let busy = self.snapshot.calendar().busy.all().iter().filter(|o| o.holder == holder);
        let span = busy.map(|o| o.span).min_by_key(|span| (span.start - step.start).abs())?;
        let asks = if span == a.span { "" } else { "who wants " };
        let (from, until) = (time::phrase(zone, span.start), time::time_words(zone, span.end));
        Some((
            urls::admin_appointment(id),
            format!("{}, {asks}{from} – {until}", words::appointment::whose(a)),
        ))
    }
}
