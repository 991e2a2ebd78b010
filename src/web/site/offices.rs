//! `GET /offices` and `GET /offices/{slug}`

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::HeaderMap,
    response::Response,
};

use crate::{
    app::App,
    content::page::{Page, Prose},
    domain::{ids::OfficeSlug, office::Office, opening_hours::OpeningHours, time},
    urls,
    web::{
        Web,
        error::Error,
        kept,
        page::Frame,
        parts::{self, OfficeView, PhoneView},
    },
};

/// An office with its opening hours.
struct OfficeDetails<'a> {
    office: OfficeView<'a>,
    /// A weekday and its windows, `9:00 am – 5:00 pm`.
    hours: Vec<(&'static str, String)>,
    map: Option<String>,
}

impl<'a> OfficeDetails<'a> {
    fn new(app: &'a App, office: &'a Office, hours: &OpeningHours) -> Self {
        Self { office: OfficeView::new(app, office), hours: parts::hours_words(hours), map: map_link(office) }
    }
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
}

#[derive(Template)]
#[template(path = "site/office.html")]
struct OfficePage<'a> {
    frame: Frame<'a>,
    details: OfficeDetails<'a>,
    prose: Option<&'a Prose>,
    phone: PhoneView,
}

/// The weekly hours that hold today, office by office.
async fn hours_now(app: &App) -> Result<Vec<OpeningHours>, Error> {
    let timetable = app.rules().await?.timetable;
    let today = time::date(app.practice().zone, app.now());
    let of = |office: &Office| timetable.week_on(&office.slug, today).cloned().unwrap_or_default();
    Ok(app.practice().offices.iter().map(of).collect())
}

pub async fn list(State(web): State<Arc<Web>>, headers: HeaderMap) -> Result<Response, Error> {
    let app = &*web.app;
    let hours = hours_now(app).await?;
    web.kept.serve(format!("{} {hours:?}", urls::OFFICES), kept::HTML, &headers, || {
        let page = app.site.pages.get("offices");
        let title = page.map_or("Offices", |page| &page.title);
        Ok(OfficesPage {
            frame: Frame::public(app, urls::OFFICES, title, page.map(|page| page.description.clone())),
            page,
            offices: app
                .practice()
                .offices
                .iter()
                .zip(&hours)
                .map(|(office, hours)| OfficeDetails::new(app, office, hours))
                .collect(),
        })
    })
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(slug): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let app = &*web.app;
    let slug = OfficeSlug::parse(&slug).ok_or(Error::NotFound)?;
    let office = app.practice().office(&slug).ok_or(Error::NotFound)?;
    let path = urls::office(&slug);
    let hours = hours_now(app).await?;
    let hours = &hours[office.position];
    web.kept.serve(format!("{path} {hours:?}"), kept::HTML, &headers, || {
        let prose = app.site.offices.get(&slug);
        let description = prose.and_then(|prose| prose.description.clone());
        Ok(OfficePage {
            frame: Frame::public(app, &path, &format!("{} office", office.name), description),
            details: OfficeDetails::new(app, office, hours),
            prose,
            phone: PhoneView::practice(app),
        })
    })
}
