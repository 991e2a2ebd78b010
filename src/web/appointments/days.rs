//! The openings of a service day by day, at all offices side by side: what the
//! page of openings shows, and the one where an appointment is moved.

use chrono::NaiveDate;

use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::{
        availability::{
            day::{self, Day, OfficeDay},
            slot::Slot,
        },
        ids::{ServiceSlug, Token},
        practice::{office::Office, service::Service},
        time,
    },
    urls,
    web::parts::{self, OfficeView, SlotView},
};

/// Up to this many openings of an office's day all stand in sight.
const ALL_IN_SIGHT: usize = 5;
/// Of more than that, so many do, the first of the day; the rest opens below them.
const SOME_IN_SIGHT: usize = 4;

/// Where openings and their pages lead.
#[derive(Clone, Copy)]
pub enum Leads<'a> {
    /// To the form; it knows whoever comes from an earlier visit.
    ToRequest { again: Option<&'a Token> },
    /// To the question whether an appointment is to be moved there.
    ToMove(&'a Token),
}

impl Leads<'_> {
    pub fn opening(self, slot: &Slot) -> String {
        match self {
            Self::ToRequest { again } => with(again, urls::request_form(slot)),
            Self::ToMove(token) => urls::reschedule_to(token, slot),
        }
    }

    /// The page of openings from a date on, or from the first.
    pub fn page(self, service: &ServiceSlug, from: Option<NaiveDate>) -> String {
        match (self, from) {
            (Self::ToRequest { again }, Some(from)) => with(again, urls::openings_from(service, from)),
            (Self::ToRequest { again }, None) => with(again, urls::openings(service)),
            (Self::ToMove(token), Some(from)) => urls::reschedule_from(token, from),
            (Self::ToMove(token), None) => urls::reschedule(token),
        }
    }
}

fn with(again: Option<&Token>, address: String) -> String {
    again.map_or(address.clone(), |visit| urls::again(&address, visit))
}

pub struct Openings<'a> {
    pub days: Vec<DayView<'a>>,
    /// Each office's first opening of these days, in order of time: `Wed 9:00 am`, and the opening.
    pub soonest: Vec<(String, SlotView<'a>)>,
    /// Each office's next opening, when the days have none.
    pub next: Vec<(OfficeView<'a>, Option<SlotView<'a>>)>,
    pub earlier: Option<String>,
    pub later: Option<(String, String)>,
    pub zone: String,
}

pub struct DayView<'a> {
    pub weekday: String,
    pub date: String,
    pub cells: Vec<Cell<'a>>,
    /// Why no office has anything on this day.
    pub nothing: Option<&'static str>,
    /// The day's first appointment decides to which office the therapist drives.
    pub first_decides: bool,
}

pub struct Cell<'a> {
    pub office: OfficeView<'a>,
    pub in_sight: Vec<SlotView<'a>>,
    pub folded: Vec<SlotView<'a>>,
    /// Why there is nothing.
    pub nothing: Option<String>,
}

impl<'a> Openings<'a> {
    pub fn new(
        app: &'a App,
        snapshot: &Snapshot<'_>,
        service: &Service,
        from: Option<NaiveDate>,
        leads: Leads<'_>,
    ) -> Self {
        let days = snapshot.days(service, from);
        let any = days.iter().any(Day::has_openings);
        let next = if any { Vec::new() } else { snapshot.next_openings(service) };
        let next = next.iter().filter_map(|(office, slot)| {
            let office = app.practice().office(office)?;
            let slot = slot.as_ref().map(|slot| view(app, office, slot, leads));
            Some((OfficeView::new(app, office), slot))
        });
        let later = snapshot.later(service, &days).filter(|_| any);
        // Back by one page, or to the first one.
        let earlier = from.filter(|from| *from > snapshot.today()).map(|from| {
            let back = from - chrono::Days::new(day::DAYS_SHOWN);
            leads.page(&service.slug, Some(back).filter(|back| *back > snapshot.today()))
        });
        Self {
            zone: parts::zones(
                app,
                days.first().map_or(snapshot.today(), |day| day.date),
                days.last().map_or(snapshot.today(), |day| day.date),
            ),
            soonest: soonest(app, &days, leads),
            days: days
                .iter()
                .map(|day| {
                    DayView::new(app, day, leads, day::first_decides(&snapshot.calendar(), service, day))
                })
                .collect(),
            next: next.collect(),
            earlier,
            later: later.map(|date| (leads.page(&service.slug, Some(date)), time::date_words(date))),
        }
    }

    pub fn has_any(&self) -> bool {
        self.days.iter().any(|day| day.nothing.is_none())
    }
}

/// Each office's first opening of some days, the soonest first. With one office the days begin with it anyway.
fn soonest<'a>(app: &'a App, days: &[Day], leads: Leads<'_>) -> Vec<(String, SlotView<'a>)> {
    let offices = &app.practice().offices;
    let first = |office: &Office| {
        days.iter().flat_map(Day::openings).find(|slot| slot.office == office.slug).cloned()
    };
    let mut found: Vec<_> = offices.iter().filter_map(|office| Some((office, first(office)?))).collect();
    found.sort_by_key(|(_, slot)| slot.start);
    let today = time::date(app.practice().zone, app.now());
    let view = |(office, slot): &(&'a Office, Slot)| {
        (time::short_phrase_from(app.practice().zone, today, slot.start), view(app, office, slot, leads))
    };
    found.iter().filter(|_| offices.len() > 1).map(view).collect()
}

/// Reads the date from which openings are asked for.
pub fn from(asked: Option<&str>) -> Result<Option<NaiveDate>, &'static str> {
    let wrong = "I couldn't read that date. Here are the next openings.";
    asked.map(|from| time::parse_date(from).ok_or(wrong)).transpose()
}

fn view<'a>(app: &App, office: &'a Office, slot: &Slot, leads: Leads<'_>) -> SlotView<'a> {
    SlotView { href: leads.opening(slot), ..SlotView::new(app, &office.name, slot) }
}

impl<'a> DayView<'a> {
    fn new(app: &'a App, day: &Day, leads: Leads<'_>, first_decides: bool) -> Self {
        let words = time::date_words(day.date);
        let (weekday, date) = words.split_once(", ").unwrap_or((&words, ""));
        let offices = app.practice().offices.iter().zip(&day.offices);
        let nothing = match (day.has_openings(), day.is_closed()) {
            (true, _) => None,
            (false, true) => Some("Closed."),
            (false, false) => Some("Nothing left this day."),
        };
        Self {
            weekday: weekday.to_owned(),
            date: date.to_owned(),
            cells: offices.map(|(office, at)| Cell::new(app, office, at, leads)).collect(),
            nothing,
            first_decides,
        }
    }
}

impl<'a> Cell<'a> {
    fn new(app: &'a App, office: &'a Office, at: &OfficeDay, leads: Leads<'_>) -> Self {
        let view = |slot: &Slot| view(app, office, slot, leads);
        let empty = |why: &str| (Vec::new(), Vec::new(), Some(why.to_owned()));
        let (in_sight, folded, nothing) = match at {
            OfficeDay::Openings(slots) if slots.len() <= ALL_IN_SIGHT => {
                (slots.iter().map(view).collect(), Vec::new(), None)
            }
            OfficeDay::Openings(slots) => {
                let (sight, rest) = slots.split_at(SOME_IN_SIGHT);
                (sight.iter().map(view).collect(), rest.iter().map(view).collect(), None)
            }
            OfficeDay::NotGiven => empty("Not offered here."),
            OfficeDay::Closed => empty("Closed."),
            OfficeDay::NothingLeft => empty("Nothing left."),
            OfficeDay::At(elsewhere) => {
                let name = app.practice().office(elsewhere).map_or("another office", |office| &office.name);
                empty(&format!("I'm in {name} that day."))
            }
        };
        Self { office: OfficeView::new(app, office), in_sight, folded, nothing }
    }
}
