//! Who is late, and for when a visit is expected then, as emails say it.

use super::{facts::Facts, occasion::Occasion};
use crate::domain::{availability::late::Expected, time};

impl Facts<'_> {
    fn expected(&self) -> Option<&Expected> {
        match self.occasion {
            Occasion::TherapistLate { expected } | Occasion::ClientLate { expected } => Some(expected),
            _ => None,
        }
    }

    /// The therapist has made up for it.
    pub(super) fn is_on_time(&self) -> bool {
        self.expected().is_some_and(Expected::is_on_time)
    }

    pub(super) fn late_minutes(&self) -> u32 {
        self.expected().map_or(0, |expected| expected.minutes)
    }

    /// `Tuesday, December 8, 2:50 pm`
    pub(super) fn expected_when(&self) -> String {
        self.expected().map(|late| time::phrase(self.practice.zone, late.span.start)).unwrap_or_default()
    }

    /// `2:50 pm`
    pub(super) fn expected_time(&self) -> String {
        self.expected().map(|late| time::time_words(self.practice.zone, late.span.start)).unwrap_or_default()
    }

    pub(super) fn expected_until(&self) -> String {
        self.expected().map(|late| time::time_words(self.practice.zone, late.span.end)).unwrap_or_default()
    }

    pub(super) fn expected_minutes(&self) -> i64 {
        self.expected().map_or(0, |late| late.span.length().num_minutes())
    }

    /// `2:30 pm`
    pub(super) fn agreed_time(&self) -> String {
        time::time_words(self.practice.zone, self.a.span.start)
    }
}
