//! Which emails need not go out any more once another one is written.

use super::occasion::Occasion;

impl Occasion<'_> {
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
            | Self::SeriesChanged { .. }
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
            Self::ChangedByClient { .. }
            | Self::CanceledByClient
            | Self::SeriesChangedByClient(_)
            | Self::SeriesCanceledByClient(_) => &[
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
            Self::Unproven { .. } | Self::Opening(_) | Self::Arrived => &[],
            Self::Together { of_each, .. } | Self::AndLater { of_each, .. } => of_each.supersedes(),
        }
    }
}
