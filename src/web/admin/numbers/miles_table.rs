//! `GET /admin/numbers/miles.csv?year=`: the year's sheet for a spreadsheet.

use std::sync::Arc;

use axum::{extract::State, response::Response};

use super::{page::asked, sheet};
use crate::{
    domain::{
        numbers::miles::{Row, Tick},
        time,
    },
    exports::table::{Table, amount},
    web::{
        Web,
        http::{attachment, error::Error, query::Query},
    },
};

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let year = asked(app, &query).map_err(|_| Error::NotFound)?;
    let (sheet, _) = sheet::read(app, year).await?;
    let mut table =
        Table::with_head(&["Date", "Day", "Way", "Drives", "Miles", "Ticked", "Rate per mile", "Amount"]);
    for row in &sheet.rows {
        let day = &row.day;
        table.row([
            day.date.to_string(),
            time::date_words(day.date),
            sheet::way(app, &day.stops),
            day.drives().to_string(),
            day.miles.map(|miles| miles.to_string()).unwrap_or_default(),
            if row.tick == Tick::Ticked { "yes" } else { "no" }.to_owned(),
            row.rate.map(|rate| thousandths(rate.0.into())).unwrap_or_default(),
            counts(row).map(thousandths).unwrap_or_default(),
        ]);
    }
    let ticked = sheet.ticked().count();
    table.row([
        "Total".to_owned(),
        format!("Ticked days: {ticked}"),
        String::new(),
        String::new(),
        sheet.miles().to_string(),
        String::new(),
        String::new(),
        amount(sheet.amount()),
    ]);
    attachment::file(
        &attachment::name(app, &format!("miles-{year}"), "csv"),
        attachment::CSV,
        table.into_bytes(),
    )
}

/// What a row counts, where it is ticked and has a rate: in thousandths, unrounded.
fn counts(row: &Row) -> Option<i64> {
    Some(row.rate?.thousandths(row.day.miles?)).filter(|_| row.tick == Tick::Ticked)
}

/// `0.725`, `43.500`
fn thousandths(amount: i64) -> String {
    format!("{}.{:03}", amount / 1000, amount % 1000)
}
