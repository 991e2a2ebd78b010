//! `POST /admin/clients/{id}/details`: how somebody is called and reached.

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
    clients::details::{self, Details},
    domain::client::Name,
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::contact_fields::{self, Missing},
    },
    words,
};

const MISSING: Missing = Missing {
    name: "Please enter the client's name.",
    contact: "Please leave a phone number or an email address.",
    phone: None,
};

pub async fn save(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    mut form: Submission,
) -> Result<Response, Error> {
    let (app, id) = (web.app(), id_of(&id)?);
    let person = contact_fields::read(&mut form, app.practice().country(), &MISSING);
    let goes_by = form.read(Field::GoesBy, |text| {
        let name = (!text.trim().is_empty()).then(|| Name::parse(text));
        name.transpose().map_err(words::client::name)
    });
    let Some((person, goes_by)) = person.zip(goes_by) else {
        return page::render(&app, id, Sent::details(form), StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let details = Details { name: person.name, goes_by, contact: person.contact };
    match details::change(&web.current, id, form.seen(), details).await {
        Ok(id) => Ok(answer::see_other(&urls::client(id))),
        Err(error) => page::refused(&web.app(), id, Sent::details(form), error).await,
    }
}
