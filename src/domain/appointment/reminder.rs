//! Reminders: so many hours before a visit, once each.

use chrono::NaiveTime;

use crate::domain::time::{self, Instant};

/// At this time of the evening before, the therapist is told of the day ahead.
pub const EVENING: NaiveTime = NaiveTime::from_hms_opt(18, 0, 0).expect("a time of day");

/// Which reminder is due now, by its hours before the start: the last one whose
/// time has come. None after the start, and none whose time had come before the
/// visit was agreed: whoever books for tomorrow needs no email that it is tomorrow.
pub fn due(reminder_hours: &[u32], start: Instant, agreed_at: Instant, now: Instant) -> Option<u32> {
    let has_come = |hours: &u32| start - time::hours(*hours) <= now;
    let last = reminder_hours.iter().copied().filter(has_come).min()?;
    (now < start && agreed_at < start - time::hours(last)).then_some(last)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::at;

    const HOURS: [u32; 2] = [48, 3];

    fn start() -> Instant {
        at("2026-12-08 14:30")
    }

    /// So many minutes before the start.
    fn before(minutes: u32) -> Instant {
        start() - time::minutes(minutes)
    }

    #[test]
    fn the_last_one_whose_time_has_come_is_due_until_the_start() {
        let agreed_at = before(100 * 60);
        for (now, is_due) in [
            (before(48 * 60 + 1), None),
            (before(48 * 60), Some(48)),
            (before(3 * 60 + 1), Some(48)),
            (before(3 * 60), Some(3)),
            (before(1), Some(3)),
            (before(0), None),
        ] {
            assert_eq!(due(&HOURS, start(), agreed_at, now), is_due, "{now}");
            let in_any_order = due(&[3, 48, 3], start(), agreed_at, now);
            assert_eq!(in_any_order, is_due, "{now}");
        }
    }

    #[test]
    fn a_visit_that_was_agreed_later_than_its_time_has_none() {
        for (agreed_at, is_due) in [(before(3 * 60 + 1), Some(3)), (before(3 * 60), None), (before(1), None)]
        {
            assert_eq!(due(&HOURS, start(), agreed_at, before(1)), is_due, "{agreed_at}");
        }
    }

    #[test]
    fn without_times_nobody_is_reminded() {
        assert_eq!(due(&[], start(), before(100 * 60), before(1)), None);
    }

    proptest! {
        #[test]
        fn what_is_due_came_after_the_visit_was_agreed_and_before_it_began(
            hours in prop::collection::vec(0..200u32, 0..4),
            agreed in 0..20_000u32,
            now in 0..20_000u32,
        ) {
            let (agreed_at, now) = (before(agreed), before(now));
            if let Some(due) = due(&hours, start(), agreed_at, now) {
                let due_since = start() - time::hours(due);
                prop_assert!(hours.contains(&due));
                prop_assert!(agreed_at < due_since && due_since <= now && now < start());
            }
        }
    }
}
