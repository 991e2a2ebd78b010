//! What the backups in the folder are called: by their moment in UTC, so that their
//! order can be read, whatever the clock of the practice does.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::{
    domain::time::{self, Instant},
    files::PART,
};

const FIRST: &str = "stillpoint-";
/// How long a moment is, `2026-11-27T110412Z`: without colons, which to some programs mean another machine.
const LENGTH: usize = 18;

/// The names of a database, and of an encrypted one.
pub const PLAIN: &str = ".db";
pub const ENCRYPTED: &str = ".db.age";

/// A backup in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub file: PathBuf,
    pub at: Instant,
    /// In bytes.
    pub size: u64,
}

/// What a backup is called. `why` it was made besides the nightly ones, as `-before-35`.
pub fn of(at: Instant, why: &str, ending: &str) -> String {
    format!("{FIRST}{}{why}{ending}", time::write_instant(at).replace(':', ""))
}

/// Every backup in a folder, the newest first; none where there is no folder.
pub fn all_in(folder: &Path) -> io::Result<Vec<Named>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut all = Vec::new();
    for entry in entries {
        let entry = entry?;
        if let Some(at) = entry.file_name().to_str().and_then(moment) {
            all.push(Named { file: entry.path(), at, size: entry.metadata()?.len() });
        }
    }
    all.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.file.cmp(&b.file)));
    Ok(all)
}

/// What is left in a folder of backups that nobody has finished: the machine died meanwhile.
pub fn unfinished_in(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut unfinished = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let backup = name.to_str().and_then(|name| name.split_once(PART)).map(|(backup, _)| backup);
        if backup.and_then(moment).is_some() {
            unfinished.push(entry.path());
        }
    }
    Ok(unfinished)
}

/// The moment in a backup's name; `None` for what is called otherwise.
fn moment(name: &str) -> Option<Instant> {
    let rest = name.strip_prefix(FIRST)?;
    let is_whole = rest.ends_with(PLAIN) || rest.ends_with(ENCRYPTED);
    let (hour, rest) = rest.get(..LENGTH).filter(|_| is_whole)?.split_at_checked(13)?;
    let (minute, second) = rest.split_at_checked(2)?;
    time::parse_instant(&format!("{hour}:{minute}:{second}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::any_text;

    #[test]
    fn a_name_tells_its_moment_and_other_files_are_none() {
        let at = moment("stillpoint-2026-11-27T110412Z.db").expect("a backup");
        assert_eq!(time::write_instant(at), "2026-11-27T11:04:12Z");
        for ending in [PLAIN, ENCRYPTED] {
            for why in ["", "-before-35", "-replaced"] {
                assert_eq!(moment(&of(at, why, ending)), Some(at), "{why}{ending}");
            }
        }
        for other in [
            "stillpoint.db",
            "stillpoint-2026-11-27T110412Z.db.part",
            "stillpoint-2026-11-27.db",
            "stillpoint-é",
            "erasures",
        ] {
            assert_eq!(moment(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn every_moment_is_read_out_of_its_name_and_any_name_is_one_or_none(
            second in 0..253_402_300_800_i64,
            name in any_text(&["stillpoint-", "2026-11-27T110412Z", "2026", "-before-35", ".db", ".db.age", ".part", "é", "T"]),
        ) {
            let at = Instant::from_timestamp(second, 0).expect("a second");
            prop_assert_eq!(moment(&of(at, "", PLAIN)), Some(at));
            let _ = moment(&name);
        }
    }
}
