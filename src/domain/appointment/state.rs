//! Where an appointment stands, with what only an appointment that stands there
//! has. [`Status`] is its name alone.

use super::{
    cancellation::CancellationTerms,
    status::{Side, Status},
};
use crate::domain::time::Instant;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Asked for; it holds its time until then.
    Requested {
        held_until: Instant,
    },
    Confirmed(Agreement),
    /// The therapist has said no.
    Declined {
        at: Instant,
    },
    Canceled(Cancellation),
    /// The hold ended without an answer.
    Expired {
        at: Instant,
    },
    Arrived(Agreement),
    NoShow(Agreement),
}

/// The therapist's yes to the time as it is now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    pub at: Instant,
    /// `None` for what was confirmed before they were kept.
    pub terms: Option<CancellationTerms>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancellation {
    pub at: Instant,
    pub by: Side,
    /// By the client, inside the cancellation notice.
    pub is_late: bool,
    /// What had been agreed; `None` where a request was taken back.
    pub agreement: Option<Agreement>,
}

impl State {
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
