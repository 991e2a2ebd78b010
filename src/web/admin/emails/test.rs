//! `POST /admin/emails/test`: an email to the therapist's own address.

use std::sync::Arc;

use axum::{extract::State, response::Response};

use crate::{
    booking::test_email,
    urls,
    web::{
        Web,
        http::{answer, error::Error},
    },
};

pub async fn create(State(web): State<Arc<Web>>) -> Result<Response, Error> {
    let id = test_email::test_email(&web.current).await?;
    Ok(answer::see_other(&urls::email(id)))
}
