//! `POST /admin/numbers/rates` and `…/{date}/end`: what a mile counts from a date on.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{miles, ticks::date_of};
use crate::{
    domain::numbers::{Year, miles::Rate},
    mileage, urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, submission::Submission},
    },
    words,
};

pub async fn note(State(web): State<Arc<Web>>, mut form: Submission) -> Result<Response, Error> {
    let app = &*web.app();
    let currency = &app.practice().currency;
    let from = form.read(Field::From, |text| date_of(text.trim()).map_err(|_| "Please choose a date."));
    let rate = form
        .read(Field::Rate, |text| Rate::parse(text).map_err(|error| words::mileage::wrong(currency, error)));
    if let (Some((from, year)), Some(rate)) = (from, rate) {
        mileage::rate::note(&web.current, from, rate).await?;
        return Ok(answer::see_other(&urls::miles(year)));
    }
    let year = Year::parse(form.value(Field::Year));
    let year = year.unwrap_or_else(|| Year::of(app.practice().zone, app.now()));
    miles::render(app, year, form, None, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// One that is gone already is what was wanted.
pub async fn take_back(State(web): State<Arc<Web>>, Path(from): Path<String>) -> Result<Response, Error> {
    let (from, year) = date_of(&from)?;
    mileage::rate::take_back(&web.current, from).await?;
    Ok(answer::see_other(&urls::miles(year)))
}
