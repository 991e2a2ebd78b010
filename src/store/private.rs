//! What keeps the file from strangers' eyes: its mode, and that nothing stays
//! in its journal that is not in the file any more.

use std::{
    ffi::OsString,
    fs::{self, OpenOptions, Permissions},
    io,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::atomic::Ordering,
};

use super::{Store, StoreError};

/// How long the journal may wait for whoever reads before it is left as it is:
/// nobody writes meanwhile.
const READERS_PATIENCE_MS: u32 = 100;

/// Makes the file, if there is none, and keeps it and what lies beside it for
/// its owner's eyes. SQLite gives its other files the mode of this one.
pub(super) fn keep(file: &Path) -> io::Result<()> {
    let made = OpenOptions::new().write(true).create_new(true).mode(0o600).open(file);
    match made {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            ["", "-wal", "-shm"].into_iter().for_each(|ending| close_to_others(&beside(file, ending)));
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

/// A file that SQLite keeps beside another.
pub(super) fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut path = OsString::from(file);
    path.push(ending);
    path.into()
}

impl Store {
    /// Moves the journal into the file and empties it, if anything was written
    /// since: what was redacted out may still be read in it.
    pub async fn empty_journal(&self) -> Result<(), StoreError> {
        let commits = self.commits.load(Ordering::Acquire);
        if self.emptied.load(Ordering::Acquire) == commits {
            return Ok(());
        }
        let mut connection = self.writer.acquire().await?;
        let patience = |ms: u128| sqlx::AssertSqlSafe(format!("PRAGMA busy_timeout = {ms}"));
        sqlx::query(patience(READERS_PATIENCE_MS.into())).execute(&mut *connection).await?;
        let emptied = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
        sqlx::query(patience(self.lock_patience.as_millis())).execute(&mut *connection).await?;
        let (is_busy, ..): (bool, i64, i64) = emptied?;
        if !is_busy {
            self.emptied.store(commits, Ordering::Release);
        }
        Ok(())
    }
}
