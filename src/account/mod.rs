//! The therapist's account: one password, the sessions that it begins, the
//! one-time link by which it is set, and one-time codes as a second step.

pub mod change_password;
pub mod code;
pub mod forgotten;
mod key;
pub mod password;
pub mod second_step;
pub mod session;
pub mod welcome;

use crate::{operation, store::StoreError};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Operation(#[from] operation::Error),
    #[error("the password can't be hashed: {0}")]
    Hash(String),
    /// The key file is there and holds no key, or cannot be made.
    #[error("the key file can't be used: {0}")]
    Key(String),
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}
