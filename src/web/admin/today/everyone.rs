//! `POST /admin/days/{date}/arrivals`: everybody came whose visit of that day is over.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::page;
use crate::{
    booking::arrive,
    domain::{appointment::refusal::Refusal, ids::AppointmentId, time},
    operation, urls,
    web::{
        Web,
        http::{
            answer,
            error::{self, Error},
            field::Field,
            submission::Submission,
        },
    },
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(date): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let date = time::parse_date(&date).ok_or(Error::NotFound)?;
    let day = time::day(web.app().practice().zone, date);
    let shown = form.value(Field::Known).split(' ').filter_map(|id| id.parse().ok().map(AppointmentId));
    match arrive::everyone(&web.current, day, &shown.collect()).await {
        Ok(()) => Ok(answer::see_other(urls::ADMIN)),
        Err(operation::Error::Refused(refusal @ Refusal::SomebodyNew)) => {
            page::render(&web, Some(error::sentence(&refusal)), StatusCode::CONFLICT).await
        }
        Err(error) => Err(error.into()),
    }
}
