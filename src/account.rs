//! The therapist's account: one password, sessions, and the one-time link by
//! which a password is set.

use std::sync::LazyLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use chrono::TimeDelta;
use tokio::sync::Semaphore;

use crate::{
    app::App,
    domain::{ids::Token, time::Instant},
    store::{Store, StoreError},
};

/// How long a welcome link is good.
pub const WELCOME: TimeDelta = TimeDelta::hours(1);
/// How long a session lasts after it was used.
pub const SESSION: TimeDelta = TimeDelta::days(30);
/// How long a session that has run out is remembered: what its owner was typing then is not lost.
pub const LATELY: TimeDelta = TimeDelta::days(7);
/// How often the use of a session is written down.
const PROLONGED_EVERY: TimeDelta = TimeDelta::days(1);
/// The fewest characters of a password.
pub const SHORTEST_PASSWORD: usize = 10;
/// The most: hashing must not become a way to keep the machine busy.
pub const LONGEST_PASSWORD: usize = 200;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("the password can't be hashed: {0}")]
    Hash(String),
}

/// Hashing takes 19 MiB and a core: one at a time.
static HASHING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));

/// Makes a one-time link that sets the password, good for an hour.
pub async fn welcome_link(store: &Store, token: &Token, now: Instant) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    tx.insert_welcome_link(token, now + WELCOME).await?;
    tx.commit().await
}

/// Sets the password and uses the link up; every session ends and a new one
/// begins. `None` when the link is not good (any more).
pub async fn set_password(app: &App, link: &Token, password: String) -> Result<Option<Token>, Error> {
    // Hashed before the write lock is taken; a link that is not good costs nothing.
    if !app.store.read().await?.welcome_link_is_good(link, app.now()).await? {
        return Ok(None);
    }
    let hash = hashing(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|error| Error::Hash(error.to_string()))
    })
    .await??;
    let mut tx = app.store.write().await?;
    let now = app.now();
    if !tx.welcome_link_is_good(link, now).await? {
        return Ok(None);
    }
    tx.use_up_welcome_links().await?;
    tx.set_password_hash(&hash, now).await?;
    tx.end_all_sessions().await?;
    let session = app.fresh_token();
    tx.insert_session(&session, now + SESSION).await?;
    tx.commit().await?;
    Ok(Some(session))
}

/// Begins a session for the right address and password. A wrong address takes
/// as long as a wrong password, and no password at all as long as both.
pub async fn sign_in(app: &App, email: &str, password: String) -> Result<Option<Token>, Error> {
    let stored = app.store.read().await?.password_hash().await?;
    let is_set = stored.is_some();
    let hash = stored.unwrap_or_else(|| NOBODYS.to_owned());
    let is_right = hashing(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await?;
    let is_therapist = app.practice().therapist.email.eq_ignore_ascii_case(email.trim());
    if !(is_right && is_set && is_therapist) {
        return Ok(None);
    }
    let mut tx = app.store.write().await?;
    let session = app.fresh_token();
    tx.insert_session(&session, app.now() + SESSION).await?;
    tx.commit().await?;
    Ok(Some(session))
}

/// How a session stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Session {
    /// Good until then.
    Good(Instant),
    /// It ran out a short time ago.
    RanOut,
    /// There is none, or it was ended on purpose, or long ago.
    None,
}

pub async fn session(app: &App, token: &Token) -> Result<Session, StoreError> {
    let end = app.store.read().await?.session_end(token).await?;
    let now = app.now();
    Ok(match end {
        Some(end) if now < end => Session::Good(end),
        Some(end) if now < end + LATELY => Session::RanOut,
        _ => Session::None,
    })
}

/// Prolongs a session that is used and good until `end`, at most once a day.
/// True when it was: whatever keeps this from being written keeps nobody out.
pub async fn prolong(app: &App, token: &Token, end: Instant) -> bool {
    let prolonged = app.now() + SESSION;
    if prolonged - end < PROLONGED_EVERY {
        return false;
    }
    let write = async {
        let mut tx = app.store.write().await?;
        tx.prolong_session(token, prolonged).await?;
        tx.commit().await
    };
    let written: Result<(), StoreError> = write.await;
    if let Err(error) = &written {
        tracing::debug!(%error, "a session couldn't be extended");
    }
    written.is_ok()
}

pub async fn sign_out(app: &App, session: &Token) -> Result<(), StoreError> {
    let mut tx = app.store.write().await?;
    tx.end_session(session).await?;
    tx.commit().await
}

/// A hash that no password has, with the cost of a real one.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c3RpbGxwb2ludG5vYm9keQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

async fn hashing<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let gone = |error: String| Error::Hash(error);
    let _permit = HASHING.acquire().await.map_err(|error| gone(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| gone(error.to_string()))
}
