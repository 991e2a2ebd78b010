//! `GET /admin/days/{date}`: where the therapist is on a date and why, whom
//! they see; and the plan of that date, most of it one tap away.

use std::{collections::BTreeSet, sync::Arc};

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono::NaiveDate;

use super::{
    closed::{self, ClosedView},
    conflicts_ahead::{self, Asked},
    time_off::TimeOffView,
};
use crate::{
    app::App,
    booking::conflicts::Plans,
    domain::{
        availability::timetable::{Plan, Timetable},
        ids::OfficeSlug,
        practice::{office::Office, opening_hours::windows_words, typed_hours},
        time,
    },
    operation,
    planning::plan_day,
    urls,
    web::{
        Web,
        admin::parts::{
            payment::Money,
            said::Said,
            stops::{self, Around, StopView},
            undo::{self, UndoView},
            waiting::{self, Waiting},
        },
        http::{answer, error::Error, field::Field, query::Query, submission::Submission},
        parts::{self, FieldView, OfficeView, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/day.html")]
struct DayPage<'a> {
    frame: Frame<'a>,
    title: String,
    /// `Today`, `Past`, or nothing.
    note: Option<&'static str>,
    is_past: bool,
    /// The offices that are open, each with its hours.
    open: Vec<(OfficeView<'a>, String)>,
    has_plan: bool,
    /// The first booking of this date decides between its offices.
    first_booking_decides: bool,
    time_off: Vec<TimeOffView<'a>>,
    /// What was closed of this day, and who has heard.
    closed: Vec<ClosedView<'a>>,
    undos: Vec<UndoView>,
    stops: Vec<StopView<'a>>,
    /// Its own address.
    here: String,
    choices: Vec<Choice<'a>>,
    plan: String,
    office: String,
    closing: String,
    usual: String,
    fields: Vec<FieldView>,
    wrong: Vec<(String, String, String)>,
    yesterday: Option<String>,
    tomorrow: Option<String>,
    /// The same day in its week.
    week: String,
    zone: String,
}

/// One office in which the day could be spent, one tap away.
struct Choice<'a> {
    office: OfficeView<'a>,
    words: String,
    windows: String,
}

/// `GET /admin/days?on=`: on to the page of that date.
pub async fn find(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let date = match query.get(Field::On) {
        Some(on) => time::parse_date(on).ok_or(Error::NotFound)?,
        None => today(&web.app()),
    };
    Ok(answer::see_other(&urls::day(date)))
}

pub async fn show(State(web): State<Arc<Web>>, Path(date): Path<String>) -> Result<Response, Error> {
    render(&web.app(), date_of(&date)?, None, StatusCode::OK).await
}

/// Any hours at any of the offices, as they were typed.
pub async fn plan(
    State(web): State<Arc<Web>>,
    Path(date): Path<String>,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let date = date_of(&date)?;
    let Some(plan) = read_plan(app, &mut form) else {
        return render(app, date, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    set(&web, date, Some(plan), urls::day(date), &form).await
}

/// The hours at every office.
fn read_plan(app: &App, form: &mut Submission) -> Option<Plan> {
    let offices = app.practice().offices.iter().map(|office| &office.slug);
    let hours = offices.map(|office| {
        (
            office,
            form.read(Field::HoursAt(office), |text| typed_hours::windows(text).map_err(words::hours::typed)),
        )
    });
    let hours: Vec<_> = hours.collect();
    hours
        .into_iter()
        .try_fold(Plan::closed(), |plan, (office, windows)| Some(plan.with(office.clone(), windows?)))
}

/// One office, at the hours that stood on the button.
pub async fn be_in_one_office(
    State(web): State<Arc<Web>>,
    Path(date): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let date = date_of(&date)?;
    let office = OfficeSlug::parse(form.value(Field::Office)).and_then(|slug| app.practice().office(&slug));
    let windows = typed_hours::windows(form.value(Field::Windows)).unwrap_or_default();
    let Some(office) = office.filter(|_| !windows.is_empty()) else {
        return render(app, date, None, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let plan = Plan::closed().with(office.slug.clone(), windows);
    set(&web, date, Some(plan), urls::day_office(date), &form).await
}

pub async fn back_to_the_week(
    State(web): State<Arc<Web>>,
    Path(date): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let date = date_of(&date)?;
    set(&web, date, None, urls::day_usual(date), &form).await
}

async fn set(
    web: &Web,
    date: NaiveDate,
    plan: Option<Plan>,
    action: String,
    form: &Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    if date < today(app) {
        return Err(Error::Refused("That day is over. Nothing was changed.".to_owned()));
    }
    match plan_day::plan_day(&web.current, date, plan, &conflicts_ahead::known(form)).await {
        Ok(()) => Ok(answer::see_other(&urls::day(date))),
        Err(operation::Error::Touches(ids)) => {
            let button = "Change the day anyway";
            conflicts_ahead::show(
                app,
                &ids,
                Asked { action, form, button, back: urls::day(date), closing: None },
            )
            .await
        }
        Err(error) => Err(error.into()),
    }
}

pub(super) fn date_of(text: &str) -> Result<NaiveDate, Error> {
    time::parse_date(text).ok_or(Error::NotFound)
}

fn today(app: &App) -> NaiveDate {
    time::date(app.practice().zone, app.now())
}

async fn render(
    app: &App,
    date: NaiveDate,
    sent: Option<Submission>,
    status: StatusCode,
) -> Result<Response, Error> {
    let practice = app.practice();
    let day = time::day(practice.zone, date);
    let mut tx = app.store.read().await?;
    let now = app.now();
    let rules = tx.rules(&app.site.first_rules, now.min(day.start)).await?;
    let mut visits = tx.visits(day).await?;
    let waiting = waiting::read(&mut tx, now).await?;
    let plans = Plans::read(&mut tx, now).await?;
    let mut time_off = tx.time_off_since(day.start).await?;
    let closed = closed::read(&mut tx, day).await?;
    let undos = undo::of_day(app, &mut tx, day, now).await?;
    let money = Money::of_all(&mut tx, &visits).await?;
    let said = Said::read(&mut tx, day).await?;
    drop(tx);
    let asked_for = waiting.iter().flat_map(Waiting::in_its_days);
    visits.extend(asked_for.filter(|a| (day.start..day.end).contains(&a.span.start)));
    visits.sort_by_key(|a| a.span.start);
    time_off.retain(|off| off.span.overlaps(day));

    let timetable = &rules.timetable;
    let today = time::date(practice.zone, now);
    let title = time::date_words_from(today, date);
    let form = sent.unwrap_or_else(|| {
        let hours = practice.offices.iter().map(|office| &office.slug);
        Submission::offering(
            hours.map(|office| (Field::HoursAt(office), windows_words(timetable.on(office, date)))),
        )
    });
    let field = |office: &Office| FieldView::new(&form, Field::HoursAt(&office.slug), &office.name);
    let fields: Vec<FieldView> = practice.offices.iter().map(field).collect();
    let open = practice.offices.iter().map(|office| (office, timetable.on(&office.slug, date)));
    let open = open.filter(|(_, windows)| !windows.is_empty());
    let open = open.map(|(office, windows)| (OfficeView::new(app, office), windows_words(windows)));
    let open: Vec<_> = open.collect();
    let (back, elsewhere) = (urls::day(date), BTreeSet::new());
    let around = Around {
        rules: &rules,
        plans: &plans,
        money: &money,
        said: &said,
        elsewhere: &elsewhere,
        back: &back,
        now,
    };
    let day_page = DayPage {
        frame: Frame::admin(app, &title, urls::HOURS),
        title,
        note: (date == today).then_some("Today").or((date < today).then_some("Past")),
        is_past: date < today,
        has_plan: timetable.plan(date).is_some(),
        first_booking_decides: open.len() > 1 && timetable.first_booking_decides_on(date),
        choices: choices(app, timetable, date, open.len()),
        open,
        closed: closed.iter().map(|closed| ClosedView::new(app, closed, now)).collect(),
        undos,
        time_off: time_off.iter().map(|off| TimeOffView::new(app, off)).collect(),
        stops: stops::stops(app, &visits, &around),
        here: back,
        plan: urls::day(date),
        office: urls::day_office(date),
        closing: urls::day_closing(date),
        usual: urls::day_usual(date),
        wrong: parts::wrong(fields.iter()),
        fields,
        yesterday: date.pred_opt().map(urls::day),
        tomorrow: date.succ_opt().map(urls::day),
        week: urls::day_in_week(date),
        zone: parts::zones(app, date, date),
    };
    answer::html(status, &day_page)
}

/// The offices in which the therapist is not, or not alone, on a date.
fn choices<'a>(app: &'a App, timetable: &Timetable, date: NaiveDate, open: usize) -> Vec<Choice<'a>> {
    let choice = |office| {
        let OfficeView { name, .. } = OfficeView::new(app, office);
        let is_open = !timetable.on(&office.slug, date).is_empty();
        let windows = windows_words(&timetable.instead(&office.slug, date));
        let words = match (is_open, open) {
            (true, 1) => return None,
            (true, _) => format!("Be in {name} only, {windows}"),
            (false, 0) => format!("Be in {name}, {windows}"),
            (false, _) => format!("Be in {name} instead, {windows}"),
        };
        (!windows.is_empty()).then(|| Choice { office: OfficeView::new(app, office), words, windows })
    };
    app.practice().offices.iter().filter_map(choice).collect()
}
