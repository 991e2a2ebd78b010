//! `GET /admin/numbers.csv?year=`: the year's numbers for a spreadsheet. They name nobody.

use std::sync::Arc;

use axum::{extract::State, response::Response};

use super::{
    counted::{Counted, exact_hours},
    page::asked,
};
use crate::{
    domain::numbers::Sums,
    exports::table::{Table, amount},
    web::{
        Web,
        http::{attachment, error::Error, query::Query},
    },
};

const COLUMNS: [&str; 16] = [
    "Part",
    "Name",
    "Visits",
    "Agreed",
    "Paid",
    "Tips",
    "Fees asked",
    "Fees paid",
    "No-shows",
    "Late cancellations",
    "Hours offered",
    "Hours used",
    "New clients",
    "Returning clients",
    "Visits without a payment",
    "Not marked yet",
];

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let year = asked(app, &query).map_err(|_| Error::NotFound)?;
    let counted = Counted::read(app, year).await?;
    let numbers = &counted.numbers;
    let mut table = Table::with_head(&COLUMNS);
    let whole = (year.to_string(), &numbers.year);
    row(&mut table, "Year", &whole.0, whole.1, Kind::WithPeople);
    for (month, sums) in year.months().zip(&numbers.months) {
        row(&mut table, "Month", &month.format("%Y-%m").to_string(), sums, Kind::WithPeople);
    }
    for (name, sums) in counted.offices(app) {
        row(&mut table, "Office", name, sums, Kind::WithHours);
    }
    for (name, sums) in counted.services(app) {
        row(&mut table, "Service", name, sums, Kind::Neither);
    }
    attachment::file(
        &attachment::name(app, &format!("numbers-{year}"), "csv"),
        attachment::CSV,
        table.into_bytes(),
    )
}

/// What can be told of a row: an office has no new clients of its own, and a
/// service is not offered for hours of its own.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    WithPeople,
    WithHours,
    Neither,
}

fn row(table: &mut Table, part: &str, name: &str, sums: &Sums, kind: Kind) {
    let people = |count: u32| if kind == Kind::WithPeople { count.to_string() } else { String::new() };
    let offered = if kind == Kind::Neither { String::new() } else { exact_hours(sums.offered) };
    table.row([
        part.to_owned(),
        name.to_owned(),
        sums.visits.to_string(),
        amount(sums.agreed),
        amount(sums.paid),
        amount(sums.tips),
        amount(sums.fees_asked),
        amount(sums.fees_paid),
        sums.no_shows.to_string(),
        sums.late_cancellations.to_string(),
        offered,
        exact_hours(sums.used),
        people(sums.new),
        people(sums.returning),
        (sums.visits - sums.paid_visits).to_string(),
        sums.unmarked.to_string(),
    ]);
}
