//! After a restore: what would be emailed, and the therapist's word on it.

use std::collections::BTreeSet;

use crate::{
    app::Current,
    domain::{
        history::{Entry, What},
        ids::EmailId,
    },
    operation::{self, Operation},
    store::StoreError,
};

/// Why nothing went out yet.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Some that would go were not on the page.
    #[error("there is an email that wasn't seen")]
    Unseen,
    #[error(transparent)]
    Operation(#[from] operation::Error),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}

/// Lets the emails go that wait, but those that are to be left out: they may have gone out
/// before the restore. `seen` are all that the page showed.
pub async fn release(
    current: &Current,
    seen: &BTreeSet<EmailId>,
    left_out: &BTreeSet<EmailId>,
) -> Result<(), Error> {
    let mut op = Operation::begin(current).await?;
    if op.tx.from_backup().await?.is_none() {
        return Ok(());
    }
    let waiting = op.tx.emails_held_by_restore().await?;
    if waiting.iter().any(|email| !seen.contains(&email.id)) {
        return Err(Error::Unseen);
    }
    for email in waiting.iter().filter(|email| left_out.contains(&email.id)) {
        if let Some((stored, _)) = op.tx.stored_email(email.id).await? {
            op.tx.email_is_left_out(&stored, op.now).await?;
        }
    }
    op.tx.release_emails().await?;
    op.tx.note_happened(&Entry::planned(What::EmailsReleased, op.now)).await?;
    op.commit().await?;
    Ok(())
}
