//! Putting a backup in the place of the served file. What it replaces is kept, whole or
//! damaged as it is; and at every moment the folder has either the one or the other.

use std::{
    fmt,
    fs::{self, File},
    path::{Path, PathBuf},
};

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::{
    encryption,
    error::Error,
    name,
    take_up::{TakenUp, take_up},
};
use crate::{
    app::Backups,
    domain::{
        appointment::Status,
        ids::OfficeSlug,
        time::{self, Instant},
    },
    files::{self, part_of},
    store::{Store, snapshot, with_journal},
    words,
};

/// What a restore came to.
#[derive(Debug)]
pub struct Restored {
    pub made_at: Instant,
    /// In which its appointments were agreed.
    pub zone: Tz,
    pub appointments: usize,
    pub clients: usize,
    /// How many records were erased again.
    pub erased: usize,
    /// How many notes and emails can't be read, and where the key is to lie that opens them.
    pub unreadable: Option<(u64, PathBuf)>,
    /// Where the file is kept that it replaces, if there was any, and what lies
    /// between the two; `None` where that one can't be read.
    pub replaced: Option<(PathBuf, Option<Vec<Between>>)>,
}

/// An appointment that is otherwise in the backup than in the file that it replaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Between {
    pub office: OfficeSlug,
    pub start: Instant,
    /// What it was in the file that was replaced.
    pub was: Status,
    /// What it is in the backup; `None`: it is not in there, or elsewhere or at another time.
    pub is: Option<Status>,
}

impl fmt::Display for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let phrase = |at| time::full_phrase(self.zone, at);
        let counted = |count, one, many: &str| {
            words::listed::counted(count, one, many).unwrap_or_else(|| format!("no {many}"))
        };
        writeln!(
            f,
            "Restored the backup of {}: {}, {}.",
            phrase(self.made_at),
            counted(self.appointments, "appointment", "appointments"),
            counted(self.clients, "client", "clients")
        )?;
        if self.erased > 0 {
            writeln!(f, "Erased again, as you had done since: {} of the clients.", self.erased)?;
        }
        if let Some((kept, between)) = &self.replaced {
            writeln!(f, "What it replaced is kept as {}.", kept.display())?;
            match between.as_deref() {
                None => {
                    writeln!(f, "That one can't be read, so there's no telling what lies between the two.")?
                }
                Some([]) => writeln!(f, "Every appointment is the same in both.")?,
                Some(between) => {
                    writeln!(f, "These appointments stood otherwise in what was replaced:")?;
                    for one in between {
                        let (start, office) = (phrase(one.start), one.office.as_str());
                        let was = words::appointment::status(one.was);
                        match one.is.map(words::appointment::status) {
                            Some(is) => writeln!(f, "  {start}, {office}: {was}. {is} in the backup.")?,
                            None => writeln!(f, "  {start}, {office}: {was}. Not in the backup.")?,
                        }
                    }
                }
            }
        }
        if let Some((unreadable, key_file)) = &self.unreadable {
            writeln!(
                f,
                "Notes and emails that can't be read: {unreadable}. Their key isn't here; put the key file that belongs to the backup at {}.",
                key_file.display()
            )?;
        }
        write!(
            f,
            "No email goes out until you've seen what would. Start the website and sign in; Today takes you there."
        )
    }
}

/// Puts `backup` in the place of the database. The caller holds the folder's lock. `logs`
/// are those of erasures.
///
/// # Errors
/// A sentence each; whatever fails before the last step leaves the database as it was.
pub async fn restore(
    backups: &Backups,
    backup: &Path,
    key: Option<&Path>,
    logs: &[PathBuf],
    now: Instant,
) -> Result<Restored, Error> {
    let database = &backups.database;
    let part = part_of(database);
    clear(&with_journal(&part))?;
    let fresh = prepare(backups, backup, (&part, key), logs, now).await;
    let Prepared { contents, taken_up, zone, unreadable } = fresh.inspect_err(|_| {
        let _ = clear(&with_journal(&part));
    })?;
    let replaced = match database.exists() {
        true => Some(keep(backups, &part, now).await?),
        false => None,
    };
    // A journal that was left would be read into the new file.
    clear(&with_journal(database)[1..])?;
    files::put(&part, database).map_err(Error::unwritable(database))?;
    let TakenUp { made_at, erased } = taken_up;
    Ok(Restored {
        made_at,
        zone,
        appointments: usize::try_from(contents.appointments).unwrap_or(0),
        clients: usize::try_from(contents.clients).unwrap_or(0),
        erased,
        unreadable: (unreadable > 0).then(|| (unreadable, backups.key_file.clone())),
        replaced,
    })
}

fn clear(files: &[PathBuf]) -> Result<(), Error> {
    files.iter().try_for_each(|file| files::clear(file).map_err(Error::unwritable(file)))
}

struct Prepared {
    contents: snapshot::Contents,
    taken_up: TakenUp,
    zone: Tz,
    unreadable: u64,
}

/// Has the backup beside the database, looked at and taken up.
async fn prepare(
    backups: &Backups,
    backup: &Path,
    (part, key): (&Path, Option<&Path>),
    logs: &[PathBuf],
    now: Instant,
) -> Result<Prepared, Error> {
    let changed = fs::metadata(backup).and_then(|found| found.modified());
    let changed = changed.map_err(Error::unreadable(backup))?;
    if encryption::is_encrypted(backup).map_err(Error::unreadable(backup))? {
        let key = key.ok_or_else(|| Error::NeedsKey(backup.to_owned()))?;
        encryption::decrypt(backup, part, key)?;
    } else {
        files::copy(backup, part).map_err(Error::unreadable(backup))?;
    }
    let contents = snapshot::look_at(part).await.map_err(|unfit| Error::Unfit(backup.to_owned(), unfit))?;
    // One that was made before backups said when they were made has the date of its file.
    let made_at = contents.made_at.unwrap_or_else(|| time::whole_seconds(changed.into()));
    // An older schema is brought up to date here, while the database is still as it was.
    let store = Store::open(part, &backups.key_file).await?;
    let taken_up = take_up(&store, made_at, logs, now).await;
    let zone = zone(&store).await;
    let unreadable = store.unreadable();
    store.close().await;
    let (taken_up, zone) = (taken_up?, zone?);
    File::open(part).and_then(|file| file.sync_all()).map_err(Error::unwritable(part))?;
    Ok(Prepared { contents, taken_up, zone, unreadable })
}

async fn zone(store: &Store) -> Result<Tz, Error> {
    let agreed_in = store.read().await?.agreed_in().await?;
    Ok(agreed_in.and_then(|(zone, _)| zone.parse().ok()).unwrap_or(Tz::UTC))
}

/// Keeps the database that is about to be replaced among the backups, with its journal
/// where it has one, and says what lies between it and the backup.
async fn keep(
    backups: &Backups,
    part: &Path,
    now: Instant,
) -> Result<(PathBuf, Option<Vec<Between>>), Error> {
    files::make_folder(&backups.folder).map_err(Error::unwritable(&backups.folder))?;
    let named = |at| backups.folder.join(name::of(at, "-replaced", name::PLAIN));
    // Of two restores within a second each keeps what it replaces.
    let mut at = now;
    while named(at).exists() {
        at += TimeDelta::seconds(1);
    }
    let kept = named(at);
    for (from, to) in with_journal(&backups.database).into_iter().zip(with_journal(&kept)) {
        if from.exists() {
            files::copy(&from, &to).map_err(Error::unwritable(&to))?;
        }
    }
    let folder = File::open(&backups.folder).and_then(|folder| folder.sync_all());
    folder.map_err(Error::unwritable(&backups.folder))?;
    // Of the copy: looking into the database itself could fail halfway and leave a mark.
    let between = between(&kept, part).await;
    Ok((kept, between))
}

/// What was otherwise in the one file than it is in the other; `None` where the one can't be read.
async fn between(replaced: &Path, backup: &Path) -> Option<Vec<Between>> {
    let (was, is) = (snapshot::states(replaced).await.ok()?, snapshot::states(backup).await.ok()?);
    let differs = was.into_iter().filter_map(|(uid, state)| {
        let same = is.get(&uid).filter(|other| (&other.office, other.start) == (&state.office, state.start));
        let is = same.map(|other| other.status);
        (is != Some(state.status)).then_some(Between {
            office: state.office,
            start: state.start,
            was: state.status,
            is,
        })
    });
    let mut between: Vec<Between> = differs.collect();
    between.sort_by_key(|one| one.start);
    Some(between)
}
