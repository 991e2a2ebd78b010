//! What every operation asks and hardly anything changes, kept in memory: the rules in force and
//! the time off. How it stays exact is told where it is asked, in `store/rules.rs`.

use std::sync::{Arc, Mutex, PoisonError};

use crate::domain::{
    availability::{rules::Rules, time_off::TimeOff},
    time::Instant,
};

/// The rules and the time off as they were read.
pub struct Remembered {
    /// SQLite's count of what other connections have committed, as ours had it then.
    pub data_version: i64,
    /// What the practice file said, beside which they were read.
    pub of_the_file: Rules,
    /// Plans of dates before it, and time off that had ended by it, are not among them.
    pub since: Instant,
    pub rules: Rules,
    pub time_off: Vec<TimeOff>,
}

/// The last that were read, for whoever holds the write lock.
#[derive(Clone, Default)]
pub struct Memory(Arc<Mutex<Option<Arc<Remembered>>>>);

impl Memory {
    pub fn get(&self) -> Option<Arc<Remembered>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set(&self, remembered: Option<Arc<Remembered>>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = remembered;
    }
}
