//! Holds are worked out anew where time off has changed: they do not run while the
//! whole practice is off.

use crate::{
    domain::{
        availability::{hold, time_off::TimeOff},
        ids::AppointmentId,
        time::Instant,
    },
    operation::{Error, Operation},
};

/// Until when something is held, by its start, since when it is held, and until when so far.
trait Anew: Fn(Instant, Instant, Instant) -> Instant + Copy {}
impl<F: Fn(Instant, Instant, Instant) -> Instant + Copy> Anew for F {}

impl Operation {
    /// Works out anew until when everything is held that waits for an answer,
    /// given the time off as it was before.
    pub async fn hold_anew(&mut self, before: &[TimeOff]) -> Result<(), Error> {
        let now = self.tx.all_time_off().await?;
        let policy = self.rules.policy.clone();
        let until = |start: Instant, from: Instant, held: Instant| {
            hold::held_anew(&policy, (before, &now), start, from, held)
        };
        for id in self.tx.waiting_requests().await? {
            self.begin_alone().await?;
            let outcome = self.hold_request_anew(id, until).await;
            self.end_alone(outcome, "extending the hold of a request", id.0).await?;
        }
        for id in self.tx.waiting_reschedule_requests().await? {
            self.begin_alone().await?;
            let outcome = self.hold_reschedule_request_anew(id, until).await;
            self.end_alone(outcome, "extending the hold of a reschedule request", id.0).await?;
        }
        Ok(())
    }

    async fn hold_request_anew(&mut self, id: AppointmentId, until: impl Anew) -> Result<usize, Error> {
        let request = self.tx.appointment(id).await?.ok_or(Error::Missing)?;
        let Some(held_until) = request.state.held_until() else { return Ok(0) };
        // What was asked for together is held together, by the first of it.
        let together = self.answered_with(&request).await?;
        let Some(first) = together.first().filter(|first| first.id == id) else { return Ok(0) };
        let until = until(first.span.start, request.requested_at, held_until);
        for one in together {
            self.tx.update_appointment(&one.held(until)?).await?;
        }
        Ok(1)
    }

    async fn hold_reschedule_request_anew(
        &mut self,
        id: AppointmentId,
        until: impl Anew,
    ) -> Result<usize, Error> {
        let reschedule_request = self.tx.reschedule_request_of(id).await?.ok_or(Error::Missing)?;
        // What was asked for at once is held together, by the nearest of it.
        let asked = self.tx.asked_with_reschedule(reschedule_request.id).await?;
        if asked.first().is_none_or(|(first, _)| first.id != id) {
            return Ok(0);
        }
        let nearest = asked.iter().map(|(a, to)| to.span.start.min(a.span.start)).min();
        let nearest = nearest.unwrap_or(reschedule_request.span.start);
        let until = until(nearest, reschedule_request.requested_at, reschedule_request.held_until);
        for (_, one) in asked {
            self.tx.hold_reschedule_request(one.id, until).await?;
        }
        Ok(1)
    }
}
