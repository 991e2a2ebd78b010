//! What is known of the file's writes beside the file.

use std::sync::{Arc, atomic::AtomicU64};

use super::{error::StoreError, memory::Memory, place::Place};
use crate::health::Health;

/// Shared by all who write.
#[derive(Clone)]
pub struct Writes {
    /// How many transactions of this program have been committed.
    pub commits: Arc<AtomicU64>,
    pub health: Arc<Health>,
    pub(super) place: Arc<Place>,
    pub(in crate::store) memory: Memory,
}

impl Writes {
    pub(super) fn to(place: Arc<Place>) -> Self {
        Self { commits: Arc::default(), health: Arc::default(), place, memory: Memory::default() }
    }

    /// Notes an error that a write ended with, and hands it on.
    pub fn failed(&self, error: StoreError) -> StoreError {
        if let Some(trouble) = error.trouble() {
            self.health.write_failed(trouble);
        }
        error
    }
}
