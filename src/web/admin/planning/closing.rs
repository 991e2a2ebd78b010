//! `GET` and `POST /admin/days/{date}/closing`: a day, or a part of it, is closed,
//! once the therapist has seen whom that touches and how each will hear.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono::NaiveDate;

use super::{
    conflicts_ahead, days,
    part_of_a_day::{FIELDS, choice_words, closes, read, value, what},
    touched::{TouchedView, can_be_kept},
};
use crate::{
    app::App,
    booking::closing::{
        close::{self, Wanted},
        touched::{self, Touched},
    },
    domain::{availability::closing::Closes, client::Note, ids::AppointmentId, time},
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, query::Query, submission::Submission},
        parts::{self, FieldView, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/closing.html")]
struct ClosingPage<'a> {
    frame: Frame<'a>,
    title: String,
    /// `Tuesday, December 8, 1:00 pm – 5:00 pm`; nothing while that cannot be read.
    what: Option<String>,
    form: Submission,
    action: String,
    back: String,
    choices: Vec<Choice>,
    /// Less than the whole day is chosen, or something about it is wrong.
    is_part: bool,
    from_time: FieldView,
    to_time: FieldView,
    wrong: Vec<(String, String, String)>,
    touched: Vec<TouchedView<'a>>,
    known: String,
    button: Button,
    zone: String,
}

impl ClosingPage<'_> {
    /// What is closed, to be sent with the answer.
    fn part(&self) -> Vec<(&str, &str)> {
        self.form.only(&[
            Field::Closes,
            Field::FromTime,
            Field::ToTime,
            Field::To,
            Field::Note,
            Field::ForClients,
        ])
    }

    /// The last day, where there is more than one: the page's own choice leaves it.
    fn last(&self) -> Vec<(&str, &str)> {
        self.form.only(&[Field::To])
    }
}

/// What can be closed.
struct Choice {
    value: String,
    words: String,
    is_chosen: bool,
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(date): Path<String>,
    query: Query,
) -> Result<Response, Error> {
    let date = days::date_of(&date)?;
    let asked = FIELDS.into_iter().map(|field| (field, query.value(field).to_owned()));
    render(&web.app(), date, Submission::offering(asked), StatusCode::OK).await
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(date): Path<String>,
    mut form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let date = days::date_of(&date)?;
    if time::day(app.practice().zone, date).end <= app.now() {
        return Err(Error::Refused("That day is over. Nothing was changed.".to_owned()));
    }
    let part = read(app, date, &mut form);
    let sentence = form.read(Field::Sentence, |text| Note::parse(text).map_err(words::client::note));
    let note = form.read(Field::Note, |text| Note::parse(text).map_err(words::client::note));
    let for_clients = form.read(Field::ForClients, |text| Note::parse(text).map_err(words::client::note));
    let Some(((part, sentence), (note, for_clients))) = part.zip(sentence).zip(note.zip(for_clients)) else {
        return render(app, date, form, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let (known, kept) = (conflicts_ahead::known(&form), kept(&form));
    let closed = part.time_off(app, note.as_ref(), for_clients.as_ref());
    let wanted = Wanted { closed, sentence, kept, known: known.clone() };
    match close::close(&web.current, wanted).await {
        Ok(()) => Ok(answer::see_other(&urls::day(date))),
        Err(operation::Error::Touches(ids)) => {
            let mut tx = app.store.read().await?;
            let mut names = Vec::new();
            for id in ids.iter().filter(|id| !known.contains(id)) {
                names.extend(tx.appointment(*id).await?.map(|a| a.name.to_string()));
            }
            drop(tx);
            form.warn(unseen(&names));
            render(app, date, form, StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Who was not on the page that was answered.
fn unseen(names: &[String]) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let are = if names.len() == 1 { "is" } else { "are" };
    format!("Nothing's changed yet: {} {are} affected too. Please look again.", words::listed::listed(&names))
}

fn kept(form: &Submission) -> Vec<AppointmentId> {
    form.values(Field::Keep).filter_map(|id| id.parse().ok()).map(AppointmentId).collect()
}

async fn render(
    app: &App,
    date: NaiveDate,
    mut form: Submission,
    status: StatusCode,
) -> Result<Response, Error> {
    let zone = app.practice().zone;
    let now = app.now();
    if time::day(zone, date).end <= now {
        return Err(Error::Refused("That day is over. Nothing was changed.".to_owned()));
    }
    let part = match status {
        // What is wrong stands there already.
        StatusCode::UNPROCESSABLE_ENTITY => read(app, date, &mut form.clone()),
        _ => read(app, date, &mut form),
    };
    let touched = match &part {
        Some(part) => {
            touched::read(&mut app.store.read().await?, &part.time_off(app, None, None), now).await?
        }
        None => Vec::new(),
    };
    let kept = kept(&form);
    let chosen = closes(app, form.value(Field::Closes)).unwrap_or(Closes::Everywhere);
    let choices = Closes::choices(app.practice()).into_iter().map(|closes| Choice {
        value: value(&closes),
        words: choice_words(app, &closes),
        is_chosen: closes == chosen,
    });
    let from_time = FieldView::new(&form, Field::FromTime, "From");
    let to_time = FieldView::new(&form, Field::ToTime, "Until");
    let closes = FieldView::new(&form, Field::Closes, "What to close");
    let to = FieldView::new(&form, Field::To, "Last day");
    let sentence = FieldView::new(&form, Field::Sentence, "Your sentence");
    let wrong = parts::wrong([&closes, &from_time, &to_time, &to, &sentence].into_iter());
    let status =
        if part.is_none() && status.is_success() { StatusCode::UNPROCESSABLE_ENTITY } else { status };
    let today = time::date(zone, now);
    let title = format!("Close {}", time::date_words_from(today, date));
    let known: Vec<String> = touched.iter().map(|one| one.appointment.id.to_string()).collect();
    let closing_page = ClosingPage {
        frame: Frame::private(app, &title),
        title,
        what: part.as_ref().map(|part| what(app, part)),
        action: urls::day_closing(date),
        back: urls::day(date),
        choices: choices.collect(),
        is_part: !wrong.is_empty() || FIELDS.iter().any(|field| !form.value(*field).is_empty()),
        from_time,
        to_time,
        wrong,
        button: Button::of(&touched),
        touched: touched.iter().map(|one| TouchedView::new(app, one, &kept)).collect(),
        known: known.join(" "),
        form,
        zone: parts::zones(app, date, date),
    };
    answer::html(status, &closing_page)
}

/// What happens when it is pressed.
struct Button {
    /// True whoever is kept.
    words: String,
    /// The same with so many emails, where it depends on who is kept: for none, for one
    /// and for more. A script shows it.
    counted: Option<[String; 3]>,
}

impl Button {
    fn of(touched: &[Touched]) -> Self {
        let emailed = || touched.iter().filter(|one| one.hears.is_by_email());
        let calls = match touched {
            [] => "Close it".to_owned(),
            [one] => format!("Close, and I'll call {}", one.appointment.name),
            all => format!("Close, and I'll call {} people", all.len()),
        };
        let one = match touched {
            [one] => format!("Close and email {}", one.appointment.name),
            _ => "Close and email one person".to_owned(),
        };
        match emailed().count() {
            0 => Self { words: calls, counted: None },
            _ if emailed().any(can_be_kept) => Self {
                words: "Close, and email everyone I don't keep".to_owned(),
                counted: Some([calls, one, format!("Close and email {NUMBER} people")]),
            },
            1 => Self { words: one, counted: None },
            emails => Self { words: format!("Close and email {emails} people"), counted: None },
        }
    }
}

/// Where the script writes how many they are.
const NUMBER: &str = "#";
