//! The clients: found by any part of what one remembers, each with a page of
//! everything on file, and what can be done with it.

pub mod block;
pub mod details;
pub mod erasure;
pub mod find;
mod lines;
pub mod merge;
pub mod note;
pub mod page;
pub mod record;
pub mod same_again;

use crate::{clients, domain::ids::ClientId, web::http::error::Error};

/// Reads an id out of an address.
fn id_of(text: &str) -> Result<ClientId, Error> {
    text.parse().map(ClientId).map_err(|_| Error::NotFound)
}

impl From<clients::Error> for Error {
    fn from(error: clients::Error) -> Self {
        match error {
            clients::Error::Changed => {
                Self::Refused("This client has changed since you opened the page. Nothing was saved, so please look again.".to_owned())
            }
            clients::Error::SamePerson => {
                Self::Refused("Both are the same person already. Nothing was changed.".to_owned())
            }
            clients::Error::HasLiveVisits => {
                Self::Refused("There's still a visit coming up or a request waiting. Cancel or answer it first. Nothing was erased.".to_owned())
            }
            clients::Error::Operation(error) => error.into(),
        }
    }
}
