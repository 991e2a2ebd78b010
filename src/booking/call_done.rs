//! The therapist has telephoned.

use super::expire;
use crate::{
    app::Current,
    domain::{
        history::{Entry, What, Who},
        ids::CallId,
    },
    operation::Error,
};

/// Takes a call off the list. [`Error::Missing`] when it is not on it (any more).
pub async fn call_done(current: &Current, id: CallId) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    if !op.tx.call_done(id, op.now).await? {
        return Err(Error::Missing);
    }
    if let Some(about) = op.tx.call_is_about(id).await?
        && let Some(a) = op.tx.appointment(about).await?
    {
        op.tx.note_happened(&Entry::of(Who::Therapist, What::Called, &a, op.now)).await?;
    }
    op.commit().await
}
