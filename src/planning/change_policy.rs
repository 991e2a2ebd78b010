//! The therapist changes the policy.

use crate::{
    app::Current,
    booking::expire,
    domain::{
        history::{Entry, What},
        practice::policy::Policy,
    },
    operation::Error,
};

/// Sets the policy from now on. What has been agreed stays as it was, and what
/// is held keeps its deadline.
pub async fn change_policy(current: &Current, policy: &Policy) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    op.tx.set_policy(policy, op.now).await?;
    op.tx.note_happened(&Entry::planned(What::PolicyChanged, op.now)).await?;
    op.commit().await
}
