//! `GET, POST /admin/time-off`: when the therapist does not work; and the
//! switch that pauses online booking.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono::{NaiveDate, NaiveTime};

use super::conflicts_ahead::{self, Asked};
use crate::{
    app::App,
    booking::closing::reopen,
    domain::{
        availability::time_off::TimeOff,
        client::Note,
        ids::{OfficeSlug, TimeOffId},
        practice::typed_hours,
        time::{self, Instant, Interval},
    },
    operation,
    planning::take_time_off,
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{self, FieldView, OfficeView, page::Frame},
    },
    words,
};

#[derive(Template)]
#[template(path = "admin/time_off.html")]
struct TimeOffPage<'a> {
    frame: Frame<'a>,
    running: Vec<TimeOffView<'a>>,
    coming: Vec<TimeOffView<'a>>,
    today: NaiveDate,
    from: FieldView,
    from_time: FieldView,
    to: FieldView,
    to_time: FieldView,
    note: FieldView,
    for_clients: Submission,
    /// The office that was chosen; empty for everywhere.
    office: FieldView,
    /// The sentence with which online booking is paused.
    closed: Option<&'a Note>,
    pause: Submission,
    wrong: Vec<(String, String, String)>,
    zone: String,
}

/// Time off, in words.
pub struct TimeOffView<'a> {
    pub words: String,
    /// The one office that is closed.
    pub office: Option<OfficeView<'a>>,
    pub note: Option<&'a Note>,
    /// What clients read in place of its days.
    pub sentence: Option<&'a Note>,
    pub end: String,
}

impl<'a> TimeOffView<'a> {
    pub fn new(app: &'a App, off: &'a TimeOff) -> Self {
        Self {
            words: span_words(app, off.span),
            office: off.office.as_ref().map(|office| OfficeView::by_slug(app, office)),
            note: off.note.as_ref(),
            sentence: off.sentence.as_ref(),
            end: urls::time_off_end(off.id),
        }
    }
}

/// `Tuesday, December 8`, `Tuesday, December 8 – Friday, December 11`, or with
/// the times of its ends where these are no midnights.
pub(super) fn span_words(app: &App, span: Interval) -> String {
    let zone = app.practice().zone;
    let today = time::date(zone, app.now());
    let (first, end) = (time::date(zone, span.start), time::date(zone, span.end));
    let is_midnight = |at: Instant| at == time::start_of_day(zone, time::date(zone, at));
    let words = |date| time::date_words_from(today, date);
    if is_midnight(span.start) && is_midnight(span.end) {
        let last = end.pred_opt().unwrap_or(end);
        return if first >= last { words(first) } else { format!("{} – {}", words(first), words(last)) };
    }
    let at = |at: Instant| format!("{}, {}", words(time::date(zone, at)), time::time_words(zone, at));
    if first == end {
        format!("{} – {}", at(span.start), time::time_words(zone, span.end))
    } else {
        format!("{} – {}", at(span.start), at(span.end))
    }
}

/// The two forms of the page, as they were sent or as they are first seen.
#[derive(Default)]
pub struct Forms {
    pub time_off: Submission,
    pub pause: Option<Submission>,
}

/// Time off as it was asked for.
struct Wanted {
    office: Option<OfficeSlug>,
    span: Interval,
    note: Option<Note>,
    sentence: Option<Note>,
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    render(&web.app(), Forms::default(), StatusCode::OK).await
}

pub async fn create(State(web): State<Arc<Web>>, mut form: Submission) -> Result<Response, Error> {
    let app = &*web.app();
    let Some(Wanted { office, span, note, sentence }) = read(app, &mut form) else {
        let forms = Forms { time_off: form, ..Forms::default() };
        return render(app, forms, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let known = conflicts_ahead::known(&form);
    match take_time_off::take_time_off(&web.current, office, span, (note, sentence), &known).await {
        Ok(_) => Ok(answer::see_other(urls::TIME_OFF)),
        Err(operation::Error::Touches(ids)) => {
            let (action, back) = (urls::TIME_OFF.to_owned(), urls::TIME_OFF.to_owned());
            let button = "Take it, and leave them as conflicts";
            let closes = form.value(Field::Office);
            let closes = if closes.is_empty() { String::new() } else { format!("office/{closes}") };
            let closing =
                time::parse_date(form.value(Field::From)).map(|from| (urls::day_closing(from), closes));
            conflicts_ahead::show(app, &ids, Asked { action, form: &form, button, back, closing }).await
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn end(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let id = id.parse().map(TimeOffId).map_err(|_| Error::NotFound)?;
    let closing = web.app().store.read().await?.closing_of_time_off(id).await?;
    if let Some(closing) = closing {
        // Those whom it has canceled are told, once the therapist has seen who they are.
        return match reopen::reopen(&web.current, closing.id, &[]).await {
            Ok(_) => Ok(answer::see_other(urls::TIME_OFF)),
            Err(operation::Error::Touches(_)) => Ok(answer::see_other(&urls::reopening(closing.id))),
            Err(operation::Error::Missing) => Err(Error::Refused(IS_OVER.to_owned())),
            Err(error) => Err(error.into()),
        };
    }
    match take_time_off::come_back(&web.current, id).await {
        Ok(()) => Ok(answer::see_other(urls::TIME_OFF)),
        Err(operation::Error::Missing) => Err(Error::Refused(IS_OVER.to_owned())),
        Err(error) => Err(error.into()),
    }
}

const IS_OVER: &str = "This time off is already over. Nothing was changed.";

/// Reads every field; the form keeps what is wrong with it.
fn read(app: &App, form: &mut Submission) -> Option<Wanted> {
    let today = time::date(app.practice().zone, app.now());
    let from = form.read(Field::From, |text| match date(text)? {
        past if past < today => Err("That day is over."),
        from => Ok(from),
    });
    let from_time = form.read(Field::FromTime, time_of_day);
    // Without a last day it is the first one.
    let to = form.read(Field::To, |text| if text.is_empty() { Ok(None) } else { date(text).map(Some) });
    let to_time = form.read(Field::ToTime, time_of_day);
    let ends = from.zip(from_time).zip(to.zip(to_time));
    // The ends together can be wrong where each of them can be read: that is told at the last day.
    let span = ends.and_then(|((from, from_time), (to, to_time))| {
        let start = at(app, from, from_time.unwrap_or(0));
        let end = at(app, to.unwrap_or(from), to_time.unwrap_or(24 * 60));
        form.read(Field::To, |_| span(app, start, end))
    });
    let office = form.read(Field::Office, |slug| match OfficeSlug::parse(slug) {
        _ if slug.is_empty() => Ok(None),
        Some(slug) if app.practice().office(&slug).is_some() => Ok(Some(slug)),
        _ => Err("Please choose an office."),
    });
    let note = form.read(Field::Note, |text| Note::parse(text).map_err(words::client::note));
    let sentence = form.read(Field::ForClients, |text| Note::parse(text).map_err(words::client::note));
    Some(Wanted { office: office?, span: span?, note: note?, sentence: sentence? })
}

fn date(text: &str) -> Result<NaiveDate, &'static str> {
    time::parse_date(text).ok_or("Please choose a date.")
}

/// Minutes after midnight; none where nothing was typed.
pub(super) fn time_of_day(text: &str) -> Result<Option<u32>, &'static str> {
    match typed_hours::time_of_day(text) {
        _ if text.trim().is_empty() => Ok(None),
        Some(time) => Ok(Some(time.minutes())),
        None => Err("Please write a time like “2:30 pm”, or leave it empty."),
    }
}

/// A time in a clock change's gap is the moment of the jump.
pub(super) fn at(app: &App, date: NaiveDate, minutes: u32) -> Instant {
    time::boundary(app.practice().zone, date.and_time(NaiveTime::MIN) + time::minutes(minutes))
}

fn span(app: &App, start: Instant, end: Instant) -> Result<Interval, &'static str> {
    if end <= start {
        return Err("The end has to be after the start.");
    }
    if end <= app.now() {
        return Err("That time is already over.");
    }
    Ok(Interval::new(start, end))
}

pub async fn render(app: &App, forms: Forms, status: StatusCode) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let closed = tx.pause().await?;
    let time_off = tx.time_off_since(now).await?;
    drop(tx);
    let zone = app.practice().zone;
    let today = time::date(zone, now);
    let last = time_off.iter().map(|off| time::date(zone, off.span.end)).max().unwrap_or(today);
    let (running, coming): (Vec<_>, Vec<_>) = time_off.iter().partition(|off| off.span.start <= now);

    let field = |field, label| FieldView::new(&forms.time_off, field, label);
    let from = field(Field::From, "First day");
    let from_time = field(Field::FromTime, "Start time");
    let to = field(Field::To, "Last day");
    let to_time = field(Field::ToTime, "End time");
    let office = field(Field::Office, "Where");
    let note = field(Field::Note, "Note to yourself");
    let for_clients = field(Field::ForClients, "Your message to clients");
    let pause = forms.pause.unwrap_or_else(|| {
        let sentence = closed.as_ref().map(|sentence| sentence.as_str().to_owned());
        Submission::offering(sentence.map(|sentence| (Field::Sentence, sentence)))
    });
    let sentence = FieldView::new(&pause, Field::Sentence, "Your message to clients");
    let all = [&from, &from_time, &to, &to_time, &for_clients, &note, &sentence, &office];
    let time_off_page = TimeOffPage {
        frame: Frame::admin(app, "Time off", urls::TIME_OFF),
        running: running.into_iter().map(|off| TimeOffView::new(app, off)).collect(),
        coming: coming.into_iter().map(|off| TimeOffView::new(app, off)).collect(),
        today,
        wrong: parts::wrong(all.into_iter()),
        from,
        from_time,
        to,
        to_time,
        note,
        for_clients: forms.time_off.clone(),
        office,
        closed: closed.as_ref(),
        pause,
        zone: parts::zones(app, today, last),
    };
    answer::html(status, &time_off_page)
}
