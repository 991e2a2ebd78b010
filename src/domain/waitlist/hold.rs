//! For how long an offer holds its time. At night nobody reads emails: nothing is offered
//! then, the time does not count, and no hold ends.

use chrono::{NaiveTime, TimeDelta, Timelike};
use chrono_tz::Tz;

use crate::domain::time::{self, Instant};

/// The hour at which the night begins, and the one at which it ends.
const NIGHT: (u32, u32) = (21, 8);

/// A time further ahead than this is held for longer.
const FAR_AHEAD: TimeDelta = TimeDelta::hours(48);
/// For how long it is, then.
const LONG: TimeDelta = TimeDelta::hours(4);
/// For how long a nearer time is held at the most.
const SHORT: TimeDelta = TimeDelta::hours(2);
/// A hold that would be shorter is none: then it goes to whoever takes it first.
const SHORTEST: TimeDelta = TimeDelta::minutes(30);

/// How an offer stands that is made now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// Until then it can be taken.
    pub good_until: Instant,
    /// Nobody else can have the time until then.
    pub is_held: bool,
}

/// How a time is offered at an instant. `notice` is what has to be left before the start.
pub fn terms(zone: Tz, notice: TimeDelta, start: Instant, now: Instant) -> Terms {
    let left = start - now;
    let hold = if left > FAR_AHEAD { LONG } else { SHORT.min(left / 4) };
    let last = start - notice;
    let until = after(zone, now, hold).min(before_the_night(zone, last));
    if until - now < SHORTEST {
        return Terms { good_until: last, is_held: false };
    }
    Terms { good_until: time::whole_seconds(until), is_held: true }
}

/// True from 9 pm to 8 am.
pub fn is_night(zone: Tz, at: Instant) -> bool {
    let hour = time::civil(zone, at).hour();
    hour >= NIGHT.0 || hour < NIGHT.1
}

/// The instant at which so much of the day has passed since another.
fn after(zone: Tz, from: Instant, span: TimeDelta) -> Instant {
    let (mut at, mut left) = (from, span);
    loop {
        if is_night(zone, at) {
            at = night_ends(zone, at);
        }
        let day_ends = hour_of_day(zone, at, NIGHT.0);
        if left <= day_ends - at {
            return at + left;
        }
        left -= day_ends - at;
        at = day_ends;
    }
}

/// The same instant, or the beginning of the night in which it lies.
fn before_the_night(zone: Tz, at: Instant) -> Instant {
    match time::civil(zone, at).hour() {
        hour if hour >= NIGHT.0 => hour_of_day(zone, at, NIGHT.0),
        hour if hour < NIGHT.1 => hour_of_day(zone, at - TimeDelta::hours(i64::from(NIGHT.1) + 1), NIGHT.0),
        _ => at,
    }
}

fn night_ends(zone: Tz, at: Instant) -> Instant {
    let is_evening = time::civil(zone, at).hour() >= NIGHT.0;
    let date = time::date(zone, at);
    let date = if is_evening { date.succ_opt().unwrap_or(date) } else { date };
    time::boundary(zone, date.and_time(NaiveTime::MIN) + TimeDelta::hours(NIGHT.1.into()))
}

/// A whole hour of the date of an instant.
fn hour_of_day(zone: Tz, at: Instant, hour: u32) -> Instant {
    time::boundary(zone, time::date(zone, at).and_time(NaiveTime::MIN) + TimeDelta::hours(hour.into()))
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Los_Angeles;
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::at;

    #[test]
    fn a_hold_is_as_long_as_the_time_is_far_and_never_ends_at_night() {
        for (what, now, start, until) in [
            ("over 48 hours: four", "2026-12-01 09:00", "2026-12-03 09:01", "2026-12-01 13:00"),
            ("48 hours: two", "2026-12-01 09:00", "2026-12-03 09:00", "2026-12-01 11:00"),
            ("a quarter of six hours", "2026-12-01 09:00", "2026-12-01 15:00", "2026-12-01 10:30"),
            ("never past the notice", "2026-12-01 09:00", "2026-12-01 11:36", "2026-12-01 09:36"),
            ("the night does not count", "2026-12-01 20:00", "2026-12-08 09:00", "2026-12-02 11:00"),
            ("to the last minute of the day", "2026-12-01 17:00", "2026-12-08 09:00", "2026-12-01 21:00"),
            ("begun at night", "2026-12-01 23:00", "2026-12-08 09:00", "2026-12-02 12:00"),
            ("a notice in the night", "2026-12-01 19:00", "2026-12-02 09:00", "2026-12-01 21:00"),
        ] {
            let terms = terms(Los_Angeles, TimeDelta::hours(2), at(start), at(now));
            assert_eq!(terms, Terms { good_until: at(until), is_held: true }, "{what}");
        }
    }

    #[test]
    fn what_would_be_held_for_less_than_half_an_hour_is_not_held_at_all() {
        for (what, now, start, until, is_held) in [
            ("half an hour", "2026-12-01 09:00", "2026-12-01 11:30", "2026-12-01 09:30", true),
            ("less", "2026-12-01 09:00", "2026-12-01 11:29", "2026-12-01 09:29", false),
            ("before the night", "2026-12-01 20:45", "2026-12-02 09:00", "2026-12-02 07:00", false),
        ] {
            let terms = terms(Los_Angeles, TimeDelta::hours(2), at(start), at(now));
            assert_eq!(terms, Terms { good_until: at(until), is_held }, "{what}");
        }
    }

    #[test]
    fn the_night_is_from_nine_to_eight() {
        for (clock, is_it) in
            [("20:59", false), ("21:00", true), ("00:00", true), ("07:59", true), ("08:00", false)]
        {
            assert_eq!(is_night(Los_Angeles, at(&format!("2026-12-01 {clock}"))), is_it, "{clock}");
        }
    }

    proptest! {
        #[test]
        fn no_hold_outlives_its_limits(minutes in 0_i64..60 * 24 * 200, ahead in 1_i64..60 * 24 * 20, notice in 0_i64..24) {
            let now = at("2026-11-01 00:00") + TimeDelta::minutes(minutes);
            let (start, notice) = (now + TimeDelta::minutes(ahead), TimeDelta::hours(notice));
            let Terms { good_until, is_held } = terms(Los_Angeles, notice, start, now);
            prop_assert!(good_until <= start - notice);
            if is_held {
                prop_assert!(good_until - now >= SHORTEST);
                prop_assert!(!is_night(Los_Angeles, good_until - TimeDelta::seconds(1)));
                prop_assert!(is_night(Los_Angeles, now) || good_until - now <= LONG + TimeDelta::hours(12));
            }
        }
    }
}
