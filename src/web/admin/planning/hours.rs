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
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{self, FieldView, OfficeView, page::Frame},
    },
    words,
};

/// The weekdays with their fields.
const WEEK: [(Weekday, Field<'static>); 7] = [
    (Weekday::Mon, Field::Monday),
    (Weekday::Tue, Field::Tuesday),
    (Weekday::Wed, Field::Wednesday),
    (Weekday::Thu, Field::Thursday),
    (Weekday::Fri, Field::Friday),
    (Weekday::Sat, Field::Saturday),
    (Weekday::Sun, Field::Sunday),
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
    /// The last date of these, where the earlier ones hold again after it.
    until: Option<String>,
    coming: Vec<Coming>,
    action: String,
    days: Vec<FieldView>,
    from: FieldView,
    last: FieldView,
    /// The form has come back.
    is_open: bool,
}

/// Weekly hours from a date to come.
struct Coming {
    from: String,
    until: Option<String>,
    hours: Vec<(&'static str, String)>,
    end: String,
}

struct Checkbox {
    field: Field<'static>,
    label: &'static str,
    is_ticked: bool,
}

/// A form that comes back, and of which office.
struct Sent<'a> {
    office: &'a OfficeSlug,
    form: Submission,
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    render(&web.app(), None, StatusCode::OK).await
}

pub async fn change(
    State(web): State<Arc<Web>>,
    Path(office): Path<String>,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let office = found(app, &office)?;
    let (hours, dates) = (read_hours(&mut form), read_dates(app, &mut form));
    let (Some(hours), Some(dates)) = (hours, dates) else {
        let sent = Sent { office: &office.slug, form };
        return render(app, Some(sent), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let known = conflicts_ahead::known(&form);
    let outcome = change_hours::change_hours(&web.current, &office.slug, dates, &hours, &known).await;
    changed(app, outcome, urls::office_hours(&office.slug), &form).await
}

pub async fn take_back(
    State(web): State<Arc<Web>>,
    Path((office, from)): Path<(String, String)>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let office = found(app, &office)?;
    let from = time::parse_date(&from).ok_or(Error::NotFound)?;
    let known = conflicts_ahead::known(&form);
    let outcome = change_hours::take_back_hours(&web.current, &office.slug, from, &known).await;
    changed(app, outcome, urls::office_hours_end(&office.slug, from), &form).await
}

pub async fn let_first_booking_decide(
    State(web): State<Arc<Web>>,
    form: Submission,
) -> Result<Response, Error> {
    let ticked = WEEK.into_iter().filter(|(_, field)| form.is_checked(*field)).map(|(day, _)| day);
    change_hours::let_first_booking_decide(&web.current, ticked.collect()).await?;
    Ok(answer::see_other(urls::HOURS))
}

async fn changed(
    app: &App,
    outcome: Result<(), operation::Error>,
    action: String,
    form: &Submission,
) -> Result<Response, Error> {
    match outcome {
        Ok(()) => Ok(answer::see_other(urls::HOURS)),
        Err(operation::Error::Touches(ids)) => {
            let button = "Save these hours anyway";
            conflicts_ahead::show(
                app,
                &ids,
                Asked { action, form, button, back: urls::HOURS.to_owned(), closing: None },
            )
            .await
        }
        Err(error) => Err(error.into()),
    }
}

fn found<'a>(app: &'a App, slug: &str) -> Result<&'a Office, Error> {
    OfficeSlug::parse(slug).and_then(|slug| app.practice().office(&slug)).ok_or(Error::NotFound)
}

/// The week as it was typed, every day of it read.
fn read_hours(form: &mut Submission) -> Option<OpeningHours> {
    let week = WEEK.map(|(day, field)| {
        (day, form.read(field, |text| typed_hours::windows(text).map_err(words::hours::typed)))
    });
    let mut hours = OpeningHours::default();
    for (day, windows) in week {
        windows?.into_iter().for_each(|window| hours.add(day, window));
    }
    Some(hours)
}

/// The date from which it is to hold, and the last one, where it has one.
fn read_dates(app: &App, form: &mut Submission) -> Option<(NaiveDate, Option<NaiveDate>)> {
    let today = time::date(app.practice().zone, app.now());
    let from = form.read(Field::From, |text| {
        let from = time::parse_date(text).filter(|from| *from >= today);
        from.ok_or("Please choose today or a later date.")
    });
    let until = form.read(Field::Until, |text| match time::parse_date(text) {
        None if text.trim().is_empty() => Ok(None),
        None => Err("Please choose a date, or leave it empty."),
        Some(until) if from.is_some_and(|from| until < from) => {
            Err("The last day can't be before the first one.")
        }
        Some(until) => Ok(Some(until)),
    });
    Some((from?, until?))
}

async fn render(app: &App, sent: Option<Sent<'_>>, status: StatusCode) -> Result<Response, Error> {
    let rules = app.rules().await?;
    let unheeded = unheeded::of_page(app, urls::HOURS).await?;
    let today = time::date(app.practice().zone, app.now());
    let offices: Vec<OfficeHours<'_>> = app
        .practice()
        .offices
        .iter()
        .map(|office| {
            let sent = sent.as_ref().filter(|sent| *sent.office == office.slug);
            office_hours(app, &rules, office, today, sent.map(|sent| &sent.form))
        })
        .collect();
    let fields = offices.iter().flat_map(|office| office.days.iter().chain([&office.from, &office.last]));
    let plans = rules.timetable.plans().filter(|(date, _)| *date >= today);
    let hours_page = HoursPage {
        frame: Frame::admin(app, "Opening hours", urls::HOURS),
        today,
        unheeded,
        wrong: parts::wrong(fields),
        first_booking: WEEK.map(|(day, field)| checkbox(&rules, day, field)).into(),
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
    sent: Option<&Submission>,
) -> OfficeHours<'a> {
    let timetable = &rules.timetable;
    let now = timetable.week_on(&office.slug, today).cloned().unwrap_or_default();
    let since = timetable.holds_since(&office.slug, today);
    let until = since.and_then(|since| timetable.until(&office.slug, since));
    let coming = timetable.weeks(&office.slug).filter(|(from, _)| *from > today);
    let coming = coming.map(|(from, hours)| Coming {
        from: time::date_words_from(today, from),
        until: timetable.until(&office.slug, from).map(|until| time::date_words_from(today, until)),
        hours: parts::hours_words(hours),
        end: urls::office_hours_end(&office.slug, from),
    });
    let form = sent.cloned().unwrap_or_else(|| {
        let days = WEEK.map(|(day, field)| (field, windows_words(now.on_weekday(day))));
        Submission::offering(days.into_iter().chain([(Field::From, today.to_string())]))
    });
    let field = |field, label| FieldView::new(&form, field, label).of(office.slug.as_str());
    OfficeHours {
        office: OfficeView::new(app, office),
        now: parts::hours_words(&now),
        until: until.map(|until| time::date_words_from(today, until)),
        coming: coming.collect(),
        action: urls::office_hours(&office.slug),
        days: WEEK.map(|(day, name)| field(name, time::weekday_words(day))).into(),
        from: field(Field::From, "Starting"),
        last: field(Field::Until, "Last day"),
        is_open: sent.is_some(),
    }
}

fn checkbox(rules: &Rules, day: Weekday, field: Field<'static>) -> Checkbox {
    let is_ticked = rules.timetable.first_booking_decides.contains(day);
    Checkbox { field, label: time::weekday_words(day), is_ticked }
}
