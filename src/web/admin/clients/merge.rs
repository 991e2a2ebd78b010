//! `GET, POST /admin/clients/{id}/merge` and `POST …/unmerge`: two records are
//! one person's, having seen what the person will be.

use std::sync::Arc;

use askama::Template;
use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::Response,
};

use super::id_of;
use crate::{
    app::App,
    clients::merge,
    domain::{
        client::{History, Person, person::Taken},
        ids::ClientId,
    },
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, query::Query, submission::Submission},
        parts::page::Frame,
    },
    words,
};

/// What a choice says when the detail comes from the one who is merged in.
const OTHERS: &str = "other";

#[derive(Template)]
#[template(path = "admin/merge.html")]
struct MergePage<'a> {
    frame: Frame<'a>,
    page: String,
    action: String,
    person: Side,
    other: Side,
    details: Vec<DetailView>,
}

/// One of the two.
struct Side {
    id: ClientId,
    name: String,
    history: String,
    revision: u32,
}

/// A detail of both, to choose one of.
struct DetailView {
    field: Field<'static>,
    label: &'static str,
    own: String,
    other: String,
    /// Nothing of the person's own would be lost.
    is_taken: bool,
}

pub async fn show(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    query: Query,
) -> Result<Response, Error> {
    let app = &*web.app();
    let other = id_of(query.get(Field::With).ok_or(Error::NotFound)?)?;
    let mut tx = app.store.read().await?;
    let mut side = async |id| -> Result<(Person, History), Error> {
        let person = tx.person(id).await?.ok_or(Error::NotFound)?;
        let history = tx.history(person.id(), app.now()).await?;
        Ok((person, history))
    };
    let (person, other) = (side(id_of(&id)?).await?, side(other).await?);
    render(app, &person, &other)
}

fn render(app: &App, person: &(Person, History), other: &(Person, History)) -> Result<Response, Error> {
    let title = format!("Merge {} and {}?", person.0.name(), other.0.name());
    let merge = MergePage {
        frame: Frame::admin(app, &title, urls::CLIENTS),
        page: urls::client(person.0.id()),
        action: urls::client_merge(person.0.id()),
        details: details(&person.0, &other.0),
        person: side(person),
        other: side(other),
    };
    answer::html(StatusCode::OK, &merge)
}

fn side((person, history): &(Person, History)) -> Side {
    Side {
        id: person.id(),
        name: person.name().to_string(),
        history: words::client::history(*history),
        revision: person.revision(),
    }
}

/// A detail in words; nothing where there is none.
fn shown(detail: Option<&impl ToString>) -> String {
    detail.map(ToString::to_string).unwrap_or_default()
}

fn details(person: &Person, other: &Person) -> Vec<DetailView> {
    let (own_contact, other_contact) = (person.contact(), other.contact());
    let detail = |field: Field<'static>, label, own: String, other: String| DetailView {
        field,
        label,
        is_taken: own.is_empty() && !other.is_empty(),
        own,
        other,
    };
    vec![
        detail(Field::Name, "Name", person.name().to_string(), other.name().to_string()),
        detail(Field::GoesBy, "Goes by", shown(person.goes_by()), shown(other.goes_by())),
        detail(Field::Email, "Email", shown(own_contact.email.as_ref()), shown(other_contact.email.as_ref())),
        detail(Field::Phone, "Phone", shown(own_contact.phone.as_ref()), shown(other_contact.phone.as_ref())),
    ]
}

pub async fn create(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let other = id_of(form.value(Field::With))?;
    let is_taken = |field: Field<'_>| form.value(field) == OTHERS;
    let taken = Taken {
        name: is_taken(Field::Name),
        goes_by: is_taken(Field::GoesBy),
        email: is_taken(Field::Email),
        phone: is_taken(Field::Phone),
    };
    let other_seen = form.value(Field::WithRevision).parse().ok();
    let id = merge::merge(&web.current, (id_of(&id)?, form.seen()), (other, other_seen), taken).await?;
    Ok(answer::see_other(&urls::client(id)))
}

pub async fn end(
    State(web): State<Arc<Web>>,
    Path(id): Path<String>,
    form: Submission,
) -> Result<Response, Error> {
    let alias = id_of(form.value(Field::Client))?;
    merge::unmerge(&web.current, id_of(&id)?, form.seen(), alias).await?;
    Ok(answer::see_other(&urls::client(id_of(&id)?)))
}
