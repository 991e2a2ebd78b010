//! `GET /appointments/new`: the services; the openings of one at all offices
//! side by side; and, with a start, the form for it.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Query, State},
    http::StatusCode,
    response::Response,
};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{form, taken};
use crate::{
    app::App,
    booking::slots::{self, Snapshot},
    domain::{
        client::Note,
        day::{self, Day, OfficeDay},
        ids::{OfficeSlug, ServiceSlug},
        office::Office,
        service::Service,
        slot::Slot,
        time,
    },
    urls,
    web::{
        Web,
        error::Error,
        page::{self, Frame},
        parts::{self, OfficeView, PhoneView, SlotView},
        site::services::ServiceView,
    },
};

/// Up to this many openings of an office's day all stand in sight.
const ALL_IN_SIGHT: usize = 5;
/// Of more than that, so many do, spread over the day; the rest can be unfolded.
const SOME_IN_SIGHT: usize = 4;

#[derive(Deserialize)]
pub struct Asked {
    service: Option<String>,
    office: Option<String>,
    start: Option<String>,
    from: Option<String>,
}

#[derive(Template)]
#[template(path = "appointments/openings.html")]
struct OpeningsPage<'a> {
    frame: Frame<'a>,
    /// What could not be read of the address that was asked for.
    message: Option<&'static str>,
    services: Vec<Choice<'a>>,
    /// The openings, once a service is chosen.
    openings: Option<Openings<'a>>,
    at_once: bool,
    hold: String,
    /// The therapist's sentence in place of the openings, while online requests are closed.
    closed: Option<&'a str>,
    phone: PhoneView,
}

impl OpeningsPage<'_> {
    /// The service whose openings are shown.
    fn chosen(&self) -> Option<&ServiceView<'_>> {
        self.services.iter().find(|choice| choice.is_chosen).map(|choice| &choice.service)
    }
}

struct Choice<'a> {
    service: ServiceView<'a>,
    is_chosen: bool,
}

struct Openings<'a> {
    days: Vec<DayView<'a>>,
    /// Each office's next opening, when the days have none.
    next: Vec<(OfficeView<'a>, Option<SlotView<'a>>)>,
    earlier: Option<String>,
    later: Option<(String, String)>,
    zone: String,
}

impl Openings<'_> {
    fn has_any(&self) -> bool {
        self.days.iter().any(|day| day.nothing.is_none())
    }
}

struct DayView<'a> {
    weekday: String,
    date: String,
    cells: Vec<Cell<'a>>,
    /// Why no office has anything on this day.
    nothing: Option<&'static str>,
    is_undecided: bool,
}

struct Cell<'a> {
    office: OfficeView<'a>,
    in_sight: Vec<SlotView<'a>>,
    folded: Vec<SlotView<'a>>,
    /// Why there is nothing.
    nothing: Option<String>,
}

pub async fn show(State(web): State<Arc<Web>>, Query(asked): Query<Asked>) -> Result<Response, Error> {
    let app = &*web.app;
    let snapshot = slots::snapshot(app).await?;
    let Some(service) = &asked.service else {
        return list(app, &snapshot, None, None, None, StatusCode::OK);
    };
    let practice = app.practice();
    let Some(service) = ServiceSlug::parse(service).and_then(|slug| practice.service(&slug)) else {
        let message = Some("There is no such service. These are the ones to choose from.");
        return list(app, &snapshot, None, None, message, StatusCode::UNPROCESSABLE_ENTITY);
    };
    if let Some(start) = &asked.start {
        let office =
            asked.office.as_deref().and_then(OfficeSlug::parse).and_then(|slug| practice.office(&slug));
        let (Some(office), Some(start)) = (office, time::parse_instant(start)) else {
            let message = Some("This time could not be read. Please choose one of these.");
            return list(app, &snapshot, Some(service), None, message, StatusCode::UNPROCESSABLE_ENTITY);
        };
        return match snapshot.find(service, &office.slug, start) {
            Ok(slot) => form::fresh(app, snapshot.policy(), service, office, slot),
            Err(refusal) => taken::from_link(app, &snapshot, service, start, &refusal),
        };
    }
    match asked.from.as_deref().map(|from| time::parse_date(from).ok_or(())) {
        Some(Err(())) => {
            let message = Some("This date could not be read. These are the next openings.");
            list(app, &snapshot, Some(service), None, message, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Some(Ok(from)) => list(app, &snapshot, Some(service), Some(from), None, StatusCode::OK),
        None => list(app, &snapshot, Some(service), None, None, StatusCode::OK),
    }
}

fn list(
    app: &App,
    snapshot: &Snapshot<'_>,
    service: Option<&Service>,
    from: Option<NaiveDate>,
    message: Option<&'static str>,
    status: StatusCode,
) -> Result<Response, Error> {
    let practice = app.practice();
    let names: Vec<&str> = practice.offices.iter().map(|office| office.name.as_str()).collect();
    let of = service.map(|service| format!("{}: openings", service.name));
    let title = format!("{} at {}", of.as_deref().unwrap_or("Openings"), names.join(" and "));
    let description = format!("Choose a time with {}: {}.", practice.therapist.name, names.join(", "));
    let choices = practice.services_offered().map(|offered| Choice {
        service: ServiceView::new(app, offered),
        is_chosen: service.is_some_and(|service| service.slug == offered.slug),
    });
    let openings_page = OpeningsPage {
        frame: Frame::public(app, urls::NEW_APPOINTMENT, &title, description).with_signs(),
        message,
        services: choices.collect(),
        openings: service.map(|service| openings(app, snapshot, service, from)),
        at_once: service.is_some_and(|service| snapshot.policy().confirms_at_once(service, false)),
        hold: time::hours_words(snapshot.policy().hold_hours),
        closed: snapshot.rules().closed.as_ref().map(Note::as_str),
        phone: PhoneView::practice(app),
    };
    page::html(status, &openings_page)
}

fn openings<'a>(
    app: &'a App,
    snapshot: &Snapshot<'_>,
    service: &'a Service,
    from: Option<NaiveDate>,
) -> Openings<'a> {
    let days = snapshot.days(service, from);
    let any = days.iter().any(Day::has_openings);
    let next = if any { Vec::new() } else { snapshot.next_openings(service) };
    let later = snapshot.later(service, &days).filter(|_| any);
    // Back by one page, or to the first one.
    let earlier = from.filter(|from| *from > snapshot.today()).map(|from| {
        let back = from - chrono::Days::new(day::DAYS_SHOWN);
        if back > snapshot.today() {
            urls::openings_from(&service.slug, back)
        } else {
            urls::openings(&service.slug)
        }
    });
    Openings {
        zone: parts::zones(
            app,
            days.first().map_or(snapshot.today(), |day| day.date),
            days.last().map_or(snapshot.today(), |day| day.date),
        ),
        days: days.iter().map(|day| DayView::new(app, day)).collect(),
        next: parts::next_openings(app, &next),
        earlier,
        later: later.map(|date| (urls::openings_from(&service.slug, date), time::date_words(date))),
    }
}

impl<'a> DayView<'a> {
    fn new(app: &'a App, day: &Day) -> Self {
        let words = time::date_words(day.date);
        let (weekday, date) = words.split_once(", ").unwrap_or((&words, ""));
        let practice = app.practice();
        let cells = practice.offices.iter().zip(&day.offices).map(|(office, at)| Cell::new(app, office, at));
        let nothing = match (day.has_openings(), day.is_closed()) {
            (true, _) => None,
            (false, true) => Some("Closed."),
            (false, false) => Some("Nothing left on this day."),
        };
        Self {
            weekday: weekday.to_owned(),
            date: date.to_owned(),
            cells: cells.collect(),
            nothing,
            is_undecided: day.is_undecided(),
        }
    }
}

impl<'a> Cell<'a> {
    fn new(app: &'a App, office: &'a Office, at: &OfficeDay) -> Self {
        let view = |slot: &Slot| SlotView::new(app, &office.name, slot);
        let empty = |why: &str| (Vec::new(), Vec::new(), Some(why.to_owned()));
        let (in_sight, folded, nothing) = match at {
            OfficeDay::Openings(slots) if slots.len() <= ALL_IN_SIGHT => {
                (slots.iter().map(view).collect(), Vec::new(), None)
            }
            OfficeDay::Openings(slots) => {
                let shown: Vec<usize> =
                    (0..SOME_IN_SIGHT).map(|nth| nth * slots.len() / SOME_IN_SIGHT).collect();
                let (sight, rest): (Vec<_>, Vec<_>) =
                    slots.iter().enumerate().partition(|(nth, _)| shown.contains(nth));
                let views =
                    |slots: Vec<(usize, &Slot)>| slots.into_iter().map(|(_, slot)| view(slot)).collect();
                (views(sight), views(rest), None)
            }
            OfficeDay::NotGiven => empty("Not given here."),
            OfficeDay::Closed => empty("Closed."),
            OfficeDay::NothingLeft => empty("Nothing left."),
            OfficeDay::At(elsewhere) => {
                let name = app.practice().office(elsewhere).map_or("another office", |office| &office.name);
                empty(&format!("I am in {name} that day."))
            }
        };
        Self { office: OfficeView::new(app, office), in_sight, folded, nothing }
    }
}
