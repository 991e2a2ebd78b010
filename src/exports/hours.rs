//! Opening hours in words, for the archive: every week that was ever said, and
//! the dates that differ.

use chrono::{NaiveDate, TimeDelta};

use crate::domain::{
    availability::timetable::Timetable,
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
                (since(from), days.collect())
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

/// Hours that have no beginning hold from the year 0 on, as the file says it.
fn since(from: NaiveDate) -> String {
    let ever = NaiveDate::from_ymd_opt(1900, 1, 1).unwrap_or_default();
    if from < ever { "Every week".to_owned() } else { format!("From {}", time::long_date_words(from)) }
}
