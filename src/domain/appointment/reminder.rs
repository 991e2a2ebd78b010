//! Reminders: so many hours before a visit, once each. The first one goes out
//! while canceling is still free.

use chrono::{NaiveTime, TimeDelta};
use chrono_tz::Tz;

use super::record::Appointment;
use crate::domain::{
    practice::policy::Policy,
    time::{self, Instant},
};

/// At this time of the evening before, the therapist is told of the day ahead.
pub const EVENING: NaiveTime = NaiveTime::from_hms_opt(18, 0, 0).expect("a time of day");

/// Between these times of the day a reminder wakes nobody up.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(8, 0, 0).expect("a time of day");
const NIGHT: NaiveTime = NaiveTime::from_hms_opt(21, 0, 0).expect("a time of day");

/// So long before canceling stops being free, there is time to read it and to act.
const ROOM: TimeDelta = TimeDelta::hours(2);
/// One that goes out because of the limit goes out so long before it.
const AHEAD: TimeDelta = TimeDelta::hours(6);
/// Whoever has just been told of the visit, and of its limit, needs no reminder of either.
const JUST_TOLD: TimeDelta = TimeDelta::hours(4);
/// Two within so short a time are one too many.
const TOGETHER: TimeDelta = TimeDelta::hours(24);

/// What of a visit its reminders go by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Visit {
    /// When it begins.
    pub start: Instant,
    /// When it was agreed to be at its time.
    pub agreed_at: Instant,
    /// Until when canceling is free.
    pub free_until: Instant,
}

impl Visit {
    /// What counts of an appointment.
    pub fn of(a: &Appointment, policy: &Policy) -> Self {
        let (start, terms) = (a.span.start, a.cancellation_terms(policy));
        let free_until = terms.map_or(start, |terms| terms.free_until);
        Self { start, agreed_at: a.confirmed_at(), free_until }
    }
}

/// A reminder of a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminder {
    /// What names it: its hours before the start, begun ones included.
    pub hours: u32,
    /// When its time has come.
    pub at: Instant,
}

/// The reminders of a visit, the first of them first. None whose time had come
/// before the visit was agreed: whoever books for tomorrow needs no email that it is
/// tomorrow. Where the first of the policy would leave no time to act before
/// the limit, one goes out before it, by day.
pub fn all(reminder_hours: &[u32], zone: Tz, visit: Visit) -> Vec<Reminder> {
    let of = |hours: &u32| Reminder { hours: *hours, at: visit.start - time::hours(*hours) };
    let mut all: Vec<Reminder> =
        reminder_hours.iter().map(of).filter(|reminder| visit.agreed_at < reminder.at).collect();
    all.sort_by_key(|reminder| reminder.at);
    all.dedup();
    let leaves_no_time = all.first().is_none_or(|first| visit.free_until - ROOM < first.at);
    if !reminder_hours.is_empty()
        && leaves_no_time
        && let Some(at) = before_the_limit(zone, visit)
    {
        // One soon after it says nothing new, but on the day itself it's looked for.
        let day = time::date(zone, visit.start);
        all.retain(|other| TOGETHER <= other.at - at || time::date(zone, other.at) == day);
        all.insert(0, Reminder { hours: hours_before(visit.start, at), at });
    }
    all
}

/// Which reminder is due now: the last one whose time has come. None after the start.
pub fn due(reminder_hours: &[u32], zone: Tz, visit: Visit, now: Instant) -> Option<Reminder> {
    let has_come = |reminder: &Reminder| reminder.at <= now;
    all(reminder_hours, zone, visit).into_iter().rev().find(has_come).filter(|_| now < visit.start)
}

/// How long before a visit its first reminder may go out, whatever its hour is.
pub fn furthest(reminder_hours: &[u32], notice_hours: u32) -> TimeDelta {
    let policys = reminder_hours.iter().copied().max().unwrap_or(0);
    // Put off to the evening before, it goes out less than a day before the limit.
    time::hours(policys).max(time::hours(notice_hours) + TimeDelta::hours(25))
}

/// When somebody is reminded because the limit comes: some hours before it, or
/// early the same morning, or the evening before.
fn before_the_limit(zone: Tz, visit: Visit) -> Option<Instant> {
    if visit.start <= visit.free_until {
        return None;
    }
    let ahead = time::civil(zone, visit.free_until - AHEAD);
    let is_by_day = MORNING <= ahead.time() && ahead.time() < NIGHT;
    let evening = if ahead.time() < MORNING { ahead.date().pred_opt()? } else { ahead.date() };
    let morning = time::date(zone, visit.free_until).and_time(MORNING);
    let at = |civil| time::boundary(zone, civil);
    [
        is_by_day.then_some(visit.free_until - AHEAD),
        Some(at(morning)).filter(|morning| *morning <= visit.free_until - ROOM),
        Some(at(evening.and_time(EVENING))),
    ]
    .into_iter()
    .flatten()
    .find(|at| visit.agreed_at + JUST_TOLD <= *at && *at <= visit.free_until - ROOM)
}

fn hours_before(start: Instant, at: Instant) -> u32 {
    let minutes = (start - at).num_minutes();
    u32::try_from((minutes + 59) / 60).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::example::at;

    const HOURS: [u32; 2] = [48, 3];
    const ZONE: Tz = chrono_tz::America::Los_Angeles;

    fn start() -> Instant {
        at("2026-12-08 14:30")
    }

    /// So many minutes before the start.
    fn before(minutes: u32) -> Instant {
        start() - time::minutes(minutes)
    }

    /// A visit that was agreed then, with no limit but its start.
    fn agreed(agreed_at: Instant) -> Visit {
        Visit { start: start(), agreed_at, free_until: start() }
    }

    /// The reminders of a visit with 24 hours' notice, as civil times.
    fn of(hours: &[u32], start: &str, agreed_at: &str) -> Vec<String> {
        let (start, agreed_at) = (at(start), at(agreed_at));
        let free_until = (start - time::hours(24)).max(agreed_at + time::hours(1)).min(start);
        let all = all(hours, ZONE, Visit { start, agreed_at, free_until });
        let words = |one: &Reminder| time::civil(ZONE, one.at).format("%m-%d %H:%M").to_string();
        all.iter().map(words).collect()
    }

    #[test]
    fn the_last_one_whose_time_has_come_is_due_until_the_start() {
        let visit = agreed(before(100 * 60));
        for (now, is_due) in [
            (before(48 * 60 + 1), None),
            (before(48 * 60), Some(48)),
            (before(3 * 60 + 1), Some(48)),
            (before(3 * 60), Some(3)),
            (before(1), Some(3)),
            (before(0), None),
        ] {
            let due = |hours: &[u32]| due(hours, ZONE, visit, now).map(|due| due.hours);
            assert_eq!(due(&HOURS), is_due, "{now}");
            assert_eq!(due(&[3, 48, 3]), is_due, "{now}");
        }
    }

    #[test]
    fn a_visit_that_was_agreed_later_than_its_time_has_none() {
        for (agreed_at, is_due) in [(before(3 * 60 + 1), Some(3)), (before(3 * 60), None), (before(1), None)]
        {
            let due = due(&HOURS, ZONE, agreed(agreed_at), before(1));
            assert_eq!(due.map(|due| due.hours), is_due, "{agreed_at}");
        }
    }

    #[test]
    fn without_times_nobody_is_reminded() {
        assert_eq!(due(&[], ZONE, agreed(before(100 * 60)), before(1)), None);
        assert!(of(&[], "2026-12-08 14:30", "2026-12-01 09:00").is_empty());
    }

    #[test]
    fn the_first_one_leaves_time_to_cancel_for_free_and_wakes_nobody() {
        let long_before = "2026-12-01 09:00";
        for (what, hours, start, agreed_at, expected) in [
            (
                "as the policy says",
                &[48, 3][..],
                "12-08 14:30",
                long_before,
                &["12-06 14:30", "12-08 11:30"][..],
            ),
            (
                "at the limit, it is moved",
                &[24, 3],
                "12-08 14:30",
                long_before,
                &["12-07 08:30", "12-08 11:30"],
            ),
            ("with an hour left, too", &[25], "12-08 14:30", long_before, &["12-07 08:30"]),
            ("with two hours there's time", &[26], "12-08 14:30", long_before, &["12-07 12:30"]),
            (
                "past the limit, one comes before",
                &[3],
                "12-08 14:30",
                long_before,
                &["12-07 08:30", "12-08 11:30"],
            ),
            ("early in the same morning", &[24], "12-08 10:00", long_before, &["12-07 08:00"]),
            ("not at night: the evening before", &[24], "12-08 09:59", long_before, &["12-06 18:00"]),
            (
                "agreed after the first",
                &[48, 3],
                "12-08 14:30",
                "2026-12-06 20:00",
                &["12-07 08:30", "12-08 11:30"],
            ),
            ("just told of the limit", &[48, 3], "12-08 14:30", "2026-12-07 07:00", &["12-08 11:30"]),
            ("told the night before", &[48, 3], "12-08 09:00", "2026-12-06 19:00", &["12-08 06:00"]),
        ] {
            assert_eq!(of(hours, &format!("2026-{start}"), agreed_at), expected, "{what}");
        }
    }

    proptest! {
        #[test]
        fn what_is_due_came_after_the_visit_was_agreed_and_before_it_began(
            hours in prop::collection::vec(1..200u32, 0..4),
            agreed in 0..20_000u32,
            limit in 0..20_000u32,
            now in 0..20_000u32,
        ) {
            let (agreed_at, now) = (before(agreed), before(now));
            let visit = Visit { start: start(), agreed_at, free_until: before(limit).max(agreed_at) };
            if let Some(due) = due(&hours, ZONE, visit, now) {
                prop_assert!(agreed_at < due.at && due.at <= now && now < start());
                prop_assert!(start() - due.at <= furthest(&hours, limit / 60 + 1));
            }
        }

        #[test]
        fn one_before_the_limit_comes_by_day_with_time_to_act(
            hours in prop::collection::vec(1..200u32, 1..4),
            agreed in 0..20_000u32,
            limit in 1..20_000u32,
        ) {
            let visit = Visit { start: start(), agreed_at: before(agreed), free_until: before(limit).max(before(agreed)) };
            let policys = |one: &Reminder| hours.iter().any(|hours| start() - time::hours(*hours) == one.at);
            let all = all(&hours, ZONE, visit);
            for one in all.iter().filter(|one| !policys(one)) {
                let civil = time::civil(ZONE, one.at).time();
                prop_assert!(MORNING <= civil && civil < NIGHT, "{civil}");
                prop_assert!(one.at <= visit.free_until - ROOM && visit.agreed_at + JUST_TOLD <= one.at);
            }
            prop_assert!(all.is_sorted_by_key(|one| one.at));
        }
    }
}
