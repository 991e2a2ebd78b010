//! What goes wrong with the file, and what of it may pass.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::owner;
use crate::health::WriteTrouble;

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The guard in the file refused an appointment that would overlap another.
    #[error("the time is taken")]
    SlotTaken,
    #[error("the database can't be used: {0}")]
    Sqlite(sqlx::Error),
    #[error("the database is gone from its folder")]
    Gone,
    #[error("another file lies in the database's place")]
    Replaced,
    /// A value that this program would not have written.
    #[error("the database has a {0} that can't be read")]
    Unreadable(&'static str),
    #[error("words can't be sealed")]
    Unsealed,
    /// Of the commit that several have shared.
    #[error(transparent)]
    NotCommitted(Arc<StoreError>),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl From<std::io::Error> for StoreError {
    /// Of what lies beside the file.
    fn from(error: std::io::Error) -> Self {
        Self::Sqlite(sqlx::Error::Io(error))
    }
}

impl StoreError {
    /// What kept a statement that takes a time from it. Only there a guard's no
    /// means that the time is taken; SQLite tells its `raise` only by the message.
    pub(in crate::store) fn of_taking(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(database) if database.message() == "slot_taken" => Self::SlotTaken,
            _ => error.into(),
        }
    }
}

impl StoreError {
    /// What is wrong where it is the place that the file lies in, or who else
    /// uses it, and not what was asked of it: later it may work.
    pub fn trouble(&self) -> Option<WriteTrouble> {
        let error = match self {
            Self::Sqlite(error) => error,
            Self::NotCommitted(error) => return error.trouble(),
            Self::Gone => return Some(WriteTrouble::Gone),
            Self::Replaced => return Some(WriteTrouble::Replaced),
            Self::SlotTaken | Self::Unreadable(_) | Self::Unsealed => return None,
        };
        match error {
            // Everybody before us in the queue waits for the lock.
            sqlx::Error::PoolTimedOut => return Some(WriteTrouble::Locked),
            sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                return Some(WriteTrouble::Broken);
            }
            _ => {}
        }
        let extended: i32 = error.as_database_error()?.code()?.parse().ok()?;
        // The primary result code: https://sqlite.org/rescode.html
        match extended & 0xff {
            13 => Some(WriteTrouble::Full),
            5 | 6 | 15 => Some(WriteTrouble::Locked),
            8 => Some(WriteTrouble::ReadOnly),
            // Permission, memory, I/O, a damaged file, one that cannot be opened, one that is no database.
            3 | 7 | 10 | 11 | 14 | 26 => Some(WriteTrouble::Broken),
            _ => None,
        }
    }
}

/// Why a database cannot be opened, as one sentence.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "the database {0} was written by a newer version of Stillpoint; start that version, or restore an older backup"
    )]
    Newer(PathBuf),
    #[error("the database {0} was changed from outside: its migration {1} isn't the one this version knows")]
    Foreign(PathBuf, i64),
    #[error("the database {0} was made by another program; set DATA_DIR to a folder of Stillpoint's own")]
    NotOurs(PathBuf),
    #[error(
        "the database {0} belongs to the user {1}, and this runs as {2}; run it as {1}, or give the folder to {2} (chown -R)"
    )]
    Others(PathBuf, String, String),
    #[error("the key file {0} (KEY_FILE) can't be made: {1}")]
    Key(PathBuf, std::io::Error),
    #[error("the database {0} can't be opened: {1}")]
    Unusable(PathBuf, String),
}

pub(super) fn unusable(file: &Path, why: String) -> OpenError {
    match owner::others(file) {
        Some((owner, us)) => OpenError::Others(file.to_owned(), owner, us),
        None => OpenError::Unusable(file.to_owned(), why),
    }
}

/// What SQLite says, without its code.
pub(in crate::store) fn sentence(error: &sqlx::Error) -> String {
    match error.as_database_error() {
        Some(database) => database.message().to_owned(),
        None => error.to_string(),
    }
}
