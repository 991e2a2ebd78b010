//! Time off as it lies in a day.

use crate::domain::{
    availability::time_off::TimeOff,
    practice::Practice,
    time::{self, Interval},
};

/// `Time off at Redding from 2:00 pm`; without times where it takes the whole day.
pub fn on_day(off: &TimeOff, practice: &Practice, day: Interval) -> String {
    let clock = |at| time::time_words(practice.zone, at);
    let place = off.office.as_ref().map(|office| format!(" at {}", practice.office_name(office)));
    let span = match (day.start < off.span.start, off.span.end < day.end) {
        (false, false) => String::new(),
        (true, false) => format!(" from {}", clock(off.span.start)),
        (false, true) => format!(" until {}", clock(off.span.end)),
        (true, true) => format!(", {} – {}", clock(off.span.start), clock(off.span.end)),
    };
    format!("Time off{}{span}", place.unwrap_or_default())
}
