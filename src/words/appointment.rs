//! Where an appointment stands, and what was overridden for it.

use crate::domain::appointment::{Status, refusal::Rule};

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

/// What the therapist has overridden.
pub fn rule(rule: Rule) -> &'static str {
    match rule {
        Rule::Hours => "opening hours",
        Rule::Notice => "notice",
        Rule::Horizon => "horizon",
        Rule::Buffer => "buffer",
        Rule::Travel => "the drive",
    }
}
