//! A clock that shows what it is told.

use std::sync::atomic::{AtomicI64, Ordering};

use chrono::TimeDelta;
use stillpoint::{
    clock::Clock,
    domain::time::{self, Instant},
};

pub struct TestClock {
    now: AtomicI64,
    /// What it showed first.
    first: Instant,
    /// How far it was set since, in seconds.
    set: AtomicI64,
}

impl TestClock {
    /// A clock that stands at `2026-11-23T16:00:00Z`.
    pub fn at(instant: &str) -> Self {
        let instant = time::parse_instant(instant).expect("an instant");
        Self { now: AtomicI64::new(instant.timestamp()), first: instant, set: AtomicI64::new(0) }
    }

    /// How long it has run.
    pub fn has_run(&self) -> TimeDelta {
        self.now() - self.first
    }

    /// Is set ahead, or back: no time passes.
    pub fn is_set(&self, by: TimeDelta) {
        self.set.fetch_add(by.num_seconds(), Ordering::SeqCst);
        self.advance(by);
    }

    pub fn advance(&self, by: TimeDelta) {
        self.now.fetch_add(by.num_seconds(), Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Instant {
        Instant::from_timestamp(self.now.load(Ordering::SeqCst), 0).expect("in range")
    }

    fn was_set(&self) -> Option<TimeDelta> {
        let by = self.set.load(Ordering::SeqCst);
        (by != 0).then(|| TimeDelta::seconds(by))
    }
}
