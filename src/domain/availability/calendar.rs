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
    pub practice: &'a Practice,
    pub rules: &'a Rules,
    pub busy: &'a Busy,
    pub now: Instant,
}

/// A session that is looked at: where, when, and how long nothing may follow it.
pub(super) struct Wanted<'a> {
    pub office: &'a OfficeSlug,
    pub span: Interval,
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
