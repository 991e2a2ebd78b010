//! Why there is no backup, or none that could be put back, each as one sentence.

use std::{io, path::PathBuf};

use crate::{
    operation,
    store::{OpenError, StoreError, snapshot::Unfit},
};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("can't write {0}: {1}")]
    Unwritable(PathBuf, io::Error),
    #[error("can't read {0}: {1}")]
    Unreadable(PathBuf, io::Error),
    #[error("{0} is the database itself; name another file for the backup")]
    Database(PathBuf),
    #[error("{0} is there already and isn't a backup; name another file")]
    InTheWay(PathBuf),
    #[error("the backup wasn't made: {0}")]
    NotMade(Unfit),
    #[error("{0} can't be restored: {1}. Nothing was changed")]
    Unfit(PathBuf, Unfit),
    #[error("{0} is encrypted; name the file with its secret key (--key FILE)")]
    NeedsKey(PathBuf),
    #[error("the key in {0} doesn't open {1}")]
    WrongKey(PathBuf, PathBuf),
    #[error("{0} has no secret key (AGE-SECRET-KEY-…)")]
    NoKey(PathBuf),
    #[error("a server is using the folder {0} (DATA_DIR); stop it, and restore then")]
    Serving(PathBuf),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Operation(#[from] operation::Error),
}
