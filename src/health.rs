//! How the practice itself is doing: whether the last write went well, and
//! which jobs are down. `/healthz` and the therapist's Today say it.

use std::{
    collections::BTreeSet,
    fmt,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Instant,
};

use crate::domain::time::{self, Interval};

/// Why nothing can be written at the moment. None of them is for ever: what
/// failed is tried again, on a fresh connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteTrouble {
    Full,
    /// Another program holds the lock.
    Locked,
    ReadOnly,
    /// The file lies in its folder no more.
    Gone,
    /// Another file does, which can't be taken up.
    Replaced,
    /// An I/O error, or a file that cannot be used for another reason.
    Broken,
}

impl fmt::Display for WriteTrouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "the disk is full",
            Self::Locked => "another program has locked the database",
            Self::ReadOnly => "the database is read-only",
            Self::Gone => "the database is gone from its folder",
            Self::Replaced => {
                "another file lies in the database's place; put the database back, or restart Stillpoint"
            }
            Self::Broken => "the database can't be written to",
        })
    }
}

/// What the program does without anybody asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Job {
    Courier,
    Housekeeping,
    Waitlist,
    ContentWatch,
    Backup,
    Certificate,
}

impl fmt::Display for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Courier => "courier",
            Self::Housekeeping => "housekeeping",
            Self::Waitlist => "waitlist",
            Self::ContentWatch => "content watch",
            Self::Backup => "backup",
            Self::Certificate => "certificate",
        })
    }
}

/// How the certificate stands, where the program gets it by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateHealth {
    /// The first name that it's for.
    pub name: String,
    /// `None`: there isn't one.
    pub holds: Option<Interval>,
    /// Why there's no new one, if there should be.
    pub trouble: Option<String>,
}

impl CertificateHealth {
    /// When it ends, while it holds.
    pub fn ends(&self, now: time::Instant) -> Option<time::Instant> {
        self.holds.map(|holds| holds.end).filter(|end| now < *end)
    }

    /// True without one, and when a new one is late.
    pub fn is_trouble(&self, now: time::Instant) -> bool {
        self.holds.is_none_or(|holds| is_late(holds, now))
    }
}

/// True when half of the time has passed in which a new certificate should have come: that is
/// asked for when a third of its life is left.
pub fn is_late(holds: Interval, now: time::Instant) -> bool {
    holds.end - now < holds.length() / 6
}

/// Shared by everything that writes, works or tells.
#[derive(Debug, Default)]
pub struct Health(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// What kept the last write from happening.
    write: Option<WriteTrouble>,
    /// The jobs that ended and are not back at work yet.
    down: BTreeSet<Job>,
    /// Why the last backup was not made.
    backup: Option<String>,
    /// `None`: somebody else speaks HTTPS, or nobody does.
    certificate: Option<CertificateHealth>,
    /// When the last round of housekeeping came to its end, well or not.
    round: Option<Instant>,
}

impl Health {
    pub fn write_failed(&self, trouble: WriteTrouble) {
        let mut state = self.state();
        if state.write != Some(trouble) {
            tracing::error!("nothing can be saved: {trouble}");
        }
        state.write = Some(trouble);
    }

    pub fn write_succeeded(&self) {
        if self.state().write.take().is_some() {
            tracing::info!("saving works again");
        }
    }

    /// What kept the last write from happening, if anything did.
    pub fn write_trouble(&self) -> Option<WriteTrouble> {
        self.state().write
    }

    pub fn job_is_down(&self, job: Job) {
        self.state().down.insert(job);
    }

    pub fn job_is_up(&self, job: Job) {
        self.state().down.remove(&job);
    }

    /// True while somebody who books may be let down: what they ask for can't be kept,
    /// nobody is told of it, or holds don't end.
    pub fn booking_fails(&self) -> bool {
        let state = self.state();
        state.write.is_some() || [Job::Courier, Job::Housekeeping].iter().any(|job| state.down.contains(job))
    }

    /// The jobs that are down.
    pub fn jobs_down(&self) -> Vec<Job> {
        self.state().down.iter().copied().collect()
    }

    pub fn backup_failed(&self, why: String) {
        self.state().backup = Some(why);
    }

    pub fn backup_succeeded(&self) {
        self.state().backup = None;
    }

    /// Why the last backup was not made, if it was not.
    pub fn backup_trouble(&self) -> Option<String> {
        self.state().backup.clone()
    }

    pub fn certificate_is(&self, certificate: CertificateHealth) {
        self.state().certificate = Some(certificate);
    }

    /// How the certificate stands, where the program gets it by itself.
    pub fn certificate(&self) -> Option<CertificateHealth> {
        self.state().certificate.clone()
    }

    /// Housekeeping has come round: whatever it met, nothing hangs.
    pub fn came_round(&self) {
        self.state().round = Some(Instant::now());
    }

    /// When housekeeping last came round, on the clock that nobody sets.
    pub fn last_round(&self) -> Option<Instant> {
        self.state().round
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
