//! The form of the waitlist: which times somebody would take, and who they are.

use askama::Template;
use axum::{http::StatusCode, response::Response};
use chrono::NaiveDate;

use crate::{
    app::App,
    domain::{
        availability::slot::Slot,
        ids::{OfficeSlug, ServiceSlug},
        practice::{office::Office, service::Service},
        time,
        waitlist::{
            entry::Entry,
            wishes::{self, Part, WEEK, Wishes},
        },
    },
    urls,
    web::{
        http::{answer, error::Error, field::Field, query::Query, submission::Submission},
        parts::{PhoneView, form_title, page::Frame},
    },
};

/// How short a notice can be chosen, in hours.
const NOTICES: [(&str, &str); 6] = [
    ("0", "Any notice is fine"),
    ("3", "At least 3 hours"),
    ("6", "At least 6 hours"),
    ("12", "At least 12 hours"),
    ("24", "At least a day"),
    ("48", "At least two days"),
];

/// For how long somebody can wait, in days.
const DAYS: [(&str, &str); 4] =
    [("14", "Two weeks"), ("30", "30 days"), ("60", "60 days"), ("90", "90 days")];

#[derive(Template)]
#[template(path = "waitlist/form.html")]
struct FormPage<'a> {
    frame: Frame<'a>,
    /// The visit that a new time would replace, and the page of it.
    instead: Option<Instead>,
    form: Submission,
    boxes: Vec<Boxes<'a>>,
    notices: Vec<Choice>,
    days: Vec<Choice>,
    today: NaiveDate,
    action: String,
    is_phone_needed: bool,
    phone: PhoneView,
}

/// The visit that a new time would replace.
pub struct Instead {
    /// `Tuesday, December 8, 2:30 pm, in Redding`
    pub words: String,
    pub back: String,
    pub action: String,
}

/// A list of boxes of which one at least is checked.
struct Boxes<'a> {
    name: &'static str,
    legend: &'static str,
    /// What is sent, what it says, and whether it is checked.
    boxes: Vec<(&'a str, String, bool)>,
    error: Option<String>,
}

impl<'a> Boxes<'a> {
    fn new(
        form: &Submission,
        field: Field<'_>,
        (name, legend): (&'static str, &'static str),
        all: impl Iterator<Item = (&'a str, String)>,
    ) -> Self {
        let is_checked = |value: &str| form.values(field).any(|sent| sent == value);
        Self {
            name,
            legend,
            boxes: all.map(|(value, words)| (value, words, is_checked(value))).collect(),
            error: form.error(field).map(str::to_owned),
        }
    }
}

/// One of a list: what is sent, what it says, and whether it is chosen.
type Choice = (&'static str, &'static str, bool);

/// The form as it is first seen: whatever was shown before it is chosen.
pub fn fresh(app: &App, query: &Query) -> Submission {
    let practice = app.practice();
    let service = ServiceSlug::parse(query.value(Field::Service)).and_then(|slug| practice.service(&slug));
    let office = OfficeSlug::parse(query.value(Field::Office)).and_then(|slug| practice.office(&slug));
    let services = service.map(|service| (Field::Service, service.slug.to_string()));
    let is_chosen = |one: &&Office| office.is_none_or(|office| office.slug == one.slug);
    let offices = practice.offices.iter().filter(is_chosen);
    let offices = offices.map(|office| (Field::Office, office.slug.to_string()));
    Submission::offering(services.into_iter().chain(offices).chain(any_time(app)))
}

/// The same for whoever would have another time instead of a visit: before it.
pub fn fresh_instead(app: &App, slot: &Slot) -> Submission {
    let offices = app.practice().offices.iter().map(|office| (Field::Office, office.slug.to_string()));
    let day_before = time::date(app.practice().zone, slot.start).pred_opt();
    let today = time::date(app.practice().zone, app.now());
    let to = day_before.filter(|date| *date >= today).map(|date| (Field::To, date.to_string()));
    Submission::offering(offices.chain(any_time(app)).chain(to))
}

fn any_time(app: &App) -> Vec<(Field<'static>, String)> {
    let days = WEEK.into_iter().map(|day| (Field::Weekdays, wishes::weekday_as_str(day).to_owned()));
    let parts = Part::ALL.into_iter().map(|part| (Field::Parts, part.as_str().to_owned()));
    let rest = [
        (Field::NoticeHours, "0".to_owned()),
        (Field::Days, Entry::USUAL_DAYS.to_string()),
        (Field::RequestKey, app.fresh_token().to_string()),
    ];
    days.chain(parts).chain(rest).collect()
}

/// The page with the form as it stands.
pub fn show(
    app: &App,
    instead: Option<Instead>,
    form: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let practice = app.practice();
    let mut lists = Vec::new();
    if instead.is_none() {
        let words = |service: &Service| format!("{}, {} minutes", service.name, service.minutes);
        let services = practice.services_offered().map(|service| (service.slug.as_str(), words(service)));
        lists.push(Boxes::new(&form, Field::Service, ("service", "Which session?"), services));
    }
    if practice.offices.len() > 1 {
        let offices = practice.offices.iter().map(|office| (office.slug.as_str(), office.name.clone()));
        lists.push(Boxes::new(&form, Field::Office, ("office", "Where?"), offices));
    }
    let days = WEEK.into_iter().map(|day| (wishes::weekday_as_str(day), time::weekday_words(day).to_owned()));
    lists.push(Boxes::new(&form, Field::Weekdays, ("weekdays", "Which days work for you?"), days));
    let parts = Part::ALL.into_iter().map(|part| (part.as_str(), part_words(part).to_owned()));
    lists.push(Boxes::new(&form, Field::Parts, ("parts", "What time of day?"), parts));
    let choices = |field, all: &[(&'static str, &'static str)]| -> Vec<Choice> {
        let chosen = form.value(field);
        all.iter().map(|(value, words)| (*value, *words, *value == chosen)).collect()
    };
    let title = match &instead {
        Some(_) => "Hoping for another time?",
        None => "Join the waitlist",
    };
    let title = form_title(title, status);
    let page = FormPage {
        frame: match &instead {
            Some(_) => Frame::own(app, &title),
            None => Frame::public(
                app,
                urls::WAITLIST,
                &title,
                format!("Hear from {} when a time opens up.", practice.therapist.name),
            ),
        },
        notices: choices(Field::NoticeHours, &NOTICES),
        days: choices(Field::Days, &DAYS),
        boxes: lists,
        today: time::date(practice.zone, app.now()),
        action: instead.as_ref().map_or(urls::WAITLIST.to_owned(), |instead| instead.action.clone()),
        instead,
        is_phone_needed: practice.first_visit.phone_needed,
        form: form.clone(),
        phone: PhoneView::practice(app),
    };
    answer::html(status, &page)
}

fn part_words(part: Part) -> &'static str {
    match part {
        Part::Morning => "Morning, before noon",
        Part::Afternoon => "Afternoon, noon to 5 pm",
        Part::Evening => "Evening, from 5 pm",
    }
}

/// Reads which times somebody would take, and for how many days they wait; the form keeps what
/// is wrong. `service` is what they have a visit for, where it is about one.
pub fn read(app: &App, form: &mut Submission, service: Option<&ServiceSlug>) -> Option<(Wishes, u32)> {
    let practice = app.practice();
    let is_given = |slug: &ServiceSlug| practice.services_offered().any(|service| service.slug == *slug);
    let services = match service {
        Some(service) => Some(vec![service.clone()]),
        None => list(
            form,
            Field::Service,
            |text| ServiceSlug::parse(text).filter(is_given),
            "Please choose a session.",
        ),
    };
    let offices = match practice.offices.as_slice() {
        [office] => Some(vec![office.slug.clone()]),
        _ => list(
            form,
            Field::Office,
            |text| OfficeSlug::parse(text).filter(|slug| practice.office(slug).is_some()),
            "Please choose an office.",
        ),
    };
    let weekdays = list(form, Field::Weekdays, wishes::parse_weekday, "Please choose a day of the week.");
    let parts = list(form, Field::Parts, Part::parse, "Please choose a time of day.");
    let today = time::date(practice.zone, app.now());
    let from = form.read(Field::From, date);
    let to = form.read(Field::To, |text| match date(text)? {
        Some(past) if past < today => Err("That day has passed."),
        to => Ok(to),
    });
    if let (Some(Some(from)), Some(Some(to))) = (from, to)
        && to < from
    {
        form.refuse(Field::To, "The last day can't be before the first.");
    }
    let notice_hours = form.read(Field::NoticeHours, |text| {
        let hours = text.parse().ok().filter(|hours| *hours <= Wishes::MOST_NOTICE_HOURS);
        hours.ok_or("Please choose how much notice you need.")
    });
    let days = form.read(Field::Days, |text| {
        let days = text.parse().ok().filter(|days| (1..=Entry::MOST_DAYS).contains(days));
        days.ok_or("Please choose how long you'd like to wait, up to 90 days.")
    });
    let wishes = Wishes {
        services: services?,
        offices: offices?,
        weekdays: weekdays?.into_iter().collect(),
        parts: parts?,
        from: from?,
        to: to?,
        notice_hours: notice_hours?,
    };
    Some((wishes, days?))
}

/// Reads a list of boxes: what is not known is left out, and one at least has to be left.
fn list<T: PartialEq>(
    form: &mut Submission,
    field: Field<'static>,
    parse: impl Fn(&str) -> Option<T>,
    message: &str,
) -> Option<Vec<T>> {
    let mut all: Vec<T> = Vec::new();
    for one in form.values(field).filter_map(parse) {
        if !all.contains(&one) {
            all.push(one);
        }
    }
    if all.is_empty() {
        form.refuse(field, message);
        return None;
    }
    Some(all)
}

fn date(text: &str) -> Result<Option<NaiveDate>, &'static str> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    time::parse_date(text).map(Some).ok_or("Please choose a date, or leave it empty.")
}
