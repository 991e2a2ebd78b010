//! What a letter tells of: whom it is to, what names it, and until when it is
//! worth sending.

use crate::domain::{
    appointment::{Appointment, Side},
    call::Topic,
    change::{Change, Outcome},
    conflict::{Conflict, Notice},
    time::{self, Instant},
};

/// What a letter tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion<'a> {
    /// To the client: your request has come.
    Received,
    /// To the therapist: a request, or, where requests are confirmed at once, an appointment.
    Arrived,
    /// To the therapist: half of a hold has run. With the change that waits, if it is not the request.
    Waiting(Option<&'a Change>),
    Confirmed,
    Declined,
    Expired,
    /// To the client: the appointment was moved from where it was, because this side wanted it.
    Changed {
        from: &'a Appointment,
        wanted_by: Side,
    },
    /// To the therapist: the client has moved it, a request or with leave to.
    ChangedByClient {
        from: &'a Appointment,
    },
    /// To the client: your wish for another time has come; the old one is valid until the answer.
    ChangeReceived(&'a Change),
    /// To the therapist: the client asks for another time.
    ChangeArrived(&'a Change),
    /// To the client: the appointment stays as it is, because of what became of the change.
    Unchanged(&'a Change, Outcome),
    /// To the therapist: the client no longer asks for another time.
    ChangeTakenBack(&'a Change),
    /// To the client, whoever cancelled.
    Cancelled,
    /// To the therapist: the client has cancelled.
    CancelledByClient,
    /// To the client, so many hours before the visit.
    Reminder {
        hours: u32,
    },
    /// To the client: the office has moved.
    NewAddress,
    /// To the therapist: the plan of the day no longer covers this visit.
    Conflict {
        notice: Notice,
        found_at: Instant,
        conflict: &'a Conflict,
    },
}

impl Occasion<'_> {
    /// What the keys of the therapist's emails about new requests begin with.
    pub const ARRIVED: &'static str = "arrived";
    /// What the keys of confirmations begin with.
    pub const CONFIRMED: &'static str = "confirmed";
    /// What the keys of the client's emails about a reschedule request begin with.
    pub const CHANGE_RECEIVED: &'static str = "change_received";
    /// What the keys of the therapist's emails about a reschedule request begin with.
    pub const CHANGE_ARRIVED: &'static str = "change_arrived";
    /// What the keys of reminders begin with.
    pub const REMINDER: &'static str = "reminder";
    /// What the keys of emails about conflicts begin with.
    pub const CONFLICT: &'static str = "conflict";
    /// What the keys of nudges begin with.
    pub const WAITING: &'static str = "waiting";

    /// What the keys of its letters begin with, and how their folder of templates is called.
    fn kind(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Arrived => Self::ARRIVED,
            Self::Waiting(_) => Self::WAITING,
            Self::Confirmed => Self::CONFIRMED,
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Changed { .. } => "changed",
            Self::ChangedByClient { .. } => "changed_by_client",
            Self::ChangeReceived(_) => Self::CHANGE_RECEIVED,
            Self::ChangeArrived(_) => Self::CHANGE_ARRIVED,
            Self::Unchanged(..) => "unchanged",
            Self::ChangeTakenBack(_) => "change_taken_back",
            Self::Cancelled => "cancelled",
            Self::CancelledByClient => "cancelled_by_client",
            Self::Reminder { .. } => Self::REMINDER,
            Self::NewAddress => "new_address",
            Self::Conflict { .. } => Self::CONFLICT,
        }
    }

    /// Names the event: one writes one letter. Most are told apart by the
    /// appointment's revision. Other things may happen to the appointment between
    /// two looks at the clock, so a reminder is told by the start that it is
    /// of, what waits by when it was asked for, and a conflict by when it was found.
    pub fn key(self, a: &Appointment) -> String {
        match self {
            Self::Reminder { hours } => {
                format!("{}/{}/{}/{hours}h", Self::REMINDER, a.id, time::write_instant(a.session.start))
            }
            Self::Waiting(change) => {
                let asked_at = change.map_or(a.requested_at, |change| change.requested_at);
                format!("{}/{}/{}/therapist", Self::WAITING, a.id, time::write_instant(asked_at))
            }
            Self::Conflict { notice, found_at, .. } => {
                let found_at = time::write_instant(found_at);
                format!("{}/{}/{found_at}/{}/therapist", Self::CONFLICT, a.id, notice.as_str())
            }
            other => format!("{}/{}/{}/{}", other.kind(), a.id, a.revision, other.side().as_str()),
        }
    }

    /// The kinds of emails, to either side, that need not go out any more once
    /// this one is written: it says all that they would, as it is now, or what
    /// they tell does not hold any more.
    pub fn supersedes(self) -> &'static [&'static str] {
        match self {
            Self::Received => &["received", "declined", "expired"],
            Self::Declined | Self::Expired => &["received", Self::WAITING],
            Self::Confirmed => &["received", "declined", "expired", Self::WAITING],
            Self::Changed { .. } => &[
                "received",
                "declined",
                "expired",
                Self::CONFIRMED,
                "changed",
                Self::CHANGE_RECEIVED,
                "unchanged",
                "new_address",
                Self::REMINDER,
                Self::CONFLICT,
                Self::WAITING,
            ],
            Self::ChangeReceived(_) => &[Self::CHANGE_RECEIVED, "unchanged"],
            Self::Unchanged(..) => &[Self::CHANGE_RECEIVED, "unchanged", Self::WAITING],
            Self::Cancelled => &[
                "received",
                Self::CONFIRMED,
                "changed",
                Self::CHANGE_RECEIVED,
                "unchanged",
                "new_address",
                Self::REMINDER,
                Self::CONFLICT,
                Self::WAITING,
            ],
            Self::ChangedByClient { .. } | Self::CancelledByClient => &[
                Self::ARRIVED,
                "changed_by_client",
                Self::CHANGE_ARRIVED,
                "change_taken_back",
                Self::WAITING,
            ],
            Self::ChangeArrived(_) | Self::ChangeTakenBack(_) => {
                &[Self::CHANGE_ARRIVED, "change_taken_back", Self::WAITING]
            }
            Self::Waiting(_) => &[Self::WAITING],
            Self::Reminder { .. } => &[Self::REMINDER],
            Self::NewAddress => &["new_address"],
            Self::Conflict { .. } => &[Self::CONFLICT],
            Self::Arrived => &[],
        }
    }

    pub fn side(self) -> Side {
        match self {
            Self::Arrived
            | Self::Waiting(_)
            | Self::ChangedByClient { .. }
            | Self::ChangeArrived(_)
            | Self::ChangeTakenBack(_)
            | Self::Conflict { .. }
            | Self::CancelledByClient => Side::Therapist,
            _ => Side::Client,
        }
    }

    /// What a client without an email address is told by telephone instead.
    pub fn topic(self) -> Option<Topic> {
        match self {
            Self::Received => Some(Topic::Requested),
            Self::Confirmed => Some(Topic::Confirmed),
            Self::Declined => Some(Topic::Declined),
            Self::Expired => Some(Topic::Expired),
            Self::Changed { .. } => Some(Topic::Changed),
            Self::Unchanged(_, Outcome::Declined) => Some(Topic::ChangeDeclined),
            Self::Unchanged(_, Outcome::Expired) => Some(Topic::ChangeExpired),
            Self::Cancelled => Some(Topic::Cancelled),
            Self::Reminder { .. } => Some(Topic::Reminder),
            Self::NewAddress => Some(Topic::NewAddress),
            // They have just done it themselves.
            Self::ChangeReceived(_) | Self::Unchanged(..) => None,
            Self::Arrived
            | Self::Waiting(_)
            | Self::ChangedByClient { .. }
            | Self::ChangeArrived(_)
            | Self::ChangeTakenBack(_)
            | Self::Conflict { .. }
            | Self::CancelledByClient => None,
        }
    }

    /// True when the therapist's own sentence was said with it.
    pub(super) fn is_an_answer(self) -> bool {
        matches!(
            self,
            Self::Confirmed
                | Self::Declined
                | Self::Changed { .. }
                | Self::Unchanged(_, Outcome::Declined)
                | Self::Cancelled
        )
    }

    /// After this nobody needs the letter any more.
    pub(super) fn not_after(self, a: &Appointment) -> Option<Instant> {
        match self {
            Self::Reminder { .. } | Self::Conflict { .. } => Some(a.session.start),
            Self::Waiting(change) => Some(change.map_or(a.held_until, |change| change.held_until)),
            _ => None,
        }
    }
}
