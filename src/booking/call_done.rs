//! The therapist has telephoned.

use super::Error;
use crate::{app::App, domain::ids::CallId};

/// Takes a call off the list. [`Error::Missing`] when it is not on it (any more).
pub async fn call_done(app: &App, id: CallId) -> Result<(), Error> {
    let mut tx = app.store.write().await?;
    let now = app.now();
    if !tx.call_done(id, now).await? {
        return Err(Error::Missing);
    }
    Ok(tx.commit().await?)
}
