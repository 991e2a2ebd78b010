//! `POST /admin/online-requests/closing` and `…/opening`: the switch that
//! stands on the page of time off.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::time_off::{self, Trial};
use crate::{
    booking::{self, close_requests},
    domain::client::Note,
    urls,
    web::{Web, error::Error, fields::Fields, page},
};

pub async fn close(State(web): State<Arc<Web>>, fields: Fields) -> Result<Response, Error> {
    let app = &*web.app();
    let wrong = match Note::parse(fields.get("sentence")) {
        Ok(Some(sentence)) => {
            close_requests::close(app, &sentence).await?;
            return Ok(page::see_other(urls::TIME_OFF));
        }
        Ok(None) => "Please write something. Clients see it instead of available times.",
        Err(_) => "Please keep it under 1,000 characters.",
    };
    time_off::render(app, Some(Trial::Closing(&fields, wrong)), StatusCode::UNPROCESSABLE_ENTITY).await
}

pub async fn open(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    match close_requests::open(&web.app()).await {
        Ok(()) => Ok(page::see_other(urls::TIME_OFF)),
        Err(booking::Error::Missing) => {
            Err(Error::Refused("Online booking isn't paused. Nothing was changed.".to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}
