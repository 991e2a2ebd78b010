//! An opening: a time that can be asked for.

use crate::domain::{
    ids::{OfficeSlug, ServiceSlug},
    time::{Instant, Interval},
};

/// One service at one office at one time. What is shown, asked for, and
/// looked at again before it is written is always this.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Where it is offered.
    pub office: OfficeSlug,
    /// What it is offered for.
    pub service: ServiceSlug,
    /// When the session would begin.
    pub start: Instant,
    /// Without the buffer.
    pub end: Instant,
}

impl Slot {
    /// The session, without its buffer.
    pub fn span(&self) -> Interval {
        Interval::new(self.start, self.end)
    }
}
