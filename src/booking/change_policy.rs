//! The therapist changes the policy.

use super::{Error, Operation};
use crate::{app::App, domain::practice::policy::Policy};

/// Sets the policy from now on. What has been agreed stays as it was, and what
/// is held keeps its deadline.
pub async fn change_policy(app: &App, policy: &Policy) -> Result<(), Error> {
    let mut op = Operation::begin(app).await?;
    op.tx.set_policy(policy, op.now).await?;
    op.commit().await
}
