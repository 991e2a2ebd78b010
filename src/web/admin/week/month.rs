//! `GET /admin/month?from=`: the month of a date, a line per day, each of which
//! leads to the day in its week.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, response::Response};
use chrono::{Datelike, Months, NaiveDate, TimeDelta, Weekday};

use super::{
    asked::Asked,
    days::{Day, Days},
};
use crate::{
    app::App,
    domain::time,
    urls,
    web::{
        Web,
        http::{answer, error::Error, query::Query},
        parts::{OfficeView, page::Frame},
    },
};

#[derive(Template)]
#[template(path = "admin/month.html")]
struct MonthPage<'a> {
    frame: Frame<'a>,
    title: String,
    unread: Option<String>,
    weeks: Vec<Vec<DayView<'a>>>,
    earlier: Option<String>,
    later: Option<String>,
    is_now: bool,
}

struct DayView<'a> {
    href: String,
    /// `Tue 24`
    date: String,
    /// For whoever hears it: `Tuesday, November 24`
    words: String,
    is_today: bool,
    offices: Vec<OfficeView<'a>>,
    /// Offices of which the first booking chooses one.
    is_undecided: bool,
    /// What nobody comes for: `Closed`, `Time off`.
    why: &'static str,
    count: String,
    /// `4 h 15 min`, of a day that is not over.
    free: Option<String>,
    load: Option<i64>,
}

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let today = time::date(app.practice().zone, app.now());
    let asked = Asked::of(&query, today);
    let first = asked.date.with_day(1).unwrap_or(asked.date);
    let end = first.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
    let count = u64::try_from((end - first).num_days()).unwrap_or_default();
    let month = Days::read(app, first, count).await?;
    let days = month.all(app);
    let title = time::month_words(first);
    let weeks = days.chunk_by(|_, next| next.date.weekday() != Weekday::Mon);
    let page = MonthPage {
        frame: Frame::admin(app, &title, urls::WEEK),
        title,
        unread: asked.unread,
        weeks: weeks.map(|week| week.iter().map(|day| DayView::new(app, &month, day)).collect()).collect(),
        earlier: first.checked_sub_months(Months::new(1)).map(urls::month),
        later: Some(end).filter(|end| *end < NaiveDate::MAX).map(urls::month),
        is_now: first <= today && today < end,
    };
    answer::html(asked.status, &page)
}

impl<'a> DayView<'a> {
    fn new(app: &'a App, month: &Days, day: &Day<'a>) -> Self {
        let free = day.way.free_time(month.now);
        Self {
            href: urls::day_in_week(day.date),
            date: format!("{} {}", time::short_weekday_words(day.date), day.date.day()),
            words: time::date_words(day.date),
            is_today: day.date == month.today,
            offices: day.offices(app).into_iter().map(|office| OfficeView::by_slug(app, office)).collect(),
            is_undecided: day.way.is_undecided,
            why: match (day.way.stays.is_empty(), day.time_off.is_empty()) {
                (true, false) => "Time off",
                (true, true) => "Closed",
                (false, false) => "part of it off",
                (false, true) => "",
            },
            count: day.count_words(),
            free: (free > TimeDelta::zero()).then(|| time::span_words(free)),
            load: day.load(),
        }
    }
}
