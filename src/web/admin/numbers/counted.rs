//! A year's numbers as they are on record now, and the words for amounts and hours.

use chrono::TimeDelta;

use crate::{
    app::App,
    domain::{
        ids::{OfficeSlug, ServiceSlug},
        numbers::{Numbers, Offered, Sums, Year},
        time::{self, Instant, Interval},
    },
    store::StoreError,
};

/// A year's numbers, and of which years there are any.
pub struct Counted {
    pub now: Instant,
    pub numbers: Numbers,
    /// From the first year with anything on record to this one.
    pub first: Year,
    pub last: Year,
}

impl Counted {
    /// Counts a year, by what is on record of it.
    pub async fn read(app: &App, year: Year) -> Result<Self, StoreError> {
        let zone = app.practice().zone;
        let span = year.span(zone);
        let mut tx = app.store.read().await?;
        let now = app.now();
        let entries = tx.entries(span, now).await?;
        let before = tx.came_before(span.start).await?;
        let rules = tx.rules(&app.site.first_rules, span.start).await?;
        let time_off = tx.time_off_since(span.start).await?;
        let on_record = tx.first_and_last_start().await?;
        drop(tx);
        let this = Year::of(zone, now);
        let first = on_record.map_or(this, |(first, _)| Year::of(zone, first)).min(this);
        let last = on_record.map_or(this, |(_, last)| Year::of(zone, last)).max(this);
        // Before anything is on record, these hours were offered to nobody here.
        let since = on_record.map_or(now, |(first, _)| time::start_of_day(zone, time::date(zone, first)));
        let end = span.end.min(now).max(span.start);
        let within = Interval::new(span.start.max(since).min(end), end);
        let offered = Offered { zone, timetable: &rules.timetable, time_off: &time_off, within };
        let offices = app.practice().offices.iter().map(|office| office.slug.clone());
        let numbers = Numbers::of(zone, year, &entries, &before, offered, offices);
        Ok(Self { now, numbers, first, last })
    }

    /// The offices with what they come to: the practice's first, in its order, then
    /// those that have left the practice file.
    pub fn offices<'a>(&'a self, app: &'a App) -> Vec<(&'a str, &'a Sums)> {
        let place = |slug: &OfficeSlug| app.practice().office(slug).map_or(usize::MAX, |o| o.position);
        let mut offices: Vec<_> = self.numbers.offices.iter().collect();
        offices.sort_by_key(|(slug, _)| place(slug));
        offices.into_iter().map(|(slug, sums)| (app.practice().office_name(slug), sums)).collect()
    }

    /// The services that somebody came for, in the same order.
    pub fn services<'a>(&'a self, app: &'a App) -> Vec<(&'a str, &'a Sums)> {
        let services = &app.practice().services;
        let place = |slug: &ServiceSlug| {
            services.iter().position(|service| service.slug == *slug).unwrap_or(usize::MAX)
        };
        let is_told = |sums: &Sums| !sums.is_empty();
        let mut found: Vec<_> = self.numbers.services.iter().filter(|(_, (_, sums))| is_told(sums)).collect();
        found.sort_by_key(|(slug, _)| place(slug));
        let named = found.into_iter().map(|(slug, (name, sums))| {
            (app.practice().service(slug).map_or(name.as_str(), |service| &service.name), sums)
        });
        named.collect()
    }
}

/// `37.5`, `0.25`: hours as a table has them.
pub fn hours(span: TimeDelta) -> String {
    let words = exact_hours(span);
    words.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// `37.50`: hours for a spreadsheet, to the hundredth.
pub fn exact_hours(span: TimeDelta) -> String {
    let hundredths = (span.num_seconds() + 18) / 36;
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_told_to_the_hundredth() {
        for (minutes, words, exact) in [
            (0, "0", "0.00"),
            (15, "0.25", "0.25"),
            (20, "0.33", "0.33"),
            (40, "0.67", "0.67"),
            (60, "1", "1.00"),
            (6_030, "100.5", "100.50"),
            (600, "10", "10.00"),
        ] {
            let span = TimeDelta::minutes(minutes);
            assert_eq!((hours(span).as_str(), exact_hours(span).as_str()), (words, exact), "{minutes}");
        }
    }
}
