//! The addresses of what the therapist plans: days, hours, time off, the policy.

use chrono::NaiveDate;

use super::today::ADMIN;
use crate::domain::ids::{ClosingId, OfficeSlug, ServiceSlug, TimeOffId};

/// This week, or the one that is asked for.
pub const WEEK: &str = "/admin/week";
pub const MONTH: &str = "/admin/month";
pub const HOURS: &str = "/admin/hours";
/// The weekdays on which the first booking of the day decides the office.
pub const FIRST_BOOKING: &str = "/admin/hours/first-booking";
/// Leads to the date that it is asked for.
pub const DAYS: &str = "/admin/days";
pub const TIME_OFF: &str = "/admin/time-off";
pub const PAUSE: &str = "/admin/pause";
pub const PAUSE_END: &str = "/admin/pause/end";
pub const WHY: &str = "/admin/why";
pub const SETTINGS: &str = "/admin/settings";
/// What other settings would do; nothing is saved.
pub const SETTINGS_PREVIEW: &str = "/admin/settings/preview";

/// Where the weekly hours of an office are changed.
pub fn office_hours(office: &OfficeSlug) -> String {
    format!("{HOURS}/{office}")
}

/// Where weekly hours to come are taken back.
pub fn office_hours_end(office: &OfficeSlug, holds_from: NaiveDate) -> String {
    format!("{}/{holds_from}/end", office_hours(office))
}

/// The plan of a date.
pub fn day(date: NaiveDate) -> String {
    format!("{DAYS}/{date}")
}

/// The week of a date.
pub fn week(date: NaiveDate) -> String {
    format!("{WEEK}?from={date}")
}

/// The place of a date in its week.
pub fn day_in_week(date: NaiveDate) -> String {
    format!("{}{}", week(date), place_in_week(date))
}

/// The same on the page of that week.
pub fn place_in_week(date: NaiveDate) -> String {
    format!("#day-{date}")
}

pub fn month(date: NaiveDate) -> String {
    format!("{MONTH}?from={date}")
}

/// Where one office is chosen for a date.
pub fn day_office(date: NaiveDate) -> String {
    format!("{}/office", day(date))
}

pub fn day_closing(date: NaiveDate) -> String {
    format!("{}/closing", day(date))
}

/// Where what was closed is opened again.
pub fn reopening(id: ClosingId) -> String {
    format!("{ADMIN}/closings/{id}/reopening")
}

/// Where it is noted that everybody came whose visit of a date is over.
pub fn day_arrivals(date: NaiveDate) -> String {
    format!("{}/arrivals", day(date))
}

/// Where a date gets its weekly hours back.
pub fn day_usual(date: NaiveDate) -> String {
    format!("{}/usual", day(date))
}

pub fn time_off_end(id: TimeOffId) -> String {
    format!("{TIME_OFF}/{id}/end")
}

pub fn why(service: &ServiceSlug, on: NaiveDate) -> String {
    format!("{WHY}?service={service}&on={on}")
}
