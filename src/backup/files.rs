//! Files that stand under their name whole, or not at all.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File},
    io,
    os::unix::fs::DirBuilderExt,
    path::{Path, PathBuf},
};

use super::error::Error;

/// Makes a folder for its owner's eyes, if it is not there.
pub fn make_folder(folder: &Path) -> Result<(), Error> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| Error::Unwritable(folder.to_owned(), error))
}

/// The folder that a file lies in.
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// What a file is called while it is written.
pub fn part_of(file: &Path) -> PathBuf {
    beside(file, ".part")
}

/// A file with the same name and this ending.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut path = OsString::from(file);
    path.push(ending);
    path.into()
}

/// Removes what a program that was killed has left, if it has.
pub fn clear(file: &Path) -> Result<(), Error> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::Unwritable(file.to_owned(), error))
        }
        _ => Ok(()),
    }
}

/// Gives what was written its name, in the place of whatever has it, for good.
pub fn put(part: &Path, file: &Path) -> Result<(), Error> {
    let unwritable = |error| Error::Unwritable(file.to_owned(), error);
    fs::rename(part, file).map_err(unwritable)?;
    File::open(folder_of(file)).and_then(|folder| folder.sync_all()).map_err(unwritable)
}

/// A copy of a file, on the disk when this returns, for its owner's eyes.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut source = File::open(from)?;
    let mut copy = File::options().write(true).create_new(true).mode(0o600).open(to)?;
    io::copy(&mut source, &mut copy)?;
    copy.sync_all()
}
