//! The content watch: reads the content again when its files have changed, so
//! that what the therapist writes appears without a restart. A problem keeps the
//! last good site, and stands in the log and on the page of the content.
//!
//! Two things of the practice file wait for the next start all the same: the
//! limits of posts, and whom emails come from and are answered to.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use tokio::sync::Mutex;

use super::{hints::Hints, pictures::Pictures};
use crate::{
    app::Current,
    content::{
        load::{self, Unfit},
        problem::{self, Problem, Source},
        read::{
            folder::{
                inventory::{self, Entry},
                seen::Seen,
            },
            practice_file,
        },
        site::Site,
    },
    domain::time::Instant,
    planning::unheeded,
    site::publish::publish,
    store::StoreError,
};

/// How often the folder is looked at, whether the system tells of changes or not.
const TICK: Duration = Duration::from_secs(2);
/// How soon after a change, to see whether somebody is still saving the rest.
const MOMENT: Duration = Duration::from_millis(300);
/// After so many looks in a row that found changes it is looked at no more often than otherwise.
const HASTY_LOOKS: u32 = 3;
/// After how many looks what could not be taken over is tried again although
/// the files lie still, a minute: what was in its way may be gone.
const LOOKS_UNTIL_AGAIN: u32 = 30;
/// After how many looks it is said that the files never lie still, a minute.
const LOOKS_UNTIL_SAID: u32 = 30;

pub struct ContentWatch {
    folder: PathBuf,
    /// As the files were when they were last read.
    read: Files,
    /// As they were at the last look.
    seen: Files,
    /// In how many looks they are read again in any case.
    again_in: Option<u32>,
    /// How many looks in a row found them changed since the one before.
    restless: u32,
}

/// What lies in the content folder.
#[derive(Clone, PartialEq, Eq)]
struct Files {
    /// What is read, and the folders, each by its path below the content folder.
    read: BTreeMap<String, Seen>,
    /// What is not read is remarked upon; only its name matters.
    others: BTreeSet<String>,
}

/// What became of the content as it lies in the folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Shown,
    /// It waits until the therapist has fixed it.
    Problemy,
    /// It has no problems of its own; appointments to come are in its way.
    InUse,
    /// It was changed while it was read: what was read may be half of it.
    Unsettled,
}

impl ContentWatch {
    /// What changes from now on is read again.
    pub fn new(folder: &Path) -> Self {
        let now = files(folder);
        Self { folder: folder.to_owned(), read: now.clone(), seen: now, again_in: None, restless: 0 }
    }

    /// Takes a look at the files. True when they are others than were read, and
    /// have lain still since the last look: somebody may still be saving the rest.
    fn has_settled(&mut self, now: Files) -> bool {
        let is_still = now.read == self.seen.read;
        let is_other =
            now.read != self.read.read || (now.others == self.seen.others && now.others != self.read.others);
        self.restless = if is_still { 0 } else { self.restless.saturating_add(1) };
        self.seen = now;
        self.again_in = self.again_in.map(|looks| looks.saturating_sub(1));
        is_still && (is_other || self.again_in == Some(0))
    }

    /// What keeps changing and has not lain still for a minute, if `now` shows so.
    fn unsettled(&self, now: &Files) -> Option<String> {
        if self.restless + 1 < LOOKS_UNTIL_SAID {
            return None;
        }
        let is_same = |path: &&String| now.read.get(*path) == self.seen.read.get(*path);
        now.read.keys().chain(self.seen.read.keys()).find(|path| !is_same(path)).cloned()
    }

    /// What was seen last has been read.
    fn is_read(&mut self, outcome: &Result<Outcome, StoreError>) {
        if !matches!(outcome, Ok(Outcome::Unsettled)) {
            self.read = self.seen.clone();
        }
        self.again_in = matches!(outcome, Ok(Outcome::InUse) | Err(_)).then_some(LOOKS_UNTIL_AGAIN);
    }
}

/// What cannot be looked at is left out; whoever reads it says so.
fn files(folder: &Path) -> Files {
    let (read, others): (Vec<_>, Vec<_>) =
        inventory::entries(folder).into_iter().partition(|entry| entry.is_read);
    let seen = read.into_iter().filter_map(|entry| {
        // A link that leads nowhere is there itself.
        let found = fs::metadata(&entry.path).or_else(|_| fs::symlink_metadata(&entry.path)).ok()?;
        Some((entry.path_below(), Seen::new(&found)))
    });
    Files { read: seen.collect(), others: others.iter().map(Entry::path_below).collect() }
}

/// Watches for as long as the program runs.
pub async fn run(current: Arc<Current>, watch: Arc<Mutex<ContentWatch>>) {
    let mut watch = watch.lock().await;
    let mut pictures = Pictures::default();
    let mut ticks = tokio::time::interval(TICK);
    ticks.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    let mut hints = Hints::new();
    loop {
        match watch.restless {
            0 => tokio::select! {
                _ = ticks.tick() => {}
                () = hints.next() => {}
            },
            1..=HASTY_LOOKS => tokio::time::sleep(MOMENT).await,
            _ => {
                ticks.tick().await;
            }
        }
        hints.watch(&watch.folder);
        let folder = watch.folder.clone();
        let Ok(now) = tokio::task::spawn_blocking(move || files(&folder)).await else { return };
        note_unsettled(&current, watch.unsettled(&now));
        if watch.has_settled(now) {
            let outcome = read_again(&current, &watch.folder).await;
            if let Err(error) = &outcome {
                tracing::error!(%error, "the new content can't be shown; trying again in a minute");
            }
            watch.is_read(&outcome);
        }
        pictures.go_on(&current);
        // While other files are being changed it waits: what was made is found when they are read.
        if watch.seen.read == watch.read.read && pictures.are_made() {
            let outcome = read_again(&current, &watch.folder).await;
            watch.is_read(&outcome);
        }
    }
}

/// Says in the log, once, and on the page of the content that a file keeps
/// changing, and that what has been written waits for it.
pub fn note_unsettled(current: &Current, unsettled: Option<String>) {
    let app = current.app();
    if app.unsettled.is_some() == unsettled.is_some() {
        return;
    }
    if let Some(file) = &unsettled {
        tracing::warn!("{file} keeps changing; the content is read again once no file is changing");
    }
    current.set(app.with_unsettled(unsettled));
}

/// Reads the content and puts it in the place of what is shown. With a problem
/// that goes on being shown.
pub async fn read_again(current: &Current, folder: &Path) -> Result<Outcome, StoreError> {
    let before = current.app();
    let Some(read) = read(folder, before.site.clone(), before.now()).await else {
        return Ok(Outcome::Unsettled);
    };
    let (problems, outcome) = match read {
        Ok(site) => match publish(current, site).await? {
            Ok(()) => (Vec::new(), Outcome::Shown),
            Err(problems) => (problems, Outcome::InUse),
        },
        Err(unfit) => (unfit.problems, Outcome::Problemy),
    };
    if outcome == Outcome::Shown {
        let app = current.app();
        let is_new = |remark: &&Problem| !before.site.remarks.contains(remark);
        app.site.remarks.iter().filter(is_new).for_each(|remark| log(folder, remark));
        tracing::info!("the content changed, and the site shows it");
        for unheeded in unheeded::since(&app, &before.site.first_rules).await? {
            tracing::warn!(
                "{unheeded}: this change in practice.toml does nothing; what's set on the admin pages counts"
            );
        }
    } else if problems != before.problems {
        problems.iter().for_each(|problem| log(folder, problem));
        let count = problem::words(problems.len());
        tracing::warn!("{count} in the content; the site still shows the last good version");
        current.set(before.with_problems(problems));
    }
    Ok(outcome)
}

/// `None` when the files were changed meanwhile.
async fn read(folder: &Path, shown: Arc<Site>, now: Instant) -> Option<Result<Site, Unfit>> {
    let folder = folder.to_owned();
    let reading = tokio::task::spawn_blocking(move || {
        let before = files(&folder);
        let site = load::load_again(&folder, &shown, now);
        (files(&folder).read == before.read).then_some(site)
    });
    reading.await.unwrap_or_else(|error| {
        let wrong = format!("the content can't be read: {error}");
        let problems = vec![Source::new(practice_file::FILE, "").problem(0, wrong)];
        Some(Err(Unfit { problems, remarks: Vec::new() }))
    })
}

fn log(folder: &Path, problem: &Problem) {
    tracing::warn!("{}/{problem}", folder.display());
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
    fn a_folder_and_a_link_that_leads_nowhere_are_seen() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        fs::create_dir(path("articles")).expect("a folder");
        let mut watch = ContentWatch::new(folder.path());
        let changes = |watch: &mut ContentWatch, what: &str| {
            assert!(!looks(watch) && looks(watch), "{what}");
            watch.is_read(&Ok(Outcome::Shown));
        };
        fs::create_dir(path("drafts")).expect("a folder");
        changes(&mut watch, "a folder is a change, empty or not");
        fs::remove_dir(path("drafts")).expect("gone");
        changes(&mut watch, "and so is its end");
        std::os::unix::fs::symlink("nowhere", path("articles/one.md")).expect("a link");
        changes(&mut watch, "a link that leads nowhere");
    }

    #[test]
    fn what_is_not_read_stops_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).expect("a file");
        fs::create_dir(folder.path().join("articles")).expect("a folder");
        write("sync.log", "");
        write("articles/Thumbs.db", "");
        let mut watch = ContentWatch::new(folder.path());
        for nth in 0..3 {
            write("sync.log", &"x".repeat(nth));
            write("articles/Thumbs.db", &"x".repeat(nth));
            write("articles/4913", "");
            assert!(!looks(&mut watch), "nothing has changed");
        }
        write("articles/one.md", "One");
        assert!(!looks(&mut watch));
        write("sync.log", "more");
        assert!(looks(&mut watch), "the article lies still");
        watch.is_read(&Ok(Outcome::Shown));
        write("articles/two.markdown", "Two");
        assert!(!looks(&mut watch) && looks(&mut watch), "what is not read is remarked upon");
    }

    #[test]
    fn what_never_lies_still_is_said_after_a_minute() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut watch = ContentWatch::new(folder.path());
        let mut look = |nth: usize| {
            fs::write(folder.path().join("practice.toml"), "x".repeat(nth)).expect("a file");
            let now = files(folder.path());
            let unsettled = watch.unsettled(&now);
            assert!(!watch.has_settled(now));
            unsettled
        };
        for nth in 1..LOOKS_UNTIL_SAID as usize {
            assert_eq!(look(nth), None);
        }
        for nth in 30..33 {
            assert_eq!(look(nth).as_deref(), Some("practice.toml"));
        }
        assert_eq!(watch.unsettled(&files(folder.path())), None, "it lies still");
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
        watch.is_read(&Ok(Outcome::Problemy));
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
