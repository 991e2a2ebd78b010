//! Everything that can happen to an appointment, and to the hours and rules
//! that it lives by, one file each. Every such file reads the same way: begin,
//! read, decide, write, commit. Beside them stand what they share (`tell`) and
//! what is looked at without changing anything (`slots`, `replaced`, `unheeded`).

pub mod address_told;
mod alone;
pub mod arrive;
pub mod ask;
pub mod book;
pub mod call_done;
pub mod cancel;
pub mod change_hours;
pub mod change_policy;
pub mod confirm;
pub mod conflicts;
pub mod correct_address;
pub mod decline;
pub mod demo;
pub mod emails;
pub mod expire;
pub mod pause;
pub mod plan_day;
pub mod preview;
pub mod publish;
mod quota;
pub mod remind;
pub mod replaced;
pub mod request;
pub mod reschedule;
pub mod sent_form;
pub mod slots;
pub mod take_time_off;
mod tell;
pub mod unheeded;

use std::sync::Arc;

use chrono::TimeDelta;

use crate::{
    app::App,
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
const FAR: TimeDelta = TimeDelta::days(100 * 366);

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
struct Operation {
    /// The present state of the site: who asks may have waited for the lock,
    /// and hold one that is of the past.
    app: Arc<App>,
    tx: Writing,
    now: Instant,
    rules: Rules,
}

impl Operation {
    /// Takes the lock, looks at the site and the clock, reads the rules; and ends the holds
    /// that have run out, so that no operation sees one. One that cannot end stops no other operation. From here on what counts is `op.app`,
    /// the site as it is under the lock: the one that was passed may be of the past.
    async fn begin(app: &App) -> Result<Self, Error> {
        let mut operation = Self::begin_as_it_is(app).await?;
        operation.expire_overdue(None).await?;
        Ok(operation)
    }

    /// The same for an operation about one appointment, whose own hold is left
    /// as it is: a late answer is to find it unexpired.
    async fn begin_about(app: &App, id: AppointmentId) -> Result<Self, Error> {
        let mut operation = Self::begin_as_it_is(app).await?;
        operation.expire_overdue(Some(id)).await?;
        Ok(operation)
    }

    /// The same and nothing is ended.
    async fn begin_as_it_is(app: &App) -> Result<Self, Error> {
        let mut tx = app.store.write().await?;
        let app = app.present();
        let now = app.now();
        let rules = tx.rules(&app.site.first_rules, now).await?;
        Ok(Self { app, tx, now, rules })
    }

    /// Goes on if an appointment is what its page showed to whoever acts on it.
    /// If it is not, what has expired by now is written all the same: it may be
    /// what has changed, and the page that comes back is to show it. An operation
    /// that leaves the appointment's own hold as it is asks `is_as_seen` alone.
    async fn about_what_was_seen(self, a: &Appointment, seen: Option<u32>) -> Result<Self, Error> {
        match a.is_as_seen(seen) {
            Ok(()) => Ok(self),
            Err(refusal) => {
                self.commit().await?;
                Err(refusal.into())
            }
        }
    }

    fn calendar<'b>(&'b self, busy: &'b Busy) -> Calendar<'b> {
        Calendar { practice: self.app.practice(), rules: &self.rules, busy, now: self.now }
    }

    /// Writes it all, and wakes the courier.
    async fn commit(self) -> Result<(), Error> {
        self.tx.commit().await?;
        self.app.outbox.notify_one();
        Ok(())
    }
}
