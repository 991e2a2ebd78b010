//! The therapist's account: one password, the sessions that it begins, the
//! one-time link by which it is set, and one-time codes as a second step.

pub mod change_password;
pub mod code;
pub mod forgotten;
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
}

impl From<StoreError> for Error {
    fn from(error: StoreError) -> Self {
        Self::Operation(error.into())
    }
}
