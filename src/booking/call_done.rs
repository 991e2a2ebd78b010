//! The therapist has telephoned.

use super::expire;
use crate::{app::Current, domain::ids::CallId, operation::Error};

/// Takes a call off the list. [`Error::Missing`] when it is not on it (any more).
pub async fn call_done(current: &Current, id: CallId) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    if !op.tx.call_done(id, op.now).await? {
        return Err(Error::Missing);
    }
    op.commit().await
}
