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

/// How the latest wish for another time stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wish {
    /// It waits for an answer.
    Waits(Change),
    /// It has ended, and nothing was agreed on since.
    Ended(Change, Outcome),
}

impl Wish {
    /// How it stands now, of the change that waits, or else the latest that has
    /// ended. One whose hold has run out only waits for the next write to end it.
    pub fn of(
        waits: Option<Change>,
        ended: Option<(Change, Outcome, Instant)>,
        agreed_at: Option<Instant>,
        now: Instant,
    ) -> Option<Self> {
        match (waits, ended) {
            (Some(change), _) if now < change.held_until => Some(Self::Waits(change)),
            (Some(change), _) => Some(Self::Ended(change, Outcome::Expired)),
            (None, Some((change, outcome, at))) if agreed_at.is_none_or(|agreed_at| agreed_at <= at) => {
                Some(Self::Ended(change, outcome))
            }
            _ => None,
        }
    }

    pub fn change(&self) -> &Change {
        match self {
            Self::Waits(change) | Self::Ended(change, _) => change,
        }
    }
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
    const ALL: [Self; 5] = [Self::Confirmed, Self::Declined, Self::Expired, Self::Replaced, Self::Cancelled];

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_words_for_what_became_of_a_change_are_those_of_its_table() {
        use Outcome::{Cancelled, Confirmed, Declined, Expired, Replaced};
        let words = [Confirmed, Declined, Expired, Replaced, Cancelled].map(Outcome::as_str);
        assert_eq!(words, ["confirmed", "declined", "expired", "replaced", "cancelled"]);
        let file = include_str!("../../migrations/0002_the_therapists_plans.sql");
        assert!(file.contains("('requested', 'confirmed', 'declined', 'expired', 'replaced', 'cancelled')"));
    }
}
