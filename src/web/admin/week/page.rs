//! `GET /admin/week?from=`: the week of a date, Monday first; on a phone as an
//! agenda, at a desk as a drawing with the agenda behind it.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use chrono::{Days as Count, NaiveDate, Weekday};

use super::{
    agenda::Row,
    asked::Asked,
    days::{Day, Days},
    drawing::{Drawing, Label, Sheet},
};
use crate::{
    app::App,
    domain::time,
    urls,
    web::{
        Web,
        http::{answer, error::Error, query::Query},
        parts::{self, OfficeView, page::Frame},
    },
};

const DAYS: u64 = 7;

#[derive(Template)]
#[template(path = "admin/week.html")]
struct WeekPage<'a> {
    frame: Frame<'a>,
    title: String,
    unread: Option<String>,
    zone: String,
    hours: Vec<Label>,
    days: Vec<DayView<'a>>,
    /// The offices above one another, where there are several.
    levels: Vec<OfficeView<'a>>,
    earlier: Option<String>,
    later: Option<String>,
    is_now: bool,
    month: String,
}

struct DayView<'a> {
    id: String,
    place: String,
    href: String,
    weekday: &'static str,
    /// `Tue`
    short: String,
    /// `Nov 24`
    date: String,
    /// `24`
    number: String,
    is_today: bool,
    offices: Vec<OfficeView<'a>>,
    /// `3 visits, 1 request`
    count: String,
    visits: usize,
    load: Option<i64>,
    /// The day in one sentence, for whoever hears the strip.
    words: String,
    notes: String,
    rows: Vec<Row<'a>>,
    drawing: Drawing,
}

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let today = time::date(app.practice().zone, app.now());
    let asked = Asked::of(&query, today);
    let first = asked.date.week(Weekday::Mon).checked_first_day().unwrap_or(asked.date);
    let week = Days::read(app, first, DAYS).await?;
    let days = week.all(app);
    let sheet = Sheet::new(app, &days);
    let last = week.end.pred_opt().unwrap_or(week.end);
    let title = time::dates_words(today, first, last);
    let page = WeekPage {
        frame: Frame::admin(app, &title, urls::WEEK),
        title,
        unread: asked.unread,
        zone: parts::zones(app, first, last),
        hours: sheet.hours(),
        days: days.iter().map(|day| DayView::new(app, &week, &sheet, day)).collect(),
        levels: app.practice().offices.iter().map(|office| OfficeView::new(app, office)).collect(),
        earlier: first.checked_sub_days(Count::new(DAYS)).map(urls::week),
        later: Some(week.end).filter(|end| *end < NaiveDate::MAX).map(urls::week),
        is_now: first <= today && today <= last,
        month: urls::month(if first <= today && today <= last { today } else { first }),
    };
    answer::html(asked.status, &page)
}

impl<'a> DayView<'a> {
    fn new(app: &'a App, week: &'a Days, sheet: &Sheet<'a>, day: &Day<'a>) -> Self {
        let Day { date, .. } = *day;
        let weekday = time::weekday_words(chrono::Datelike::weekday(&date));
        let offices: Vec<OfficeView<'a>> =
            day.offices(app).into_iter().map(|office| OfficeView::by_slug(app, office)).collect();
        let count = day.count_words();
        let notes = week.notes(day).join(". ");
        let names: Vec<&str> = offices.iter().map(|office| office.name).collect();
        let told = [names.join(" and "), if count.is_empty() { notes.clone() } else { count.clone() }];
        let told: Vec<String> = told.into_iter().filter(|words| !words.is_empty()).collect();
        let off = if day.is_off() { ": time off" } else { "" };
        Self {
            id: urls::place_in_week(date).trim_start_matches('#').to_owned(),
            place: urls::place_in_week(date),
            href: urls::day(date),
            weekday,
            short: time::short_weekday_words(date),
            date: time::short_day_words(date),
            number: chrono::Datelike::day(&date).to_string(),
            is_today: date == week.today,
            visits: day.visits.len(),
            load: day.load(),
            words: if told.is_empty() {
                format!("{}{off}", time::date_words(date))
            } else {
                format!("{}: {}", time::date_words(date), told.join(", "))
            },
            rows: week.agenda(app, day),
            drawing: sheet.draw(app, week, day),
            offices,
            count,
            notes,
        }
    }
}
