//! Which email an address names.

use crate::{domain::ids::EmailId, web::http::error::Error};

/// Reads an id out of an address.
pub fn id_of(text: &str) -> Result<EmailId, Error> {
    text.parse().map(EmailId).map_err(|_| Error::NotFound)
}
