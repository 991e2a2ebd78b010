//! `POST /admin/pause` and `…/opening`: the switch that
//! stands on the page of time off.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::time_off::{self, Submission};
use crate::{
    domain::client::Note,
    operation,
    planning::pause,
    urls,
    web::{
        Web,
        http::{answer, error::Error, fields::Fields},
    },
};

pub async fn begin(State(web): State<Arc<Web>>, fields: Fields) -> Result<Response, Error> {
    let app = &*web.app();
    let wrong = match Note::parse(fields.get("sentence")) {
        Ok(Some(sentence)) => {
            pause::begin(&web.current, &sentence).await?;
            return Ok(answer::see_other(urls::TIME_OFF));
        }
        Ok(None) => "Please write something. Clients see it instead of available times.",
        Err(_) => "Please keep it under 1,000 characters.",
    };
    time_off::render(app, Some(Submission::Closing(&fields, wrong)), StatusCode::UNPROCESSABLE_ENTITY).await
}

pub async fn end(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    match pause::end(&web.current).await {
        Ok(()) => Ok(answer::see_other(urls::TIME_OFF)),
        Err(operation::Error::Missing) => {
            Err(Error::Refused("Online booking isn't paused. Nothing was changed.".to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}
