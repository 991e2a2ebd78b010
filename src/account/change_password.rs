//! Changing the password, by whoever knows the present one.

use super::{Error, password};
use crate::{
    app::Current,
    domain::{
        history::{Entry, What},
        ids::Token,
    },
    operation::Operation,
};

/// Sets a new password and ends every other session, and every link that could
/// set another. False when the present one is not right.
pub async fn change_password(
    current: &Current,
    own: &Token,
    present: String,
    new: String,
) -> Result<bool, Error> {
    let stored = current.app().store.read().await?.password_hash().await?;
    if !password::is_right(present, stored.clone()).await? {
        return Ok(false);
    }
    let hash = password::hash(new).await?;
    let mut op = Operation::begin(current).await?;
    // Both were hashed before the lock was taken: another may have been set meanwhile.
    if op.tx.password_hash().await? != stored {
        return Ok(false);
    }
    op.tx.set_password_hash(&hash, op.now).await?;
    op.tx.note_happened(&Entry::planned(What::PasswordSet, op.now)).await?;
    op.tx.use_up_welcome_links().await?;
    op.tx.end_other_sessions(own).await?;
    op.commit().await?;
    Ok(true)
}
