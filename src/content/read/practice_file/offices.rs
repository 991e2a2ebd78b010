//! The offices of the practice file: where each is, and when it is open.

use chrono::NaiveDate;

use super::values::{A_SLUG, WEEKDAYS, found, weekday};
use crate::{
    content::read::table::{Found, Table, nearest, text},
    domain::{
        availability::timetable::Timetable,
        ids::OfficeSlug,
        practice::{
            office::{Office, Place},
            opening_hours::{OpeningHours, TimeOfDay, Window},
        },
        time,
    },
};

pub(super) fn read(file: &Table<'_>, timetable: &mut Timetable) -> Vec<Found<Office>> {
    let tables = file.tables("offices");
    if tables.is_empty() {
        file.missing("offices");
    }
    let mut offices: Vec<Found<Office>> = Vec::new();
    for table in tables {
        let slug = table.parsed("slug", A_SLUG, OfficeSlug::parse);
        let name = table.text("name");
        let address = table.texts("address");
        let is_address_public = table.yes_or_no("address_public").is_none_or(|found| found.value);
        let place = place(&table);
        let hours = opening_hours(&table);
        if let Some(slug) = &slug
            && offices.iter().any(|office| office.value.slug == slug.value)
        {
            table.problem(slug.offset, format!("another office already has the slug `{}`", slug.value));
        }
        if address.as_ref().is_some_and(Vec::is_empty) {
            table.problem(table.offset(), "`offices.address` needs at least one line");
        }
        let offset = table.offset();
        table.unknown_keys();
        if let Some(slug) = slug {
            timetable.set_week(slug.value.clone(), NaiveDate::MIN, hours);
            let value = Office {
                slug: slug.value,
                name: found(name),
                address: address.into_iter().flatten().map(|line| line.value).collect(),
                is_address_public,
                place,
                position: offices.len(),
            };
            offices.push(Found { value, offset });
        }
    }
    offices
}

fn place(table: &Table<'_>) -> Option<Place> {
    let latitude = table.number("latitude", -90.0..=90.0);
    let longitude = table.number("longitude", -180.0..=180.0);
    match (latitude, longitude) {
        (Some(latitude), Some(longitude)) => {
            Some(Place { latitude: latitude.value, longitude: longitude.value })
        }
        (None, None) => None,
        (Some(one), None) | (None, Some(one)) => {
            table.problem(one.offset, "`latitude` and `longitude` go together");
            None
        }
    }
}

fn opening_hours(office: &Table<'_>) -> OpeningHours {
    let mut hours = OpeningHours::default();
    for table in office.tables("hours") {
        let days = table.optional_list("days", WEEKDAYS, |value| weekday(&text(value)?));
        if days.as_ref().is_none_or(Vec::is_empty) {
            table.missing("days");
        }
        let a_time = "a time from “00:00” to “24:00”";
        let from = table.parsed("from", a_time, TimeOfDay::parse);
        let to = table.parsed("to", a_time, TimeOfDay::parse);
        if let (Some(days), Some(from), Some(to)) = (days, from, to) {
            match Window::new(from.value, to.value) {
                Some(window) => days.into_iter().for_each(|day| {
                    if let Some(other) =
                        hours.on_weekday(day.value).iter().find(|other| other.overlaps(window))
                    {
                        let wrong = format!(
                            "{} already has {}, which overlaps {}; make them one",
                            time::weekday_words(day.value),
                            other.words(),
                            window.words()
                        );
                        table.problem(day.offset, wrong);
                    }
                    hours.add(day.value, window);
                }),
                None => table.problem(
                    to.offset,
                    "`to` should be later than `from`; write hours past midnight as two windows",
                ),
            }
        }
        table.unknown_keys();
    }
    hours
}

/// There is no such office, but there are these.
pub(super) fn unknown(slug: &str, offices: &[Found<Office>]) -> String {
    let known: Vec<&str> = offices.iter().map(|office| office.value.slug.as_str()).collect();
    format!("there's no office with the slug `{slug}`; {}", nearest::help(slug, &known))
}
