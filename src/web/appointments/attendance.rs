//! `POST /appointments/{token}/attendance`: “I'll be there”.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    response::Response,
};

use super::{
    found::{self, Found},
    own_page,
};
use crate::{
    booking::attend,
    domain::appointment::refusal::Refusal,
    operation, urls,
    web::{
        Web,
        http::{answer, error::Error, submission::Submission},
    },
};

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(token): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let app = &*web.app();
    let Found { token: link, .. } = found::found(app, &token).await?;
    match attend::attend(&web.current, &link, form.seen()).await {
        Ok(_) => Ok(answer::see_other(&urls::appointment(&link))),
        Err(operation::Error::Refused(refusal @ Refusal::ChangedMeanwhile(_))) => {
            own_page::render_changed(app, &found::found(app, &token).await?, &refusal)
        }
        Err(error) => Err(error.into()),
    }
}
