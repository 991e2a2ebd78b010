//! A backup before the file is brought to a new schema: what an upgrade takes away can be had back.

use super::{error::Error, name::Named, nightly::make_now};
use crate::{app::Backups, domain::time::Instant, store::snapshot};

/// Makes it, if there is a file and this program would bring it to another schema.
/// Nothing is upgraded that could not be copied first.
/// What can't be read is for whoever opens it to say.
pub async fn make_if_needed(backups: &Backups, now: Instant) -> Result<Option<Named>, Error> {
    let Ok(Some((from, to))) = snapshot::is_to_be_upgraded(&backups.database).await else { return Ok(None) };
    let made = make_now(backups, &format!("-before-{to}"), now).await?;
    tracing::info!(from, to, backup = %made.file.display(), "the database is being brought up to date; the backup has it as it was");
    Ok(Some(made))
}
