//! The welcome link: good for one use within an hour, it sets the password.

use chrono::TimeDelta;

use super::{Error, password, session};
use crate::{
    app::Current,
    domain::{ids::Token, time::Instant},
    operation::Operation,
    store::{Store, StoreError},
};

/// How long a welcome link is good.
pub const GOOD_FOR: TimeDelta = TimeDelta::hours(1);

/// Makes a link. Also for the command, which runs beside a server or without one.
pub async fn link(store: &Store, token: &Token, now: Instant) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    tx.insert_welcome_link(token, now + GOOD_FOR).await?;
    tx.commit().await
}

/// Sets the password and uses the link up; every session ends and a new one
/// begins. `None` when the link is not good (any more).
pub async fn set_password(current: &Current, link: &Token, password: String) -> Result<Option<Token>, Error> {
    let app = current.app();
    // Hashed before the write lock is taken; a link that is not good costs nothing.
    if !app.store.read().await?.welcome_link_is_good(link, app.now()).await? {
        return Ok(None);
    }
    let hash = password::hash(password).await?;
    let mut op = Operation::begin(current).await?;
    if !op.tx.welcome_link_is_good(link, op.now).await? {
        return Ok(None);
    }
    op.tx.use_up_welcome_links().await?;
    op.tx.set_password_hash(&hash, op.now).await?;
    op.tx.end_all_sessions().await?;
    let token = op.app.fresh_token();
    op.tx.insert_session(&token, op.now + session::LASTS).await?;
    op.commit().await?;
    Ok(Some(token))
}
