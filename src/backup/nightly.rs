//! The backup of each night, and how long those are kept.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::{
    error::Error,
    files::{clear, copy, make_folder, part_of, put},
    kept::outlived,
    make::make,
    name::{self, Named},
};
use crate::{
    app::{App, Backups},
    domain::time::{self, Instant},
};

/// When the night's backup is made, in the practice's zone: nobody books then, and the
/// reminders of the day are still to come.
const AT: NaiveTime = match NaiveTime::from_hms_opt(3, 0, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

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
        clear(&backup.file)?;
    }
    Ok(Some(made))
}

/// Makes a backup into the folder of the backups. `why` stands in its name.
pub(super) async fn make_now(backups: &Backups, why: &str, now: Instant) -> Result<Named, Error> {
    make_folder(&backups.folder)?;
    let ending = if backups.recipient.is_some() { name::ENCRYPTED } else { name::PLAIN };
    let file = backups.folder.join(name::of(now, why, ending));
    let contents = make(&backups.database, &file, backups.recipient.as_ref(), now).await?;
    Ok(Named { file, at: now, size: contents.size })
}

/// The newest backup, but for those that were made under a clock that was ahead.
pub fn newest(backups: &Backups, now: Instant) -> Result<Option<Named>, Error> {
    Ok(all(backups)?.into_iter().find(|backup| backup.at <= now))
}

fn all(backups: &Backups) -> Result<Vec<Named>, Error> {
    name::all_in(&backups.folder).map_err(|error| Error::Unreadable(backups.folder.clone(), error))
}

/// Who was erased is to be erased again out of these backups as well, wherever they are put back.
fn keep_erasures(app: &App) -> Result<(), Error> {
    let Some(name) = app.erasures_file.file_name().filter(|_| app.erasures_file.exists()) else {
        return Ok(());
    };
    let kept = app.backups.folder.join(name);
    let part = part_of(&kept);
    clear(&part)?;
    copy(&app.erasures_file, &part).map_err(|error| Error::Unwritable(part.clone(), error))?;
    put(&part, &kept)
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
