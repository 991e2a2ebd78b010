//! `POST /admin/clients/{id}/note`: the therapist's private note.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::{
    id_of,
    page::{self, Sent},
};
use crate::{
    clients::note,
    domain::client::Note,
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, submission::Submission},
    },
    words,
};

pub async fn save(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    mut form: Submission,
) -> Result<Response, Error> {
    let id = id_of(&id)?;
    let Some(note) = form.read(Field::Note, |text| Note::parse(text).map_err(words::client::note)) else {
        return page::render(&web.app(), id, Sent::note(form), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    match note::write(&web.current, id, form.seen(), note).await {
        Ok(id) => Ok(answer::see_other(&urls::client(id))),
        Err(error) => page::refused(&web.app(), id, Sent::note(form), error).await,
    }
}
