//! The numbers by which the practice takes requests.

use std::ops::RangeInclusive;

use super::{confirmation::Confirmation, service::Service};

/// What `[policy]` says, or the therapist set in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Minutes of civil time between two starts in one window.
    pub slot_step_minutes: u32,
    /// Hours of real time that must lie between asking and the start.
    pub minimum_notice_hours: u32,
    /// Days after today whose openings are shown.
    pub horizon_days: u32,
    /// Hours for which a request holds its time.
    pub hold_hours: u32,
    /// Hours before the start at which a hold ends in any case.
    pub answer_before_hours: u32,
    /// Hours before the start until which canceling is not late.
    pub cancellation_notice_hours: u32,
    /// What a late cancellation costs, of the price; 0: nothing, and nothing is said of it.
    pub late_fee_percent: u32,
    /// How many unanswered requests one email address or telephone number may have.
    pub open_requests_per_contact: u32,
    /// How often a client may move one appointment by themselves.
    pub moves_per_appointment: u32,
    /// How many unproven holds one date takes.
    pub unproven_holds_per_day: u32,
    /// How many of them there are in all.
    pub unproven_holds: u32,
    /// Hours that must be left before the start of what is offered to those on the waitlist.
    pub waitlist_notice_hours: u32,
    /// For the services that do not say it themselves.
    pub confirmation: Confirmation,
    /// For whoever books again from the email of an earlier visit.
    pub book_again: Confirmation,
    /// Hours before the start at which a reminder goes out.
    pub reminder_hours: Vec<u32>,
}

const A_DAY_IN_MINUTES: u32 = 24 * 60;
const A_YEAR_IN_HOURS: u32 = 366 * 24;

/// How far each number may go, in the practice file and in the admin page.
impl Policy {
    /// What a step may be, in minutes.
    pub const SLOT_STEP_MINUTES: RangeInclusive<u32> = 5..=A_DAY_IN_MINUTES;
    /// What a fee may be, in percent of the price.
    pub const PERCENT: RangeInclusive<u32> = 0..=100;
    /// What notices and holds may be, in hours.
    pub const HOURS: RangeInclusive<u32> = 0..=A_YEAR_IN_HOURS;
    /// A hold that lasts no time would end before anybody could answer.
    pub const HOLD_HOURS: RangeInclusive<u32> = 1..=A_YEAR_IN_HOURS;
    /// How far ahead may be booked, in days.
    pub const HORIZON_DAYS: RangeInclusive<u32> = 0..=366;
    /// How many requests one contact may have open.
    pub const OPEN_REQUESTS: RangeInclusive<u32> = 1..=1000;
    /// How often one appointment may be moved by its client; with none, moving it is a call.
    pub const MOVES: RangeInclusive<u32> = 0..=1000;
    /// How many unproven holds there may be; with none everybody proves their email first.
    pub const UNPROVEN_HOLDS: RangeInclusive<u32> = 0..=1000;
    /// How long before the start a reminder may go out, in hours.
    pub const REMINDER_HOURS: RangeInclusive<u32> = 1..=A_YEAR_IN_HOURS;
}

impl Policy {
    /// Every value under its key in the practice file.
    pub fn values(&self) -> [(&'static str, String); 15] {
        // Taken apart, so that a value to come is not forgotten.
        let Self {
            slot_step_minutes,
            minimum_notice_hours,
            horizon_days,
            hold_hours,
            answer_before_hours,
            cancellation_notice_hours,
            late_fee_percent,
            open_requests_per_contact,
            moves_per_appointment,
            unproven_holds_per_day,
            unproven_holds,
            waitlist_notice_hours,
            confirmation,
            book_again,
            reminder_hours,
        } = self;
        [
            ("slot_step_minutes", slot_step_minutes.to_string()),
            ("minimum_notice_hours", minimum_notice_hours.to_string()),
            ("horizon_days", horizon_days.to_string()),
            ("hold_hours", hold_hours.to_string()),
            ("answer_before_hours", answer_before_hours.to_string()),
            ("cancellation_notice_hours", cancellation_notice_hours.to_string()),
            ("late_fee_percent", late_fee_percent.to_string()),
            ("open_requests_per_contact", open_requests_per_contact.to_string()),
            ("moves_per_appointment", moves_per_appointment.to_string()),
            ("unproven_holds_per_day", unproven_holds_per_day.to_string()),
            ("unproven_holds", unproven_holds.to_string()),
            ("waitlist_notice_hours", waitlist_notice_hours.to_string()),
            ("confirmation", confirmation.as_str().to_owned()),
            ("book_again", book_again.as_str().to_owned()),
            ("reminder_hours", format!("{reminder_hours:?}")),
        ]
    }

    /// Hours that must be left before the start of what is offered to those on the waitlist:
    /// never more than for everybody.
    pub fn waitlist_notice(&self) -> u32 {
        self.waitlist_notice_hours.min(self.minimum_notice_hours)
    }

    /// Whether a date with so many unproven holds takes no more of them.
    pub fn is_full_day(&self, holds: usize) -> bool {
        is_full(holds, self.unproven_holds_per_day)
    }

    /// Whether with so many unproven holds on all dates together no date takes more.
    pub fn is_full(&self, holds: usize) -> bool {
        is_full(holds, self.unproven_holds)
    }

    /// Whether a request for a service is an appointment from the start. A
    /// service may say so for itself; and somebody who comes from the email of
    /// an earlier visit, which proves who asks, may be trusted more.
    pub fn confirms_at_once(&self, service: &Service, is_known: bool) -> bool {
        self.confirmation_of(service, is_known) == Confirmation::AtOnce
    }

    /// The same, as the policy says it.
    pub fn confirmation_of(&self, service: &Service, is_known: bool) -> Confirmation {
        if is_known && self.book_again == Confirmation::AtOnce {
            return Confirmation::AtOnce;
        }
        service.confirmation.unwrap_or(self.confirmation)
    }
}

fn is_full(holds: usize, most: u32) -> bool {
    // What does not fit is more than any ceiling.
    u32::try_from(holds).map_or(true, |holds| holds >= most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example;

    #[test]
    fn a_date_and_all_dates_together_are_full_once_they_have_their_number() {
        let policy = Policy { unproven_holds_per_day: 4, unproven_holds: 40, ..example::rules().policy };
        for (holds, is_full) in [(0, false), (3, false), (4, true), (5, true)] {
            assert_eq!(policy.is_full_day(holds), is_full, "{holds} on a date");
        }
        for (holds, is_full) in [(0, false), (39, false), (40, true), (41, true)] {
            assert_eq!(policy.is_full(holds), is_full, "{holds} in all");
        }
        let nobody = Policy { unproven_holds_per_day: 0, unproven_holds: 0, ..policy };
        assert!(nobody.is_full_day(0), "with none everybody proves their email first");
        assert!(nobody.is_full(0), "with none everybody proves their email first");
    }

    #[test]
    fn those_on_the_waitlist_need_no_more_notice_than_everybody() {
        for (waitlist_notice_hours, minimum_notice_hours, hours) in [(2, 12, 2), (2, 1, 1), (0, 12, 0)] {
            let policy = Policy { waitlist_notice_hours, minimum_notice_hours, ..example::rules().policy };
            assert_eq!(policy.waitlist_notice(), hours);
        }
    }
}
