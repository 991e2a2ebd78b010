//! A service: a kind of session that clients can ask for.

use chrono::TimeDelta;

use super::{confirmation::Confirmation, price::Price};
use crate::domain::{
    ids::{OfficeSlug, ServiceSlug},
    time,
};

/// A kind of session that the practice gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// How addresses and the file name it.
    pub slug: ServiceSlug,
    /// How people name it.
    pub name: String,
    /// How long a session is.
    pub minutes: u32,
    /// Minutes after a session before the next may begin.
    pub buffer_minutes: u32,
    /// For the whole session.
    pub price: Price,
    /// Where it is given.
    pub offices: Vec<OfficeSlug>,
    /// Kept for old appointments, offered to nobody.
    pub retired: bool,
    /// Who confirms it, where it differs from the policy.
    pub confirmation: Option<Confirmation>,
}

impl Service {
    /// How long a session is, in real minutes.
    pub fn length(&self) -> TimeDelta {
        time::minutes(self.minutes)
    }

    /// What the therapist needs after it.
    pub fn buffer(&self) -> TimeDelta {
        time::minutes(self.buffer_minutes)
    }

    /// True when this office gives it.
    pub fn is_given_at(&self, office: &OfficeSlug) -> bool {
        !self.retired && self.offices.contains(office)
    }
}
