//! Refusals: what the rules say no to, and why. A refusal is an answer, not an
//! error; its page offers the next step.

use super::{
    appointment::Status,
    ids::{AppointmentId, OfficeSlug},
};

/// Why a time cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlotRefusal {
    #[error("this service is no longer given")]
    Retired,
    #[error("this service is not given at that office")]
    NotGivenThere,
    #[error("the office is closed at that time")]
    Closed,
    #[error("no session begins at that minute")]
    OffStep,
    #[error("the start is nearer than the minimum notice")]
    TooSoon,
    #[error("the start is beyond the horizon")]
    BeyondHorizon,
    /// `None` where only the guard in the file has noticed.
    #[error("the time is taken")]
    SlotTaken { by: Option<AppointmentId> },
    #[error("the time is too close to another appointment")]
    WithinBuffer { of: AppointmentId },
    #[error("there is not enough time for the drive")]
    OnTheRoad { office: OfficeSlug, from_or_to: AppointmentId },
}

/// Why something cannot happen to an appointment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(transparent)]
    Slot(#[from] SlotRefusal),
    #[error("too many unanswered requests by this contact")]
    TooManyOpenRequests,
    /// The appointment is in a state from which this cannot happen.
    #[error("the appointment is {}", .0.as_str())]
    Is(Status),
    #[error("the session has begun")]
    HasBegun,
}
