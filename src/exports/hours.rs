//! Opening hours in words, for the archive: every week that was ever said, the
//! dates that differ, and time off.

use chrono::{NaiveDate, TimeDelta};

use crate::domain::{
    availability::{time_off::TimeOff, timetable::Timetable},
    client::Note,
    practice::{Practice, opening_hours::windows_words},
    time,
};

/// Rules are asked for from an instant on, and look some days before it.
pub const A_MONTH: TimeDelta = TimeDelta::days(30);

/// An office with its weekly hours, each from a date on.
pub struct OfficeHours<'a> {
    pub name: &'a str,
    pub weeks: Vec<(String, Vec<(&'static str, String)>)>,
}

/// A date with a plan of its own.
pub struct PlannedDay<'a> {
    pub date: String,
    /// Where it is open; nowhere when it is closed.
    pub offices: Vec<(&'a str, String)>,
}

pub fn offices<'a>(practice: &'a Practice, timetable: &Timetable) -> Vec<OfficeHours<'a>> {
    let hours = practice.offices.iter().map(|office| OfficeHours {
        name: &office.name,
        weeks: timetable
            .weeks(&office.slug)
            .map(|(from, hours)| {
                let days =
                    hours.days().map(|(day, windows)| (time::weekday_words(day), windows_words(windows)));
                (held(from, timetable.until(&office.slug, from)), days.collect())
            })
            .collect(),
    });
    hours.collect()
}

pub fn days<'a>(practice: &'a Practice, timetable: &'a Timetable) -> Vec<PlannedDay<'a>> {
    let days = timetable.plans().map(|(date, plan)| PlannedDay {
        date: format!(
            "{}, {}",
            time::weekday_words(chrono::Datelike::weekday(&date)),
            time::long_date_words(date)
        ),
        offices: plan
            .offices()
            .map(|(office, windows)| (practice.office_name(office), windows_words(windows)))
            .collect(),
    });
    days.collect()
}

/// Time off, with what it is for and what clients read meanwhile.
pub struct TimeOffView<'a> {
    pub span: String,
    /// The one office that it closes.
    pub office: Option<&'a str>,
    pub note: Option<&'a str>,
    pub sentence: Option<&'a str>,
}

pub fn time_off<'a>(practice: &'a Practice, off: &'a TimeOff) -> TimeOffView<'a> {
    let at = |at| time::full_phrase(practice.zone, at);
    TimeOffView {
        span: format!("{} – {}", at(off.span.start), at(off.span.end)),
        office: off.office.as_ref().map(|office| practice.office_name(office)),
        note: off.note.as_ref().map(Note::as_str),
        sentence: off.sentence.as_ref().map(Note::as_str),
    }
}

/// From when and until when weekly hours hold. Those without a beginning hold from the
/// year 0 on, as the file says it; after those with an end the earlier ones do again.
fn held(from: NaiveDate, until: Option<NaiveDate>) -> String {
    let ever = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    let date = time::long_date_words;
    match (from < ever, until) {
        (true, None) => "Every week".to_owned(),
        (true, Some(until)) => format!("Until {}", date(until)),
        (false, None) => format!("From {}", date(from)),
        (false, Some(until)) => format!("From {} until {}", date(from), date(until)),
    }
}
