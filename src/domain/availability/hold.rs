//! Holds: how long a request, or a reschedule request that was asked for, keeps its time
//! free. A hold does not run while the whole practice is off.

use chrono::TimeDelta;

use super::time_off::TimeOff;
use crate::domain::{
    practice::policy::Policy,
    time::{self, Instant, Interval},
};

/// Until when what was asked for at `from` holds its time: `hold_hours` of
/// time in which the practice is not off, at the latest `answer_before_hours`
/// before `start`. Where the policy lets clients ask nearer than that, until the start.
pub fn held_until(policy: &Policy, time_off: &[TimeOff], start: Instant, from: Instant) -> Instant {
    latest(policy, start, from).min(after(time_off, from, time::hours(policy.hold_hours)))
}

/// Until when a hold lasts after the time off has changed. It keeps the hours
/// that it was given, whatever the policy says now; only where the start had
/// cut it short, the policy's may be more.
pub fn held_anew(
    policy: &Policy,
    (before, now): (&[TimeOff], &[TimeOff]),
    start: Instant,
    from: Instant,
    held_until: Instant,
) -> Instant {
    let latest = latest(policy, start, from).max(held_until);
    let given = running(before, from, held_until);
    let hours = if held_until < latest { given } else { given.max(time::hours(policy.hold_hours)) };
    latest.min(after(now, from, hours))
}

/// When a hold ends at the latest.
fn latest(policy: &Policy, start: Instant, from: Instant) -> Instant {
    let latest = start - time::hours(policy.answer_before_hours);
    if latest > from { latest } else { start }
}

/// When half of a hold has run, and the therapist is reminded of it. Of one
/// that never runs, since all of it is off, it is the middle.
pub fn half_time(time_off: &[TimeOff], from: Instant, held_until: Instant) -> Instant {
    let runs = running(time_off, from, held_until);
    if runs > TimeDelta::zero() { after(time_off, from, runs / 2) } else { from + (held_until - from) / 2 }
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
    use proptest::{collection::vec, prelude::*};

    use super::*;
    use crate::domain::{
        example::{at, date, office_slug, rules},
        ids::TimeOffId,
    };

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

    /// Time off of the whole practice, in minutes from the request; with an
    /// `office`, of that one alone.
    fn off(office: Option<&str>, from: i64, to: i64) -> TimeOff {
        let at = |minutes| early() + TimeDelta::minutes(minutes);
        let span = Interval::new(at(from), at(to));
        TimeOff { id: TimeOffId(1), office: office.map(office_slug), span, note: None, sentence: None }
    }

    #[test]
    fn a_hold_does_not_run_while_the_whole_practice_is_off() {
        const H: i64 = 60;
        // A hold of a day, for a session far away. In minutes: the time off, and the end of the hold.
        for (what, time_off, ends) in [
            ("none", vec![], 24 * H),
            ("before the request", vec![(-10 * H, -H)], 24 * H),
            ("until the request", vec![(-10 * H, 0)], 24 * H),
            ("when it was asked for", vec![(-10 * H, 2 * H)], 26 * H),
            ("from the request on", vec![(0, 10 * H)], 34 * H),
            ("inside", vec![(5 * H, 8 * H)], 27 * H),
            ("just before its end", vec![(24 * H - 1, 30 * H)], 30 * H + 1),
            ("from its end on", vec![(24 * H, 30 * H)], 24 * H),
            ("after it", vec![(25 * H, 30 * H)], 24 * H),
            ("twice", vec![(2 * H, 4 * H), (10 * H, 20 * H)], 36 * H),
            ("into what the first has made longer", vec![(20 * H, 26 * H), (28 * H, 40 * H)], 42 * H),
            ("up to what the first has made longer", vec![(20 * H, 26 * H), (30 * H, 40 * H)], 30 * H),
            ("overlapping", vec![(2 * H, 10 * H), (6 * H, 12 * H)], 34 * H),
            ("one inside the other", vec![(2 * H, 12 * H), (4 * H, 6 * H)], 34 * H),
            ("touching", vec![(2 * H, 6 * H), (6 * H, 12 * H)], 34 * H),
            ("the same twice", vec![(2 * H, 12 * H), (2 * H, 12 * H)], 34 * H),
            ("three weeks", vec![(H, 21 * 24 * H + H)], 22 * 24 * H),
        ] {
            let start = early() + time::hours(24 * 60);
            let spans: Vec<TimeOff> = time_off.iter().map(|(from, to)| off(None, *from, *to)).collect();
            let hold = held_until(&rules().policy, &spans, start, early()) - early();
            assert_eq!(hold.num_minutes(), ends, "{what}");

            let at_one: Vec<TimeOff> =
                time_off.iter().map(|(from, to)| off(Some("north"), *from, *to)).collect();
            let hold = held_until(&rules().policy, &at_one, start, early()) - early();
            assert_eq!(hold, time::hours(24), "{what}, at one office: the therapist is at the other");
        }
    }

    #[test]
    fn however_long_the_time_off_a_hold_ends_a_while_before_the_start() {
        let start = early() + time::hours(48);
        for (from, to) in [(60, 30 * 60), (60, 47 * 60), (60, 48 * 60), (0, 100 * 60)] {
            let hold = held_until(&rules().policy, &[off(None, from, to)], start, early());
            assert_eq!(hold.min(start - time::hours(2)), hold, "{from} to {to}");
        }
        // Asked for inside the therapist's last hours: until the start, off or not.
        let near = early() + time::hours(1);
        assert_eq!(held_until(&rules().policy, &[off(None, 0, 6000)], near, early()), near);
    }

    #[test]
    fn half_time_is_half_of_the_time_that_runs() {
        for (what, time_off, held, half) in [
            ("none", vec![], 24 * 60, 12 * 60),
            ("in the first half", vec![(60, 11 * 60)], 34 * 60, 22 * 60),
            ("in the second half", vec![(20 * 60, 30 * 60)], 34 * 60, 12 * 60),
            ("over the middle", vec![(11 * 60, 13 * 60)], 26 * 60, 14 * 60),
            ("from the middle on", vec![(12 * 60, 22 * 60)], 34 * 60, 12 * 60),
            ("before the request", vec![(-60, 0)], 24 * 60, 12 * 60),
            ("at its end, which the start has cut short", vec![(10 * 60, 40 * 60)], 20 * 60, 5 * 60),
            ("all of it", vec![(-60, 40 * 60)], 20 * 60, 10 * 60),
            ("all of it but a minute", vec![(-60, 20 * 60 - 1)], 20 * 60, 20 * 60 - 1),
            ("an odd number of minutes", vec![], 61, 30),
        ] {
            let time_off: Vec<TimeOff> = time_off.into_iter().map(|(from, to)| off(None, from, to)).collect();
            let half_time = half_time(&time_off, early(), early() + TimeDelta::minutes(held)) - early();
            assert_eq!(half_time.num_minutes(), half, "{what}");
        }
    }

    #[test]
    fn a_day_off_on_which_the_clock_changes_is_as_long_as_it_really_is() {
        for (on, asked, ends) in [
            // 24 h from 6:00 pm the day before; the day off has 23 h in spring and 25 in autumn.
            ("2027-03-14", "2027-03-13 18:00", "2027-03-15 18:00"),
            ("2027-11-07", "2027-11-06 18:00", "2027-11-08 18:00"),
        ] {
            let span = time::day(chrono_tz::America::Los_Angeles, date(on));
            let day_off = TimeOff { id: TimeOffId(1), office: None, span, note: None, sentence: None };
            let start = at(asked) + time::hours(24 * 30);
            assert_eq!(held_until(&rules().policy, &[day_off], start, at(asked)), at(ends), "{on}");
            // Without it, it is a day of real time.
            let hold = held_until(&rules().policy, &[], start, at(asked)) - at(asked);
            assert_eq!(hold, time::hours(24), "{on}");
        }
    }

    #[test]
    fn when_the_policy_has_changed_a_hold_keeps_the_hours_that_it_was_given() {
        let start = early() + time::hours(24 * 30);
        let held = early() + time::hours(24);
        let far = [off(None, 10 * 24 * 60, 12 * 24 * 60)];
        let tonight = [off(None, 6 * 60, 16 * 60)];
        for hold_hours in [4, 24, 48] {
            let policy = Policy { hold_hours, ..rules().policy };
            let anew = |before: &[TimeOff], now: &[TimeOff], held| {
                (held_anew(&policy, (before, now), start, early(), held) - early()).num_hours()
            };
            assert_eq!(anew(&[], &far, held), 24, "time off long after it, {hold_hours} h");
            assert_eq!(anew(&[], &tonight, held), 34, "taken, {hold_hours} h");
            assert_eq!(anew(&tonight, &[], held + time::hours(10)), 24, "given back, {hold_hours} h");
        }
        // The therapist wants more time before the start than there is: what is held stays held.
        let policy = Policy { answer_before_hours: 24 * 30, ..rules().policy };
        assert_eq!(held_anew(&policy, (&[], &far), start, early(), held), held);
    }

    fn some_time_off() -> impl Strategy<Value = Vec<TimeOff>> {
        let one = (any::<bool>(), -3000..6000i64, 1..4000i64);
        vec(one, 0..6).prop_map(|many| {
            let off = |(whole, from, minutes): (bool, i64, i64)| {
                off((!whole).then_some("north"), from, from + minutes)
            };
            many.into_iter().map(off).collect()
        })
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

        #[test]
        fn whatever_is_off_a_hold_ends_after_the_request_and_never_after_the_start(
            time_off in some_time_off(),
            hold_hours in 1..100u32,
            minutes_ahead in 1..10_000i64,
        ) {
            let policy = Policy { hold_hours, ..rules().policy };
            let start = early() + TimeDelta::minutes(minutes_ahead);
            let until = held_until(&policy, &time_off, start, early());
            prop_assert!(early() < until && until <= start, "{until}");
            let half = half_time(&time_off, early(), until);
            prop_assert!(early() <= half && half <= until, "{half} of {until}");
        }

        #[test]
        fn time_off_never_shortens_a_hold_and_its_order_makes_no_difference(
            (time_off, shuffled) in some_time_off().prop_flat_map(|off| (Just(off.clone()), Just(off).prop_shuffle())),
            minutes_ahead in 1..10_000i64,
        ) {
            let start = early() + TimeDelta::minutes(minutes_ahead);
            let until = |time_off: &[TimeOff]| held_until(&rules().policy, time_off, start, early());
            prop_assert_eq!(until(&shuffled), until(&time_off));
            for fewer in 0..time_off.len() {
                prop_assert!(until(&time_off[..fewer]) <= until(&time_off));
            }
        }

        #[test]
        fn a_hold_runs_as_long_as_it_would_count_minute_after_minute(
            time_off in some_time_off(),
            hold_hours in 1..48u32,
        ) {
            let policy = Policy { hold_hours, ..rules().policy };
            let far = early() + time::hours(24 * 365);
            let is_off = |minute: Instant| {
                let mut whole = time_off.iter().filter(|off| off.office.is_none());
                whole.any(|off| off.span.start <= minute && minute < off.span.end)
            };
            let (mut minute, mut left) = (early(), i64::from(hold_hours) * 60);
            while left > 0 {
                left -= i64::from(!is_off(minute));
                minute += TimeDelta::minutes(1);
            }
            prop_assert_eq!(held_until(&policy, &time_off, far, early()), minute);
        }

        #[test]
        fn worked_out_anew_a_hold_is_what_it_would_have_been_from_the_start(
            (before, now) in (some_time_off(), some_time_off()),
            minutes_ahead in 1..10_000i64,
        ) {
            let policy = rules().policy;
            let start = early() + TimeDelta::minutes(minutes_ahead);
            let held = held_until(&policy, &before, start, early());
            let anew = held_anew(&policy, (&before, &now), start, early(), held);
            prop_assert_eq!(anew, held_until(&policy, &now, start, early()));
        }
    }
}
