//! What a file was like when it was looked at, so that only what has changed is
//! read again.

use std::{
    fs::{self, Metadata},
    os::unix::fs::MetadataExt,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

/// Which file it is, what it is, its size, and when it last changed, as the
/// file system knows it. An older file that is moved into another's place
/// changes that as well. A folder is the same whatever is written in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    which: u64,
    mode: u32,
    size: u64,
    changed: (i64, i64),
}

/// Within so many seconds a file system may give two changes the same time.
const ONE_MOMENT: i64 = 2;

impl Seen {
    pub fn new(found: &Metadata) -> Self {
        let is_folder = found.is_dir();
        let size = if is_folder { 0 } else { found.size() };
        let changed = if is_folder { (0, 0) } else { (found.ctime(), found.ctime_nsec()) };
        Self { which: found.ino(), mode: found.mode(), size, changed }
    }

    /// `None` for what cannot be looked at.
    pub fn at(path: &Path) -> Option<Self> {
        fs::metadata(path).ok().map(|found| Self::new(&found))
    }

    /// True when another change would show. The file system's own clock counts
    /// here, and that is the machine's.
    pub fn has_settled(&self) -> bool {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
        i64::try_from(now).unwrap_or(i64::MAX).abs_diff(self.changed.0) > ONE_MOMENT.unsigned_abs()
    }
}
