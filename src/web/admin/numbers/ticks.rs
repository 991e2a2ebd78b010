//! `POST /admin/numbers/miles/{date}` and `…/end`: a row of the year's sheet is
//! ticked, and unticked.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};
use chrono::{Datelike, NaiveDate};

use super::miles;
use crate::{
    domain::{numbers::Year, time},
    mileage, urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, submission::Submission},
    },
};

pub async fn tick(
    State(web): State<Arc<Web>>,
    Path(date): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let (date, year) = date_of(&date)?;
    let seen = form.value(Field::Miles).parse().unwrap_or(0);
    if mileage::tick::tick(&web.current, date, seen).await? {
        return Ok(answer::see_other(&urls::miles_of(date)));
    }
    let day = time::date_words(date);
    let message =
        format!("{day} has changed since you opened the page. Nothing was ticked; please look again.");
    miles::render(&web.app(), year, Submission::default(), Some(message), StatusCode::CONFLICT).await
}

pub async fn untick(State(web): State<Arc<Web>>, Path(date): Path<String>) -> Result<Response, Error> {
    let (date, _) = date_of(&date)?;
    mileage::tick::untick(&web.current, date).await?;
    Ok(answer::see_other(&urls::miles_of(date)))
}

/// A date of an address, and its year.
pub fn date_of(text: &str) -> Result<(NaiveDate, Year), Error> {
    let date = time::parse_date(text).ok_or(Error::NotFound)?;
    let year = Year::parse(&date.year().to_string()).ok_or(Error::NotFound)?;
    Ok((date, year))
}
