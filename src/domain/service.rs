//! A service: a kind of session that clients can ask for.

use chrono::TimeDelta;

use super::{
    appointment::Appointment,
    ids::{OfficeSlug, ServiceSlug},
    policy::Confirmation,
    price::Price,
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

    /// The service of a standing appointment as it was agreed: its minutes,
    /// buffer and price, and given where it is given now and where the
    /// appointment is, whatever has become of it since.
    pub fn as_agreed(&self, a: &Appointment) -> Self {
        let mut offices = self.offices.clone();
        if !offices.contains(&a.office) {
            offices.push(a.office.clone());
        }
        Self {
            minutes: u32::try_from(a.minutes()).unwrap_or(self.minutes),
            buffer_minutes: u32::try_from(a.buffer.num_minutes()).unwrap_or(self.buffer_minutes),
            price: a.price,
            offices,
            retired: false,
            ..self.clone()
        }
    }

    pub fn is_given_at(&self, office: &OfficeSlug) -> bool {
        !self.retired && self.offices.contains(office)
    }
}
