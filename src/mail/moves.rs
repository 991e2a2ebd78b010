//! What an email tells of a move: where the appointment was before, or where a reschedule
//! request would have it.

use super::{facts::Facts, occasion::Occasion};
use crate::domain::{
    appointment::{
        Appointment, Side, Status,
        reschedule_request::{Outcome, RescheduleRequest},
    },
    time,
};

impl Facts<'_> {
    /// Where the appointment was before it was moved.
    pub(super) fn before(&self) -> Option<&Appointment> {
        match self.occasion {
            Occasion::Changed { from, .. } | Occasion::ChangedByClient { from } => Some(from),
            _ => None,
        }
    }

    /// The office that it was moved from, if it is another: that is said first.
    pub(super) fn other_office(&self) -> Option<&str> {
        let from = self.before()?;
        (from.office != self.a.office).then(|| self.practice.office_name(&from.office))
    }

    /// True when it was moved because the client wanted it.
    pub(super) fn is_as_asked(&self) -> bool {
        matches!(self.occasion, Occasion::Changed { wanted_by: Side::Client, .. })
    }

    /// True when what was moved was a request that nobody had confirmed.
    pub(super) fn was_request(&self) -> bool {
        self.before().is_some_and(|from| from.status() != Status::Confirmed)
    }

    pub(super) fn before_when(&self) -> String {
        self.before().map(|from| time::phrase(self.practice.zone, from.span.start)).unwrap_or_default()
    }

    pub(super) fn before_office(&self) -> &str {
        self.before().map_or("", |from| self.practice.office_name(&from.office))
    }

    /// The reschedule request that the email is about.
    pub(super) fn reschedule_request(&self) -> Option<&RescheduleRequest> {
        match self.occasion.of_the_first() {
            Occasion::RescheduleRequestReceived(reschedule_request)
            | Occasion::RescheduleRequestArrived(reschedule_request)
            | Occasion::RescheduleRequestWithdrawn(reschedule_request)
            | Occasion::Unchanged(reschedule_request, _) => Some(reschedule_request),
            Occasion::Waiting(reschedule_request) => reschedule_request,
            _ => None,
        }
    }

    pub(super) fn is_about_a_reschedule_request(&self) -> bool {
        self.reschedule_request().is_some()
    }

    /// True while the client waits for a yes or a no.
    pub(super) fn awaits_answer(&self) -> bool {
        self.a.status() == Status::Requested || self.is_about_a_reschedule_request()
    }

    /// When and where the reschedule request would be.
    pub(super) fn change_when(&self) -> String {
        self.reschedule_request()
            .map(|reschedule_request| self.when_of(reschedule_request))
            .unwrap_or_default()
    }

    pub(super) fn change_office(&self) -> &str {
        self.reschedule_request()
            .map_or("", |reschedule_request| self.practice.office_name(&reschedule_request.office))
    }

    pub(super) fn when_of(&self, reschedule_request: &RescheduleRequest) -> String {
        time::phrase(self.practice.zone, reschedule_request.span.start)
    }

    pub(super) fn was_declined(&self) -> bool {
        matches!(self.occasion.of_the_first(), Occasion::Unchanged(_, Outcome::Declined))
    }

    pub(super) fn has_expired(&self) -> bool {
        matches!(self.occasion.of_the_first(), Occasion::Unchanged(_, Outcome::Expired))
    }
}
