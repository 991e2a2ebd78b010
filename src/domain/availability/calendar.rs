//! The calendar: what every question about an opening is asked of, and the
//! session that is asked about.

use chrono::{Days, NaiveDate, TimeDelta};

use super::{busy::Busy, rules::Rules};
use crate::domain::{
    ids::OfficeSlug,
    practice::Practice,
    time::{self, Instant, Interval},
};

/// The practice at one moment: what it is, by which rules it works, what
/// already has the therapist, and when that is.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    /// Whose zone, offices and travel times count.
    pub practice: &'a Practice,
    /// The policy and the hours that hold now.
    pub rules: &'a Rules,
    /// What keeps the therapist busy.
    pub busy: &'a Busy,
    /// The moment of asking, which notice and horizon count from.
    pub now: Instant,
}

/// A session that is looked at: where, when, and how long nothing may follow it.
pub(super) struct Wanted<'a> {
    /// Where the session would be.
    pub office: &'a OfficeSlug,
    /// The session, without its buffer.
    pub span: Interval,
    /// What would be needed after it.
    pub buffer: TimeDelta,
}

impl Calendar<'_> {
    /// The practice's date now.
    pub fn today(&self) -> NaiveDate {
        time::date(self.practice.zone, self.now)
    }

    /// The last date that the horizon lets a client ask for.
    pub fn last_date(&self) -> NaiveDate {
        self.today()
            .checked_add_days(Days::new(self.rules.policy.horizon_days.into()))
            .unwrap_or(NaiveDate::MAX)
    }
}
