//! Which columns are sealed: all that somebody typed for few eyes, and every email as it was
//! written, since it repeats such words and carries links.
//!
//! Not sealed is what is looked up or shown to everybody: names, addresses and numbers; when and
//! where; the subjects of emails, which say no more than that (or the title of an article); what
//! a mail server answered; and the sentences that stand on the site itself, of a pause and of
//! time off.

use super::file::StoreError;
use crate::{
    domain::client::Note,
    sealing::{Keys, Place},
    words::sealed,
};

/// What is sealed, by the name that its values are bound to besides the row's.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Words {
    table: &'static str,
    column: &'static str,
}

const fn words(table: &'static str, column: &'static str) -> Words {
    Words { table, column }
}

/// The therapist's private note about a client; its row is the client's id.
pub const CLIENT_NOTE: Words = words("clients", "note");
/// What somebody wrote with a request; its row is the request's uid, in whichever table the
/// request stands.
pub const NOTE: Words = words("appointments", "note");
/// What the therapist wrote to a client; its row is the appointment's uid, and so it is of how
/// the appointment was before an act.
pub const SENTENCE: Words = words("appointments", "sentence");
/// What the therapist wrote to everybody whose day was closed; its row is the id of the time off.
pub const CLOSING_SENTENCE: Words = words("closings", "sentence");
/// What the therapist notes of time off, for their own eyes; its row is the id, also where it
/// stands with the closing that it is.
pub const TIME_OFF_NOTE: Words = words("time_off", "note");
/// What an email says; its row is the key.
pub const EMAIL_TEXT: Words = words("emails", "text_body");
pub const EMAIL_HTML: Words = words("emails", "html_body");
pub const EMAIL_CALENDAR: Words = words("emails", "calendar");
/// The secret of the one-time codes.
pub const CODE_SECRET: Words = words("second_step", "secret");

/// Where sealed values stand in the file.
pub struct Column {
    pub words: Words,
    pub table: &'static str,
    pub column: &'static str,
    /// The number by which rows are found.
    pub key: &'static str,
    /// What names the row, as SQL has it.
    pub row: &'static str,
}

const fn column(words: Words, table: &'static str, key: &'static str, row: &'static str) -> Column {
    Column { words, table, column: words.column, key, row }
}

/// Every column that is sealed.
pub const COLUMNS: [Column; 13] = [
    column(CLIENT_NOTE, "clients", "id", "CAST(id AS TEXT)"),
    column(NOTE, "appointments", "id", "uid"),
    column(NOTE, "blocked_requests", "id", "uid"),
    column(NOTE, "unproven_requests", "id", "uid"),
    column(SENTENCE, "appointments", "id", "uid"),
    // An appointment may be in several acts: see `reseal.rs`.
    column(
        SENTENCE,
        ACTED_ON,
        "appointment",
        "(SELECT uid FROM appointments WHERE id = acted_on.appointment)",
    ),
    column(CLOSING_SENTENCE, "closings", "id", "CAST(time_off AS TEXT)"),
    column(TIME_OFF_NOTE, "closings", "id", "CAST(time_off AS TEXT)"),
    column(TIME_OFF_NOTE, "time_off", "id", "CAST(id AS TEXT)"),
    column(EMAIL_TEXT, "emails", "id", "key"),
    column(EMAIL_HTML, "emails", "id", "key"),
    column(EMAIL_CALENDAR, "emails", "id", "key"),
    column(CODE_SECRET, "second_step", "id", "CAST(id AS TEXT)"),
];

pub const ACTED_ON: &str = "acted_on";

impl Words {
    fn place(self, row: &str) -> Place<'_> {
        Place { table: self.table, column: self.column, row }
    }

    pub fn seal(self, keys: &Keys, row: &str, words: &[u8]) -> Result<Vec<u8>, StoreError> {
        keys.seal(self.place(row), words).map_err(|_| StoreError::Unsealed)
    }

    /// `None` where it can't be read. What was removed is empty.
    pub fn open(self, keys: &Keys, row: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        if sealed.is_empty() {
            return Some(Vec::new());
        }
        let opened = keys.open(self.place(row), sealed);
        // It was sealed before anything else was, and not yet bound to its place.
        opened.or_else(|| if self == CODE_SECRET { keys.open_unbound(sealed) } else { None })
    }

    pub fn open_text(self, keys: &Keys, row: &str, sealed: &[u8]) -> Option<String> {
        String::from_utf8(self.open(keys, row, sealed)?).ok()
    }

    /// A note as it is stored.
    pub fn of_note(self, keys: &Keys, row: &str, note: Option<&Note>) -> Result<Option<Vec<u8>>, StoreError> {
        let stored = note.map(|note| match note.sealed() {
            Some(sealed) => Ok(sealed.to_vec()),
            None => self.seal(keys, row, note.as_str().as_bytes()),
        });
        stored.transpose()
    }

    /// The note that is stored.
    pub fn note(self, keys: &Keys, row: &str, stored: Option<Vec<u8>>) -> Option<Note> {
        let stored = stored?;
        Some(match self.open_text(keys, row, &stored) {
            Some(text) => Note::stored(text),
            None => Note::unreadable(sealed::NOTE, stored),
        })
    }
}
