//! Files and folders for their owner's eyes. What is written whole stands under its name
//! whole, or not at all.

use std::{
    ffi::OsString,
    fs::{self, DirBuilder, File},
    io::{self, Write},
    os::unix::fs::{DirBuilderExt, OpenOptionsExt},
    path::{Path, PathBuf},
};

/// Makes a folder, if it is not there. What is there already has the mode that
/// somebody chose for it.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// The folder that a file lies in.
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// How many bytes are free where a folder lies.
pub fn free(folder: &Path) -> io::Result<u64> {
    let found = rustix::fs::statvfs(folder)?;
    Ok(found.f_bavail.saturating_mul(found.f_frsize))
}

/// A file with the same name and this behind it.
pub fn beside(file: &Path, ending: &str) -> PathBuf {
    let mut path = OsString::from(file);
    path.push(ending);
    path.into()
}

/// Behind the name of a file that is being written.
pub const PART: &str = ".part";

/// What a file is called while it is written.
pub fn part_of(file: &Path) -> PathBuf {
    beside(file, PART)
}

/// Makes a file, to be written. An error where there is one.
pub fn make(file: &Path) -> io::Result<File> {
    File::options().write(true).create_new(true).mode(0o600).open(file)
}

/// Removes a file, if it is there.
pub fn clear(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Gives what lies on the disk its name, in the place of whatever has it, for good.
pub fn put(part: &Path, file: &Path) -> io::Result<()> {
    fs::rename(part, file)?;
    File::open(folder_of(file))?.sync_all()
}

/// Writes a file whole, in the place of whatever has its name.
pub fn write(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let part = part_of(file);
    // Left behind by a machine that died: it may have another mode.
    clear(&part)?;
    let mut new = make(&part)?;
    new.write_all(bytes)?;
    new.sync_all()?;
    put(&part, file)
}

/// Makes a copy of a file, which lies on the disk when this returns. An error where there
/// is a file of that name.
pub fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut copy = make(to)?;
    io::copy(&mut source, &mut copy)?;
    copy.sync_all()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn what_is_written_is_whole_and_for_its_owners_eyes() {
        let folder = tempfile::tempdir().expect("a folder");
        let below = folder.path().join("one/two");
        make_folder(&below).expect("a folder");
        let file = below.join("file");
        fs::write(part_of(&file), "left by a machine that died").expect("a file");
        for text in ["first", "second"] {
            write(&file, text.as_bytes()).expect("written");
            assert_eq!(fs::read_to_string(&file).expect("a file"), text);
        }
        assert!(!part_of(&file).exists());
        let mode = |path: &Path| fs::metadata(path).expect("it is there").permissions().mode() & 0o777;
        assert_eq!((mode(&below), mode(&file)), (0o700, 0o600));
    }

    #[test]
    fn a_copy_takes_the_place_of_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::write(&from, "text").expect("a file");
        copy(&from, &to).expect("a copy");
        assert_eq!(fs::read_to_string(&to).expect("a file"), "text");
        assert_eq!(copy(&from, &to).expect_err("it is there").kind(), io::ErrorKind::AlreadyExists);
        clear(&to).expect("removed");
        clear(&to).expect("nothing to remove");
        assert!(!to.exists());
    }
}
