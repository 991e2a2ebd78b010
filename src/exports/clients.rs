//! The table of clients: a row for each person, whatever records were merged into
//! them. Whoever was erased is in none.

use super::{
    error::Error,
    people::{People, also_known_as},
    table::Table,
};
use crate::{
    app::App,
    domain::{
        client::{EmailAddress, History, Name, Note, Person},
        time::{self, Instant},
    },
};

/// How many are looked up at once.
const AT_ONCE: usize = 100;

const COLUMNS: [&str; 13] = [
    "Id",
    "Name",
    "Goes by",
    "Email",
    "Phone",
    "Also known as",
    "Your note",
    "Visits",
    "No-shows",
    "Late cancellations",
    "First visit",
    "Last visit",
    "Last visit in words",
];

/// The rows that have not been read yet, by name.
#[derive(Default)]
pub struct Rows {
    passed: usize,
    has_begun: bool,
}

impl Rows {
    pub async fn next(&mut self, app: &App, people: &People) -> Result<Option<Vec<u8>>, Error> {
        let some: Vec<&Person> = people.all().iter().skip(self.passed).take(AT_ONCE).collect();
        if some.is_empty() && self.has_begun {
            return Ok(None);
        }
        let mut table = if self.has_begun { Table::more() } else { Table::with_head(&COLUMNS) };
        self.has_begun = true;
        self.passed += some.len();
        let mut tx = app.store.read().await?;
        let now = app.now();
        for person in some {
            let history = tx.history(person.id(), now).await?;
            let appointments = tx.appointments_of(person.id()).await?;
            let visits: Vec<Instant> =
                appointments.iter().filter(|a| a.was_a_visit(now)).map(|a| a.span.start).collect();
            table.row(cells(app, person, history, &visits));
        }
        Ok(Some(table.into_bytes()))
    }
}

/// `visits` are those that took place, the latest first.
fn cells(app: &App, person: &Person, history: History, visits: &[Instant]) -> [String; 13] {
    let zone = app.practice().zone;
    let contact = person.contact();
    let date = |at: Option<Instant>| at.map(|at| time::date(zone, at).to_string()).unwrap_or_default();
    [
        person.id().to_string(),
        person.name().as_str().to_owned(),
        person.goes_by().map_or("", Name::as_str).to_owned(),
        contact.email.as_ref().map_or("", EmailAddress::as_str).to_owned(),
        contact.phone.as_ref().map(ToString::to_string).unwrap_or_default(),
        also_known_as(person).join("; "),
        notes(person).join("\n"),
        history.visits.to_string(),
        history.no_shows.to_string(),
        history.late_cancellations.to_string(),
        date(visits.last().copied()),
        date(visits.first().copied()),
        visits.first().map(|at| time::full_phrase(zone, *at)).unwrap_or_default(),
    ]
}

/// The therapist's notes about a person, by all of their records.
pub fn notes(person: &Person) -> Vec<&str> {
    person.records().iter().filter_map(|record| record.note.as_ref()).map(Note::as_str).collect()
}
