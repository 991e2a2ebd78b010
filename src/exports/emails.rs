//! The table of emails: a row for each that is listed, with its text. Its links
//! open nothing.

use super::{
    error::Error,
    people::People,
    table::{Table, number},
};
use crate::{
    app::App,
    domain::{appointment::Side, ids::EmailId, time},
    store::{Outcome, WrittenEmail},
};

/// How many are read at once.
const AT_ONCE: u32 = 200;

const COLUMNS: [&str; 13] = [
    "Id",
    "Written at",
    "Written",
    "To",
    "Address",
    "About appointment",
    "Client",
    "Kind",
    "Subject",
    "Text",
    "State",
    "State since",
    "Came back at",
];

/// The rows that have not been read yet, the oldest first.
#[derive(Default)]
pub struct Rows {
    after: Option<EmailId>,
    is_over: bool,
}

impl Rows {
    pub async fn next(&mut self, app: &App, _people: &People) -> Result<Option<Vec<u8>>, Error> {
        if self.is_over {
            return Ok(None);
        }
        let mut table = if self.after.is_none() { Table::with_head(&COLUMNS) } else { Table::more() };
        for email in &self.read(app).await? {
            table.row(cells(app, email));
        }
        Ok(Some(table.into_bytes()))
    }

    /// The next of them; none when all were read.
    pub async fn read(&mut self, app: &App) -> Result<Vec<WrittenEmail>, Error> {
        let found = app.store.read().await?.written_emails_after(self.after, AT_ONCE).await?;
        self.is_over = found.is_empty();
        self.after = found.last().map(|email| email.id).or(self.after);
        Ok(found)
    }
}

fn cells(app: &App, email: &WrittenEmail) -> [String; 13] {
    let zone = app.practice().zone;
    [
        email.id.to_string(),
        time::iso(zone, email.written_at),
        time::full_phrase(zone, email.written_at),
        reader(email.side).to_owned(),
        email.recipient.clone(),
        email.appointment.map(number).unwrap_or_default(),
        email.name.clone().unwrap_or_default(),
        email.kind.clone(),
        email.subject.clone(),
        email.text.clone(),
        state(email.outcome).to_owned(),
        email.outcome_at.map(|at| time::iso(zone, at)).unwrap_or_default(),
        email.came_back_at.map(|at| time::iso(zone, at)).unwrap_or_default(),
    ]
}

pub fn reader(side: Side) -> &'static str {
    match side {
        Side::Client => "client",
        Side::Therapist => "you",
    }
}

/// What has become of an email.
pub fn state(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Waiting => "Waiting to go out",
        Outcome::Sent => "Sent",
        Outcome::Lapsed => "Not sent, since something newer took its place",
        Outcome::GivenUp => "Couldn't be delivered",
    }
}
