//! Reminders: so many hours before a visit, once each.

use super::time::{self, Instant};

/// Which reminder is due now, by its hours before the start: the last one whose
/// time has come. None after the start, and none whose time had come before the
/// visit was agreed: whoever books for tomorrow needs no letter that it is tomorrow.
pub fn due(reminder_hours: &[u32], start: Instant, agreed_at: Instant, now: Instant) -> Option<u32> {
    let has_come = |hours: &u32| start - time::hours(*hours) <= now;
    let last = reminder_hours.iter().copied().filter(has_come).min()?;
    (now < start && agreed_at < start - time::hours(last)).then_some(last)
}
