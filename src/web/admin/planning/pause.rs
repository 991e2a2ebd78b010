//! `POST /admin/pause` and `…/opening`: the switch that
//! stands on the page of time off.

use std::sync::Arc;

use axum::{extract::State, http::StatusCode, response::Response};

use super::time_off::{self, Forms};
use crate::{
    domain::client::Note,
    operation,
    planning::pause,
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, submission::Submission},
    },
};

pub async fn begin(State(web): State<Arc<Web>>, mut form: Submission) -> Result<Response, Error> {
    let sentence = form.read(Field::Sentence, |text| match Note::parse(text) {
        Ok(Some(sentence)) => Ok(sentence),
        Ok(None) => Err("Please write something. Clients see it instead of available times."),
        Err(_) => Err("Please keep it under 1,000 characters."),
    });
    let Some(sentence) = sentence else {
        let forms = Forms { pause: Some(form), ..Forms::default() };
        return time_off::render(&web.app(), forms, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    pause::begin(&web.current, &sentence).await?;
    Ok(answer::see_other(urls::TIME_OFF))
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
