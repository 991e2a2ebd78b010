//! A reschedule request: another time that a client has asked for, for an appointment
//! that stands. Until it is answered the old time is valid and the new one is held.

use super::Appointment;
use crate::domain::{
    ids::{AppointmentId, OfficeSlug, RescheduleRequestId},
    time::{Instant, Interval},
};

/// A time that a client would rather have; the therapist has not answered yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RescheduleRequest {
    /// The row's number.
    pub id: RescheduleRequestId,
    /// The appointment that it would move.
    pub appointment: AppointmentId,
    /// Where it would be, which may be another office.
    pub office: OfficeSlug,
    /// As long as the appointment that it is to replace.
    pub span: Interval,
    /// When it was asked for.
    pub requested_at: Instant,
    /// From this second on the new time is free again.
    pub held_until: Instant,
}

/// A visit that stands, and the other time that its client has asked for.
pub type Asked = (Appointment, RescheduleRequest);

/// How the latest request for another time stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LatestReschedule {
    /// It waits for an answer.
    Waits(RescheduleRequest),
    /// It has ended, and nothing was agreed on since.
    Ended(RescheduleRequest, Outcome),
}

impl LatestReschedule {
    /// How it stands now, of the reschedule request that waits, or else the latest that has
    /// ended. One whose hold has run out only waits for the next write to end it.
    pub fn of(
        waits: Option<RescheduleRequest>,
        ended: Option<(RescheduleRequest, Outcome, Instant)>,
        agreed_at: Option<Instant>,
        now: Instant,
    ) -> Option<Self> {
        match (waits, ended) {
            (Some(reschedule_request), _) if now < reschedule_request.held_until => {
                Some(Self::Waits(reschedule_request))
            }
            (Some(reschedule_request), _) => Some(Self::Ended(reschedule_request, Outcome::Expired)),
            (None, Some((reschedule_request, outcome, at)))
                if agreed_at.is_none_or(|agreed_at| agreed_at <= at) =>
            {
                Some(Self::Ended(reschedule_request, outcome))
            }
            _ => None,
        }
    }

    /// The request itself, however it stands.
    pub fn reschedule_request(&self) -> &RescheduleRequest {
        match self {
            Self::Waits(reschedule_request) | Self::Ended(reschedule_request, _) => reschedule_request,
        }
    }
}

/// What became of a reschedule request. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The therapist said yes: the appointment has moved.
    Confirmed,
    /// The therapist said no: the old time stands.
    Declined,
    /// The hold ended without an answer.
    Expired,
    /// The client has asked for yet another time.
    Replaced,
    /// The client has taken it back, or the appointment is no more.
    Canceled,
}

impl Outcome {
    const ALL: [Self; 5] = [Self::Confirmed, Self::Declined, Self::Expired, Self::Replaced, Self::Canceled];

    /// Reads the word in the file; `None` while it waits.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }

    /// The word in the file.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Replaced => "replaced",
            Self::Canceled => "cancelled",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_words_for_what_became_of_a_change_read_back_and_are_all_different() {
        let words = Outcome::ALL.map(Outcome::as_str);
        assert_eq!(words.map(Outcome::parse), Outcome::ALL.map(Some));
        assert_eq!(Outcome::parse("requested"), None, "it still waits");
        assert_eq!(Outcome::parse(""), None);
    }
}
