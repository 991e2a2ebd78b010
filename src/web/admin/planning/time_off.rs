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
        http::{answer, error::Error, fields::Fields},
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
    /// The office that was chosen; empty for everywhere.
    office: String,
    /// The sentence with which online booking is paused.
    closed: Option<&'a Note>,
    sentence: FieldView,
    wrong: Vec<(String, String, String)>,
    zone: String,
}

/// Time off, in words.
pub struct TimeOffView<'a> {
    pub words: String,
    /// The one office that is closed.
    pub office: Option<OfficeView<'a>>,
    pub note: Option<&'a Note>,
    pub end: String,
}

impl<'a> TimeOffView<'a> {
    pub fn new(app: &'a App, off: &'a TimeOff) -> Self {
        Self {
            words: span_words(app, off.span),
            office: off.office.as_ref().map(|office| OfficeView::by_slug(app, office)),
            note: off.note.as_ref(),
            end: urls::time_off_end(off.id),
        }
    }
}

/// `Tuesday, December 8`, `Tuesday, December 8 – Friday, December 11`, or with
/// the times of its ends where these are no midnights.
fn span_words(app: &App, span: Interval) -> String {
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

/// What comes back of a form: which one, and what was typed.
#[derive(Clone, Copy)]
pub enum Submission<'a> {
    TimeOff(&'a Fields),
    /// With what is wrong with the sentence.
    Closing(&'a Fields, &'static str),
}

pub async fn show(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    render(&web.app(), None, StatusCode::OK).await
}

pub async fn create(State(web): State<Arc<Web>>, fields: Fields) -> Result<Response, Error> {
    let app = &*web.app();
    let typed = Typed::read(app, &fields);
    let (Ok(span), Ok(note), Ok(office)) = (typed.span(app), typed.note, typed.office) else {
        return render(app, Some(Submission::TimeOff(&fields)), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match take_time_off::take_time_off(&web.current, office, span, note, &conflicts_ahead::known(&fields))
        .await
    {
        Ok(_) => Ok(answer::see_other(urls::TIME_OFF)),
        Err(operation::Error::Touches(ids)) => {
            let (action, back) = (urls::TIME_OFF.to_owned(), urls::TIME_OFF.to_owned());
            let button = "Take this time off anyway";
            conflicts_ahead::show(app, &ids, Asked { action, fields: &fields, button, back }).await
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn end(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let id = id.parse().map(TimeOffId).map_err(|_| Error::NotFound)?;
    match take_time_off::come_back(&web.current, id).await {
        Ok(()) => Ok(answer::see_other(urls::TIME_OFF)),
        Err(operation::Error::Missing) => {
            Err(Error::Refused("This time off is already over. Nothing was changed.".to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

type Read<T> = Result<T, &'static str>;

/// The form as it was read, field by field.
struct Typed {
    from: Read<NaiveDate>,
    from_time: Read<Option<u32>>,
    /// The last date of it; none is the first one.
    to: Read<Option<NaiveDate>>,
    to_time: Read<Option<u32>>,
    office: Read<Option<OfficeSlug>>,
    note: Read<Option<Note>>,
}

impl Typed {
    fn read(app: &App, fields: &Fields) -> Self {
        let today = time::date(app.practice().zone, app.now());
        let date = |text: &str| time::parse_date(text).ok_or("Please choose a date.");
        let time = |text: &str| match (text.trim(), typed_hours::time_of_day(text)) {
            ("", _) => Ok(None),
            (_, Some(time)) => Ok(Some(time.minutes())),
            (_, None) => Err("Please write a time like “2:30 pm”, or leave it empty."),
        };
        let not_past = |date| if date < today { Err("That day is over.") } else { Ok(date) };
        let from = date(fields.get("from"));
        let to = match fields.get("to") {
            "" => Ok(None),
            to => date(to).map(Some),
        };
        let office = match fields.get("office") {
            "" => Ok(None),
            slug => match OfficeSlug::parse(slug).filter(|slug| app.practice().office(slug).is_some()) {
                Some(slug) => Ok(Some(slug)),
                None => Err("Please choose an office."),
            },
        };
        Self {
            from: from.and_then(not_past),
            from_time: time(fields.get("from_time")),
            to,
            to_time: time(fields.get("to_time")),
            office,
            note: Note::parse(fields.get("note")).map_err(words::client::note),
        }
    }

    /// From when until when; what is wrong with it is told at the last date.
    /// A time in a clock change's gap is the moment of the jump.
    fn span(&self, app: &App) -> Read<Interval> {
        let at = |date: NaiveDate, minutes| {
            time::boundary(app.practice().zone, date.and_time(NaiveTime::MIN) + time::minutes(minutes))
        };
        let from = self.from?;
        let start = at(from, self.from_time?.unwrap_or(0));
        let end = at(self.to?.unwrap_or(from), self.to_time?.unwrap_or(24 * 60));
        if end <= start {
            return Err("The end has to be after the start.");
        }
        if end <= app.now() {
            return Err("That time is already over.");
        }
        Ok(Interval::new(start, end))
    }
}

pub async fn render(
    app: &App,
    submission: Option<Submission<'_>>,
    status: StatusCode,
) -> Result<Response, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let closed = tx.pause().await?;
    let time_off = tx.time_off_since(now).await?;
    drop(tx);
    let zone = app.practice().zone;
    let today = time::date(zone, now);
    let last = time_off.iter().map(|off| time::date(zone, off.span.end)).max().unwrap_or(today);
    let (running, coming): (Vec<_>, Vec<_>) = time_off.iter().partition(|off| off.span.start <= now);

    let fields = match submission {
        Some(Submission::TimeOff(fields)) => Some(fields),
        _ => None,
    };
    let typed = fields.map(|fields| Typed::read(app, fields));
    let wrong = |of: fn(&Typed) -> Option<&'static str>| typed.as_ref().and_then(of);
    let field = |name: &str, label: &str, error: Option<&str>| FieldView {
        id: name.to_owned(),
        name: name.to_owned(),
        label: label.to_owned(),
        value: fields.map_or("", |fields| fields.get(name)).to_owned(),
        error: error.map(str::to_owned),
    };
    let from = field("from", "First day", wrong(|typed| typed.from.err()));
    let from_time = field("from_time", "Start time", wrong(|typed| typed.from_time.err()));
    // The ends together can be wrong where each of them can be read.
    let are_read = |typed: &Typed| typed.from.is_ok() && typed.from_time.is_ok() && typed.to_time.is_ok();
    let span = typed.as_ref().filter(|typed| are_read(typed)).and_then(|typed| typed.span(app).err());
    let to = field("to", "Last day", wrong(|typed| typed.to.err()).or(span));
    let to_time = field("to_time", "End time", wrong(|typed| typed.to_time.err()));
    let note = field("note", "Note to yourself", wrong(|typed| typed.note.as_ref().err().copied()));
    let sentence = FieldView {
        id: "sentence".to_owned(),
        name: "sentence".to_owned(),
        label: "Your message to clients".to_owned(),
        value: match (submission, &closed) {
            (Some(Submission::Closing(fields, _)), _) => fields.get("sentence").to_owned(),
            (_, Some(sentence)) => sentence.as_str().to_owned(),
            _ => String::new(),
        },
        error: match submission {
            Some(Submission::Closing(_, message)) => Some(message.to_owned()),
            _ => None,
        },
    };
    let mut all_wrong = parts::wrong([&from, &from_time, &to, &to_time, &note, &sentence].into_iter());
    if let Some(Err(message)) = typed.map(|typed| typed.office) {
        all_wrong.push(("office".to_owned(), "Where".to_owned(), message.to_owned()));
    }
    let time_off_page = TimeOffPage {
        frame: Frame::admin(app, "Time off", urls::TIME_OFF),
        running: running.into_iter().map(|off| TimeOffView::new(app, off)).collect(),
        coming: coming.into_iter().map(|off| TimeOffView::new(app, off)).collect(),
        today,
        wrong: all_wrong,
        from,
        from_time,
        to,
        to_time,
        note,
        office: fields.map_or("", |fields| fields.get("office")).to_owned(),
        closed: closed.as_ref(),
        sentence,
        zone: parts::zones(app, today, last),
    };
    answer::html(status, &time_off_page)
}
