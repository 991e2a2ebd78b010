//! The therapist has telephoned.

use super::{Error, Operation};
use crate::{app::App, domain::ids::CallId};

/// Takes a call off the list. [`Error::Missing`] when it is not on it (any more).
pub async fn call_done(app: &App, id: CallId) -> Result<(), Error> {
    let mut op = Operation::begin(app).await?;
    if !op.tx.call_done(id, op.now).await? {
        return Err(Error::Missing);
    }
    op.commit().await
}
