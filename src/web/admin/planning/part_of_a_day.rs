//! Which part of a day is closed: as a form says it, and in words.

use chrono::NaiveDate;

use super::time_off;
use crate::{
    app::App,
    domain::{
        availability::{closing::Closes, time_off::TimeOff},
        client::Note,
        ids::{OfficeSlug, TimeOffId},
        time::{self, Interval},
    },
    web::http::{field::Field, submission::Submission},
    words,
};

/// What says which part of a day is closed, in the address as in the form.
pub const FIELDS: [Field<'static>; 4] = [Field::Closes, Field::FromTime, Field::ToTime, Field::To];

/// A part of a day, read.
pub struct Part {
    pub closes: Closes,
    pub span: Interval,
}

impl Part {
    /// `sentence` is what clients read in place of its days.
    pub fn time_off(&self, app: &App, note: Option<&Note>, sentence: Option<&Note>) -> Vec<TimeOff> {
        let offices = self.closes.offices(app.practice()).into_iter();
        let off = |office| TimeOff {
            id: TimeOffId(0),
            office,
            span: self.span,
            note: note.cloned(),
            sentence: sentence.cloned(),
        };
        offices.map(off).collect()
    }
}

/// Reads what is to be closed; the form keeps what is wrong with it.
pub fn read(app: &App, date: NaiveDate, form: &mut Submission) -> Option<Part> {
    let closes = form.read(Field::Closes, |text| closes(app, text));
    let from = form.read(Field::FromTime, time_off::time_of_day);
    let to = form.read(Field::ToTime, time_off::time_of_day);
    let last = form.read(Field::To, |text| match time::parse_date(text) {
        _ if text.is_empty() => Ok(date),
        Some(last) if last >= date => Ok(last),
        _ => Err("The last day has to be after the first."),
    });
    let ends = from.zip(to).zip(last);
    let span = ends.and_then(|((from, to), last)| {
        let start = time_off::at(app, date, from.unwrap_or(0));
        let end = time_off::at(app, last, to.unwrap_or(24 * 60));
        form.read(Field::ToTime, |_| match () {
            () if end <= start => Err("The end has to be after the start."),
            () if end <= app.now() => Err("That time is already over."),
            () => Ok(Interval::new(start, end)),
        })
    });
    Some(Part { closes: closes?, span: span? })
}

pub fn closes(app: &App, text: &str) -> Result<Closes, &'static str> {
    let choices = Closes::choices(app.practice());
    let is_it = |one: &Closes| value(one) == text || text.is_empty() && *one == Closes::Everywhere;
    choices.into_iter().find(is_it).ok_or("Please choose what to close.")
}

/// A choice in an address and a form: `everywhere`, `office/redding`, `road/redding`.
pub fn value(closes: &Closes) -> String {
    match closes {
        Closes::Everywhere => "everywhere".to_owned(),
        Closes::Office(office) => format!("office/{office}"),
        Closes::Road(side) => format!("road/{side}"),
    }
}

pub fn choice_words(app: &App, closes: &Closes) -> String {
    let name = |office: &OfficeSlug| app.practice().office_name(office).to_owned();
    match closes {
        Closes::Everywhere if app.practice().offices.len() == 1 => name(&app.practice().offices[0].slug),
        Closes::Everywhere => "Everywhere".to_owned(),
        Closes::Office(office) => format!("{} only", name(office)),
        Closes::Road(side) => format!("The road is closed, and I'm in {}", name(side)),
    }
}

/// `Tuesday, December 8, everywhere`
pub fn what(app: &App, part: &Part) -> String {
    let when = time_off::span_words(app, part.span);
    match &part.closes {
        Closes::Everywhere => when,
        Closes::Office(office) => format!("{when}, {} only", app.practice().office_name(office)),
        Closes::Road(_) => {
            let offices = part.closes.offices(app.practice());
            let names: Vec<&str> =
                offices.iter().flatten().map(|office| app.practice().office_name(office)).collect();
            format!("{when}, {}: the road is closed", words::listed::listed(&names))
        }
    }
}
