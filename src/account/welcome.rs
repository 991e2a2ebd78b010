//! The welcome link: good for one use within an hour, it sets the password.

use chrono::TimeDelta;

use super::{Error, password, session};
use crate::{
    app::Current,
    domain::{
        history::{Entry, What},
        ids::Token,
        time::Instant,
    },
    operation::Operation,
    store::{Store, StoreError, WelcomeFrom},
};

/// How long a welcome link is good.
pub const GOOD_FOR: TimeDelta = TimeDelta::hours(1);

/// What a link has done.
pub enum Welcomed {
    /// A link that was printed on the server: whoever used it is signed in.
    SignedIn(Token),
    /// A link in an email: it signs nobody in.
    PasswordSet,
}

/// Makes a link. Also for the command, which runs beside a server or without one.
pub async fn link(store: &Store, token: &Token, now: Instant) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    tx.insert_welcome_link(token, WelcomeFrom::Server, now + GOOD_FOR).await?;
    tx.commit().await
}

/// Sets the password and uses the link up; every session ends. A link from the
/// server turns the second step off too, and begins a session in a `browser`.
/// `None` when the link is not good (any more).
pub async fn set_password(
    current: &Current,
    link: &Token,
    password: String,
    browser: &str,
) -> Result<Option<Welcomed>, Error> {
    let app = current.app();
    // Hashed before the write lock is taken; a link that is not good costs nothing.
    if app.store.read().await?.welcome_link(link, app.now()).await?.is_none() {
        return Ok(None);
    }
    let hash = password::hash(password).await?;
    let mut op = Operation::begin(current).await?;
    let Some(from) = op.tx.welcome_link(link, op.now).await? else { return Ok(None) };
    op.tx.use_up_welcome_links().await?;
    op.tx.set_password_hash(&hash, op.now).await?;
    op.tx.note_happened(&Entry::planned(What::PasswordSet, op.now)).await?;
    op.tx.end_all_sessions().await?;
    let welcomed = match from {
        WelcomeFrom::Email => Welcomed::PasswordSet,
        WelcomeFrom::Server => {
            if op.tx.remove_second_step().await? {
                op.tx.note_happened(&Entry::planned(What::SecondStepOff, op.now)).await?;
            }
            let token = op.app.fresh_token();
            op.tx.insert_session(&token, browser, op.now, op.now + session::LASTS).await?;
            Welcomed::SignedIn(token)
        }
    };
    op.commit().await?;
    Ok(Some(welcomed))
}
