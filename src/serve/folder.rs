//! The data folder: made for its owner's eyes where there is none, and left as
//! it is where there is one.

use std::{
    fs::{self, File, TryLockError},
    io,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use crate::{app::Backups, config::Config, files, store::owner};

const ERASURES: &str = "erasures";
/// Locked by whatever works with the folder but serves nobody from it.
const COMMANDS: &str = "commands.lock";

/// Why a data folder cannot be used, as one sentence.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("can't write to the folder {0} (DATA_DIR): {1}")]
    Unwritable(PathBuf, io::Error),
    #[error(
        "the folder {0} (DATA_DIR) belongs to the user {1}, and this runs as {2}; run it as {1}, or give the folder to {2} (chown -R)"
    )]
    Others(PathBuf, String, String),
    #[error(
        "there's no database in the folder {0} (DATA_DIR); start Stillpoint there first, or name the folder it serves from"
    )]
    NoDatabase(PathBuf),
    #[error("another Stillpoint is already serving from the folder {0} (DATA_DIR)")]
    Locked(PathBuf),
    #[error("another Stillpoint command is at work in the folder {0} (DATA_DIR); try again once it's done")]
    AtWork(PathBuf),
}

/// Makes the data folder, if it is not there.
pub fn make(folder: &Path) -> Result<(), Error> {
    files::make_folder(folder).map_err(|error| unusable(folder, error))
}

/// Where the pictures are kept that are made of the therapist's: they can be made again.
pub fn pictures(folder: &Path) -> PathBuf {
    folder.join("pictures")
}

/// Where the words of the site are kept for the search: they can be read again.
pub fn search(folder: &Path) -> PathBuf {
    folder.join("search.db")
}

/// A warning, where other users of the machine can read what is in the folder.
pub fn open_to_others(folder: &Path) -> Option<String> {
    let mode = fs::metadata(folder).ok()?.permissions().mode();
    (mode & 0o044 != 0).then(|| {
        let folder = folder.display();
        format!("other users of this machine can read {folder} (DATA_DIR), where clients' data is; chmod 700 {folder} keeps them out")
    })
}

/// Where the key is.
pub fn key(config: &Config) -> PathBuf {
    config.key_file.clone().unwrap_or_else(|| config.data_dir.join("key"))
}

/// Where the certificate is kept, and the account with whoever gives it.
pub fn certificates(folder: &Path) -> PathBuf {
    folder.join("acme")
}

/// Where it stands who was erased.
pub fn erasures(folder: &Path) -> PathBuf {
    folder.join(ERASURES)
}

/// Every place where it may stand: with the database, and with the backups, where it outlives the
/// loss of the other.
pub fn erasure_logs(config: &Config) -> [PathBuf; 2] {
    [erasures(&config.data_dir), backups(config).folder.join(ERASURES)]
}

/// Where the backups go, and of what.
pub fn backups(config: &Config) -> Backups {
    Backups {
        folder: config.backup_dir.clone().unwrap_or_else(|| config.data_dir.join("backups")),
        database: database(&config.data_dir),
        recipient: config.backup_recipient.clone(),
        key_file: key(config),
    }
}

/// Where the database of a folder is.
pub fn database(folder: &Path) -> PathBuf {
    folder.join("stillpoint.db")
}

/// The database of a folder, for a command that makes none: no server would ever read it.
pub fn existing_database(folder: &Path) -> Result<PathBuf, Error> {
    let file = database(folder);
    match fs::metadata(&file) {
        Ok(_) => Ok(file),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Error::NoDatabase(folder.to_owned())),
        Err(error) => Err(unusable(folder, error)),
    }
}

/// Keeps a second server off the same folder.
pub fn lock(folder: &Path) -> Result<File, Error> {
    locked(folder, "serving.lock", File::try_lock, Error::Locked)
}

/// For a command that works beside a server, and beside others of its kind: while it does, none
/// has the folder to itself. What it read at its beginning, the key for one, holds to its end.
pub fn lock_beside(folder: &Path) -> Result<File, Error> {
    locked(folder, COMMANDS, File::try_lock_shared, Error::AtWork)
}

/// For a command that puts something else in the place of the database, or of the key: neither a
/// server nor another command has anything to do with the folder meanwhile.
pub fn lock_alone(folder: &Path) -> Result<[File; 2], Error> {
    Ok([lock(folder)?, locked(folder, COMMANDS, File::try_lock, Error::AtWork)?])
}

fn locked(
    folder: &Path,
    name: &str,
    lock: impl Fn(&File) -> Result<(), TryLockError>,
    refused: impl Fn(PathBuf) -> Error,
) -> Result<File, Error> {
    let file = File::create(folder.join(name)).map_err(|error| unusable(folder, error))?;
    match lock(&file) {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(refused(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(Error::Unwritable(folder.to_owned(), error)),
    }
}

fn unusable(folder: &Path, error: io::Error) -> Error {
    match owner::others(folder) {
        Some((owner, us)) if error.kind() == io::ErrorKind::PermissionDenied => {
            Error::Others(folder.to_owned(), owner, us)
        }
        _ => Error::Unwritable(folder.to_owned(), error),
    }
}
