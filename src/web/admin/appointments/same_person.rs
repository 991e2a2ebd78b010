//! The question before a booking: is it somebody on record? What was typed
//! belongs to them; one tap takes their record.

use askama::Template;
use axum::{http::StatusCode, response::Response};

use crate::{
    app::App,
    booking::book::Known,
    domain::{client::Name, ids::ClientId},
    urls,
    web::{
        http::{answer, error::Error, field::Field, submission::Submission},
        parts::{Panel, page::Frame},
    },
    words,
};

/// What the page has asked, as a form carries it: whom the booking was taken
/// for, an id or [`SOMEBODY_NEW`], and who was asked about.
pub const ANSWER: &[Field<'static>] = &[Field::Client, Field::Asked];
const SOMEBODY_NEW: &str = "new";

/// What the therapist has answered, if they were asked.
pub enum Answer {
    None,
    /// It is this one.
    Same(ClientId),
    /// It is none of these.
    Nobody(Vec<ClientId>),
}

impl Answer {
    pub fn read(form: &Submission) -> Self {
        let id = |text: &str| text.parse().ok().map(ClientId);
        match form.value(Field::Client) {
            SOMEBODY_NEW => Self::Nobody(form.value(Field::Asked).split(' ').filter_map(id).collect()),
            text => id(text).map_or(Self::None, Self::Same),
        }
    }

    /// True when there is nothing left to ask. Whoever was not among those that
    /// were shown, since something else was typed meanwhile, is asked about.
    pub fn settles(&self, known: &[Known]) -> bool {
        match self {
            Self::None => known.is_empty(),
            Self::Same(_) => known.is_empty() || self.client(known).is_some(),
            Self::Nobody(asked) => known.iter().all(|known| asked.contains(&known.person.id())),
        }
    }

    /// The one that was taken, if what is typed still belongs to them.
    pub fn client(&self, known: &[Known]) -> Option<ClientId> {
        match self {
            Self::Same(id) => known.iter().map(|known| known.person.id()).find(|known| known == id),
            Self::None | Self::Nobody(_) => None,
        }
    }

    /// The one that was taken, whatever is typed.
    pub fn taken(&self) -> Option<ClientId> {
        match self {
            Self::Same(id) => Some(*id),
            Self::None | Self::Nobody(_) => None,
        }
    }
}

#[derive(Template)]
#[template(path = "admin/same_person.html")]
struct SamePersonPage<'a> {
    frame: Frame<'a>,
    panel: Panel<'a>,
    people: Vec<PersonView<'a>>,
    /// What was typed, by the names of the fields.
    typed: Vec<(&'a str, &'a str)>,
    action: &'static str,
    asked: String,
}

struct PersonView<'a> {
    id: ClientId,
    name: &'a Name,
    history: String,
    /// `email on file`
    on_file: &'static str,
}

/// Asks, before anything is booked.
pub fn ask(
    app: &App,
    panel: Panel<'_>,
    known: &[Known],
    typed: Vec<(&str, &str)>,
) -> Result<Response, Error> {
    let people = known.iter().map(|known| PersonView {
        id: known.person.id(),
        name: known.person.name(),
        history: words::client::history(known.history),
        on_file: match (&known.reach.email, &known.reach.phone) {
            (Some(_), _) => "email on file",
            (None, Some(_)) => "phone on file",
            (None, None) => "no contact on file",
        },
    });
    let asked: Vec<String> = known.iter().map(|known| known.person.id().to_string()).collect();
    let question = SamePersonPage {
        frame: Frame::admin(app, "New appointment: same person?", urls::NEW_BOOKING),
        panel,
        people: people.collect(),
        typed,
        action: urls::ADMIN_APPOINTMENTS,
        asked: asked.join(" "),
    };
    answer::html(StatusCode::CONFLICT, &question)
}
