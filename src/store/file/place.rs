//! Where the file lies: whether what is found there is still what was opened. SQLite goes
//! on writing to a file that is gone from its folder, or lies elsewhere by now, and what
//! it says yes to is in no file that anybody will open again.

use std::{
    fs, io,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

/// Which file it is, whatever it is called.
type Identity = (u64, u64);

/// What is found where the file was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    TheSame,
    Another,
    Nothing,
}

#[derive(Debug)]
pub(super) struct Place {
    path: PathBuf,
    opened: Mutex<Opened>,
}

#[derive(Debug)]
struct Opened {
    file: Identity,
    /// Connections that are older are of another file, or were made in trouble.
    since: Instant,
}

impl Place {
    /// Of a file that is there, before it is opened.
    pub fn of(path: &Path) -> io::Result<Self> {
        let opened = Opened { file: identity(path)?, since: Instant::now() };
        Ok(Self { path: path.to_owned(), opened: Mutex::new(opened) })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn look(&self) -> Found {
        match identity(&self.path) {
            Ok(file) if file == self.opened().file => Found::TheSame,
            Ok(_) => Found::Another,
            Err(_) => Found::Nothing,
        }
    }

    /// What lies there now is the file, and connections are made anew.
    pub fn take_up(&self) -> io::Result<()> {
        let file = identity(&self.path)?;
        *self.opened() = Opened { file, since: Instant::now() };
        Ok(())
    }

    /// Connections are made anew.
    pub fn renew(&self) {
        self.opened().since = Instant::now();
    }

    /// Whether a connection of that age is to be used: it's one to this file, or there is no
    /// other to be had.
    pub fn serves(&self, age: Duration) -> bool {
        age <= self.opened().since.elapsed() || self.look() != Found::TheSame
    }

    fn opened(&self) -> MutexGuard<'_, Opened> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn identity(path: &Path) -> io::Result<Identity> {
    let found = fs::metadata(path)?;
    Ok((found.dev(), found.ino()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_there_is_told_from_what_was_opened() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, away) = (folder.path().join("one.db"), folder.path().join("away.db"));
        fs::write(&path, "one").expect("a file");
        let place = Place::of(&path).expect("it is there");
        assert_eq!(place.look(), Found::TheSame);
        fs::rename(&path, &away).expect("renamed");
        assert_eq!(place.look(), Found::Nothing);
        fs::write(&path, "one").expect("a file");
        assert_eq!(place.look(), Found::Another);
        place.take_up().expect("it is there");
        assert_eq!(place.look(), Found::TheSame);
        assert!(place.serves(Duration::ZERO) && !place.serves(Duration::from_secs(60)));
        fs::rename(&away, &path).expect("renamed");
        assert_eq!(place.look(), Found::Another);
        assert!(place.serves(Duration::from_secs(60)));
    }
}
