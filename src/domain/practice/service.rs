//! A service: a kind of session that clients can ask for.

use chrono::TimeDelta;

use super::{confirmation::Confirmation, price::Price};
use crate::domain::{
    ids::{OfficeSlug, ServiceSlug},
    time,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    pub slug: ServiceSlug,
    pub name: String,
    pub minutes: u32,
    /// Minutes after a session before the next may begin.
    pub buffer_minutes: u32,
    pub price: Price,
    /// Where it is given.
    pub offices: Vec<OfficeSlug>,
    /// Kept for old appointments, offered to nobody.
    pub retired: bool,
    /// Who confirms it, where it differs from the policy.
    pub confirmation: Option<Confirmation>,
}

impl Service {
    pub fn length(&self) -> TimeDelta {
        time::minutes(self.minutes)
    }

    pub fn buffer(&self) -> TimeDelta {
        time::minutes(self.buffer_minutes)
    }

    pub fn is_given_at(&self, office: &OfficeSlug) -> bool {
        !self.retired && self.offices.contains(office)
    }
}
