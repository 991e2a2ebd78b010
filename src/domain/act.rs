//! An act: what the therapist does with appointments. What it writes waits a
//! minute, and for so long it can be undone.

use chrono::TimeDelta;

use crate::domain::{
    ids::{ActId, OfficeSlug},
    time::Instant,
};

/// How long an act can be undone.
pub const MINUTE: TimeDelta = TimeDelta::seconds(60);

/// Something that the therapist has done, on their pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its row.
    pub id: ActId,
    /// What was done.
    pub kind: Kind,
    /// When it was done.
    pub made_at: Instant,
    /// From then on it stands.
    pub ends_at: Instant,
    /// The office whose new address it has told.
    pub office: Option<OfficeSlug>,
    /// What became of it.
    pub outcome: Outcome,
}

impl Act {
    /// True while it can be undone and what it has written waits. One that was made
    /// under a clock that has moved far back since holds up nothing.
    pub fn runs(&self, now: Instant) -> bool {
        self.outcome == Outcome::Running && now < self.ends_at && self.made_at <= now + MINUTE
    }
}

/// What was done. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// On the telephone.
    Booked,
    /// A request, or one that had expired.
    Confirmed,
    /// A request.
    Declined,
    /// The other time that a client has asked for.
    RescheduleConfirmed,
    /// The other time that a client has asked for: the old one stands.
    RescheduleDeclined,
    /// Moved, because the therapist wanted it.
    Rescheduled,
    /// Called off by the therapist.
    Canceled,
    /// The client has called to cancel.
    CanceledForClient,
    /// The client came.
    Arrived,
    /// The client did not come.
    NoShow,
    /// What was over is on again.
    PutBack,
    /// Those who come to an office were told of its new address.
    AddressTold,
    /// An email went out once more.
    SentAgain,
    /// A day, or a part of it, with everybody who was to come.
    Closed,
    /// What was closed is open again, and those who were canceled are told.
    Reopened,
    /// The therapist runs late, and whoever is kept waiting was told.
    RanLate,
    /// An opening was offered to somebody on the waitlist.
    Offered,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 17] = [
        Self::Booked,
        Self::Confirmed,
        Self::Declined,
        Self::RescheduleConfirmed,
        Self::RescheduleDeclined,
        Self::Rescheduled,
        Self::Canceled,
        Self::CanceledForClient,
        Self::Arrived,
        Self::NoShow,
        Self::PutBack,
        Self::AddressTold,
        Self::SentAgain,
        Self::Closed,
        Self::Reopened,
        Self::RanLate,
        Self::Offered,
    ];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
            Self::RescheduleConfirmed => "reschedule_confirmed",
            Self::RescheduleDeclined => "reschedule_declined",
            Self::Rescheduled => "rescheduled",
            Self::Canceled => "canceled",
            Self::CanceledForClient => "canceled_for_client",
            Self::Arrived => "arrived",
            Self::NoShow => "no_show",
            Self::PutBack => "put_back",
            Self::AddressTold => "address_told",
            Self::SentAgain => "sent_again",
            Self::Closed => "closed",
            Self::Reopened => "reopened",
            Self::RanLate => "ran_late",
            Self::Offered => "offered",
        }
    }

    /// Reads a word of the file.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// True for an answer to what the client has asked for: when they ask for
    /// something else before they have heard it, it answers nothing any more.
    pub fn is_an_answer(self) -> bool {
        matches!(
            self,
            Self::Confirmed | Self::Declined | Self::RescheduleConfirmed | Self::RescheduleDeclined
        )
    }

    /// True where the client's own page says something else after it.
    pub fn is_seen_by_client(self) -> bool {
        !matches!(self, Self::AddressTold | Self::SentAgain | Self::Reopened | Self::RanLate | Self::Offered)
    }

    /// True where the client is told of it.
    pub fn is_told(self) -> bool {
        !matches!(self, Self::Arrived | Self::NoShow)
    }

    /// True when an act that follows an earlier one within its minute is all that
    /// the client hears of both.
    pub fn says_it_all_after(self, earlier: Self) -> bool {
        self.is_told() || !earlier.is_told()
    }
}

/// What became of an act. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Its minute runs, or nobody has noted yet that it is over.
    Running,
    /// Its minute is over.
    Stands,
    /// The client has acted on the appointment within the minute.
    Overtaken,
    /// The therapist has taken it back.
    Undone,
}

impl Outcome {
    const ALL: [Self; 4] = [Self::Running, Self::Stands, Self::Overtaken, Self::Undone];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::Stands => "stands",
            Self::Overtaken => "overtaken",
            Self::Undone => "undone",
        }
    }

    /// Reads a word of the file.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::at;

    #[test]
    fn the_files_words_read_back_and_are_all_different() {
        assert_eq!(Kind::ALL.map(Kind::as_str).map(Kind::parse), Kind::ALL.map(Some));
        assert_eq!(Outcome::ALL.map(Outcome::as_str).map(Outcome::parse), Outcome::ALL.map(Some));
        assert_eq!((Kind::parse("Booked"), Outcome::parse("")), (None, None));
    }

    #[test]
    fn an_act_runs_for_a_minute_and_no_longer_under_a_clock_that_has_moved_back() {
        let made_at = at("2026-12-08 14:30");
        let act = |outcome| Act {
            id: ActId(1),
            kind: Kind::Declined,
            made_at,
            ends_at: made_at + MINUTE,
            office: None,
            outcome,
        };
        for (seconds, runs) in [(0, true), (59, true), (60, false), (-1, true), (-60, true), (-61, false)] {
            let now = made_at + TimeDelta::seconds(seconds);
            assert_eq!(act(Outcome::Running).runs(now), runs, "after {seconds} s");
            assert!(!act(Outcome::Stands).runs(now) && !act(Outcome::Undone).runs(now));
        }
    }

    #[test]
    fn what_is_not_told_lets_an_earlier_act_be_told() {
        assert!(Kind::Rescheduled.says_it_all_after(Kind::Confirmed));
        assert!(Kind::NoShow.says_it_all_after(Kind::Arrived));
        assert!(!Kind::Arrived.says_it_all_after(Kind::Confirmed));
    }
}
