//! The rows of whichever table.

use super::{appointments, clients, emails, error::Error, people::People};
use crate::app::App;

/// The rows of a table that have not been read yet.
pub enum Rows {
    Appointments(appointments::Rows),
    Clients(clients::Rows),
    Emails(emails::Rows),
}

impl Rows {
    /// The next part of the table; `None` at its end.
    pub async fn next(&mut self, app: &App, people: &People) -> Result<Option<Vec<u8>>, Error> {
        match self {
            Self::Appointments(rows) => rows.next(app, people).await,
            Self::Clients(rows) => rows.next(app, people).await,
            Self::Emails(rows) => rows.next(app, people).await,
        }
    }
}
