//! What people read of the waitlist: what somebody waits for, until when an offer is good, and
//! why the order is as it is.

use chrono_tz::Tz;

use super::listed::{counted, listed};
use crate::domain::{
    practice::Practice,
    time::{self, Instant},
    waitlist::{
        entry::{End, Entry, State},
        offer::Outcome,
        order,
        wishes::{Part, WEEK, Wishes},
    },
};

/// `2:00 pm today`, or the whole phrase where that is another day.
pub fn until(zone: Tz, at: Instant, now: Instant) -> String {
    if time::date(zone, at) == time::date(zone, now) {
        format!("{} today", time::time_words(zone, at))
    } else {
        time::phrase(zone, at)
    }
}

/// `Neuromuscular session, in Redding, Tuesdays and Thursdays, mornings, through December 10`
pub fn wishes(practice: &Practice, wishes: &Wishes) -> String {
    let services: Vec<&str> = wishes
        .services
        .iter()
        .map(|slug| practice.service(slug).map_or(slug.as_str(), |service| &service.name))
        .collect();
    let offices: Vec<&str> = wishes.offices.iter().map(|slug| practice.office_name(slug)).collect();
    let mut pieces = vec![either(&services)];
    if practice.offices.len() > 1 {
        pieces.push(format!("in {}", either(&offices)));
    }
    if wishes.weekdays.len() < 7 {
        let days: Vec<String> = WEEK
            .into_iter()
            .filter(|day| wishes.weekdays.contains(*day))
            .map(|day| format!("{}s", time::weekday_words(day)))
            .collect();
        pieces.push(listed(&days.iter().map(String::as_str).collect::<Vec<_>>()));
    }
    if wishes.parts.len() < Part::ALL.len() {
        let parts: Vec<&str> = wishes.parts.iter().map(|part| part_words(*part)).collect();
        pieces.push(listed(&parts));
    }
    match (wishes.from.map(time::day_words), wishes.to.map(time::day_words)) {
        (Some(from), Some(to)) if from == to => pieces.push(from),
        (Some(from), Some(to)) => pieces.push(format!("{from} through {to}")),
        (Some(from), None) => pieces.push(format!("from {from} on")),
        (None, Some(to)) => pieces.push(format!("through {to}")),
        (None, None) => {}
    }
    if wishes.notice_hours > 0 {
        pieces.push(format!("at least {} ahead", time::hours_words(wishes.notice_hours)));
    }
    pieces.join(", ")
}

fn part_words(part: Part) -> &'static str {
    match part {
        Part::Morning => "mornings",
        Part::Afternoon => "afternoons",
        Part::Evening => "evenings",
    }
}

/// `Redding`, `Mt. Shasta or Redding`, `A, B, or C`
fn either(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [one, other] => format!("{one} or {other}"),
        [before @ .., last] => format!("{}, or {last}", before.join(", ")),
    }
}

/// Why somebody stands where they stand: `Waiting since November 3.`
pub fn why(zone: Tz, since: Instant, let_pass: usize) -> String {
    let since = format!("Waiting since {}", time::day_words(time::date(zone, since)));
    match counted(let_pass, "offer", "offers") {
        None => format!("{since}."),
        Some(offers) if order::is_behind(let_pass) => {
            format!("{since}, but let {offers} pass, so behind those who haven't.")
        }
        Some(offers) => format!("{since}. Let {offers} pass."),
    }
}

/// Where somebody stands with the waitlist, to the therapist: `Waiting since November 3.`
pub fn state(zone: Tz, entry: &Entry) -> String {
    let on = |at| time::day_words(time::date(zone, at));
    let (at, how) = match entry.state {
        State::Unproven => {
            return format!("Joined {}, but hasn't pressed the button in the email.", on(entry.joined_at));
        }
        State::Waiting { since } => {
            return format!(
                "Waiting since {}, through {}.",
                on(since),
                time::day_words(entry.last_day(zone))
            );
        }
        State::Ended { at, how } => (on(at), how),
    };
    match how {
        End::Taken => format!("Took a time on {at}."),
        End::Withdrawn => format!("Left the waitlist on {at}."),
        End::RanOut => format!("Waited until {at}."),
        End::Removed => format!("You took them off on {at}."),
    }
}

/// What became of an offer, to the therapist.
pub fn became(outcome: Outcome, is_held: bool) -> &'static str {
    match outcome {
        Outcome::Open if is_held => "Waiting for an answer",
        Outcome::Open => "First come, first served",
        Outcome::Taken => "Taken",
        Outcome::Passed => "They said no",
        Outcome::Lapsed => "No answer",
        Outcome::Gone => "Somebody else was first",
        Outcome::Withdrawn => "Withdrawn",
    }
}

#[cfg(test)]
mod tests {
    use chrono::{Weekday, WeekdaySet};

    use super::*;
    use crate::domain::example::{self, at, date, office_slug, service_slug};

    #[test]
    fn wishes_are_said_as_far_as_they_narrow_anything() {
        let any = Wishes {
            services: vec![service_slug("hour")],
            offices: vec![office_slug("north"), office_slug("south")],
            weekdays: WeekdaySet::ALL,
            parts: Part::ALL.to_vec(),
            from: None,
            to: None,
            notice_hours: 0,
        };
        let practice = example::practice();
        assert_eq!(wishes(&practice, &any), "hour, in north or south");
        let some = Wishes {
            services: vec![service_slug("hour"), service_slug("long")],
            offices: vec![office_slug("south")],
            weekdays: [Weekday::Thu, Weekday::Tue].into_iter().collect(),
            parts: vec![Part::Morning, Part::Evening],
            from: Some(date("2026-12-03")),
            to: Some(date("2026-12-10")),
            notice_hours: 3,
        };
        assert_eq!(
            wishes(&practice, &some),
            "hour or long, in south, Tuesdays and Thursdays, mornings and evenings, \
             December 3 through December 10, at least 3 hours ahead"
        );
        let from = Wishes { to: None, ..some };
        assert!(wishes(&practice, &from).contains("from December 3 on"));
    }

    #[test]
    fn the_order_is_told_in_one_sentence() {
        let zone = example::practice().zone;
        let since = at("2026-11-03 09:00");
        assert_eq!(why(zone, since, 0), "Waiting since November 3.");
        assert_eq!(why(zone, since, 1), "Waiting since November 3. Let one offer pass.");
        assert_eq!(
            why(zone, since, 2),
            "Waiting since November 3, but let 2 offers pass, so behind those who haven't."
        );
    }

    #[test]
    fn today_is_said_as_today() {
        let zone = example::practice().zone;
        let now = at("2026-12-01 10:00");
        assert_eq!(until(zone, at("2026-12-01 14:00"), now), "2:00 pm today");
        assert_eq!(until(zone, at("2026-12-02 09:30"), now), "Wednesday, December 2, 9:30 am");
    }
}
