//! `POST /admin/proof` and `…/end`: the switch that has everybody prove their email first.

use std::sync::Arc;

use axum::{extract::State, response::Response};

use crate::{
    operation,
    planning::ask_proof,
    urls,
    web::{
        Web,
        http::{answer, error::Error},
    },
};

pub async fn begin(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    switched(ask_proof::begin(&web.current).await, "Everybody is asked already. Nothing was changed.")
}

pub async fn end(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    switched(ask_proof::end(&web.current).await, "Nobody is asked just now. Nothing was changed.")
}

fn switched(done: Result<(), operation::Error>, already: &str) -> Result<Response, Error> {
    match done {
        Ok(()) => Ok(answer::see_other(urls::ADMIN)),
        Err(operation::Error::Missing) => Err(Error::Refused(already.to_owned())),
        Err(error) => Err(error.into()),
    }
}
