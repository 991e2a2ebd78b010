//! A change: another time that a client has asked for, for an appointment
//! that stands. Until it is answered the old time is valid and the new one is held.

use super::{
    ids::{AppointmentId, ChangeId, OfficeSlug},
    interval::Interval,
    time::Instant,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub id: ChangeId,
    pub appointment: AppointmentId,
    pub office: OfficeSlug,
    /// As long as the appointment that it is to replace.
    pub session: Interval,
    pub requested_at: Instant,
    pub held_until: Instant,
}

/// What became of a change. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Confirmed,
    Declined,
    /// The hold ended without an answer.
    Expired,
    /// The client has asked for yet another time.
    Replaced,
    /// The client has taken it back, or the appointment is no more.
    Cancelled,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Replaced => "replaced",
            Self::Cancelled => "cancelled",
        }
    }
}
