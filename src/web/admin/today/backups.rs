//! What of today's page says about backups: how old and how large the last one is, or why there is none.

use crate::{
    app::App,
    backup::{beside, nightly},
    domain::time::Instant,
    web::parts::When,
    words::size,
};

pub struct BackupView {
    /// When the last one was made, and how large it is.
    pub last: Option<(When, String)>,
    /// Why there is none that is newer, in a sentence of the program's.
    pub trouble: Option<String>,
    /// There should be a newer one.
    pub is_too_old: bool,
    /// The key that words are sealed with lies beside them.
    pub has_key_beside: bool,
}

pub fn view(app: &App, now: Instant) -> BackupView {
    let (last, unreadable) = match nightly::newest(&app.backups, now) {
        Ok(last) => (last, None),
        Err(error) => (None, Some(error.to_string())),
    };
    BackupView {
        is_too_old: last.as_ref().is_some_and(|last| nightly::is_too_old(last.at, now)),
        last: last.map(|last| (When::new(app, last.at), size::bytes(last.size))),
        has_key_beside: beside::key_lies_beside(&app.backups),
        trouble: app.store.health().backup_trouble().or(unreadable),
    }
}

impl BackupView {
    /// True where it stands among what stops things.
    pub fn is_trouble(&self) -> bool {
        self.is_too_old || self.trouble.is_some()
    }
}
