//! The therapist tries whether emails arrive.

use crate::{
    app::Current,
    domain::ids::EmailId,
    mail::test_email,
    operation::{Error, Operation},
    urls,
};

/// Writes an email to the therapist, which goes the way of every other.
pub async fn test_email(current: &Current) -> Result<EmailId, Error> {
    let mut op = Operation::begin(current).await?;
    let app = op.app.clone();
    let facts = test_email::Facts { practice: app.practice(), page: app.base.to(urls::EMAILS) };
    let number = app.fresh_token();
    let email = test_email::write(&facts, &number, format!("<{}>", app.fresh_world_id()))?;
    op.tx.enqueue(&email, op.now).await?;
    let id = op.tx.email_with_key(&email.key).await?.ok_or(Error::Missing)?;
    op.commit().await?;
    Ok(id)
}
