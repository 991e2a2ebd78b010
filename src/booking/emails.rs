//! What the therapist does about email that does not go out.

use crate::{
    app::Current,
    domain::ids::EmailId,
    operation::{Error, Operation},
};

/// Tries everything that waits again now.
pub async fn try_again(current: &Current) -> Result<(), Error> {
    let mut op = Operation::begin(current).await?;
    op.tx.try_emails_again(op.now).await?;
    op.commit().await
}

/// Takes an email that did not go out off the list: whom it was to knows by
/// now, or need not. [`Error::Missing`] when it is not on it (any more).
pub async fn settle(current: &Current, id: EmailId) -> Result<(), Error> {
    let mut op = Operation::begin(current).await?;
    if !op.tx.email_is_settled(id, op.now).await? {
        return Err(Error::Missing);
    }
    op.commit().await
}
