//! Choosing a time, for a booking on the telephone or to move an appointment:
//! the next openings of all offices side by side, and any other time.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::NaiveDate;

use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::{
        appointment::Appointment,
        availability::{day::Day, slot::Slot},
        ids::{ClientId, OfficeSlug},
        practice::{Practice, office::Office, opening_hours::TimeOfDay, service::Service},
        time::{self, Instant},
    },
    urls,
    web::{
        admin::clients::find::Finder,
        http::{answer, error::Error, field::Field, query::Query},
        parts::{self, OfficeView, OpeningView, Panel, page::Frame},
    },
    words,
};

/// How many days with openings the page shows.
const DAYS: usize = 4;
/// Up to this many openings of an office's day all stand in sight.
const ALL_IN_SIGHT: usize = 8;
/// Of more than that, the first ones do; the rest can be unfolded.
const SOME_IN_SIGHT: usize = 6;

/// What was chosen so far.
pub enum Choice<'a> {
    /// Nothing yet.
    Open,
    Chosen(&'a Office, Instant),
    Unreadable(Wrong),
}

/// What is wrong with what was chosen, and the field to mend it in.
#[derive(Clone, Copy)]
pub struct Wrong {
    field: &'static str,
    message: &'static str,
}

impl Wrong {
    /// An address that says no time: any other can be typed instead.
    pub const TIME: Self = Self { field: "date", message: "Please choose a date and a time." };
    /// Services are chosen before times.
    pub const SERVICE: Self =
        Self { field: "services", message: "There's no such session. Please choose one." };
}

/// What an address asks for: a start, or in its place a date and a time of day,
/// as the two fields send them.
pub fn choice<'a>(query: &Query, practice: &'a Practice) -> Choice<'a> {
    let (date, clock) = (query.get(Field::Date), query.get(Field::Time));
    let start = match (query.get(Field::Start), date, clock) {
        (None, None, None) => return Choice::Open,
        (Some(start), ..) => time::parse_instant(start).ok_or(Wrong::TIME),
        (None, date, clock) => civil(practice, date, clock),
    };
    let office = OfficeSlug::parse(query.value(Field::Office)).and_then(|slug| practice.office(&slug));
    match (office, start) {
        (Some(office), Ok(start)) => Choice::Chosen(office, start),
        (None, _) => Choice::Unreadable(Wrong { field: "office", message: "Please choose an office." }),
        (_, Err(wrong)) => Choice::Unreadable(wrong),
    }
}

/// Reads a date and a time of day: `2026-12-08` and `14:30`.
fn civil(practice: &Practice, date: Option<&str>, clock: Option<&str>) -> Result<Instant, Wrong> {
    let wrong = |field, message| Wrong { field, message };
    let date = date.and_then(time::parse_date).ok_or(wrong("date", "Please choose a date."))?;
    let clock = clock.and_then(TimeOfDay::parse).ok_or(wrong("time", "Please choose a time."))?;
    time::instant(practice.zone, clock.on(date))
        .ok_or(wrong("time", "The clocks change that day and skip this time. Please choose another."))
}

/// For what a time is chosen.
#[derive(Clone, Copy)]
pub enum Purpose<'a> {
    /// For whoever is known already, or for whom is still to be said.
    Booking(&'a Service, Option<ClientId>),
    /// With its service as it was agreed.
    Moving(&'a Appointment, &'a Service),
}

impl Purpose<'_> {
    pub fn service(&self) -> &Service {
        match self {
            Self::Booking(service, _) | Self::Moving(_, service) => service,
        }
    }

    /// The page on which the time is chosen.
    pub fn page(&self) -> String {
        match self {
            Self::Booking(service, client) => booking(urls::new_booking(&service.slug), *client),
            Self::Moving(a, _) => urls::admin_reschedule(a.id),
        }
    }

    pub fn from(&self, date: NaiveDate) -> String {
        match self {
            Self::Booking(service, client) => booking(urls::new_booking_from(&service.slug, date), *client),
            Self::Moving(a, _) => urls::admin_reschedule_from(a.id, date),
        }
    }

    /// Where the form for an opening is.
    pub fn form(&self, slot: &Slot) -> String {
        urls::opening(&self.page(), slot)
    }

    /// False for the opening that an appointment which is to be moved has itself.
    pub fn is_another(&self, slot: &Slot) -> bool {
        match self {
            Self::Booking(..) => true,
            Self::Moving(a, _) => slot.start != a.span.start || slot.office != a.office,
        }
    }

    pub fn section(&self) -> &'static str {
        match self {
            Self::Booking(..) => urls::NEW_BOOKING,
            Self::Moving(..) => urls::ADMIN,
        }
    }
}

fn booking(address: String, client: Option<ClientId>) -> String {
    client.map_or(address.clone(), |client| urls::for_client(&address, client))
}

/// Who a booking is for.
pub enum Who {
    /// It is to be said, or left until the form.
    Asked(Finder),
    /// Their name, and where somebody else is chosen.
    Known(String, String),
}

#[derive(Template)]
#[template(path = "admin/times.html")]
struct TimesPage<'a> {
    frame: Frame<'a>,
    title: String,
    wrong: Option<Wrong>,
    who: Option<Who>,
    /// What is to be moved, and its page.
    moving: Option<(Panel<'a>, String)>,
    /// The services to choose from: name, address, and whether it is this one.
    services: Vec<(String, String, bool)>,
    days: Vec<DayView<'a>>,
    earliest: Option<String>,
    later: Option<(String, String)>,
    zone: String,
    another: Another<'a>,
}

struct DayView<'a> {
    date: String,
    cells: Vec<Cell<'a>>,
    /// Only one office has times: on a phone it says which, and takes the whole line.
    is_of_one: bool,
}

struct Cell<'a> {
    office: OfficeView<'a>,
    /// Where its times lead, up to the start of each.
    leads: String,
    in_sight: Vec<OpeningView>,
    folded: Vec<OpeningView>,
}

/// The form for any other time, with what was typed.
struct Another<'a> {
    action: String,
    service: Option<&'a str>,
    client: Option<ClientId>,
    /// Slug, name, and whether it is this one.
    offices: Vec<(&'a str, &'a str, bool)>,
    date: String,
    time: String,
    today: String,
}

/// The page, with what could not be read of what was asked for.
pub fn show(
    app: &App,
    snapshot: &Snapshot<'_>,
    purpose: Purpose<'_>,
    who: Option<Who>,
    query: &Query,
    wrong: Option<Wrong>,
    status: StatusCode,
) -> Result<Response, Error> {
    let practice = app.practice();
    let service = purpose.service();
    let from = query.get(Field::From).and_then(time::parse_date);
    let all = snapshot.days(service, from);
    let days: Vec<Day> = all.iter().filter(|day| day.has_openings()).take(DAYS).cloned().collect();
    // Where these days have no opening at all, the next one after them.
    let later = snapshot.later(service, if days.is_empty() { &all } else { &days });
    let title = match purpose {
        Purpose::Booking(..) => "New appointment".to_owned(),
        Purpose::Moving(a, _) => format!("Reschedule {}", words::appointment::whose(a)),
    };
    let services = match purpose {
        Purpose::Booking(chosen, client) => {
            let services = practice.services_offered();
            let tab = |service: &Service| {
                let words = format!("{}, {} min", service.name, service.minutes);
                let page = booking(urls::new_booking(&service.slug), client);
                (words, page, service.slug == chosen.slug)
            };
            services.map(tab).collect()
        }
        Purpose::Moving(..) => Vec::new(),
    };
    let last = days.last().map_or(snapshot.today(), |day| day.date);
    let times = TimesPage {
        frame: Frame::admin(app, &title, purpose.section()),
        title,
        wrong,
        who,
        moving: match purpose {
            Purpose::Moving(a, _) => Some((Panel::of(app, a), urls::admin_appointment(a.id))),
            Purpose::Booking(..) => None,
        },
        services,
        zone: parts::zones(app, days.first().map_or(last, |day| day.date), last),
        days: days.iter().map(|day| DayView::new(app, &purpose, day)).collect(),
        earliest: from.map(|_| purpose.page()),
        later: later.map(|date| (purpose.from(date), time::date_words(date))),
        another: Another::new(practice, &purpose, query, snapshot.today()),
    };
    answer::html(status, &times)
}

impl<'a> DayView<'a> {
    fn new(app: &'a App, purpose: &Purpose<'_>, day: &Day) -> Self {
        let cells = app.practice().offices.iter().map(|office| {
            let here = day.openings().filter(|slot| slot.office == office.slug && purpose.is_another(slot));
            let mut in_sight: Vec<_> = here.map(|slot| OpeningView::new(app, slot.start)).collect();
            let folded =
                if in_sight.len() > ALL_IN_SIGHT { in_sight.split_off(SOME_IN_SIGHT) } else { Vec::new() };
            let leads = urls::openings_at(&purpose.page(), &office.slug);
            Cell { office: OfficeView::new(app, office), leads, in_sight, folded }
        });
        let cells: Vec<Cell<'_>> = cells.collect();
        let is_of_one = cells.iter().filter(|cell| !cell.in_sight.is_empty()).count() == 1;
        Self { date: time::date_words(day.date), cells, is_of_one }
    }
}

impl<'a> Another<'a> {
    fn new(practice: &'a Practice, purpose: &Purpose<'a>, query: &Query, today: NaiveDate) -> Self {
        let office = query.get(Field::Office).or(match purpose {
            Purpose::Moving(a, _) => Some(a.office.as_str()),
            Purpose::Booking(..) => None,
        });
        let offices = practice.offices.iter().map(|known| {
            let slug = known.slug.as_str();
            (slug, known.name.as_str(), office == Some(slug))
        });
        let (action, service, client) = match purpose {
            Purpose::Booking(service, client) => {
                (urls::NEW_BOOKING.to_owned(), Some(service.slug.as_str()), *client)
            }
            Purpose::Moving(a, _) => (urls::admin_reschedule(a.id), None, None),
        };
        Self {
            action,
            service,
            client,
            offices: offices.collect(),
            date: query.value(Field::Date).to_owned(),
            time: query.value(Field::Time).to_owned(),
            today: today.to_string(),
        }
    }
}
