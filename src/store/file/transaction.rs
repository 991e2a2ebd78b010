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
    memory::{Memory, Remembered},
    place::{Found, Place},
};
use crate::{
    domain::{
        act::Act,
        ids::{AppointmentId, ClientId},
    },
    health::Health,
    sealing::Keys,
};

/// What is known of the file's writes beside the file.
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

/// One state of the file.
pub struct Reading(
    pub(in crate::store) Transaction<'static, Sqlite>,
    /// What the words in it are sealed and opened with.
    pub(in crate::store) Arc<Keys>,
    /// What need not be read in it again.
    pub(in crate::store) Option<Arc<Remembered>>,
);

/// A transaction that holds the write lock. Dropped without
/// [`Writing::commit`], it has changed nothing.
pub struct Writing(
    pub(in crate::store) Reading,
    pub(in crate::store) Writes,
    /// The act of the therapist's that it is, once that has begun.
    pub(in crate::store) Option<Act>,
    pub(in crate::store) Own,
);

/// What a transaction has written itself, as far as it then knows an answer without asking.
#[derive(Default)]
pub struct Own {
    /// Something of the rules or the time off.
    pub has_planned: bool,
    /// Clients, and appointments, that nobody else knows of yet.
    pub clients: Vec<ClientId>,
    pub appointments: Vec<AppointmentId>,
    /// The kinds of its emails about appointments.
    pub emails: Vec<(AppointmentId, String)>,
}

impl Own {
    pub(super) fn forget_news(&mut self) {
        self.clients.clear();
        self.appointments.clear();
        self.emails.clear();
    }
}

impl Writing {
    /// True of a client whom this transaction has put on file: nothing is known of them.
    pub fn is_new_client(&self, id: ClientId) -> bool {
        self.3.clients.contains(&id)
    }

    /// True of an appointment that this transaction has made: nobody has asked to move it, and
    /// nothing was written about it before.
    pub fn is_new(&self, id: AppointmentId) -> bool {
        self.3.appointments.contains(&id)
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        let Self(Reading(mut tx, ..), writes, ..) = self;
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
