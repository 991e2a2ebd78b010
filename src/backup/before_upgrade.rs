//! A backup before the file is brought to a new schema: what an upgrade takes away can be had back.

use super::{error::Error, name::Named, nightly::make_now};
use crate::{app::Backups, domain::time::Instant, files, store::snapshot};

/// The backup, and the schema that it is of.
pub struct Before {
    made: Named,
    from: i64,
}

/// Makes it, if there is a file and this program would bring it to another schema.
/// Nothing is upgraded that could not be copied first.
/// What can't be read is for whoever opens it to say.
pub async fn make_if_needed(backups: &Backups, now: Instant) -> Result<Option<Before>, Error> {
    let Ok(Some((from, to))) = snapshot::is_to_be_upgraded(&backups.database).await else { return Ok(None) };
    let made = make_now(backups, &format!("-before-{to}"), now).await?;
    tracing::info!(from, to, backup = %made.file.display(), "the database is being brought up to date; the backup has it as it was");
    Ok(Some(Before { made, from }))
}

/// Lets go of the backup where nothing came of the upgrade: a start that is tried again and
/// again would fill the disk with them.
pub async fn let_go_if_unneeded(backups: &Backups, before: Option<Before>) {
    let Some(Before { made, from }) = before else { return };
    let is = snapshot::is_to_be_upgraded(&backups.database).await;
    if is.is_ok_and(|is| is.is_some_and(|(still, _)| still == from))
        && let Err(error) = files::clear(&made.file)
    {
        tracing::warn!(%error, "the backup before an upgrade that failed can't be removed");
    }
}
