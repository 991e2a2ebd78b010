//! The rules told a second time, naively: minute after minute, looking at the
//! clock on the wall. What is drawn has to give the same openings both ways.

use std::collections::BTreeMap;

use chrono::Datelike;

use super::{cases::Case, *};
use crate::domain::{availability::stretch, practice::opening_hours::Window};

/// When sessions can begin at an office on the case's date.
pub fn openings_minute_by_minute(case: &Case, office: &Office) -> Vec<Instant> {
    let Case { scene: Scene { practice, rules, now, .. }, date, .. } = case;
    let policy = &rules.policy;
    let is_beyond = (*date - time::date(practice.zone, *now)).num_days() > policy.horizon_days.into();
    if is_beyond || rules.pause.is_some() || has_gone_elsewhere(case, office) {
        return Vec::new();
    }
    let first = time::start_of_day(practice.zone, *date);
    let minute = |n: usize| first + TimeDelta::minutes(n as i64);
    // Minutes since midnight on a clock that stands still while the one on the wall goes back.
    let mut clock: Vec<i64> = Vec::new();
    for n in 0..2 * 24 * 60 {
        let on_the_wall = time::civil(practice.zone, minute(n)) - date.and_time(NaiveTime::MIN);
        clock.push(on_the_wall.num_minutes().max(clock.last().copied().unwrap_or(-1)));
    }

    // For each minute from a week before the date on, since when it is open without a break, if it is.
    let a_day = 24 * 60;
    let mut open_since: BTreeMap<i64, i64> = BTreeMap::new();
    for day in -(stretch::FOLLOWED as i64)..=2 {
        let windows = windows_as_said(case, office, *date + TimeDelta::days(day));
        for minute in 0..a_day {
            let is_in = |w: &Window| (w.from().minutes()..w.to().minutes()).contains(&(minute as u32));
            if windows.iter().any(is_in) {
                let now = day * a_day + minute;
                let since = open_since.get(&(now - 1)).copied().unwrap_or(now);
                open_since.insert(now, since);
            }
        }
    }
    let step = i64::from(policy.slot_step_minutes);
    let length = case.service().minutes as usize;
    let is_new = |n: usize| n == 0 || clock[n] > clock[n - 1];
    let is_given = |n: usize| {
        let is_of_the_date = clock[n] < a_day;
        open_since.get(&clock[n]).is_some_and(|since| {
            let is_open = |shown: &i64| open_since.get(shown) == Some(since);
            is_of_the_date && clock[n..n + length].iter().all(is_open) && (clock[n] - since) % step == 0
        })
    };
    let is_late_enough =
        |start: Instant| start > *now && start - *now >= TimeDelta::hours(policy.minimum_notice_hours.into());
    (0..clock.len() - length)
        .filter(|n| is_new(*n) && is_given(*n))
        .map(minute)
        .filter(|start| is_late_enough(*start) && is_free(case, office, *start))
        .collect()
}

/// When an office is open on a date: what was said of this one date, or else
/// what was last said of all dates from one that has come.
fn windows_as_said(case: &Case, office: &Office, date: NaiveDate) -> Vec<Window> {
    if let Some(plan) = case.said.plan.as_ref().filter(|_| date == case.date) {
        return plan.iter().filter(|(at, _)| *at == office.position).map(|(_, window)| *window).collect();
    }
    let mut windows = Vec::new();
    let mut newest = NaiveDate::MIN;
    for (from, hours) in &case.said.weeks[office.position] {
        if *from <= date && *from >= newest {
            newest = *from;
            windows = hours.on_weekday(date.weekday()).to_vec();
        }
    }
    windows
}

/// Where the first booking of the day decides: somebody is booked elsewhere on
/// the date, and nobody here, or only who may yet go there.
fn has_gone_elsewhere(case: &Case, office: &Office) -> bool {
    if !case.said.first_booking_decides || case.said.plan.is_some() {
        return false;
    }
    let zone = case.scene.practice.zone;
    let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
    for o in case.booked.iter().filter(|o| time::date(zone, o.span.start) == case.date) {
        let list = if o.office == office.slug { &mut here } else { &mut elsewhere };
        list.push(o.holder);
    }
    !elsewhere.is_empty() && here.iter().all(|id| elsewhere.contains(id))
}

/// Walks through the session, then looks how far it is to everybody else.
fn is_free(case: &Case, office: &Office, start: Instant) -> bool {
    let end = start + case.service().length();
    let is_off = |minute: Instant| {
        let closes = |off: &&TimeOff| off.office.is_none() || off.office.as_ref() == Some(&office.slug);
        let mut off = case.time_off.iter().filter(closes);
        off.any(|off| off.span.start <= minute && minute < off.span.end)
    };
    let is_taken =
        |minute: Instant| case.booked.iter().any(|o| o.span.start <= minute && minute < o.span.end);
    let mut span = (0..case.service().minutes).map(|n| start + time::minutes(n));
    span.all(|minute| !is_off(minute) && !is_taken(minute))
        && case.booked.iter().all(|o| {
            let (free, buffer) = match o.span.start < start {
                true => (start - o.span.end, o.buffer),
                false => (o.span.start - end, case.service().buffer()),
            };
            free >= buffer + case.scene.practice.travel.between(&o.office, &office.slug)
        })
}
