//! `GET /admin/numbers/miles?year=`: the year's sheet.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::NaiveDate;

use super::{
    page::{asked, no_such_year},
    sheet,
};
use crate::{
    app::App,
    domain::{
        numbers::{
            Year,
            miles::{RateTotal, Row, Tick},
        },
        time,
    },
    urls,
    web::{
        Web,
        http::{answer, error::Error, query::Query, submission::Submission},
        parts::page::Frame,
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/miles.html")]
struct MilesPage<'a> {
    frame: Frame<'a>,
    year: Year,
    /// The years beside it that may have rows.
    before: Option<Year>,
    after: Option<Year>,
    rows: Vec<RowView>,
    /// How many rows are ticked.
    ticked: usize,
    miles: u32,
    totals: Vec<TotalView>,
    amount: String,
    /// The practice file does not say how far a drive is.
    lacks_miles: bool,
    rates: Vec<RateView>,
    hundredths: String,
    form: Submission,
    /// What has come between the page and what was asked for.
    message: Option<String>,
}

struct RowView {
    id: String,
    day: String,
    way: String,
    miles: Option<u32>,
    is_ticked: bool,
    /// The miles that it had when it was ticked, where those were others.
    then: Option<u32>,
    tick: String,
    untick: String,
}

struct TotalView {
    miles: u32,
    rate: Option<String>,
    amount: String,
}

struct RateView {
    from: String,
    words: String,
    end: String,
}

impl RowView {
    fn new(app: &App, row: &Row) -> Self {
        let date = row.day.date;
        Self {
            id: format!("d{date}"),
            day: time::date_words(date),
            way: sheet::way(app, &row.day.stops),
            miles: row.day.miles.filter(|miles| *miles > 0),
            is_ticked: row.tick == Tick::Ticked,
            then: match row.tick {
                Tick::Outdated { then } => Some(then),
                _ => None,
            },
            tick: urls::driven_day(date),
            untick: urls::driven_day_end(date),
        }
    }
}

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    match asked(app, &query) {
        Ok(year) => render(app, year, Submission::default(), None, StatusCode::OK).await,
        Err(typed) => no_such_year(app, typed, urls::miles),
    }
}

/// The sheet as it is now, with what was typed.
pub async fn render(
    app: &App,
    year: Year,
    form: Submission,
    message: Option<String>,
    status: StatusCode,
) -> Result<Response, Error> {
    let (sheet, rates) = sheet::read(app, year).await?;
    let practice = app.practice();
    let this_year = Year::of(practice.zone, app.now());
    let on_record = app.store.read().await?.first_and_last_start().await?;
    let first = on_record.map_or(this_year, |(first, _)| Year::of(practice.zone, first));
    let total = |total: &RateTotal| TotalView {
        miles: total.miles,
        rate: total.rate.map(|rate| words::mileage::rate(&practice.currency, rate)),
        amount: practice.price_words(total.amount),
    };
    let rate = |from: NaiveDate, rate| RateView {
        from: time::long_date_words(from),
        words: words::mileage::rate(&practice.currency, rate),
        end: urls::mileage_rate_end(from),
    };
    let miles_page = MilesPage {
        frame: Frame::admin(app, &format!("Miles {year}"), urls::NUMBERS),
        year,
        before: (first < year).then(|| year.before()),
        after: (year < this_year).then(|| year.after()),
        rows: sheet.rows.iter().map(|row| RowView::new(app, row)).collect(),
        ticked: sheet.ticked().count(),
        miles: sheet.miles(),
        totals: sheet.by_rate().iter().map(total).collect(),
        amount: practice.price_words(sheet.amount()),
        lacks_miles: sheet.rows.iter().any(|row| row.day.miles.is_none()),
        rates: rates.0.iter().map(|(from, per_mile)| rate(*from, *per_mile)).collect(),
        hundredths: words::mileage::hundredths(&practice.currency),
        form,
        message,
    };
    answer::html(status, &miles_page)
}
