//! What an email tells of: whom it is to, what names it, and until when it is
//! worth sending.

use crate::domain::{
    appointment::{
        Appointment, Side, Status,
        call::Topic,
        reschedule_request::{Outcome, RescheduleRequest},
    },
    availability::{
        conflict::{Conflict, Notice},
        late::Expected,
    },
    ids::{OfferId, WaitlistEntryId},
    time::{self, Instant},
    waitlist::entry::Entry,
};

/// One of the visits that an email tells of together, and the whole address of its own page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OneOfSeveral {
    pub visit: Appointment,
    pub page: String,
}

/// A visit of a series that was moved: where it was, and what it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    pub from: Appointment,
    pub to: OneOfSeveral,
}

impl Moved {
    pub(super) fn visit(&self) -> &Appointment {
        &self.to.visit
    }

    pub(super) fn page(&self) -> &str {
        &self.to.page
    }
}

/// What an email tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion<'a> {
    /// To the client: nothing is held before you have shown that this address is yours.
    Unproven,
    /// To the client: your request has come.
    Received,
    /// To somebody on the waitlist: a time that they wanted has opened up.
    Opening(Opening<'a>),
    /// To the therapist: a request, or, where requests are confirmed at once, an appointment.
    Arrived,
    /// To the therapist: half of a hold has run. With the reschedule request that waits, if it is not the request.
    Waiting(Option<&'a RescheduleRequest>),
    Confirmed,
    /// The same of several visits, of which the appointment is the first: they were asked for
    /// together, or booked together, and are told of in one email.
    Together {
        of_each: &'a Occasion<'a>,
        visits: &'a [OneOfSeveral],
    },
    /// To the client: all of these visits, of which the appointment is the first, were moved.
    SeriesChanged(&'a [Moved]),
    /// To the client, whoever canceled: all of these visits are over, and the appointment is
    /// the first of them.
    SeriesCanceled(&'a [Appointment]),
    /// To the therapist: the client has canceled all of these.
    SeriesCanceledByClient(&'a [Appointment]),
    Declined {
        offers_times: bool,
    },
    /// To the client: what was over is on again.
    PutBack {
        was: Status,
    },
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
    /// To the client: your request for another time is in; the old one is valid until the answer.
    RescheduleRequestReceived(&'a RescheduleRequest),
    /// To the therapist: the client asks for another time.
    RescheduleRequestArrived(&'a RescheduleRequest),
    /// To the client: the appointment stays as it is, because of what became of the reschedule request.
    Unchanged(&'a RescheduleRequest, Outcome),
    /// To the therapist: the client no longer asks for another time.
    RescheduleRequestWithdrawn(&'a RescheduleRequest),
    /// To the client, whoever canceled.
    Canceled,
    /// To the client: the day is closed, and this is over. Until then another time can be chosen.
    Closed {
        was: Status,
        until: Instant,
    },
    /// To the client: what was closed is open again. Until then a time can be chosen.
    Reopened {
        was: Status,
        until: Instant,
    },
    /// To the therapist: the client has canceled.
    CanceledByClient,
    /// To the client, so many hours before the visit.
    Reminder {
        hours: u32,
    },
    /// To the client: the therapist is late, or isn't after all.
    TherapistLate {
        expected: &'a Expected,
    },
    /// To the therapist: the client is late.
    ClientLate {
        expected: &'a Expected,
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

/// What somebody on the waitlist is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening<'a> {
    pub entry: WaitlistEntryId,
    pub offer: OfferId,
    /// Until then it can be taken.
    pub until: Instant,
    /// Nobody else can have it until then.
    pub is_held: bool,
    /// The appointment that it would replace.
    pub instead: Option<&'a Appointment>,
    /// A yes confirms it.
    pub is_at_once: bool,
}

impl Occasion<'_> {
    // What the keys of emails begin with, and how their folders of templates are called.
    pub const UNPROVEN: &'static str = "unproven";
    pub const RECEIVED: &'static str = "received";
    pub const ARRIVED: &'static str = "arrived";
    pub const WAITING: &'static str = "waiting";
    pub const CONFIRMED: &'static str = "confirmed";
    pub const SERIES: &'static str = "series";
    pub const SERIES_RECEIVED: &'static str = "series_received";
    pub const SERIES_ARRIVED: &'static str = "series_arrived";
    const SERIES_WAITING: &'static str = "series_waiting";
    pub const SERIES_DECLINED: &'static str = "series_declined";
    pub const SERIES_EXPIRED: &'static str = "series_expired";
    pub const SERIES_CHANGED: &'static str = "series_changed";
    pub const SERIES_CANCELED: &'static str = "series_cancelled";
    const SERIES_CANCELED_BY_CLIENT: &'static str = "series_cancelled_by_client";
    pub const PUT_BACK: &'static str = "put_back";
    pub const DECLINED: &'static str = "declined";
    pub const EXPIRED: &'static str = "expired";
    pub const CHANGED: &'static str = "changed";
    const CHANGED_BY_CLIENT: &'static str = "changed_by_client";
    pub const RESCHEDULE_REQUEST_RECEIVED: &'static str = "reschedule_request_received";
    pub const RESCHEDULE_REQUEST_ARRIVED: &'static str = "reschedule_request_arrived";
    pub const UNCHANGED: &'static str = "unchanged";
    const RESCHEDULE_REQUEST_WITHDRAWN: &'static str = "reschedule_request_withdrawn";
    pub const CANCELED: &'static str = "cancelled";
    pub const CLOSED: &'static str = "closed";
    pub const REOPENED: &'static str = "reopened";
    const CANCELED_BY_CLIENT: &'static str = "cancelled_by_client";
    pub const REMINDER: &'static str = "reminder";
    const THERAPIST_LATE: &'static str = "therapist_late";
    const CLIENT_LATE: &'static str = "client_late";
    pub const NEW_ADDRESS: &'static str = "new_address";
    pub const CONFLICT: &'static str = "conflict";

    /// What the keys of its emails begin with, and how their folder of templates is called.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Unproven => Self::UNPROVEN,
            Self::Opening(_) => Entry::OFFERED,
            Self::Received => Self::RECEIVED,
            Self::Arrived => Self::ARRIVED,
            Self::Waiting(_) => Self::WAITING,
            Self::Confirmed => Self::CONFIRMED,
            Self::Together { of_each, .. } => Self::of_several(of_each.kind()).unwrap_or(of_each.kind()),
            Self::SeriesChanged(_) => Self::SERIES_CHANGED,
            Self::SeriesCanceled(_) => Self::SERIES_CANCELED,
            Self::SeriesCanceledByClient(_) => Self::SERIES_CANCELED_BY_CLIENT,
            Self::Declined { .. } => Self::DECLINED,
            Self::PutBack { .. } => Self::PUT_BACK,
            Self::Expired => Self::EXPIRED,
            Self::Changed { .. } => Self::CHANGED,
            Self::ChangedByClient { .. } => Self::CHANGED_BY_CLIENT,
            Self::RescheduleRequestReceived(_) => Self::RESCHEDULE_REQUEST_RECEIVED,
            Self::RescheduleRequestArrived(_) => Self::RESCHEDULE_REQUEST_ARRIVED,
            Self::Unchanged(..) => Self::UNCHANGED,
            Self::RescheduleRequestWithdrawn(_) => Self::RESCHEDULE_REQUEST_WITHDRAWN,
            Self::Canceled => Self::CANCELED,
            Self::Closed { .. } => Self::CLOSED,
            Self::Reopened { .. } => Self::REOPENED,
            Self::CanceledByClient => Self::CANCELED_BY_CLIENT,
            Self::Reminder { .. } => Self::REMINDER,
            Self::TherapistLate { .. } => Self::THERAPIST_LATE,
            Self::ClientLate { .. } => Self::CLIENT_LATE,
            Self::NewAddress => Self::NEW_ADDRESS,
            Self::Conflict { .. } => Self::CONFLICT,
        }
    }

    /// The kind of the email that says of several visits what one of this kind says of one.
    pub fn of_several(kind: &str) -> Option<&'static str> {
        match kind {
            Self::RECEIVED => Some(Self::SERIES_RECEIVED),
            Self::ARRIVED => Some(Self::SERIES_ARRIVED),
            Self::WAITING => Some(Self::SERIES_WAITING),
            Self::CONFIRMED => Some(Self::SERIES),
            Self::DECLINED => Some(Self::SERIES_DECLINED),
            Self::EXPIRED => Some(Self::SERIES_EXPIRED),
            _ => None,
        }
    }

    /// True for the kind of an email about several visits.
    pub fn is_of_several(kind: &str) -> bool {
        [
            Self::SERIES,
            Self::SERIES_RECEIVED,
            Self::SERIES_ARRIVED,
            Self::SERIES_WAITING,
            Self::SERIES_DECLINED,
            Self::SERIES_EXPIRED,
            Self::SERIES_CHANGED,
            Self::SERIES_CANCELED,
            Self::SERIES_CANCELED_BY_CLIENT,
        ]
        .contains(&kind)
    }

    /// Names the event: one writes one email. Most are told apart by the
    /// appointment's revision. Other things may happen to the appointment between
    /// two looks at the clock, so a reminder is told by the start that it is
    /// of, what waits by when it was asked for, a conflict by when it was found, and who is
    /// late by when they said so.
    pub fn key(self, a: &Appointment) -> String {
        match self {
            Self::Reminder { hours } => {
                format!("{}/{}/{}/{hours}h", Self::REMINDER, a.id, time::write_instant(a.span.start))
            }
            Self::Opening(Opening { entry, offer, .. }) => {
                format!("{}/{entry}/{offer}/client", Entry::OFFERED)
            }
            Self::Waiting(reschedule_request) => {
                let asked_at = reschedule_request
                    .map_or(a.requested_at, |reschedule_request| reschedule_request.requested_at);
                format!("{}/{}/{}/therapist", Self::WAITING, a.id, time::write_instant(asked_at))
            }
            Self::Together { of_each: Self::Waiting(None), .. } => {
                format!("{}/{}/{}/therapist", self.kind(), a.id, time::write_instant(a.requested_at))
            }
            Self::Conflict { notice, found_at, .. } => {
                let found_at = time::write_instant(found_at);
                format!("{}/{}/{found_at}/{}/therapist", Self::CONFLICT, a.id, notice.as_str())
            }
            Self::ClientLate { expected } | Self::TherapistLate { expected } => {
                let said_at = time::write_instant(expected.said_at);
                format!("{}/{}/{said_at}/{}/{}", self.kind(), a.id, expected.minutes, self.side().as_str())
            }
            // Some of them may be told of again without the others.
            Self::Together { visits, .. } => {
                let revisions: u32 = visits.iter().map(|one| one.visit.revision).sum();
                let (count, side) = (visits.len(), self.side().as_str());
                format!("{}/{}/{revisions}-{count}/{side}", self.kind(), a.id)
            }
            other => format!("{}/{}/{}/{}", other.kind(), a.id, a.revision, other.side().as_str()),
        }
    }

    /// The kinds of emails, to either side, that need not go out any more once
    /// this one is written: it says all that they would, as it is now, or what
    /// they tell does not hold any more.
    pub fn supersedes(self) -> &'static [&'static str] {
        match self {
            Self::Received => &[Self::RECEIVED, Self::DECLINED, Self::EXPIRED],
            Self::Declined { .. } | Self::Expired => &[Self::RECEIVED, Self::WAITING],
            Self::Confirmed => &[Self::RECEIVED, Self::DECLINED, Self::EXPIRED, Self::WAITING],
            Self::PutBack { .. } => &[
                Self::RECEIVED,
                Self::DECLINED,
                Self::EXPIRED,
                Self::CANCELED,
                Self::CLOSED,
                Self::REOPENED,
                Self::WAITING,
            ],
            Self::Changed { .. }
            | Self::Canceled
            | Self::Closed { .. }
            // Of each visit what they would be told of it alone. Nothing supersedes these: what
            // happens to one of their visits later is no news of the others.
            | Self::SeriesChanged(_)
            | Self::SeriesCanceled(_) => &[
                Self::PUT_BACK,
                Self::RECEIVED,
                Self::DECLINED,
                Self::EXPIRED,
                Self::CONFIRMED,
                Self::CHANGED,
                Self::RESCHEDULE_REQUEST_RECEIVED,
                Self::UNCHANGED,
                Self::REMINDER,
                Self::THERAPIST_LATE,
                Self::CLIENT_LATE,
                Self::CONFLICT,
                Self::WAITING,
            ],
            Self::RescheduleRequestReceived(_) => &[Self::RESCHEDULE_REQUEST_RECEIVED, Self::UNCHANGED],
            Self::Unchanged(..) => &[Self::RESCHEDULE_REQUEST_RECEIVED, Self::UNCHANGED, Self::WAITING],
            Self::ChangedByClient { .. } | Self::CanceledByClient | Self::SeriesCanceledByClient(_) => &[
                Self::ARRIVED,
                Self::CLIENT_LATE,
                Self::CHANGED_BY_CLIENT,
                Self::RESCHEDULE_REQUEST_ARRIVED,
                Self::RESCHEDULE_REQUEST_WITHDRAWN,
                Self::WAITING,
            ],
            Self::RescheduleRequestArrived(_) | Self::RescheduleRequestWithdrawn(_) => {
                &[Self::RESCHEDULE_REQUEST_ARRIVED, Self::RESCHEDULE_REQUEST_WITHDRAWN, Self::WAITING]
            }
            Self::Waiting(_) => &[Self::WAITING],
            Self::Reopened { .. } => &[Self::REOPENED],
            Self::Reminder { .. } => &[Self::REMINDER],
            Self::TherapistLate { .. } => &[Self::THERAPIST_LATE],
            Self::ClientLate { .. } => &[Self::CLIENT_LATE],
            Self::NewAddress => &[Self::NEW_ADDRESS],
            Self::Conflict { .. } => &[Self::CONFLICT],
            // No appointment has a part in it.
            Self::Unproven | Self::Opening(_) | Self::Arrived => &[],
            Self::Together { of_each, .. } => of_each.supersedes(),
        }
    }

    pub fn side(self) -> Side {
        match self {
            Self::Arrived
            | Self::Waiting(_)
            | Self::ChangedByClient { .. }
            | Self::RescheduleRequestArrived(_)
            | Self::RescheduleRequestWithdrawn(_)
            | Self::Conflict { .. }
            | Self::ClientLate { .. }
            | Self::SeriesCanceledByClient(_)
            | Self::CanceledByClient => Side::Therapist,
            Self::Together { of_each, .. } => of_each.side(),
            _ => Side::Client,
        }
    }

    /// What a client without an email address is told by telephone instead.
    pub fn topic(self) -> Option<Topic> {
        match self {
            Self::Received => Some(Topic::Requested),
            Self::Together { of_each, .. } => of_each.topic(),
            Self::Confirmed | Self::PutBack { .. } => Some(Topic::Confirmed),
            Self::Declined { .. } => Some(Topic::Declined),
            Self::Expired => Some(Topic::Expired),
            Self::Changed { .. } | Self::SeriesChanged(_) => Some(Topic::Changed),
            Self::Unchanged(_, Outcome::Declined) => Some(Topic::RescheduleRequestDeclined),
            Self::Unchanged(_, Outcome::Expired) => Some(Topic::RescheduleRequestExpired),
            Self::Closed { was: Status::Requested, .. } => Some(Topic::Declined),
            Self::Canceled | Self::SeriesCanceled(_) | Self::Closed { .. } => Some(Topic::Canceled),
            Self::Reopened { .. } => Some(Topic::Reopened),
            Self::Reminder { .. } => Some(Topic::Reminder),
            Self::TherapistLate { .. } => Some(Topic::RunningLate),
            Self::NewAddress => Some(Topic::NewAddress),
            // They have just done it themselves.
            Self::RescheduleRequestReceived(_) | Self::Unchanged(..) => None,
            // They have lists of their own.
            Self::Unproven | Self::Opening(_) => None,
            Self::Arrived
            | Self::Waiting(_)
            | Self::ChangedByClient { .. }
            | Self::RescheduleRequestArrived(_)
            | Self::RescheduleRequestWithdrawn(_)
            | Self::Conflict { .. }
            | Self::ClientLate { .. }
            | Self::SeriesCanceledByClient(_)
            | Self::CanceledByClient => None,
        }
    }

    /// What it tells of one visit.
    pub(super) fn of_each(self) -> Self {
        match self {
            Self::Together { of_each, .. } => *of_each,
            alone => alone,
        }
    }

    /// True when the therapist's own sentence was said with it.
    pub(super) fn is_an_answer(self) -> bool {
        matches!(
            self.of_each(),
            Self::Confirmed
                | Self::Declined { .. }
                | Self::PutBack { .. }
                | Self::Changed { .. }
                | Self::Unchanged(_, Outcome::Declined)
                | Self::Canceled
                | Self::SeriesChanged(_)
                | Self::SeriesCanceled(_)
                | Self::Closed { .. }
        )
    }

    /// True when the therapist's own sentence says why, before anything else.
    pub(super) fn begins_with_the_sentence(self) -> bool {
        matches!(self, Self::Closed { .. })
    }

    /// True where there is an appointment: before the proof, or a yes to an offer, there is none.
    pub(super) fn is_about_an_appointment(self) -> bool {
        !matches!(self, Self::Unproven | Self::Opening(_))
    }

    /// True where its client can choose another time instead.
    pub fn leads_to_rebooking(self) -> bool {
        matches!(self, Self::Closed { .. } | Self::Reopened { .. })
    }

    /// After this nobody needs the email any more.
    pub(super) fn not_after(self, a: &Appointment) -> Option<Instant> {
        match self.of_each() {
            Self::Reminder { .. } | Self::Conflict { .. } => Some(a.span.start),
            Self::TherapistLate { expected } | Self::ClientLate { expected } => Some(expected.span.end),
            Self::Opening(opening) => Some(opening.until),
            Self::Waiting(reschedule_request) => Some(reschedule_request.map_or_else(
                || a.state.held_until().unwrap_or(a.requested_at),
                |reschedule_request| reschedule_request.held_until,
            )),
            _ => None,
        }
    }
}
