//! A time that is offered to somebody on the waitlist.

use chrono::TimeDelta;

use super::entry::Entry;
use crate::domain::{
    availability::slot::Slot,
    ids::{AppointmentId, OfferId, WaitlistEntryId},
    time::Instant,
};

/// How many of the offers to an entry were let pass. What the therapist has chosen doesn't count,
/// nor what somebody may not have heard of whom only a call reaches.
pub fn let_pass(entry: &Entry, offers: &[Offer]) -> usize {
    let may_not_have_heard =
        |offer: &&Offer| offer.outcome == Outcome::Lapsed && entry.contact.email.is_none();
    let counts = |offer: &&Offer| offer.was_let_pass() && !offer.is_by_hand && !may_not_have_heard(offer);
    offers.iter().filter(counts).count()
}

/// One opening, offered to one entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its row.
    pub id: OfferId,
    /// To whom.
    pub entry: WaitlistEntryId,
    /// What is offered.
    pub slot: Slot,
    /// What the therapist needs after the session, as it is now.
    pub buffer: TimeDelta,
    /// Since when.
    pub made_at: Instant,
    /// Until then it can be taken.
    pub good_until: Instant,
    /// Nobody else can have the time until then.
    pub is_held: bool,
    /// The therapist has chosen it.
    pub is_by_hand: bool,
    /// What became of it.
    pub outcome: Outcome,
    /// The appointment that it became.
    pub appointment: Option<AppointmentId>,
}

/// What became of an offer. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It can be taken.
    Open,
    /// They said yes.
    Taken,
    /// They said no to this one.
    Passed,
    /// They did not answer in time.
    Lapsed,
    /// It was not held, and somebody else was faster.
    Gone,
    /// The time is not to be had any more, or the therapist has taken it back.
    Withdrawn,
}

impl Outcome {
    const ALL: [Self; 6] = [Self::Open, Self::Taken, Self::Passed, Self::Lapsed, Self::Gone, Self::Withdrawn];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Taken => "taken",
            Self::Passed => "passed",
            Self::Lapsed => "lapsed",
            Self::Gone => "gone",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads a word of the file.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

impl Offer {
    /// True of one that they let go by, and that had been kept for them.
    fn was_let_pass(&self) -> bool {
        match self.outcome {
            Outcome::Passed => true,
            Outcome::Lapsed => self.is_held,
            Outcome::Open | Outcome::Taken | Outcome::Gone | Outcome::Withdrawn => false,
        }
    }

    /// True of one whose time is not offered to the same person again: they have answered,
    /// or have had their time to.
    pub fn is_answered(&self) -> bool {
        matches!(self.outcome, Outcome::Passed | Outcome::Lapsed)
    }

    /// True while it can be taken.
    pub fn is_open(&self, now: Instant) -> bool {
        self.outcome == Outcome::Open && now < self.good_until
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_words_read_back() {
        assert_eq!(Outcome::ALL.map(Outcome::as_str).map(Outcome::parse), Outcome::ALL.map(Some));
        assert_eq!(Outcome::parse("used"), None);
    }
}
