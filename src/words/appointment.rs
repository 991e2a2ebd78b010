//! Where an appointment stands, and what was overridden for it.

use chrono_tz::Tz;

use crate::domain::{
    appointment::{Appointment, Status, overriding::Rule, unproven::UnprovenRequest},
    availability::adjoining::Beside,
    client::Name,
    practice::Practice,
    time::{self, Instant},
};

/// The word that stands first in titles and subjects, on the therapist's pages and in emails.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Requested => "Requested",
        Status::Confirmed => "Confirmed",
        Status::Declined => "Declined",
        Status::Canceled => "Canceled",
        Status::Expired => "Expired",
        Status::Arrived => "Arrived",
        Status::NoShow => "No-show",
    }
}

/// The same on the client's own page, where a visit is not a tick on a list.
pub fn status_to_client(is: Status) -> &'static str {
    match is {
        Status::Arrived => "Your visit",
        Status::NoShow => "Missed visit",
        other => status(other),
    }
}

/// Why nothing could be done to it.
pub fn already(status: Status) -> &'static str {
    match status {
        Status::Requested => "This appointment is not confirmed yet.",
        Status::Confirmed => "This appointment is already confirmed.",
        Status::Declined => "This appointment is already declined.",
        Status::Canceled => "This appointment is already canceled.",
        Status::Expired => "This request has already expired.",
        Status::Arrived => "This appointment is already marked as arrived.",
        Status::NoShow => "This appointment is already marked as a no-show.",
    }
}

/// How it stands after it changed, as part of a sentence.
pub fn by_now(status: Status) -> &'static str {
    match status {
        Status::Requested => "it's requested now",
        Status::Confirmed => "it's confirmed now",
        Status::Declined => "it's declined now",
        Status::Canceled => "it's canceled now",
        Status::Expired => "it has expired",
        Status::Arrived => "it's marked as arrived now",
        Status::NoShow => "it's marked as a no-show now",
    }
}

/// How often its client has moved it, of how often they can: `Once, of 3 times`.
pub fn moves(moves: u32, most: u32) -> Option<String> {
    let times = match moves {
        0 => return None,
        1 => "Once".to_owned(),
        2 => "Twice".to_owned(),
        moves => format!("{moves} times"),
    };
    let of = match most {
        0 => "now they call you".to_owned(),
        most if most <= moves => "as often as they can; now they call you".to_owned(),
        most => format!("of {most} times they can"),
    };
    Some(format!("{times} by the client, {of}"))
}

/// Why its client can't move it here any more.
pub fn moved_often(moves: u32) -> String {
    let often = match moves {
        0 => return "Please call me to reschedule. Nothing was changed.".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        moves => format!("{moves} times"),
    };
    format!(
        "You've rescheduled this {often} already, so you can't do it here again. Call me and we'll find a time."
    )
}

/// What the therapist has overridden.
pub fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Hours => "opening hours",
        Rule::Notice => "notice",
        Rule::Horizon => "horizon",
        Rule::Buffer => "buffer",
        Rule::Travel => "the drive",
        Rule::Offer => "an offer",
    }
}

/// Whose visit it is, to the therapist: `Ben Ray, booked by Ann Ray`.
pub fn whose(a: &Appointment) -> String {
    named(&a.name, a.guest.as_ref())
}

/// The same of a name, and of whoever comes instead.
pub fn named(name: &Name, guest: Option<&Name>) -> String {
    match guest {
        Some(guest) => format!("{guest}, booked by {name}"),
        None => name.to_string(),
    }
}

/// What a text to a client begins with: `Hi June, it's Dustin, about your visit Tuesday,
/// 2:30 pm, in Redding: `. What it is about is typed behind it.
pub fn text(a: &Appointment, practice: &Practice, now: Instant) -> String {
    let when = time::phrase_near(practice.zone, time::date(practice.zone, now), a.span.start);
    let (visit, office) = (super::client::your_visit(a.guest.as_ref()), practice.office_name(&a.office));
    let therapist = Name::stored(practice.therapist.name.clone());
    let therapist = therapist.first().unwrap_or(&practice.therapist.name);
    let greeting = super::client::greeting(&a.name);
    format!("{greeting} it's {therapist}, about {visit} {when}, in {office}: ")
}

/// `Leave by 1:10 pm`
pub fn leave_by(practice: &Practice, at: Instant) -> String {
    format!("Leave by {}", time::time_words(practice.zone, at))
}

/// Where the second of two sessions is: `right after, at 1:15 pm`
pub fn second_session(zone: Tz, first: Instant, second: Instant) -> String {
    let side = match Beside::of(first, second) {
        Beside::Before => "right before",
        Beside::After => "right after",
    };
    format!("{side}, at {}", time::time_words(zone, second))
}

/// The same of a request that waits for its proof, where two are asked for.
pub fn second_session_of(zone: Tz, request: &UnprovenRequest) -> Option<String> {
    request.second.as_ref().map(|second| second_session(zone, request.start, second.start))
}

/// `Thursday, December 10, 9:00 am, in Redding`
pub fn when_and_where(practice: &Practice, a: &Appointment) -> String {
    format!("{}, in {}", time::phrase(practice.zone, a.span.start), practice.office_name(&a.office))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::{appointment, at, practice};

    #[test]
    fn a_text_says_who_writes_and_about_what() {
        let (start, now) = (at("2026-12-08 14:30"), at("2026-12-06 12:00"));
        let mut a = appointment(Status::Confirmed, "south", start);
        let begun = "Hi June, it's Example, about";
        let rest = format!("Tuesday, 2:30 pm, in {}: ", practice().office_name(&a.office));
        assert_eq!(text(&a, &practice(), now), format!("{begun} your visit {rest}"));
        a.guest = Some(Name::stored("Ben Okafor".to_owned()));
        assert_eq!(text(&a, &practice(), now), format!("{begun} Ben's visit {rest}"));
        assert_eq!(whose(&a), "Ben Okafor, booked by June Okafor");
    }

    #[test]
    fn one_is_told_when_to_leave() {
        assert_eq!(leave_by(&practice(), at("2026-12-08 13:10")), "Leave by 1:10 pm");
    }
}
