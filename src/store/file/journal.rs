//! The journal: where SQLite writes first what any program commits. By it a
//! change from outside is noticed.

use std::{fs::File, path::PathBuf, sync::OnceLock};

/// Where SQLite writes first what any program commits. It stays the same file
/// for as long as we have a connection, since only the last to leave removes it.
/// SQLite keeps its locks on other files: on those, a close of ours would end them.
pub struct Journal {
    path: PathBuf,
    /// Opened when it is first there: to look at it by its path each time would
    /// cost a ready answer a twentieth of its speed, and to ask for all that
    /// `File::metadata` asks for another fiftieth.
    file: OnceLock<File>,
}

impl Journal {
    pub fn at(path: PathBuf) -> Self {
        Self { path, file: OnceLock::new() }
    }

    /// Its size, and when it last changed, in seconds and nanoseconds.
    pub fn state(&self) -> Option<(i64, i64, i64)> {
        let file = match self.file.get() {
            Some(file) => file,
            None => {
                let file = File::open(&self.path).ok()?;
                self.file.get_or_init(|| file)
            }
        };
        let mut file = rustix::fs::fstat(file).ok()?;
        if file.st_nlink == 0 {
            // All our connections were replaced at once, and the journal with them.
            file = rustix::fs::stat(&self.path).ok()?;
        }
        Some((file.st_size, file.st_mtime, file.st_mtime_nsec as i64))
    }
}
