//! Transactions: one that reads, and one that holds the write lock.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use super::{
    error::StoreError,
    memory::Remembered,
    turns::{Turn, Turns},
};
use crate::{
    domain::{
        act::Act,
        ids::{AppointmentId, ClientId},
    },
    sealing::Keys,
};

/// One state of the file.
pub struct Reading(
    pub(in crate::store) Turn,
    /// What the words in it are sealed and opened with.
    pub(in crate::store) Arc<Keys>,
    /// What need not be read in it again.
    pub(in crate::store) Option<Arc<Remembered>>,
);

/// A transaction that holds the write lock. Dropped without
/// [`Writing::commit`], it has changed nothing.
pub struct Writing(
    pub(in crate::store) Reading,
    pub(in crate::store) Turns,
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
    pub(in crate::store) fn is_new_client(&self, id: ClientId) -> bool {
        self.3.clients.contains(&id)
    }

    /// True of an appointment that this transaction has made: nobody has asked to move it, and
    /// nothing was written about it before.
    pub(in crate::store) fn is_new(&self, id: AppointmentId) -> bool {
        self.3.appointments.contains(&id)
    }

    /// Ends the turn, and returns once all of it is on the disk, or nothing.
    pub async fn commit(self) -> Result<(), StoreError> {
        let Self(Reading(turn, ..), turns, ..) = self;
        turns.commit(turn).await
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
