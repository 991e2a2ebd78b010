//! `GET, POST /admin/clients`: finding somebody. The search is a POST: no name
//! stands in an address.

use std::sync::Arc;

use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};
use chrono::TimeDelta;

use super::id_of;
use crate::{
    app::App,
    domain::{
        appointment::Appointment,
        client::{Person, finding::Sought},
        ids::ClientId,
        time::Instant,
    },
    store::Reading,
    urls,
    web::{
        Web,
        http::{answer, error::Error, field::Field, query::Query, submission::Submission},
        parts::{When, page::Frame},
    },
    words,
};

/// So many are shown of whoever is found; more words leave fewer.
const SHOWN: usize = 20;

/// What somebody is looked for.
#[derive(Clone, Copy)]
pub enum Purpose {
    /// To look at their page.
    Look,
    /// To book for them.
    Booking,
    /// To merge them into somebody.
    Merging(ClientId),
}

impl Purpose {
    fn of(query: &Query) -> Result<Self, Error> {
        match (query.get(Field::For), query.get(Field::With)) {
            (_, Some(with)) => Ok(Self::Merging(id_of(with)?)),
            (Some("booking"), None) => Ok(Self::Booking),
            _ => Ok(Self::Look),
        }
    }

    /// Where it is looked for.
    pub fn action(self) -> String {
        match self {
            Self::Look => urls::CLIENTS.to_owned(),
            Self::Booking => urls::CLIENTS_FOR_BOOKING.to_owned(),
            Self::Merging(with) => urls::clients_to_merge(with),
        }
    }

    fn leads_to(self, person: &Person) -> String {
        match self {
            Self::Look => urls::client(person.id()),
            Self::Booking => urls::for_client(urls::NEW_BOOKING, person.id()),
            Self::Merging(with) => urls::client_merge_with(with, person.id()),
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Look => "Clients",
            Self::Booking => "Who is it for?",
            Self::Merging(_) => "Who is the same person?",
        }
    }

    /// How many are shown before anything is typed.
    fn lately(self) -> usize {
        match self {
            // The times stand below.
            Self::Booking => 5,
            Self::Look | Self::Merging(_) => 10,
        }
    }

    fn section(self) -> &'static str {
        match self {
            Self::Booking => urls::NEW_BOOKING,
            Self::Look | Self::Merging(_) => urls::CLIENTS,
        }
    }
}

/// A person in a list.
pub struct PersonView {
    pub name: String,
    /// How they are called, where that is something else.
    pub goes_by: Option<String>,
    pub href: String,
    /// `4 visits, 1 no-show`
    pub history: String,
    pub next: Option<When>,
    pub last: Option<When>,
}

impl PersonView {
    async fn new(app: &App, tx: &mut Reading, person: &Person, purpose: Purpose) -> Result<Self, Error> {
        let now = app.now();
        let history = tx.history(person.id(), now).await?;
        let visits = tx.appointments_of(person.id()).await?;
        Ok(Self {
            name: person.name().to_string(),
            goes_by: person.goes_by().map(ToString::to_string),
            href: purpose.leads_to(person),
            history: words::client::history(history),
            next: next(&visits, now).map(|a| When::new(app, a.span.start)),
            last: visits.iter().find(|a| a.was_a_visit(now)).map(|a| When::new(app, a.span.start)),
        })
    }
}

/// The next of somebody's visits, of those in order from the latest.
fn next(visits: &[Appointment], now: Instant) -> Option<&Appointment> {
    visits.iter().rev().find(|a| a.status().is_live() && now < a.span.start)
}

/// Somebody to be found, with whoever was here lately for a start.
pub struct Finder {
    pub action: String,
    pub sought: String,
    pub people: Vec<PersonView>,
    /// How many were found besides.
    pub more: usize,
    /// Whether they were found, or were here lately.
    pub is_found: bool,
}

impl Finder {
    /// Before anything is typed: whoever was here lately, or comes soon.
    pub async fn lately(app: &App, purpose: Purpose) -> Result<Self, Error> {
        let mut tx = app.store.read().await?;
        let now = app.now();
        let mut people = Vec::new();
        let mut ids: Vec<ClientId> = Vec::new();
        for id in tx.clients_around(now, TimeDelta::days(14)).await? {
            if people.len() == purpose.lately() {
                break;
            }
            let Some(person) = tx.person(id).await? else { continue };
            if !ids.contains(&person.id()) && !is_the_one(purpose, &person) {
                ids.push(person.id());
                people.push(PersonView::new(app, &mut tx, &person, purpose).await?);
            }
        }
        Ok(Self { action: purpose.action(), sought: String::new(), people, more: 0, is_found: false })
    }

    async fn found(app: &App, purpose: Purpose, text: &str) -> Result<Self, Error> {
        let mut tx = app.store.read().await?;
        let mut found = match Sought::parse(text) {
            Some(sought) => sought.among(tx.people().await?),
            None => Vec::new(),
        };
        found.retain(|person| !is_the_one(purpose, person));
        let more = found.len().saturating_sub(SHOWN);
        let mut people = Vec::new();
        for person in found.iter().take(SHOWN) {
            people.push(PersonView::new(app, &mut tx, person, purpose).await?);
        }
        Ok(Self { action: purpose.action(), sought: text.to_owned(), people, more, is_found: true })
    }
}

/// Nobody is merged with themselves.
fn is_the_one(purpose: Purpose, person: &Person) -> bool {
    matches!(purpose, Purpose::Merging(with) if person.ids().any(|id| id == with))
}

#[derive(Template)]
#[template(path = "admin/clients.html")]
struct ClientsPage<'a> {
    frame: Frame<'a>,
    title: &'static str,
    finder: Finder,
    /// Where somebody is booked for who is not on file.
    somebody_new: Option<&'static str>,
    /// Whom they are looked for to be merged with.
    back: Option<String>,
}

pub async fn show(State(web): State<Arc<Web>>, query: Query) -> Result<Response, Error> {
    let app = &*web.app();
    let purpose = Purpose::of(&query)?;
    render(app, purpose, Finder::lately(app, purpose).await?)
}

pub async fn find(State(web): State<Arc<Web>>, query: Query, form: Submission) -> Result<Response, Error> {
    let app = &*web.app();
    let purpose = Purpose::of(&query)?;
    let finder = match form.value(Field::Q).trim() {
        "" => Finder::lately(app, purpose).await?,
        text => Finder::found(app, purpose, text).await?,
    };
    render(app, purpose, finder)
}

fn render(app: &App, purpose: Purpose, finder: Finder) -> Result<Response, Error> {
    let clients = ClientsPage {
        frame: Frame::admin(app, purpose.title(), purpose.section()),
        title: purpose.title(),
        finder,
        somebody_new: matches!(purpose, Purpose::Booking).then_some(urls::NEW_BOOKING),
        back: match purpose {
            Purpose::Merging(with) => Some(urls::client(with)),
            Purpose::Look | Purpose::Booking => None,
        },
    };
    answer::html(StatusCode::OK, &clients)
}
