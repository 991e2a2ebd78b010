//! The kinds of emails: what each is called in the file and among the templates, and which
//! event an email is about, so that none is written twice.

use super::occasion::{Occasion, Opening};
use crate::domain::{appointment::Appointment, time, waitlist::entry::Entry};

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
    pub(super) const SERIES_WAITING: &'static str = "series_waiting";
    pub const SERIES_DECLINED: &'static str = "series_declined";
    pub const SERIES_EXPIRED: &'static str = "series_expired";
    pub const SERIES_CHANGED: &'static str = "series_changed";
    pub(super) const SERIES_CHANGED_BY_CLIENT: &'static str = "series_changed_by_client";
    pub const SERIES_CANCELED: &'static str = "series_cancelled";
    pub(super) const SERIES_CANCELED_BY_CLIENT: &'static str = "series_cancelled_by_client";
    pub const PUT_BACK: &'static str = "put_back";
    pub const DECLINED: &'static str = "declined";
    pub const EXPIRED: &'static str = "expired";
    pub const CHANGED: &'static str = "changed";
    pub(super) const CHANGED_BY_CLIENT: &'static str = "changed_by_client";
    pub const RESCHEDULE_REQUEST_RECEIVED: &'static str = "reschedule_request_received";
    pub const RESCHEDULE_REQUEST_ARRIVED: &'static str = "reschedule_request_arrived";
    pub const UNCHANGED: &'static str = "unchanged";
    pub(super) const RESCHEDULE_REQUEST_WITHDRAWN: &'static str = "reschedule_request_withdrawn";
    pub const CANCELED: &'static str = "cancelled";
    pub const CLOSED: &'static str = "closed";
    pub const REOPENED: &'static str = "reopened";
    pub(super) const CANCELED_BY_CLIENT: &'static str = "cancelled_by_client";
    pub const REMINDER: &'static str = "reminder";
    pub(super) const THERAPIST_LATE: &'static str = "therapist_late";
    pub(super) const CLIENT_LATE: &'static str = "client_late";
    pub const NEW_ADDRESS: &'static str = "new_address";
    pub const CONFLICT: &'static str = "conflict";

    /// What the keys of its emails begin with, and how their folder of templates is called.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Unproven { .. } => Self::UNPROVEN,
            Self::Opening(_) => Entry::OFFERED,
            Self::Received => Self::RECEIVED,
            Self::Arrived => Self::ARRIVED,
            Self::Waiting(_) => Self::WAITING,
            Self::Confirmed => Self::CONFIRMED,
            Self::Together { of_each, .. } => Self::of_several(of_each.kind()).unwrap_or(of_each.kind()),
            Self::AndLater { of_each, .. } => of_each.kind(),
            Self::SeriesChanged { .. } => Self::SERIES_CHANGED,
            Self::SeriesChangedByClient(_) => Self::SERIES_CHANGED_BY_CLIENT,
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
            Self::SERIES_CHANGED_BY_CLIENT,
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
            Self::AndLater { of_each: of_each @ Self::Waiting(_), .. } => of_each.key(a),
            // Some of them may be told of again without the others.
            Self::AndLater { later, .. } => {
                let (count, side) = (later.len() + 1, self.side().as_str());
                format!("{}/{}/{}-{count}/{side}", self.kind(), a.id, a.revision)
            }
            Self::Together { visits, .. } => {
                let revisions: u32 = visits.iter().map(|one| one.visit.revision).sum();
                let (count, side) = (visits.len(), self.side().as_str());
                format!("{}/{}/{revisions}-{count}/{side}", self.kind(), a.id)
            }
            other => format!("{}/{}/{}/{}", other.kind(), a.id, a.revision, other.side().as_str()),
        }
    }
}
