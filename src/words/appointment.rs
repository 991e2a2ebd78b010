//! Where an appointment stands, and what was overridden for it.

use crate::domain::appointment::{Status, refusal::Rule};

/// The word that stands first in titles and subjects.
pub fn status(status: Status) -> &'static str {
    match status {
        Status::Requested => "Requested",
        Status::Confirmed => "Confirmed",
        Status::Declined => "Declined",
        Status::Cancelled => "Canceled",
        Status::Expired => "Expired",
        Status::Arrived => "Arrived",
        Status::NoShow => "No-show",
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
