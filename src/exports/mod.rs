//! What the therapist takes out of Stillpoint: tables for a spreadsheet, and
//! everything as one archive that can be read without it. All of it is read and
//! handed on page by page, each page as one state of the file: a slow reader must
//! not keep the file from moving its journal, nor a long table fill the memory.

mod appointments;
mod archive;
mod clients;
mod emails;
mod error;
mod hours;
mod people;
mod rows;
mod sink;
pub mod table;

use std::sync::Arc;

pub use self::sink::Parts;
use self::{error::Error, people::People, rows::Rows, sink::Sink};
use crate::{
    app::{App, Current},
    domain::history::{Entry, What},
    operation::{self, Operation},
};

/// What can be taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// A row per appointment.
    Appointments,
    /// A row per person.
    Clients,
    /// A row per email.
    Emails,
    /// All of it, with pages to read.
    Everything,
}

impl Export {
    pub const ALL: [Self; 4] = [Self::Everything, Self::Appointments, Self::Clients, Self::Emails];

    /// As forms and file names call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Appointments => "appointments",
            Self::Clients => "clients",
            Self::Emails => "emails",
            Self::Everything => "everything",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|export| export.name() == text)
    }

    /// What the history says of it.
    fn happened(self) -> What {
        match self {
            Self::Appointments => What::AppointmentsExported,
            Self::Clients => What::ClientsExported,
            Self::Emails => What::EmailsExported,
            Self::Everything => What::EverythingExported,
        }
    }
}

/// Begins an export. What it comes to is taken part by part. The history has it
/// before anything leaves, so that nobody takes records out unseen.
pub async fn begin(current: &Current, export: Export) -> Result<Parts, operation::Error> {
    let mut op = Operation::begin(current).await?;
    op.tx.note_happened(&Entry::planned(export.happened(), op.now)).await?;
    let app = op.app.clone();
    op.commit().await?;
    Ok(parts(app, export))
}

fn parts(app: Arc<App>, export: Export) -> Parts {
    let (sink, parts) = sink::new();
    tokio::spawn(async move {
        match write(&app, export, &sink).await {
            Ok(()) => sink.end().await,
            Err(Error::Gone) => {}
            Err(error) => tracing::error!(%error, export = export.name(), "an export broke off"),
        }
    });
    parts
}

async fn write(app: &App, export: Export, sink: &Sink) -> Result<(), Error> {
    let people = People::read(app).await?;
    let mut rows = match export {
        Export::Everything => return archive::write(app, &people, sink).await,
        Export::Appointments => Rows::Appointments(appointments::Rows::default()),
        Export::Clients => Rows::Clients(clients::Rows::default()),
        Export::Emails => Rows::Emails(emails::Rows::default()),
    };
    while let Some(part) = rows.next(app, &people).await? {
        sink.put(part).await?;
    }
    Ok(())
}
