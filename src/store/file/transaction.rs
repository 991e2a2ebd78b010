//! Transactions: one that reads, and one that holds the write lock.

use std::{
    ops::{Deref, DerefMut},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use sqlx::{Sqlite, Transaction};

use super::{
    error::StoreError,
    place::{Found, Place},
};
use crate::{domain::act::Act, health::Health, sealing::Keys};

/// What is known of the file's writes beside the file.
#[derive(Clone)]
pub struct Writes {
    /// How many transactions of this program have been committed.
    pub commits: Arc<AtomicU64>,
    pub health: Arc<Health>,
    pub(super) place: Arc<Place>,
}

impl Writes {
    pub(super) fn to(place: Arc<Place>) -> Self {
        Self { commits: Arc::default(), health: Arc::default(), place }
    }

    /// Notes an error that a write ended with, and hands it on.
    pub fn failed(&self, error: StoreError) -> StoreError {
        if let Some(trouble) = error.trouble() {
            self.health.write_failed(trouble);
        }
        error
    }
}

/// One state of the file.
pub struct Reading(
    pub(in crate::store) Transaction<'static, Sqlite>,
    /// What the words in it are sealed and opened with.
    pub(in crate::store) Arc<Keys>,
);

/// A transaction that holds the write lock. Dropped without
/// [`Writing::commit`], it has changed nothing.
pub struct Writing(
    pub(in crate::store) Reading,
    pub(in crate::store) Writes,
    /// The act of the therapist's that it is, once that has begun.
    pub(in crate::store) Option<Act>,
);

impl Writing {
    pub async fn commit(self) -> Result<(), StoreError> {
        let Self(Reading(mut tx, _), writes, _) = self;
        // A commit of nothing does not show that writing works again.
        let is_proof = match writes.health.write_trouble() {
            None => false,
            // The connection is as young as the transaction.
            Some(_) => sqlx::query_scalar("SELECT total_changes() > 0").fetch_one(&mut *tx).await?,
        };
        match writes.place.look() {
            Found::TheSame => {}
            Found::Another => return Err(writes.failed(StoreError::Replaced)),
            Found::Nothing => return Err(writes.failed(StoreError::Gone)),
        }
        tx.commit().await.map_err(|error| writes.failed(error.into()))?;
        if is_proof {
            writes.health.write_succeeded();
            // Those who read may have been opened in trouble, too.
            writes.place.renew();
        }
        writes.commits.fetch_add(1, Ordering::Release);
        Ok(())
    }
}

impl Deref for Writing {
    type Target = Reading;

    fn deref(&self) -> &Reading {
        &self.0
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.0
    }
}
