//! Why there is no backup, or none that could be put back, each as one sentence.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::store::{OpenError, StoreError, snapshot::Unfit};

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
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Error {
    pub(super) fn unwritable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Unwritable(path.to_owned(), error)
    }

    pub(super) fn unreadable(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Unreadable(path.to_owned(), error)
    }
}
