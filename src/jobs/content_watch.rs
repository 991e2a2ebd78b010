//! The content watch: reads the content again when its files have changed, so
//! that what the therapist writes appears without a restart. A fault keeps the
//! last good site, and stands in the log and on the page of the content.
//!
//! Two things of the practice file wait for the next start all the same: the
//! limits of posts, and whom letters come from and are answered to.

use std::{
    collections::BTreeMap,
    fs,
    os::unix::fs::MetadataExt,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use crate::{
    app::Current,
    booking::take_over::take_over,
    content::{
        fault::{self, Fault, Source},
        folder, practice_file,
        site::{self, Site},
    },
    store::StoreError,
};

/// How often the folder is looked at.
const TICK: Duration = Duration::from_secs(2);
/// After how many looks what could not be taken over is tried again although
/// the files lie still, a minute: what was in its way may be gone.
const LOOKS_UNTIL_AGAIN: u32 = 30;

pub struct ContentWatch {
    folder: PathBuf,
    /// As the files were when they were last read.
    read: Files,
    /// As they were at the last look.
    seen: Files,
    /// In how many looks they are read again in any case.
    again_in: Option<u32>,
}

/// The files of the content by their paths: which each is, its size, and when
/// it last changed, as the file system knows it. An older file that is moved
/// into another's place changes that as well.
type Files = BTreeMap<PathBuf, (u64, u64, i64, i64)>;

/// What became of the content as it lies in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Shown,
    /// It waits until the therapist has mended it.
    Faulty,
    /// It has no faults of its own; appointments to come are in its way.
    InUse,
    /// It was changed while it was read: what was read may be half of it.
    Unsettled,
}

impl ContentWatch {
    /// What changes from now on is read again.
    pub fn new(folder: &Path) -> Self {
        let now = files(folder);
        Self { folder: folder.to_owned(), read: now.clone(), seen: now, again_in: None }
    }

    /// Takes a look at the files. True when they are others than were read, and
    /// have lain still since the last look: somebody may still be saving the rest.
    fn has_settled(&mut self, now: Files) -> bool {
        let is_still = now == self.seen;
        self.seen = now;
        self.again_in = self.again_in.map(|looks| looks.saturating_sub(1));
        is_still && (self.seen != self.read || self.again_in == Some(0))
    }

    /// What was seen last has been read.
    fn is_read(&mut self, outcome: &Result<Outcome, StoreError>) {
        if !matches!(outcome, Ok(Outcome::Unsettled)) {
            self.read = self.seen.clone();
        }
        self.again_in = matches!(outcome, Ok(Outcome::InUse) | Err(_)).then_some(LOOKS_UNTIL_AGAIN);
    }
}

/// The content lies in the folder and in those within it, nothing deeper.
/// What cannot be looked at is left out; whoever reads it says so.
fn files(folder: &Path) -> Files {
    let inside =
        paths(folder).into_iter().flat_map(|path| if path.is_dir() { paths(&path) } else { vec![path] });
    let seen = inside.filter_map(|path| {
        let file = fs::metadata(&path).ok()?;
        Some((path, (file.ino(), file.size(), file.ctime(), file.ctime_nsec())))
    });
    seen.collect()
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| entry.file_name().to_str().is_some_and(folder::is_content))
        .map(|entry| entry.path())
        .collect()
}

/// Watches for as long as the program runs.
pub async fn run(current: Arc<Current>, mut watch: ContentWatch) {
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        let folder = watch.folder.clone();
        let Ok(now) = tokio::task::spawn_blocking(move || files(&folder)).await else { return };
        if watch.has_settled(now) {
            let outcome = read_again(&current, &watch.folder).await;
            if let Err(error) = &outcome {
                tracing::error!(%error, "the content cannot be taken over; it is tried again in a minute");
            }
            watch.is_read(&outcome);
        }
    }
}

/// Reads the content and puts it in the place of what is shown. With a fault
/// that goes on being shown.
pub async fn read_again(current: &Current, folder: &Path) -> Result<Outcome, StoreError> {
    let before = current.app();
    let Some(read) = read(folder).await else { return Ok(Outcome::Unsettled) };
    let (faults, outcome) = match read {
        Ok(site) => match take_over(current, site).await? {
            Ok(()) => (Vec::new(), Outcome::Shown),
            Err(faults) => (faults, Outcome::InUse),
        },
        Err(faults) => (faults, Outcome::Faulty),
    };
    if outcome == Outcome::Shown {
        let app = current.app();
        let is_new = |remark: &&Fault| !before.site.remarks.contains(remark);
        app.site.remarks.iter().filter(is_new).for_each(|remark| log(folder, remark));
        tracing::info!("the content has changed, and is shown as it is now");
    } else if faults != before.faults {
        faults.iter().for_each(|fault| log(folder, fault));
        let count = fault::words(faults.len());
        tracing::warn!("the content has {count}; the last good version goes on being shown");
        current.set(before.with_faults(faults));
    }
    Ok(outcome)
}

/// `None` when the files were changed meanwhile.
async fn read(folder: &Path) -> Option<Result<Site, Vec<Fault>>> {
    let folder = folder.to_owned();
    let reading = tokio::task::spawn_blocking(move || {
        let before = files(&folder);
        let site = site::load(&folder);
        (files(&folder) == before).then_some(site)
    });
    reading.await.unwrap_or_else(|error| {
        let wrong = format!("the content cannot be read: {error}");
        Some(Err(vec![Source::new(practice_file::FILE, "").fault(0, wrong)]))
    })
}

fn log(folder: &Path, fault: &Fault) {
    tracing::warn!("{}/{fault}", folder.display());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn looks(watch: &mut ContentWatch) -> bool {
        watch.has_settled(files(&watch.folder.clone()))
    }

    #[test]
    fn a_change_is_read_once_it_has_lain_still() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).expect("a file");
        fs::create_dir(folder.path().join("articles")).expect("a folder");
        write("practice.toml", "");
        let mut watch = ContentWatch::new(folder.path());
        assert!(!looks(&mut watch), "nothing has changed");
        write("articles/one.md", "One");
        assert!(!looks(&mut watch), "it may still be written");
        write("articles/one.md", "One, and more");
        assert!(!looks(&mut watch), "and so it was");
        assert!(looks(&mut watch));
        assert!(looks(&mut watch), "until it has been read");
        watch.is_read(&Ok(Outcome::Shown));
        assert!(!looks(&mut watch));
        write("articles/.one.md.swp", "an editor's own");
        assert!(!looks(&mut watch) && !looks(&mut watch));
        fs::remove_file(folder.path().join("articles/one.md")).expect("gone");
        assert!(!looks(&mut watch));
        assert!(looks(&mut watch), "what is gone is a change, too");
    }

    #[test]
    fn what_others_are_in_the_way_of_is_tried_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut watch = ContentWatch::new(folder.path());
        for outcome in [Ok(Outcome::InUse), Err(StoreError::Unreadable("office"))] {
            watch.is_read(&outcome);
            let looks_until = (1..).find(|_| looks(&mut watch));
            assert_eq!(looks_until, Some(LOOKS_UNTIL_AGAIN));
        }
        fs::write(folder.path().join("practice.toml"), "").expect("a file");
        assert!(!looks(&mut watch) && looks(&mut watch));
        watch.is_read(&Ok(Outcome::Unsettled));
        assert!(looks(&mut watch), "it was changed while it was read");
        watch.is_read(&Ok(Outcome::Faulty));
        assert!((0..100).all(|_| !looks(&mut watch)), "it waits for the therapist");
    }

    #[test]
    fn a_file_of_the_same_size_and_date_in_anothers_place_is_a_change() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::write(path("practice.toml"), "one").expect("a file");
        fs::write(path(".next"), "two").expect("a file");
        let mut watch = ContentWatch::new(folder.path());
        fs::rename(path(".next"), path("practice.toml")).expect("in its place");
        assert!(!looks(&mut watch));
        assert!(looks(&mut watch));
    }
}
