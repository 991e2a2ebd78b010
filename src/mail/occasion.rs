//! What an email tells of: whom it is to, and until when it is worth sending.

use crate::domain::{
    appointment::{
        Appointment, Side, Status,
        call::Topic,
        reschedule_request::{Asked, Outcome, RescheduleRequest},
    },
    availability::{
        conflict::{Conflict, Notice},
        late::Expected,
    },
    ids::{OfferId, WaitlistEntryId},
    time::Instant,
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
    /// To the client: nothing is held before you have shown that this address is yours. With
    /// the second session, where two were asked for.
    Unproven {
        second: Option<&'a Appointment>,
    },
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
    /// The same of a reschedule request that was asked for together with later visits' ones.
    AndLater {
        of_each: &'a Occasion<'a>,
        later: &'a [Asked],
    },
    /// To the client: all of these visits, of which the appointment is the first, were moved,
    /// because this side wanted it.
    SeriesChanged {
        moves: &'a [Moved],
        wanted_by: Side,
    },
    /// To the therapist: the client has moved all of these, requests or with leave to.
    SeriesChangedByClient(&'a [Moved]),
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
    pub fn side(self) -> Side {
        match self {
            Self::Arrived
            | Self::Waiting(_)
            | Self::ChangedByClient { .. }
            | Self::RescheduleRequestArrived(_)
            | Self::RescheduleRequestWithdrawn(_)
            | Self::Conflict { .. }
            | Self::ClientLate { .. }
            | Self::SeriesChangedByClient(_)
            | Self::SeriesCanceledByClient(_)
            | Self::CanceledByClient => Side::Therapist,
            Self::Together { of_each, .. } | Self::AndLater { of_each, .. } => of_each.side(),
            _ => Side::Client,
        }
    }

    /// What a client without an email address is told by telephone instead.
    pub fn topic(self) -> Option<Topic> {
        match self {
            Self::Received => Some(Topic::Requested),
            Self::Together { of_each, .. } | Self::AndLater { of_each, .. } => of_each.topic(),
            Self::Confirmed | Self::PutBack { .. } => Some(Topic::Confirmed),
            Self::Declined { .. } => Some(Topic::Declined),
            Self::Expired => Some(Topic::Expired),
            Self::Changed { .. } | Self::SeriesChanged { .. } => Some(Topic::Changed),
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
            Self::Unproven { .. } | Self::Opening(_) => None,
            Self::Arrived
            | Self::Waiting(_)
            | Self::ChangedByClient { .. }
            | Self::RescheduleRequestArrived(_)
            | Self::RescheduleRequestWithdrawn(_)
            | Self::Conflict { .. }
            | Self::ClientLate { .. }
            | Self::SeriesChangedByClient(_)
            | Self::SeriesCanceledByClient(_)
            | Self::CanceledByClient => None,
        }
    }

    /// What it tells of one visit.
    pub(super) fn of_each(self) -> Self {
        match self {
            Self::Together { of_each, .. } | Self::AndLater { of_each, .. } => *of_each,
            alone => alone,
        }
    }

    /// What it tells without the later visits, of which the same email tells besides.
    pub(super) fn of_the_first(self) -> Self {
        match self {
            Self::AndLater { of_each, .. } => *of_each,
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
                | Self::SeriesChanged { .. }
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
        !matches!(self, Self::Unproven { .. } | Self::Opening(_))
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
