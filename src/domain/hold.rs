//! Holds: how long a request, or a change that was asked for, keeps its time
//! free. A hold does not run while the whole practice is off.

use chrono::TimeDelta;

use super::{
    interval::Interval,
    policy::Policy,
    time::{self, Instant},
    time_off::TimeOff,
};

/// Until when what was asked for at `from` holds its time: `hold_hours` of
/// time in which the practice is not off, at the latest `answer_before_hours`
/// before `start`. Where the policy lets clients ask nearer than that, until the start.
pub fn held_until(policy: &Policy, time_off: &[TimeOff], start: Instant, from: Instant) -> Instant {
    let latest = start - time::hours(policy.answer_before_hours);
    let latest = if latest > from { latest } else { start };
    latest.min(after(time_off, from, time::hours(policy.hold_hours)))
}

/// When half of a hold has run, and the therapist is reminded of it.
pub fn half_time(time_off: &[TimeOff], from: Instant, held_until: Instant) -> Instant {
    after(time_off, from, running(time_off, from, held_until) / 2)
}

/// The instant at which so much time has run since another.
fn after(time_off: &[TimeOff], from: Instant, span: TimeDelta) -> Instant {
    let mut end = from + span;
    for off in whole(time_off) {
        // In order of time: what lies behind the end so far cannot move it.
        if off.start < end && off.end > from {
            end += off.end - off.start.max(from);
        }
    }
    end
}

/// How much of a span has run.
fn running(time_off: &[TimeOff], from: Instant, until: Instant) -> TimeDelta {
    let off = whole(time_off).into_iter().map(|off| off.end.min(until) - off.start.max(from));
    (until - from) - off.filter(|off| *off > TimeDelta::zero()).sum::<TimeDelta>()
}

/// The times in which the whole practice is off, in order and none overlapping another.
fn whole(time_off: &[TimeOff]) -> Vec<Interval> {
    let mut spans: Vec<Interval> =
        time_off.iter().filter(|off| off.is_of_the_whole_practice()).map(|off| off.span).collect();
    spans.sort_unstable();
    let mut apart: Vec<Interval> = Vec::new();
    for span in spans {
        match apart.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::{at, rules};

    fn early() -> Instant {
        at("2026-12-06 14:30")
    }

    #[test]
    fn a_hold_ends_after_its_hours_or_a_while_before_the_start() {
        // All in minutes from the request: the start, and the end of the hold.
        for (hold_hours, answer_before_hours, start, ends) in [
            (24, 2, 72 * 60, 24 * 60),
            (24, 2, 26 * 60, 24 * 60),
            (24, 2, 25 * 60, 23 * 60),
            (24, 2, 3 * 60, 60),
            (24, 2, 2 * 60 + 1, 1),
            // The therapist's hours before the start have begun: the hold lasts until the start.
            (24, 2, 2 * 60, 2 * 60),
            (24, 2, 30, 30),
            (1, 2, 90, 60),
            (24, 0, 5 * 60, 5 * 60),
            (48, 72, 60 * 60, 48 * 60),
        ] {
            let policy = Policy { hold_hours, answer_before_hours, ..rules().policy };
            let hold = held_until(&policy, &[], early() + time::minutes(start), early()) - early();
            assert_eq!(hold, time::minutes(ends), "{hold_hours} h, {answer_before_hours} h, {start} min");
        }
    }

    proptest! {
        #[test]
        fn a_hold_ends_after_the_request_and_never_after_the_start(
            hold_hours in 1..1000u32,
            answer_before_hours in 0..1000u32,
            seconds_ahead in 1..10_000_000i64,
        ) {
            let policy = Policy { hold_hours, answer_before_hours, ..rules().policy };
            let start = early() + TimeDelta::seconds(seconds_ahead);
            let until = held_until(&policy, &[], start, early());
            prop_assert!(early() < until && until <= start, "{until}");
        }
    }
}
