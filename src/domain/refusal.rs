//! Refusals: what the rules say no to, and why. A refusal is an answer, not an
//! error; its page offers the next step.

use std::{collections::BTreeSet, fmt};

use super::{
    appointment::Status,
    ids::{AppointmentId, OfficeSlug, TimeOffId},
};

/// Why a time cannot be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlotRefusal {
    #[error("this service is no longer given")]
    Retired,
    #[error("this service is not given at that office")]
    NotGivenThere,
    #[error("online requests are closed")]
    RequestsClosed,
    #[error("the start has passed")]
    Past,
    #[error("the office is closed at that time")]
    Closed,
    #[error("no session begins at that minute")]
    OffStep,
    #[error("the therapist has time off")]
    TimeOff { by: TimeOffId },
    #[error("the first booking of the day has decided for another office")]
    DecidedFor { office: OfficeSlug, by: AppointmentId },
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
    #[error("the session has not begun")]
    HasNotBegun,
    /// The client may no longer move it by themselves.
    #[error("the session is inside the cancellation notice")]
    InsideNotice,
    /// There is no change to answer (any more).
    #[error("no change is waiting for an answer")]
    NoChange,
    /// The client has changed it since the therapist looked.
    #[error("the appointment was changed meanwhile and is {}", .0.as_str())]
    ChangedMeanwhile(Status),
    /// The appointment is to be moved to where it is.
    #[error("the appointment is at that time already")]
    SameTime,
}

/// A rule that the therapist may knowingly book against. That two sessions
/// overlap is never among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    Hours,
    Notice,
    Horizon,
    Buffer,
    Travel,
}

impl Rule {
    pub const ALL: [Self; 5] = [Self::Hours, Self::Notice, Self::Horizon, Self::Buffer, Self::Travel];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hours => "hours",
            Self::Notice => "notice",
            Self::Horizon => "horizon",
            Self::Buffer => "buffer",
            Self::Travel => "travel",
        }
    }
}

impl SlotRefusal {
    /// The rule that the therapist may overrule; `None` where nobody can.
    pub fn rule(&self) -> Option<Rule> {
        match self {
            Self::Closed | Self::OffStep | Self::TimeOff { .. } | Self::DecidedFor { .. } => {
                Some(Rule::Hours)
            }
            Self::TooSoon => Some(Rule::Notice),
            Self::BeyondHorizon => Some(Rule::Horizon),
            Self::WithinBuffer { .. } => Some(Rule::Buffer),
            Self::OnTheRoad { .. } => Some(Rule::Travel),
            Self::Retired
            | Self::NotGivenThere
            | Self::RequestsClosed
            | Self::Past
            | Self::SlotTaken { .. } => None,
        }
    }

    /// True for what refuses clients only: the therapist books whether or not requests are closed.
    pub fn is_for_clients_only(&self) -> bool {
        *self == Self::RequestsClosed
    }
}

/// The rules that the therapist has said yes against, knowingly.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overruled(BTreeSet<Rule>);

impl Overruled {
    pub fn none() -> Self {
        Self::default()
    }

    /// Reads words with spaces between them. Unknown ones are left out: they overrule nothing.
    pub fn parse(text: &str) -> Self {
        let rule = |word: &str| Rule::ALL.into_iter().find(|rule| rule.as_str() == word);
        text.split(' ').filter_map(rule).collect()
    }

    pub fn contains(&self, rule: Rule) -> bool {
        self.0.contains(&rule)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = Rule> {
        self.0.iter().copied()
    }

    /// Of these refusals, the ones that stand: nobody has said yes against them.
    pub fn standing(&self, refusals: &[SlotRefusal]) -> Vec<SlotRefusal> {
        let stands = |refusal: &&SlotRefusal| {
            !refusal.is_for_clients_only() && refusal.rule().is_none_or(|rule| !self.contains(rule))
        };
        refusals.iter().filter(stands).cloned().collect()
    }

    /// The rules that these refusals are about, as far as they can be overruled.
    pub fn needed_for(refusals: &[SlotRefusal]) -> Self {
        refusals.iter().filter_map(SlotRefusal::rule).collect()
    }
}

impl FromIterator<Rule> for Overruled {
    fn from_iter<T: IntoIterator<Item = Rule>>(rules: T) -> Self {
        Self(rules.into_iter().collect())
    }
}

/// Words with spaces between them, as the file and a form carry them.
impl fmt::Display for Overruled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<&str> = self.iter().map(Rule::as_str).collect();
        f.write_str(&words.join(" "))
    }
}
