//! The backup of each night, and how long those are kept.

use std::fs;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::{
    error::Error,
    kept::outlived,
    make::make,
    name::{self, Named},
};
use crate::{
    app::{App, Backups},
    domain::time::{self, Instant},
    files,
};

/// When the night's backup is made, in the practice's zone: nobody books then, and the
/// reminders of the day are still to come.
const AT: NaiveTime = match NaiveTime::from_hms_opt(3, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// One is made each night. Where the newest is older than this, one or two have been missed.
const TOO_OLD: TimeDelta = TimeDelta::hours(36);

/// Makes the backup of this night if there is none yet, and removes those that have been kept
/// long enough. A night that was missed is made up for at the next start.
pub async fn make_if_due(app: &App) -> Result<Option<Named>, Error> {
    let now = app.now();
    let due = last_due(app.practice().zone, now);
    if newest(&app.backups, now)?.is_some_and(|backup| due <= backup.at) {
        return Ok(None);
    }
    let made = make_now(&app.backups, "", now).await?;
    keep_erasures(app)?;
    for backup in outlived(&all(&app.backups)?, now) {
        files::clear(&backup.file).map_err(Error::unwritable(&backup.file))?;
    }
    Ok(Some(made))
}

/// Makes a backup into the folder of the backups. `why` stands in its name.
pub(super) async fn make_now(backups: &Backups, why: &str, now: Instant) -> Result<Named, Error> {
    // Nothing is made where the folder is gone that has the database: it may come back.
    fs::metadata(&backups.database).map_err(Error::unreadable(&backups.database))?;
    files::make_folder(&backups.folder).map_err(Error::unwritable(&backups.folder))?;
    let unreadable = Error::unreadable(&backups.folder);
    for part in name::unfinished_in(&backups.folder).map_err(unreadable)? {
        files::clear(&part).map_err(Error::unwritable(&part))?;
    }
    let ending = if backups.recipient.is_some() { name::ENCRYPTED } else { name::PLAIN };
    let file = backups.folder.join(name::of(now, why, ending));
    let contents = make(&backups.database, &file, backups.recipient.as_ref(), now).await?;
    Ok(Named { file, at: now, size: contents.size })
}

/// The newest backup, but for those that were made under a clock that was ahead.
pub fn newest(backups: &Backups, now: Instant) -> Result<Option<Named>, Error> {
    Ok(all(backups)?.into_iter().find(|backup| backup.at <= now))
}

/// Whether there should be a newer one than one of that moment.
pub fn is_too_old(at: Instant, now: Instant) -> bool {
    at + TOO_OLD < now
}

fn all(backups: &Backups) -> Result<Vec<Named>, Error> {
    name::all_in(&backups.folder).map_err(Error::unreadable(&backups.folder))
}

/// Who was erased is to be erased again out of these backups as well, wherever they are put back.
fn keep_erasures(app: &App) -> Result<(), Error> {
    let Some(name) = app.erasures_file.file_name().filter(|_| app.erasures_file.exists()) else {
        return Ok(());
    };
    let kept = app.backups.folder.join(name);
    let bytes = fs::read(&app.erasures_file).map_err(Error::unreadable(&app.erasures_file))?;
    files::write(&kept, &bytes).map_err(Error::unwritable(&kept))
}

/// The last moment before `now` when a backup was due.
fn last_due(zone: Tz, now: Instant) -> Instant {
    let today = time::date(zone, now);
    let on = |date: NaiveDate| time::boundary(zone, date.and_time(AT));
    match now < on(today) {
        true => on(today.pred_opt().unwrap_or(today)),
        false => on(today),
    }
}
