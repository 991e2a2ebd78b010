//! What it does when a client chooses another time.

use crate::domain::practice::Confirmation;

/// What choosing another time does. It is said beforehand.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nobody has answered the request yet; it is moved.
    MovesRequest,
    /// The old time is valid until the answer.
    AsksForReschedule,
    MovesAtOnce,
}

impl Effect {
    pub fn button(self) -> &'static str {
        match self {
            Self::MovesRequest => "Move my request",
            Self::AsksForReschedule => "Request this time",
            Self::MovesAtOnce => "Reschedule",
        }
    }

    /// The same where it is chosen on the page whether the later visits go with it.
    pub fn button_of_choice(self) -> &'static str {
        match self {
            Self::MovesRequest => "Move what I chose",
            Self::AsksForReschedule => "Request what I chose",
            Self::MovesAtOnce => "Reschedule what I chose",
        }
    }

    pub fn moves_request(self) -> bool {
        self == Self::MovesRequest
    }

    pub fn confirmation(self) -> Confirmation {
        if self.moves_at_once() { Confirmation::AtOnce } else { Confirmation::ByTherapist }
    }

    pub fn moves_at_once(self) -> bool {
        self == Self::MovesAtOnce
    }
}
