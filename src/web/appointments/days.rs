//! The openings of a service day by day, at all offices side by side: what the
//! page of openings shows, and the one where an appointment is moved.

use chrono::{Datelike, NaiveDate};

use super::{
    away::{Away, Told, dates},
    leads::Leads,
};
use crate::{
    app::App,
    booking::slots::Snapshot,
    domain::{
        availability::{
            day::{self, Day, OfficeDay},
            slot::Slot,
        },
        practice::{office::Office, service::Service},
        time,
    },
    web::parts::{self, OfficeView, OpeningView, SlotView},
    words,
};

/// Up to this many openings of an office's day all stand in sight.
const ALL_IN_SIGHT: usize = 5;
/// Of more than that, so many do, the first of the day; the rest opens below them.
const SOME_IN_SIGHT: usize = 4;

pub struct Openings<'a> {
    pub rows: Vec<Row<'a>>,
    /// The offices where this session isn't given.
    pub not_given: Option<String>,
    /// Each office's first opening of these days, in order of time: `Wed 9:00 am`, and the opening.
    pub soonest: Vec<(String, SlotView<'a>)>,
    /// Time off before the first of these days, or beside their openings.
    pub away: Vec<Away>,
    /// Each office's next opening, when the days have none.
    pub next: Vec<(OfficeView<'a>, Option<SlotView<'a>>)>,
    pub earlier: Option<String>,
    pub later: Option<(String, String)>,
    pub zone: String,
    /// Where to wait for another time of this service.
    pub waitlist: Option<String>,
}

pub enum Row<'a> {
    Day(DayView<'a>),
    /// Days on end that have nothing, for the same reason: `Closed Sunday, November 29`; and where
    /// to wait for a time, where all of them are taken.
    Without(String, Option<String>),
    /// Time off of which the therapist says something.
    Away(Away),
}

pub struct DayView<'a> {
    /// `Tuesday, December 8`, and its halves.
    pub words: String,
    pub weekday: String,
    pub date: String,
    pub cells: Vec<Cell<'a>>,
    /// One office alone has openings on this day.
    pub is_of_one: bool,
    /// The day's first appointment decides to which office the therapist drives.
    pub first_decides: bool,
}

pub struct Cell<'a> {
    pub office: OfficeView<'a>,
    /// Where its openings lead, up to the start of each.
    pub leads: String,
    pub in_sight: Vec<OpeningView>,
    pub folded: Vec<OpeningView>,
    /// Why there is nothing, where that tells something: a closed day is left out.
    pub nothing: Option<String>,
    /// Where to wait for a time there, where all of it is taken.
    pub waitlist: Option<String>,
}

impl Cell<'_> {
    pub fn has_openings(&self) -> bool {
        !self.in_sight.is_empty()
    }
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
        let told = Told::of(app, snapshot, from.unwrap_or(snapshot.today()), &days);
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
            away: told.beside(&days),
            rows: rows(&days, &told, leads.waitlist(&service.slug, None), |day| {
                DayView::new(
                    app,
                    day,
                    (service, leads),
                    day::first_decides(&snapshot.calendar(), service, day),
                )
            }),
            not_given: not_given(app, service),
            next: next.collect(),
            waitlist: leads.waitlist(&service.slug, None),
            earlier,
            later: later.map(|date| (leads.page(&service.slug, Some(date)), time::date_words(date))),
        }
    }

    pub fn has_any(&self) -> bool {
        self.rows.iter().any(|row| matches!(row, Row::Day(_)))
    }
}

/// The days that have openings, and between them what there is none of, each reason in one row.
fn rows<'a>(
    days: &[Day],
    told: &Told<'_>,
    waitlist: Option<String>,
    view: impl Fn(&Day) -> DayView<'a>,
) -> Vec<Row<'a>> {
    let nothing = |first: &Day, last: &Day| {
        let waitlist = waitlist.clone().filter(|_| !first.is_closed());
        Row::Without(without(first.is_closed(), first.date, last.date), waitlist)
    };
    let same = |one: &Day, other: &Day| {
        let is_told = |day: &Day| told.in_place_of(day).map(|off| off.id);
        !one.has_openings()
            && !other.has_openings()
            && is_told(one) == is_told(other)
            && (is_told(one).is_some() || one.is_closed() == other.is_closed())
    };
    let row = |days: &[Day]| match days {
        [day] if day.has_openings() => Some(Row::Day(view(day))),
        [day, ..] if told.in_place_of(day).is_some() => {
            told.in_place_of(day).and_then(|off| told.away(off)).map(Row::Away)
        }
        [first, .., last] => Some(nothing(first, last)),
        [day] => Some(nothing(day, day)),
        [] => None,
    };
    days.chunk_by(same).filter_map(row).collect()
}

/// `Closed Saturday to Monday, November 28 – 30`
fn without(is_closed: bool, first: NaiveDate, last: NaiveDate) -> String {
    let what = if is_closed { "Closed" } else { "Nothing left" };
    if first == last {
        return format!("{what} {}", time::date_words(first));
    }
    let days = dates(first, last);
    let is_within_a_week = (last - first).num_days() < 7;
    if is_within_a_week {
        let (from, to) = (time::weekday_words(first.weekday()), time::weekday_words(last.weekday()));
        format!("{what} {from} to {to}, {days}")
    } else {
        format!("{what} {days}")
    }
}

/// The offices where a session isn't given, which is said once, and not on every day.
fn not_given(app: &App, service: &Service) -> Option<String> {
    let offices = app.practice().offices.iter().filter(|office| !service.is_given_at(&office.slug));
    let names: Vec<&str> = offices.map(|office| office.name.as_str()).collect();
    (!names.is_empty()).then(|| words::listed::listed(&names))
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
    fn new(app: &'a App, day: &Day, leads: (&Service, Leads<'_>), first_decides: bool) -> Self {
        let words = time::date_words(day.date);
        let (weekday, date) = words.split_once(", ").unwrap_or((&words, ""));
        let offices = app.practice().offices.iter().zip(&day.offices);
        let cells: Vec<Cell<'_>> = offices.map(|(office, at)| Cell::new(app, office, at, leads)).collect();
        Self {
            weekday: weekday.to_owned(),
            date: date.to_owned(),
            words,
            is_of_one: cells.iter().filter(|cell| cell.has_openings()).count() == 1,
            cells,
            first_decides,
        }
    }
}

impl<'a> Cell<'a> {
    fn new(
        app: &'a App,
        office: &'a Office,
        at: &OfficeDay,
        (service, leads): (&Service, Leads<'_>),
    ) -> Self {
        let view = |slot: &Slot| OpeningView::new(app, slot.start);
        let empty = |why: &str| (Vec::new(), Vec::new(), Some(why.to_owned()));
        let (in_sight, folded, nothing) = match at {
            OfficeDay::Openings(slots) if slots.len() <= ALL_IN_SIGHT => {
                (slots.iter().map(view).collect(), Vec::new(), None)
            }
            OfficeDay::Openings(slots) => {
                let (sight, rest) = slots.split_at(SOME_IN_SIGHT);
                (sight.iter().map(view).collect(), rest.iter().map(view).collect(), None)
            }
            OfficeDay::NotGiven | OfficeDay::Closed => (Vec::new(), Vec::new(), None),
            OfficeDay::NothingLeft => empty("Nothing left."),
            OfficeDay::At(elsewhere) => {
                let name = app.practice().office(elsewhere).map_or("another office", |office| &office.name);
                empty(&format!("I'm in {name} that day."))
            }
        };
        let is_full = matches!(at, OfficeDay::NothingLeft);
        let waitlist = leads.waitlist(&service.slug, Some(&office.slug)).filter(|_| is_full);
        let leads = leads.openings(&service.slug, &office.slug);
        Self { office: OfficeView::new(app, office), leads, in_sight, folded, nothing, waitlist }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_on_end_without_openings_are_one_line() {
        let date = |month, day| NaiveDate::from_ymd_opt(2026, month, day).expect("a date");
        for (is_closed, first, last, words) in [
            (true, date(11, 29), date(11, 29), "Closed Sunday, November 29"),
            (true, date(11, 28), date(11, 30), "Closed Saturday to Monday, November 28 – 30"),
            (true, date(11, 29), date(12, 1), "Closed Sunday to Tuesday, November 29 – December 1"),
            (true, date(12, 20), date(12, 31), "Closed December 20 – 31"),
            (false, date(12, 1), date(12, 2), "Nothing left Tuesday to Wednesday, December 1 – 2"),
        ] {
            assert_eq!(without(is_closed, first, last), words);
        }
    }
}
