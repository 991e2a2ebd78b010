//! Everything that can happen to an appointment, one file each. Every file
//! reads the same way: begin, now, read, decide, write, commit.

pub mod call_done;
pub mod cancel;
pub mod confirm;
pub mod correct_address;
pub mod decline;
pub mod demo;
pub mod expire;
pub mod request;
pub mod slots;
mod tell;

use crate::{
    domain::refusal::{Refusal, SlotRefusal},
    store::StoreError,
};

/// Why an operation did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error("there is no such appointment")]
    Missing,
    #[error(transparent)]
    Store(StoreError),
    #[error("a letter could not be written: {0}")]
    Letter(#[from] askama::Error),
}

impl From<StoreError> for Error {
    /// The guard in the file says no in its own way; it means the same.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::SlotTaken => Self::Refused(SlotRefusal::SlotTaken { by: None }.into()),
            error => Self::Store(error),
        }
    }
}
