//! `GET /admin/hours`: the weekly hours of each office, and from when they
//! hold; and the forms that change them.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono::{NaiveDate, Weekday};

use super::conflicts_ahead::{self, Asked};
use crate::{
    app::App,
    domain::{
        availability::rules::Rules,
        ids::OfficeSlug,
        practice::{
            office::Office,
            opening_hours::{OpeningHours, windows_words},
            typed_hours,
        },
        time,
    },
    operation,
    planning::change_hours,
    urls,
    web::{
        Web,
        admin::parts::unheeded::{self, UnheededView},
        http::{answer, error::Error, fields::Fields},
        parts::{self, FieldView, OfficeView, page::Frame},
    },
    words,
};

/// The weekdays with their fields.
const WEEK: [(Weekday, &str); 7] = [
    (Weekday::Mon, "monday"),
    (Weekday::Tue, "tuesday"),
    (Weekday::Wed, "wednesday"),
    (Weekday::Thu, "thursday"),
    (Weekday::Fri, "friday"),
    (Weekday::Sat, "saturday"),
    (Weekday::Sun, "sunday"),
];

#[derive(Template)]
#[template(path = "admin/hours.html")]
struct HoursPage<'a> {
    frame: Frame<'a>,
    today: NaiveDate,
    offices: Vec<OfficeHours<'a>>,
    /// What was changed in the practice file in vain.
    unheeded: Vec<UnheededView>,
    /// What is wrong: the field, its label, the message.
    wrong: Vec<(String, String, String)>,
    first_booking: Vec<Checkbox>,
    plans: Vec<(String, String)>,
    zone: String,
}

struct OfficeHours<'a> {
    office: OfficeView<'a>,
    now: Vec<(&'static str, String)>,
    coming: Vec<Coming>,
    action: String,
    days: Vec<FieldView>,
    from: FieldView,
    /// The form has come back.
    is_open: bool,
}

/// Weekly hours from a date to come.
struct Coming {
    from: String,
    hours: Vec<(&'static str, String)>,
    end: String,
}

struct Checkbox {
    name: &'static str,
    label: &'static str,
    is_ticked: bool,
}

/// A form that comes back: of which office, and what was typed.
struct Submission<'a> {
    office: &'a OfficeSlug,
    fields: &'a Fields,
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    render(&web.app(), None, StatusCode::OK).await
}

pub async fn change(
    State(web): State<Arc<Web>>,
    Path(office): Path<String>,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let office = found(app, &office)?;
    let (Some(hours), Some(from)) = (hours(&fields), from(app, &fields)) else {
        let submission = Submission { office: &office.slug, fields: &fields };
        return render(app, Some(submission), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let known = conflicts_ahead::known(&fields);
    let outcome = change_hours::change_hours(&web.current, &office.slug, from, &hours, &known).await;
    changed(app, outcome, urls::office_hours(&office.slug), &fields).await
}

pub async fn take_back(
    State(web): State<Arc<Web>>,
    Path((office, from)): Path<(String, String)>,
    fields: Fields,
) -> Result<Response, Error> {
    let app = &*web.app();
    let office = found(app, &office)?;
    let from = time::parse_date(&from).ok_or(Error::NotFound)?;
    let known = conflicts_ahead::known(&fields);
    let outcome = change_hours::take_back_hours(&web.current, &office.slug, from, &known).await;
    changed(app, outcome, urls::office_hours_end(&office.slug, from), &fields).await
}

pub async fn let_first_booking_decide(
    State(web): State<Arc<Web>>,
    fields: Fields,
) -> Result<Response, Error> {
    let ticked = WEEK.into_iter().filter(|(_, name)| !fields.get(name).is_empty()).map(|(day, _)| day);
    change_hours::let_first_booking_decide(&web.current, ticked.collect()).await?;
    Ok(answer::see_other(urls::HOURS))
}

async fn changed(
    app: &App,
    outcome: Result<(), operation::Error>,
    action: String,
    fields: &Fields,
) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(answer::see_other(urls::HOURS)),
        Err(operation::Error::Touches(ids)) => {
            let button = "Save these hours anyway";
            conflicts_ahead::show(app, &ids, Asked { action, fields, button, back: urls::HOURS.to_owned() })
                .await
        }
        Err(error) => Err(error.into()),
    }
}

fn found<'a>(app: &'a App, slug: &str) -> Result<&'a Office, Error> {
    OfficeSlug::parse(slug).and_then(|slug| app.practice().office(&slug)).ok_or(Error::NotFound)
}

/// The week as it was typed; `None` when one of its days cannot be read.
fn hours(fields: &Fields) -> Option<OpeningHours> {
    let mut hours = OpeningHours::default();
    for (day, name) in WEEK {
        let windows = typed_hours::windows(fields.get(name)).ok()?;
        windows.into_iter().for_each(|window| hours.add(day, window));
    }
    Some(hours)
}

/// The date from which it is to hold; `None` when it cannot be read or has passed.
fn from(app: &App, fields: &Fields) -> Option<NaiveDate> {
    let today = time::date(app.practice().zone, app.now());
    time::parse_date(fields.get("from")).filter(|from| *from >= today)
}

async fn render(
    app: &App,
    submission: Option<Submission<'_>>,
    status: StatusCode,
) -> Result<Response, Error> {
    let rules = app.rules().await?;
    let unheeded = unheeded::of_page(app, urls::HOURS).await?;
    let today = time::date(app.practice().zone, app.now());
    let offices: Vec<OfficeHours<'_>> = app
        .practice()
        .offices
        .iter()
        .map(|office| {
            let typed = submission.as_ref().filter(|submission| *submission.office == office.slug);
            office_hours(app, &rules, office, today, typed.map(|submission| submission.fields))
        })
        .collect();
    let fields = offices.iter().flat_map(|office| office.days.iter().chain([&office.from]));
    let plans = rules.timetable.plans().filter(|(date, _)| *date >= today);
    let hours_page = HoursPage {
        frame: Frame::admin(app, "Opening hours", urls::HOURS),
        today,
        unheeded,
        wrong: parts::wrong(fields),
        first_booking: WEEK.map(|(day, name)| checkbox(&rules, day, name)).into(),
        plans: plans.map(|(date, _)| (urls::day(date), time::date_words_from(today, date))).collect(),
        zone: parts::zones(app, today, today),
        offices,
    };
    answer::html(status, &hours_page)
}

fn office_hours<'a>(
    app: &'a App,
    rules: &Rules,
    office: &'a Office,
    today: NaiveDate,
    typed: Option<&Fields>,
) -> OfficeHours<'a> {
    let now = rules.timetable.week_on(&office.slug, today).cloned().unwrap_or_default();
    let coming = rules.timetable.weeks(&office.slug).filter(|(from, _)| *from > today);
    let coming = coming.map(|(from, hours)| Coming {
        from: time::date_words_from(today, from),
        hours: parts::hours_words(hours),
        end: urls::office_hours_end(&office.slug, from),
    });
    let day = |(day, name)| {
        let value = match typed {
            Some(fields) => fields.get(name).to_owned(),
            None => windows_words(now.on_weekday(day)),
        };
        FieldView {
            id: format!("{}-{name}", office.slug),
            name: name.to_owned(),
            label: time::weekday_words(day).to_owned(),
            error: typed_hours::windows(&value).err().map(|error| words::hours::typed(error).to_owned()),
            value,
        }
    };
    let wrong_date = typed.filter(|fields| from(app, fields).is_none());
    OfficeHours {
        office: OfficeView::new(app, office),
        now: parts::hours_words(&now),
        coming: coming.collect(),
        action: urls::office_hours(&office.slug),
        days: WEEK.map(day).into(),
        from: FieldView {
            id: format!("{}-from", office.slug),
            name: "from".to_owned(),
            label: "Starting".to_owned(),
            value: typed.map_or_else(|| today.to_string(), |fields| fields.get("from").to_owned()),
            error: wrong_date.map(|_| "Please choose today or a later date.".to_owned()),
        },
        is_open: typed.is_some(),
    }
}

fn checkbox(rules: &Rules, day: Weekday, name: &'static str) -> Checkbox {
    let is_ticked = rules.timetable.first_booking_decides.contains(day);
    Checkbox { name, label: time::weekday_words(day), is_ticked }
}
