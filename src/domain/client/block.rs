//! A client whose requests the therapist no longer wants to see. Nobody is told
//! so: a request of theirs reads like any other, and is declined after a while.

use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;

use crate::domain::time::{self, Instant};

/// How long an answer takes, as if somebody had thought about it.
const ANSWERED_AFTER: TimeDelta = TimeDelta::hours(4);
/// Nobody answers at night, in hours of the practice's clock.
const MORNING: u32 = 8;
const NIGHT: u32 = 21;

/// When a blocked request is declined: some hours after it was sent, by day, and
/// no later than its hold would have ended.
pub fn answer_at(zone: Tz, requested_at: Instant, held_until: Instant) -> Instant {
    let at = requested_at + ANSWERED_AFTER;
    let civil = time::civil(zone, at);
    let morning = |date: chrono::NaiveDate| {
        time::boundary(zone, date.and_time(NaiveTime::MIN) + TimeDelta::hours(MORNING.into()))
    };
    let hour = chrono::Timelike::hour(&civil);
    let by_day = match hour {
        ..MORNING => morning(civil.date()),
        NIGHT.. => morning(civil.date().succ_opt().unwrap_or(civil.date())),
        _ => at,
    };
    by_day.min(held_until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::at;

    #[test]
    fn a_blocked_request_is_declined_some_hours_later_by_day_while_it_would_be_held() {
        let zone = chrono_tz::America::Los_Angeles;
        for (requested, held, answered) in [
            ("2026-12-08 09:30", "2026-12-09 09:30", "2026-12-08 13:30"),
            ("2026-12-08 16:59", "2026-12-09 16:59", "2026-12-08 20:59"),
            ("2026-12-08 17:00", "2026-12-09 17:00", "2026-12-09 08:00"),
            ("2026-12-08 23:00", "2026-12-09 23:00", "2026-12-09 08:00"),
            ("2026-12-09 03:59", "2026-12-10 03:59", "2026-12-09 08:00"),
            ("2026-12-09 04:00", "2026-12-10 04:00", "2026-12-09 08:00"),
            ("2026-12-08 09:30", "2026-12-08 11:00", "2026-12-08 11:00"),
            ("2026-12-08 22:00", "2026-12-09 07:00", "2026-12-09 07:00"),
            // The clock goes forward at 2 in the night, and back.
            ("2027-03-13 22:00", "2027-03-14 22:00", "2027-03-14 08:00"),
            ("2027-11-06 22:00", "2027-11-07 22:00", "2027-11-07 08:00"),
        ] {
            assert_eq!(answer_at(zone, at(requested), at(held)), at(answered), "asked at {requested}");
        }
    }
}
