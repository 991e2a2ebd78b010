//! What keeps the file from strangers' eyes: its mode, and that of what lies beside it.

use std::{
    fs::{self, Permissions},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use crate::files::{self, beside};

/// Behind a database's name, that of its journal: <https://sqlite.org/walformat.html>.
const JOURNAL: &str = "-wal";

/// Makes the file, if there is none, and keeps it and what lies beside it for
/// its owner's eyes. SQLite gives its other files the mode of this one.
pub(super) fn keep(file: &Path) -> io::Result<()> {
    match files::make(file) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            with_journal(file).iter().for_each(|file| close_to_others(file));
            Ok(())
        }
        Err(error) => Err(error),
    }
}

fn close_to_others(file: &Path) {
    if let Ok(found) = fs::metadata(file)
        && found.permissions().mode() & 0o077 != 0
    {
        // Of another owner's file the mode is theirs to change.
        let _ = fs::set_permissions(file, Permissions::from_mode(0o600));
    }
}

/// A database, and what SQLite keeps beside it: its journal, and the index of that.
pub fn with_journal(file: &Path) -> [PathBuf; 3] {
    ["", JOURNAL, "-shm"].map(|ending| beside(file, ending))
}

/// Where the journal of a database lies.
pub(super) fn journal_of(file: &Path) -> PathBuf {
    beside(file, JOURNAL)
}
