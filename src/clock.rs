//! The clock: the one trait of our own, so that tests can say what time it is,
//! and the one place that asks the machine.

use chrono::Utc;

use crate::domain::time::{self, Instant};

pub trait Clock: Send + Sync {
    /// Now, in whole seconds. An operation asks once.
    fn now(&self) -> Instant;
}

/// The machine's clock.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the machine for the time")]
    fn now(&self) -> Instant {
        time::whole_seconds(Utc::now())
    }
}
