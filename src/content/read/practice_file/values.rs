//! Values that more than one part of the practice file has.

use chrono::Weekday;

use crate::content::read::table::Found;

pub(super) const A_SLUG: &str = "lowercase letters, digits, and single hyphens";
pub(super) const WEEKDAYS: &str = "names of weekdays";
pub(super) const A_DAY_IN_MINUTES: u32 = 24 * 60;
pub(super) const A_CONFIRMATION: &str = "“by_therapist” or “at_once”";
pub(super) const AN_EMAIL: &str = "an email address";

/// A value, or an empty one in its place.
pub(super) fn found<T: Default>(found: Option<Found<T>>) -> T {
    found.map(|found| found.value).unwrap_or_default()
}

pub(super) fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "monday" => Weekday::Mon,
        "tuesday" => Weekday::Tue,
        "wednesday" => Weekday::Wed,
        "thursday" => Weekday::Thu,
        "friday" => Weekday::Fri,
        "saturday" => Weekday::Sat,
        "sunday" => Weekday::Sun,
        _ => return None,
    })
}
