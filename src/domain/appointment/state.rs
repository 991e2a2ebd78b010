//! Where an appointment stands, with what only an appointment that stands there
//! has. [`Status`] is its name alone.

use super::{
    cancellation::CancellationTerms,
    status::{Side, Status},
};
use crate::domain::time::Instant;

/// How an appointment stands, and what only that state has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Asked for; it holds its time until then.
    Requested {
        /// From this second on the request has expired.
        held_until: Instant,
    },
    /// Agreed on, and still to come or not marked yet.
    Confirmed(Agreement),
    /// The therapist has said no.
    Declined {
        /// When the therapist said no.
        at: Instant,
    },
    /// Called off, by either side.
    Canceled(Cancellation),
    /// The hold ended without an answer.
    Expired {
        /// When its hold ended.
        at: Instant,
    },
    /// The client came.
    Arrived(Agreement),
    /// The client did not come.
    NoShow(Agreement),
}

/// The therapist's yes to the time as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// When it was agreed on.
    pub at: Instant,
    /// `None` for what was confirmed before they were kept.
    pub terms: Option<CancellationTerms>,
}

/// Who called an appointment off, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancellation {
    /// When it was called off.
    pub at: Instant,
    /// Whose doing it was.
    pub by: Side,
    /// By the client, inside the cancellation notice.
    pub is_late: bool,
    /// What had been agreed; `None` where a request was taken back.
    pub agreement: Option<Agreement>,
}

impl State {
    /// The word for it.
    pub fn status(&self) -> Status {
        match self {
            Self::Requested { .. } => Status::Requested,
            Self::Confirmed(_) => Status::Confirmed,
            Self::Declined { .. } => Status::Declined,
            Self::Canceled(_) => Status::Canceled,
            Self::Expired { .. } => Status::Expired,
            Self::Arrived(_) => Status::Arrived,
            Self::NoShow(_) => Status::NoShow,
        }
    }

    /// Until when a request holds its time.
    pub fn held_until(&self) -> Option<Instant> {
        match self {
            Self::Requested { held_until } => Some(*held_until),
            _ => None,
        }
    }

    /// What is agreed, or was.
    pub fn agreement(&self) -> Option<&Agreement> {
        match self {
            Self::Confirmed(agreement) | Self::Arrived(agreement) | Self::NoShow(agreement) => {
                Some(agreement)
            }
            Self::Canceled(cancellation) => cancellation.agreement.as_ref(),
            Self::Requested { .. } | Self::Declined { .. } | Self::Expired { .. } => None,
        }
    }

    /// Who called it off, where somebody did.
    pub fn cancellation(&self) -> Option<&Cancellation> {
        match self {
            Self::Canceled(cancellation) => Some(cancellation),
            _ => None,
        }
    }

    /// When the therapist last agreed to the time as it is now, or said no.
    pub fn answered_at(&self) -> Option<Instant> {
        match self {
            Self::Declined { at } => Some(*at),
            _ => self.agreement().map(|agreement| agreement.at),
        }
    }

    /// When it gave its time back.
    pub fn ended_at(&self) -> Option<Instant> {
        match self {
            Self::Declined { at } | Self::Expired { at } => Some(*at),
            Self::Canceled(cancellation) => Some(cancellation.at),
            _ => None,
        }
    }
}
