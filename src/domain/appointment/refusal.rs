//! Refusals: what the rules say no to, and why. A refusal is an answer, not an
//! error; its page offers the next step.

use super::status::Status;
use crate::domain::{
    ids::{Holder, OfficeSlug, TimeOffId},
    time::Instant,
};

/// Why a time isn't available.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SlotRefusal {
    /// The service is kept for old appointments and offered to nobody.
    #[error("this session is no longer offered")]
    Retired,
    /// The office does not give this service.
    #[error("this session is not offered at that office")]
    NotGivenThere,
    /// No requests for now, as the therapist said.
    #[error("online booking is paused")]
    Paused,
    /// It has begun, or is over.
    #[error("the start has passed")]
    Past,
    /// The session does not lie inside one window of the opening hours.
    #[error("the office is closed at that time")]
    Closed,
    /// Not a whole number of steps from the window's beginning.
    #[error("no session starts at that minute")]
    OffStep,
    /// Time off of the practice or of this office.
    #[error("the therapist has time off")]
    TimeOff {
        /// The one that is in the way.
        by: TimeOffId,
    },
    /// The day's first booking was for another office.
    #[error("the day's first appointment is at another office")]
    DecidedFor {
        /// Where the therapist is on that day.
        office: OfficeSlug,
        /// What has decided it.
        by: Holder,
    },
    /// Less than the minimum notice ahead.
    #[error("the start is inside the minimum notice")]
    TooSoon,
    /// Further ahead than the horizon.
    #[error("the start is beyond the horizon")]
    BeyondHorizon,
    /// `None` where only the guard in the file has noticed.
    #[error("the time is taken")]
    SlotTaken {
        /// Whose time it is.
        by: Option<Holder>,
    },
    /// The buffer of one reaches into the other.
    #[error("the time is too close to another appointment")]
    WithinBuffer {
        /// The neighbor that is too close.
        of: Holder,
    },
    /// The drive between two offices does not fit.
    #[error("there is not enough time for the drive")]
    OnTheRoad {
        /// Where the neighbor is.
        office: OfficeSlug,
        /// The neighbor, before it or after it.
        from_or_to: Holder,
    },
}

impl SlotRefusal {
    /// Whose time is in the way.
    pub fn holder(&self) -> Option<Holder> {
        match self {
            Self::SlotTaken { by } => *by,
            Self::DecidedFor { by, .. } => Some(*by),
            Self::WithinBuffer { of } => Some(*of),
            Self::OnTheRoad { from_or_to, .. } => Some(*from_or_to),
            _ => None,
        }
    }
}

/// Why something cannot happen to an appointment.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The time can't be had.
    #[error(transparent)]
    Slot(#[from] SlotRefusal),
    /// Two sessions were asked for, and the second can't be had.
    #[error("the second session can't be had: {0}")]
    Second(#[source] SlotRefusal),
    /// `open_requests_per_contact` is reached.
    #[error("too many unanswered requests by this contact")]
    TooManyOpenRequests,
    /// One mailbox was named too often within a day.
    #[error("too many unproven requests with this address within a day")]
    TooManyRequestsToday {
        /// When one of them no longer counts.
        until: Instant,
    },
    /// More was asked for within an hour than anybody would believe.
    #[error("too many unproven requests within an hour")]
    TooManyUnproven,
    /// More was asked by readers within an hour than anybody can answer.
    #[error("too many questions within an hour")]
    TooManyQuestions,
    /// The link was not in an email: it proves nothing.
    #[error("the link was given on a page and not in an email")]
    NoProof,
    /// Too many hold a time on that date whose email nobody has proved.
    #[error("too many unproven holds on that date")]
    ProofFirst,
    /// Only somebody who has been here, and comes by a link from an email, asks for a series.
    #[error("the client is not known")]
    NotKnown,
    /// They are not any more as the client has seen them on the form.
    #[error("the terms have changed since")]
    TermsChanged,
    /// The appointment is in a state from which this cannot happen.
    #[error("the appointment's status is {}", .0.as_str())]
    Is(Status),
    /// The session's start has passed.
    #[error("the session has started")]
    HasBegun,
    /// Nobody can have come, or not come, before the start.
    #[error("the session has not started")]
    HasNotBegun,
    /// The client may no longer move it by themselves.
    #[error("the session is inside the cancellation notice")]
    InsideNotice,
    /// The client has moved it as often as the policy lets them.
    #[error("the client has moved the appointment {0} times")]
    MovedOften(u32),
    /// Nobody can say now that they are so late for it.
    #[error("the session isn't one that somebody can be late for now")]
    NotLateNow,
    /// Less is left of the session than is worth coming for.
    #[error("too little of the session is left")]
    TooLittleLeft,
    /// The page has promised something that no longer fits, or less than fits.
    #[error("something else fits by now")]
    OtherwiseByNow,
    /// The therapist is late, and it keeps nobody waiting.
    #[error("nobody is kept waiting")]
    NobodyWaits,
    /// There is no change to answer (any more).
    #[error("no reschedule request is waiting for an answer")]
    NoRescheduleRequest,
    /// Nobody has said that they have spoken with whoever comes for the first time.
    #[error("the therapist has not spoken with the client before their first visit")]
    NotSpokenWith,
    /// It is not any more as whoever acts on it has seen it.
    #[error("the appointment has changed since; its status is {}", .0.as_str())]
    ChangedMeanwhile(Status),
    /// The visits that come after it are not any more those that a page has named.
    #[error("the later visits of the series have changed since")]
    SeriesChanged,
    /// There is no conflict to settle (any more).
    #[error("there is no conflict")]
    NoConflict,
    /// It is not the conflict any more that whoever settles it has seen.
    #[error("the day's plan has changed since")]
    ConflictChanged,
    /// An act of the therapist's cannot be undone, or is to be.
    #[error(transparent)]
    Undo(#[from] UndoRefusal),
    /// It would be done to somebody whom the page has not shown.
    #[error("somebody has come in addition since the page was opened")]
    SomebodyNew,
    /// What was paid for it cannot be noted so.
    #[error(transparent)]
    Payment(#[from] PaymentRefusal),
    /// The therapist has done something with it of which the client has not heard yet.
    #[error("the therapist is changing the appointment")]
    BeingChanged,
    /// The time in which another one could be chosen for a closed visit.
    #[error("another time can't be chosen any more")]
    RebookingIsOver,
    /// The appointment is to be moved to where it is.
    #[error("the appointment is already at that time")]
    SameTime,
    /// It was taken, let pass or taken back, or its time is not to be had any more.
    #[error("the offer is over")]
    OfferIsOver,
    /// Somebody has one open offer at a time.
    #[error("the client has an open offer")]
    HasOffer,
    /// They are not on the waitlist any more.
    #[error("the place on the waitlist is over")]
    WaitlistEntryIsOver,
    /// Whose it was is nobody here any more.
    #[error("the client was erased")]
    ClientErased,
}

/// Why an act of the therapist's cannot be undone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UndoRefusal {
    /// It stands, and what it has written is on its way.
    #[error("the minute is over")]
    MinuteIsOver,
    /// What went out is not called back.
    #[error("its email has gone out, or may have")]
    WasTold,
    /// What they know is what they have done since.
    #[error("the client has acted since")]
    ClientHasActed,
    /// It is not as the act has left it, and the client has not done that.
    #[error("the appointment has changed since")]
    HasChanged,
    /// The newest act on an appointment goes first.
    #[error("a newer act is to be undone first")]
    NewerActFirst,
    /// What ended an appointment can still be undone, so it is not put back.
    #[error("what ended it can still be undone")]
    IsToBeUndone,
    /// What was opened again is booked, and closing it is to show whom that touches.
    #[error("somebody has booked that time since")]
    BookedSince,
}

/// Why what was paid, or need not be, cannot be noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaymentRefusal {
    /// Nobody has come, and no fee was agreed.
    #[error("nothing is due")]
    NothingDue,
    /// There is no fee to waive.
    #[error("no fee is due")]
    NoFee,
    /// The fee was let go.
    #[error("the fee is waived")]
    IsWaived,
    /// What was paid is not waived.
    #[error("the fee is paid")]
    IsPaid,
    /// It is not any more what the page has shown.
    #[error("something else has been noted since")]
    NotedMeanwhile,
}
