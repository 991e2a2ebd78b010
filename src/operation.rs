//! The one shape of everything that writes: **begin → now → read → decide → write
//! → commit**, in this order. An operation takes the lock first and looks at the
//! clock and the site under it; what it decides, `domain/` decides; what it
//! writes, the emails included, is there together or not at all.

use std::{fmt::Display, sync::Arc};

use chrono::TimeDelta;

use crate::{
    app::{App, Current},
    domain::{
        appointment::{
            Appointment,
            refusal::{Refusal, SlotRefusal},
        },
        availability::{Calendar, busy::Busy, rules::Rules},
        ids::AppointmentId,
        time::Instant,
    },
    store::{StoreError, Writing},
};

/// How far ahead appointments are looked for that something else touches: the
/// therapist may book any date of a life, whatever the horizon.
pub const FAR: TimeDelta = TimeDelta::days(100 * 366);

/// Why an operation did not happen. Nothing was changed, but for holds that have run out.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The rules say no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The rules say no to a time that the therapist has chosen: every rule
    /// that nobody has said yes against.
    #[error("that time isn't open")]
    NotThen(Vec<SlotRefusal>),
    /// Appointments would be left standing outside the hours, and the
    /// therapist has not been shown all of them.
    #[error("appointments would become conflicts")]
    Touches(Vec<AppointmentId>),
    #[error("there's no such appointment")]
    Missing,
    #[error(transparent)]
    Store(StoreError),
    #[error("an email couldn't be written: {0}")]
    Email(#[from] askama::Error),
}

impl From<StoreError> for Error {
    /// The guard in the file says no in its own way to whatever takes a time; it means the same.
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::SlotTaken => Self::Refused(SlotRefusal::SlotTaken { by: None }.into()),
            error => Self::Store(error),
        }
    }
}

/// One operation on the file: a transaction that holds the write lock, the
/// moment at which it decides, and the site and the rules that are in force
/// then. Dropped without [`Operation::commit`], it has changed nothing.
pub struct Operation {
    /// The state of the site that is present under the lock.
    pub app: Arc<App>,
    pub tx: Writing,
    pub now: Instant,
    pub rules: Rules,
}

impl Operation {
    /// Takes the lock, then looks at the site, the clock and the rules.
    pub async fn begin(current: &Current) -> Result<Self, Error> {
        let gate = current.no_publishing().await;
        let mut tx = current.app().store.write().await?;
        let app = current.app();
        drop(gate);
        let now = app.now();
        let rules = tx.rules(&app.site.first_rules, now).await?;
        Ok(Self { app, tx, now, rules })
    }

    /// Goes on if an appointment is what its page showed to whoever acts on it.
    /// If it is not, what has expired by now is written all the same: it may be
    /// what has changed, and the page that comes back is to show it. An operation
    /// that leaves the appointment's own hold as it is asks `is_as_seen` alone.
    pub async fn about_what_was_seen(self, a: &Appointment, seen: Option<u32>) -> Result<Self, Error> {
        match a.is_as_seen(seen) {
            Ok(()) => Ok(self),
            Err(refusal) => {
                self.commit().await?;
                Err(refusal.into())
            }
        }
    }

    pub fn calendar<'b>(&'b self, busy: &'b Busy) -> Calendar<'b> {
        Calendar { practice: self.app.practice(), rules: &self.rules, busy, now: self.now }
    }

    /// Writes it all, and wakes the courier and the rounds of the waitlist: also where the
    /// visitor has hung up meanwhile.
    pub async fn commit(self) -> Result<(), Error> {
        let Self { app, tx, .. } = self;
        let committing = tokio::spawn(async move {
            tx.commit().await?;
            app.outbox.notify_one();
            app.waitlist.notify_one();
            Ok(())
        });
        committing.await.unwrap_or_else(|error| Err(StoreError::from(std::io::Error::from(error)).into()))
    }

    /// Begins what is to fail alone. [`Operation::end_alone`] ends it.
    pub async fn begin_alone(&mut self) -> Result<(), Error> {
        Ok(self.tx.begin_part().await?)
    }

    /// Keeps what came of it, or undoes it and says in the log what failed:
    /// `what` it was, and the `id` of its row. Returns how much it came to.
    pub async fn end_alone(
        &mut self,
        outcome: Result<usize, Error>,
        what: &'static str,
        id: impl Display,
    ) -> Result<usize, Error> {
        match outcome {
            Ok(count) => {
                self.tx.keep_part().await?;
                Ok(count)
            }
            Err(error) => {
                self.tx.undo_part().await?;
                tracing::error!(what, %id, %error, "one failed, and the rest go on");
                Ok(0)
            }
        }
    }
}
