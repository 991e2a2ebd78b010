//! The policy, how much the public forms take, how long things are kept, and what
//! holds for a first visit.

use std::num::NonZeroU32;

use super::values::{A_CONFIRMATION, WEEKDAYS, weekday};
use crate::{
    content::read::table::{Table, text, whole_number},
    domain::{
        availability::timetable::Timetable,
        practice::{Confirmation, FirstVisit, Limits, keep::Keep, policy::Policy},
    },
};

pub(super) fn read(table: Option<&Table<'_>>, timetable: &mut Timetable) -> Policy {
    let number = |key, range, default| {
        table.and_then(|table| table.optional_whole_number(key, range)).map_or(default, |found| found.value)
    };
    let confirmation = |key| {
        let found = table.and_then(|table| table.optional_parsed(key, A_CONFIRMATION, Confirmation::parse));
        found.map_or(Confirmation::ByTherapist, |found| found.value)
    };
    let minimum_notice_hours = number("minimum_notice_hours", Policy::HOURS, 12);
    let policy = Policy {
        slot_step_minutes: number("slot_step_minutes", Policy::SLOT_STEP_MINUTES, 15),
        minimum_notice_hours,
        horizon_days: number("horizon_days", Policy::HORIZON_DAYS, 60),
        hold_hours: number("hold_hours", Policy::HOLD_HOURS, 24),
        answer_before_hours: number("answer_before_hours", Policy::HOURS, 2),
        cancellation_notice_hours: number("cancellation_notice_hours", Policy::HOURS, 24),
        late_fee_percent: number("late_fee_percent", Policy::PERCENT, 0),
        open_requests_per_contact: number("open_requests_per_contact", Policy::OPEN_REQUESTS, 3),
        moves_per_appointment: number("moves_per_appointment", Policy::MOVES, 3),
        unproven_holds_per_day: number("unproven_holds_per_day", Policy::UNPROVEN_HOLDS, 4),
        unproven_holds: number("unproven_holds", Policy::UNPROVEN_HOLDS, 40),
        waitlist_notice_hours: number(
            "waitlist_notice_hours",
            0..=minimum_notice_hours,
            minimum_notice_hours.min(2),
        ),
        confirmation: confirmation("confirmation"),
        book_again: confirmation("book_again"),
        reminder_hours: table
            .and_then(|table| {
                let wanted = "whole numbers of hours from 1 to 8784";
                table.optional_list("reminder_hours", wanted, |value| {
                    whole_number(value).filter(|hours| Policy::REMINDER_HOURS.contains(hours))
                })
            })
            .map_or_else(|| vec![48, 3], |hours| hours.into_iter().map(|found| found.value).collect()),
    };
    if let Some(table) = table {
        let days = table.optional_list("first_booking_decides", WEEKDAYS, |value| weekday(&text(value)?));
        timetable.first_booking_decides = days.into_iter().flatten().map(|day| day.value).collect();
        table.unknown_keys();
    }
    policy
}

pub(super) fn read_limits(table: Option<&Table<'_>>) -> Limits {
    let number = |key, default: NonZeroU32| {
        let found = table.and_then(|table| table.optional_whole_number(key, 1..=1_000_000));
        found.and_then(|found| NonZeroU32::new(found.value)).unwrap_or(default)
    };
    let limits = Limits {
        per_address_10_seconds: number("per_address_10_seconds", NonZeroU32::MIN.saturating_add(5)),
        per_address_hour: number("per_address_hour", NonZeroU32::MIN.saturating_add(19)),
    };
    if let Some(table) = table {
        table.unknown_keys();
    }
    limits
}

pub(super) fn read_keep(table: Option<&Table<'_>>) -> Keep {
    let number = |key, range, default| {
        table.and_then(|table| table.optional_whole_number(key, range)).map_or(default, |found| found.value)
    };
    let usual = Keep::default();
    let keep = Keep {
        visits_years: number("visits_years", Keep::YEARS, usual.visits_years),
        email_text_days: number("email_text_days", Keep::DAYS, usual.email_text_days),
        link_days_after_visit: number("link_days_after_visit", Keep::DAYS, usual.link_days_after_visit),
        sign_in_days: number("sign_in_days", Keep::DAYS, usual.sign_in_days),
        unproven_request_days: number(
            "unproven_request_days",
            Keep::UNPROVEN_DAYS,
            usual.unproven_request_days,
        ),
    };
    if let Some(table) = table {
        table.unknown_keys();
    }
    keep
}

pub(super) fn read_first_visit(table: Option<&Table<'_>>) -> FirstVisit {
    let is_on = |key| table.and_then(|table| table.yes_or_no(key)).is_some_and(|found| found.value);
    let first_visit = FirstVisit {
        phone_needed: is_on("phone_needed"),
        by_therapist: is_on("by_therapist"),
        spoken_with: is_on("spoken_with"),
    };
    if let Some(table) = table {
        table.unknown_keys();
    }
    first_visit
}
