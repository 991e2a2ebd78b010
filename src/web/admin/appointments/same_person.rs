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
        http::{answer, error::Error, fields::Fields},
        parts::{Panel, page::Frame},
    },
    words,
};

/// Whom the therapist has taken the booking for: an id, or [`SOMEBODY_NEW`].
const CLIENT: &str = "client";
/// Whom the page has asked about.
const ASKED: &str = "asked";
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
    pub fn read(fields: &Fields) -> Self {
        let id = |text: &str| text.parse().ok().map(ClientId);
        match fields.get(CLIENT) {
            SOMEBODY_NEW => Self::Nobody(fields.get(ASKED).split(' ').filter_map(id).collect()),
            text => id(text).map_or(Self::None, Self::Same),
        }
    }

    /// True when there is nothing left to ask. Whoever was not among those that
    /// were shown, since something else was typed meanwhile, is asked about.
    pub fn settles(&self, known: &[Known]) -> bool {
        match self {
            Self::None => known.is_empty(),
            Self::Same(_) => known.is_empty() || self.client(known).is_some(),
            Self::Nobody(asked) => known.iter().all(|known| asked.contains(&known.client.id)),
        }
    }

    /// The one that was taken, if what is typed still belongs to them.
    pub fn client(&self, known: &[Known]) -> Option<ClientId> {
        match self {
            Self::Same(id) => known.iter().map(|known| known.client.id).find(|known| known == id),
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

    /// As a form carries it on.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::None => Vec::new(),
            Self::Same(id) => vec![(CLIENT, id.to_string())],
            Self::Nobody(asked) => {
                let asked: Vec<String> = asked.iter().map(ClientId::to_string).collect();
                vec![(CLIENT, SOMEBODY_NEW.to_owned()), (ASKED, asked.join(" "))]
            }
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
    typed: &'a [(&'static str, String)],
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
    typed: &[(&'static str, String)],
) -> Result<Response, Error> {
    let people = known.iter().map(|known| PersonView {
        id: known.client.id,
        name: &known.client.name,
        history: words::client::history(known.history),
        on_file: match (&known.client.email, &known.client.phone) {
            (Some(_), _) => "email on file",
            (None, Some(_)) => "phone on file",
            (None, None) => "no contact on file",
        },
    });
    let asked: Vec<String> = known.iter().map(|known| known.client.id.to_string()).collect();
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
