//! `GET /admin/numbers?year=`: what a year comes to.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::{NaiveDate, TimeDelta};

use super::{
    counted::{Counted, hours},
    plot::{MonthsPlot, NamesPlot},
};
use crate::{
    app::App,
    domain::{
        numbers::{Sums, Year},
        practice::price::Price,
        time,
    },
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, query::Query},
        parts::page::Frame,
    },
};

#[derive(Template)]
#[template(path = "admin/numbers.html")]
struct NumbersPage<'a> {
    frame: Frame<'a>,
    year: Year,
    /// Up to when, while the year goes on.
    today: Option<String>,
    /// The years beside it that have numbers.
    before: Option<Year>,
    after: Option<Year>,
    sums: SumsView,
    /// Those that have begun.
    months: Vec<(String, SumsView)>,
    offices: Vec<(&'a str, SumsView)>,
    services: Vec<(&'a str, SumsView)>,
    /// Nothing at all is on record of it.
    is_empty: bool,
    plots: Option<Plots<'a>>,
}

struct Plots<'a> {
    visits: MonthsPlot,
    income: MonthsPlot,
    hours: MonthsPlot,
    clients: MonthsPlot,
    services: NamesPlot<'a>,
    offices: NamesPlot<'a>,
}

/// What something comes to, in words.
struct SumsView {
    visits: u32,
    agreed: String,
    paid: String,
    tips: String,
    fees_asked: String,
    fees_paid: String,
    received: String,
    paid_visits: u32,
    no_shows: u32,
    late_cancellations: u32,
    offered: String,
    used: String,
    new: u32,
    returning: u32,
    unmarked: u32,
    has_fees: bool,
}

impl SumsView {
    fn new(app: &App, sums: &Sums) -> Self {
        let price = |price: Price| app.practice().price_words(price);
        Self {
            visits: sums.visits,
            agreed: price(sums.agreed),
            paid: price(sums.paid),
            tips: price(sums.tips),
            fees_asked: price(sums.fees_asked),
            fees_paid: price(sums.fees_paid),
            received: price(sums.received()),
            paid_visits: sums.paid_visits,
            no_shows: sums.no_shows,
            late_cancellations: sums.late_cancellations,
            offered: hours(sums.offered),
            used: hours(sums.used),
            new: sums.new,
            returning: sums.returning,
            unmarked: sums.unmarked,
            has_fees: sums.fees_asked.0 + sums.fees_paid.0 > 0,
        }
    }
}

/// What was asked for instead of a year.
#[derive(Template)]
#[template(path = "admin/no_such_year.html")]
struct NoSuchYearPage<'a> {
    frame: Frame<'a>,
    typed: &'a str,
    this_year: Year,
    href: String,
}

/// The year that an address asks about: this one, where it names none. What is no
/// year comes back as it was typed.
pub fn asked<'q>(app: &App, query: &'q Query) -> Result<Year, &'q str> {
    match query.value(Field::Year) {
        "" => Ok(Year::of(app.practice().zone, app.now())),
        typed => Year::parse(typed).ok_or(typed),
    }
}

/// The page for what is no year.
pub fn no_such_year(app: &App, typed: &str, href: impl Fn(Year) -> String) -> Result<Response, Error> {
    let this_year = Year::of(app.practice().zone, app.now());
    let frame = Frame::admin(app, "No such year", urls::NUMBERS);
    let page = NoSuchYearPage { frame, typed, this_year, href: href(this_year) };
    answer::html(StatusCode::NOT_FOUND, &page)
}

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let year = match asked(app, &query) {
        Ok(year) => year,
        Err(typed) => return no_such_year(app, typed, urls::numbers),
    };
    let counted = Counted::read(app, year).await?;
    let zone = app.practice().zone;
    let (numbers, today) = (&counted.numbers, time::date(zone, counted.now));
    let is_over = |month: NaiveDate| month <= today;
    let months =
        year.months().zip(&numbers.months).filter(|(month, sums)| is_over(*month) || !sums.is_empty());
    let is_empty = numbers.year.is_empty() && year != Year::of(zone, counted.now);
    let numbers_page = NumbersPage {
        frame: Frame::admin(app, &format!("Numbers {year}"), urls::NUMBERS),
        year,
        today: (year == Year::of(zone, counted.now)).then(|| time::day_words(today)),
        before: Some(year.before()).filter(|before| (counted.first..=counted.last).contains(before)),
        after: Some(year.after()).filter(|after| (counted.first..=counted.last).contains(after)),
        sums: SumsView::new(app, &numbers.year),
        months: months
            .map(|(month, sums)| (month.format("%B").to_string(), SumsView::new(app, sums)))
            .collect(),
        offices: Vec::new(),
        services: Vec::new(),
        is_empty,
        plots: None,
    };
    if is_empty {
        return answer::html(StatusCode::OK, &numbers_page);
    }
    let (offices, services) = (counted.offices(app), counted.services(app));
    let plots = Some(plots(app, &numbers.months, &offices, &services));
    let numbers_page =
        NumbersPage { offices: views(app, offices), services: views(app, services), plots, ..numbers_page };
    answer::html(StatusCode::OK, &numbers_page)
}

fn views<'a>(app: &App, named: Vec<(&'a str, &Sums)>) -> Vec<(&'a str, SumsView)> {
    named.into_iter().map(|(name, sums)| (name, SumsView::new(app, sums))).collect()
}

fn plots<'a>(
    app: &App,
    months: &[Sums; 12],
    offices: &[(&'a str, &Sums)],
    services: &[(&'a str, &Sums)],
) -> Plots<'a> {
    let of = |value: fn(&Sums) -> i64| months.iter().map(value).collect::<Vec<i64>>();
    let visits = of(|sums| sums.visits.into());
    let (agreed, paid) = (of(|sums| sums.agreed.0), of(|sums| sums.paid.0));
    let (offered, used) = (of(|sums| sums.offered.num_minutes()), of(|sums| sums.used.num_minutes()));
    let (new, returning) = (of(|sums| sums.new.into()), of(|sums| sums.returning.into()));
    let named = |sums: &[(&'a str, &Sums)]| -> Vec<(&'a str, i64)> {
        sums.iter().map(|(name, sums)| (*name, sums.visits.into())).collect()
    };
    let money = |value| app.practice().price_words(Price(value));
    // Whole hours stand beside the lines, so the bars are drawn in hundredths of one.
    let in_hours = |minutes: Vec<i64>| minutes.into_iter().map(|m| m * 100 / 60).collect::<Vec<i64>>();
    let (offered, used) = (in_hours(offered), in_hours(used));
    let words = |value: i64| hours(TimeDelta::seconds(value * 36));
    Plots {
        visits: MonthsPlot::new("Visits in each month, as bars", &visits, None, |value| value.to_string()),
        income: MonthsPlot::new("Agreed and paid in each month, as bars", &agreed, Some(&paid), money),
        hours: MonthsPlot::new("Hours offered and used in each month, as bars", &offered, Some(&used), words),
        clients: MonthsPlot::new(
            "New and returning clients in each month, as bars",
            &new,
            Some(&returning),
            |value| value.to_string(),
        ),
        services: NamesPlot::new("Visits for each service, as bars", &named(services)),
        offices: NamesPlot::new("Visits at each office, as bars", &named(offices)),
    }
}
