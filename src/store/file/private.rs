//! What keeps the file from strangers' eyes: its mode, and that of what lies beside it.

use std::{
    ffi::OsString,
    fs::{self, OpenOptions, Permissions},
    io,
    os::unix::fs::{OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
};

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
