//! `GET /offices` and `GET /offices/{slug}`

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};
use chrono::{NaiveDate, TimeDelta};

use super::services::ServiceView;
use crate::{
    app::App,
    booking::slots::{self, Next, Snapshot},
    content::read::{page::Page, prose::Prose},
    domain::{
        availability::exceptions::{Exception, Hours},
        client::Note,
        ids::OfficeSlug,
        practice::{
            office::Office,
            opening_hours::{OpeningHours, windows_words},
        },
        time,
    },
    urls,
    web::{
        Web,
        cache::CachePolicy,
        http::{answer, error::Error},
        parts::{self, OfficeView, PhoneView, SlotView, page::Frame, portrait, structured},
    },
};

/// An office with its opening hours.
struct OfficeDetails<'a> {
    office: OfficeView<'a>,
    hours: &'a HoursView,
    map: Option<String>,
    picture: Option<String>,
    next: Option<SlotView<'a>>,
}

impl<'a> OfficeDetails<'a> {
    fn new(app: &'a App, office: &'a Office, hours: &'a HoursView, next: &Next) -> Self {
        let next = next.openings.iter().find(|(slug, _)| *slug == office.slug);
        let next = next.and_then(|(_, slot)| slot.as_ref());
        Self {
            office: OfficeView::new(app, office),
            hours,
            map: map_link(office).filter(|_| office.is_address_public),
            picture: portrait::of_office(app, office),
            next: next.map(|slot| SlotView::new(app, &office.name, slot)),
        }
    }
}

/// A weekday and its windows, `9:00 am – 5:00 pm`.
type Week = Vec<(&'static str, String)>;

/// When an office is open, in words.
#[derive(Debug)]
struct HoursView {
    /// The weekly hours that hold today, and in words.
    now: OpeningHours,
    week: Week,
    /// Weekly hours to come, `From June 1`.
    coming: Vec<(String, Week)>,
    /// The dates that differ, `Thursday, December 24: closed`.
    exceptions: Vec<String>,
}

impl HoursView {
    fn new(app: &App, snapshot: &Snapshot<'_>, office: &Office) -> Self {
        let calendar = snapshot.calendar();
        let (timetable, today) = (&calendar.rules.timetable, calendar.today());
        let now = timetable.week_on(&office.slug, today).cloned().unwrap_or_default();
        let mut before = now.clone();
        let mut coming = Vec::new();
        for from in timetable.changes(&office.slug).into_iter().filter(|from| *from > today) {
            let hours = timetable.week_on(&office.slug, from).cloned().unwrap_or_default();
            if hours != before {
                coming.push((format!("From {}", far_day(today, from)), parts::hours_words(&hours)));
                before = hours;
            }
        }
        let hours = Hours { zone: app.practice().zone, timetable, time_off: calendar.busy.time_off() };
        let exceptions = hours.exceptions(&office.slug, today, calendar.last_date());
        let words = exceptions.iter().map(|exception| exception_words(app, today, exception));
        Self { week: parts::hours_words(&now), now, coming, exceptions: words.collect() }
    }
}

fn exception_words(app: &App, today: NaiveDate, exception: &Exception) -> String {
    match exception {
        Exception::Hours(date, windows) => {
            format!("{}: {}", time::date_words(*date), windows_words(windows))
        }
        Exception::Elsewhere(date, other) => {
            let name = app.practice().office(other).map_or("another office", |office| &office.name);
            format!("{}: closed, I'm in {name}", time::date_words(*date))
        }
        Exception::Closed(first, last) if first == last => format!("{}: closed", time::date_words(*first)),
        Exception::Closed(first, last) if *first == today => {
            format!("Closed until {}", far_day(today, *last))
        }
        Exception::Closed(first, last) => {
            format!("Closed {} – {}", time::day_words(*first), far_day(today, *last))
        }
    }
}

/// A date without its weekday; with its year where that is not plain.
fn far_day(today: NaiveDate, date: NaiveDate) -> String {
    let is_plain = date - today < TimeDelta::days(300);
    if is_plain { time::day_words(date) } else { time::long_date_words(date) }
}

/// A map of the place; a link, so nothing is fetched from there until it is followed.
pub fn map_link(office: &Office) -> Option<String> {
    let place = office.place?;
    let (north, east) = (place.latitude, place.longitude);
    Some(format!("https://www.openstreetmap.org/?mlat={north}&mlon={east}#map=16/{north}/{east}"))
}

#[derive(Template)]
#[template(path = "site/offices.html")]
struct OfficesPage<'a> {
    frame: Frame<'a>,
    page: Option<&'a Page>,
    offices: Vec<OfficeDetails<'a>>,
    /// In place of the openings, while online booking is paused.
    closed: Option<&'a Note>,
    phone: PhoneView,
}

#[derive(Template)]
#[template(path = "site/office.html")]
struct OfficePage<'a> {
    frame: Frame<'a>,
    details: OfficeDetails<'a>,
    /// What is given there.
    services: Vec<ServiceView<'a>>,
    prose: Option<&'a Prose>,
    /// In place of the openings, while online booking is paused.
    closed: Option<&'a Note>,
    phone: PhoneView,
}

pub async fn list(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app();
    let snapshot = slots::snapshot(app).await?;
    let offices = &app.practice().offices;
    let next = snapshot.next();
    let closed = next.pause.as_ref();
    let hours: Vec<HoursView> = offices.iter().map(|office| HoursView::new(app, &snapshot, office)).collect();
    let page = app.site.pages.get("offices");
    let title = page.map_or("Offices", |page| &page.title);
    let details =
        offices.iter().zip(&hours).map(|(office, hours)| OfficeDetails::new(app, office, hours, &next));
    web.cache.answer(
        CachePolicy::UntilWrite,
        answer::HTML,
        &headers,
        &OfficesPage {
            frame: Frame::public(app, urls::OFFICES, title, page.map(|page| page.description.clone()))
                .about([structured::business(app)]),
            page,
            offices: details.collect(),
            closed,
            phone: PhoneView::practice(app),
        },
    )
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let app = &*web.app();
    let slug = OfficeSlug::parse(&slug).ok_or(Error::NotFound)?;
    let office = app.practice().office(&slug).ok_or(Error::NotFound)?;
    let path = urls::office(&slug);
    let snapshot = slots::snapshot(app).await?;
    let hours = HoursView::new(app, &snapshot, office);
    let next = snapshot.next();
    let closed = next.pause.as_ref();
    let prose = app.site.offices.get(&slug);
    let description = prose.and_then(|prose| prose.description.clone());
    web.cache.answer(
        CachePolicy::UntilWrite,
        answer::HTML,
        &headers,
        &OfficePage {
            frame: Frame::public(app, &path, &format!("{} office", office.name), description)
                .about([structured::place_with_hours(app, office, &hours.now)]),
            details: OfficeDetails::new(app, office, &hours, &next),
            services: (app.practice().services_offered())
                .filter(|service| service.is_given_at(&office.slug))
                .map(|service| ServiceView::new(app, service))
                .collect(),
            prose,
            closed,
            phone: PhoneView::practice(app),
        },
    )
}
