//! How long what is on file stays there.

use std::ops::RangeInclusive;

use chrono::{Months, TimeDelta};

use crate::domain::time::Instant;

/// For how long each kind of thing is kept, as `practice.toml` has it under `[keep]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keep {
    /// Years after a visit until nothing says any more whose it was.
    pub visits_years: u32,
    /// Days after an email was written until its text goes.
    pub email_text_days: u32,
    /// Days after a visit until the links to its page end.
    pub link_days_after_visit: u32,
    /// Days after a sign-in until it ends, whether it is used or not.
    pub sign_in_days: u32,
    /// Days after a request whose email address was never proved until it goes.
    pub unproven_request_days: u32,
}

impl Default for Keep {
    fn default() -> Self {
        Self {
            visits_years: 7,
            email_text_days: 400,
            link_days_after_visit: 30,
            sign_in_days: 90,
            unproven_request_days: 30,
        }
    }
}

impl Keep {
    /// What the years may be.
    pub const YEARS: RangeInclusive<u32> = 1..=100;
    /// What the days may be, but for those of an unproven request.
    pub const DAYS: RangeInclusive<u32> = 1..=36_500;
    /// What the days of an unproven request may be: they hold nothing, and are nobody's.
    pub const UNPROVEN_DAYS: RangeInclusive<u32> = 1..=365;

    /// Visits that ended before this are nobody's any more.
    pub fn visits_since(&self, now: Instant) -> Instant {
        now.checked_sub_months(Months::new(12 * self.visits_years)).unwrap_or(Instant::MIN_UTC)
    }

    /// Emails that were written before this have no text any more.
    pub fn email_text_since(&self, now: Instant) -> Instant {
        before(now, self.email_text_days)
    }

    /// Sign-ins of before this have ended.
    pub fn sign_ins_since(&self, now: Instant) -> Instant {
        before(now, self.sign_in_days)
    }

    /// Unproven requests of before this are gone.
    pub fn unproven_requests_since(&self, now: Instant) -> Instant {
        before(now, self.unproven_request_days)
    }

    /// How long after its end a visit's links still show its page.
    pub fn links_outlive_visit(&self) -> TimeDelta {
        TimeDelta::days(i64::from(self.link_days_after_visit))
    }
}

fn before(now: Instant, days: u32) -> Instant {
    now.checked_sub_signed(TimeDelta::days(i64::from(days))).unwrap_or(Instant::MIN_UTC)
}
