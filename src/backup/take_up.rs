//! A backup that stands in the place of the served file, by whatever hand, is taken up for
//! what it is before anybody is served from it.

use std::path::PathBuf;

use super::error::Error;
use crate::{
    clients::{
        erase,
        erasure_log::{self, Erased},
    },
    domain::{
        history::{Entry, What, Who},
        time::Instant,
    },
    store::{FromBackup, Store},
};

/// What the taking up came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TakenUp {
    pub made_at: Instant,
    /// How many records were erased again.
    pub erased: usize,
}

/// Takes up the file if it is a backup that nobody has looked at yet: no email goes out from
/// now on, nobody is signed in, no link is good but those in emails that wait, and whoever was erased
/// since is erased again. `None` for any other file.
pub async fn take_up_if_backup(
    store: &Store,
    logs: &[PathBuf],
    now: Instant,
) -> Result<Option<TakenUp>, Error> {
    match store.read().await?.from_backup().await? {
        Some(FromBackup { made_at, restored_at: None }) => {
            Ok(Some(take_up(store, made_at, logs, now).await?))
        }
        _ => Ok(None),
    }
}

/// Takes up a file that is known to be a backup.
pub(super) async fn take_up(
    store: &Store,
    made_at: Instant,
    logs: &[PathBuf],
    now: Instant,
) -> Result<TakenUp, Error> {
    let mut log: Vec<Erased> = Vec::new();
    for path in logs {
        let read = erasure_log::read(path).map_err(Error::unreadable(path))?;
        log.extend(read);
    }
    let mut tx = store.write().await?;
    tx.is_restored(made_at, now).await?;
    tx.end_sessions_and_links().await?;
    let mut erased = 0;
    for each in log {
        erased += usize::from(erase::again(&mut tx, each, now).await?);
    }
    // Where somebody was written to is kept for a while, and that is over.
    tx.prune_named_mailboxes(now).await?;
    tx.pass_over_numbers().await?;
    tx.note_happened(&Entry { who: Who::Program, ..Entry::planned(What::Restored, now) }).await?;
    tx.commit().await?;
    Ok(TakenUp { made_at, erased })
}
