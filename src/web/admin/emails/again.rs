//! `POST /admin/emails/{id}/again`: an email goes out once more, written anew.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{address::id_of, not_again, page};
use crate::{
    booking::send_again,
    operation, urls,
    web::{
        Web,
        http::{
            answer,
            error::{self, Error},
            submission::Submission,
        },
    },
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let id = id_of(&id)?;
    match send_again::send_again(&web.current, id, form.seen()).await {
        Ok(written) => Ok(answer::see_other(&urls::email(written))),
        Err(send_again::Error::Not(why)) => page::refused(&web.app(), id, not_again::sentence(why)).await,
        Err(send_again::Error::Operation(operation::Error::Refused(refusal))) => {
            page::refused(&web.app(), id, &error::sentence(&refusal)).await
        }
        Err(send_again::Error::Operation(error)) => Err(error.into()),
    }
}
