//! The one password: how long it may be, and its hash.

use std::sync::LazyLock;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use super::Error;

/// The fewest characters of a password.
pub const SHORTEST: usize = 10;
/// The most: hashing must not become a way to keep the machine busy.
pub const LONGEST: usize = 200;

/// Hashing takes 19 MiB and a core: one at a time.
static HASHING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(1));

/// A hash that no password has, with the cost of a real one.
const NOBODYS: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$c3RpbGxwb2ludG5vYm9keQ$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

pub(super) async fn hash(password: String) -> Result<String, Error> {
    hashing(move || {
        let hash = Argon2::default().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string()).map_err(|error| Error::Hash(error.to_string()))
    })
    .await?
}

/// Whether a password has a hash. Without a hash it takes as long, and it has none.
pub(super) async fn is_right(password: String, stored: Option<String>) -> Result<bool, Error> {
    let is_set = stored.is_some();
    let hash = stored.unwrap_or_else(|| NOBODYS.to_owned());
    let is_right = hashing(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await?;
    Ok(is_right && is_set)
}

async fn hashing<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    let gone = |error: String| Error::Hash(error);
    let _permit = HASHING.acquire().await.map_err(|error| gone(error.to_string()))?;
    tokio::task::spawn_blocking(work).await.map_err(|error| gone(error.to_string()))
}
