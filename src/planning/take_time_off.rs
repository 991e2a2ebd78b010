//! The therapist takes time off, at one office or at all, and comes back.

use crate::{
    app::Current,
    booking::expire,
    domain::{
        availability::{hold, time_off::TimeOff},
        client::Note,
        history::{Entry, What},
        ids::{AppointmentId, OfficeSlug, TimeOffId},
        time::{self, Instant, Interval},
    },
    operation::{Error, Operation},
};

/// Enters time off. Appointments in it are left standing, in conflict; they have
/// to be `known`, or the therapist is told of them first. While the whole practice is
/// off, holds do not run: those that are running end later.
pub async fn take_time_off(
    current: &Current,
    office: Option<OfficeSlug>,
    span: Interval,
    note: Option<Note>,
    known: &[AppointmentId],
) -> Result<TimeOffId, Error> {
    let mut op = expire::begin(current).await?;

    let off = TimeOff { id: TimeOffId(0), office, span, note };
    let busy = op.tx.busy(span, op.now).await?;
    op.only_known(busy.during(&off), known)?;

    let before = op.tx.all_time_off().await?;
    let id = op.tx.insert_time_off(off.office.as_ref(), span, off.note.as_ref()).await?;
    op.hold_anew(&before).await?;
    op.look_for_conflicts().await?;
    op.note_time_off(What::TimeOffTaken, &off).await?;
    op.commit().await?;
    Ok(id)
}

/// Ends time off: it is removed, or ends now if it has begun.
pub async fn come_back(current: &Current, id: TimeOffId) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;

    let off = op.tx.time_off(id).await?.filter(|off| off.span.end > op.now).ok_or(Error::Missing)?;

    let before = op.tx.all_time_off().await?;
    op.tx.end_time_off(&off, op.now).await?;
    op.hold_anew(&before).await?;
    op.look_for_conflicts().await?;
    op.note_time_off(What::TimeOffEnded, &off).await?;
    op.commit().await
}

/// Until when something is held, by its start, since when it is held, and until when so far.
trait Anew: Fn(Instant, Instant, Instant) -> Instant + Copy {}
impl<F: Fn(Instant, Instant, Instant) -> Instant + Copy> Anew for F {}

impl Operation {
    async fn note_time_off(&mut self, what: What, off: &TimeOff) -> Result<(), Error> {
        let first = time::date(self.app.practice().zone, off.span.start);
        let entry = Entry::planned(what, self.now).in_office(off.office.as_ref()).on(first);
        Ok(self.tx.note_happened(&entry).await?)
    }

    /// Works out anew until when everything is held that waits for an answer,
    /// given the time off as it was before.
    async fn hold_anew(&mut self, before: &[TimeOff]) -> Result<(), Error> {
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
        let until = until(request.span.start, request.requested_at, held_until);
        self.tx.update_appointment(&request.held(until)?).await?;
        Ok(1)
    }

    async fn hold_reschedule_request_anew(
        &mut self,
        id: AppointmentId,
        until: impl Anew,
    ) -> Result<usize, Error> {
        let reschedule_request = self.tx.reschedule_request_of(id).await?.ok_or(Error::Missing)?;
        let old = self.tx.appointment(id).await?.ok_or(Error::Missing)?;
        let nearest = reschedule_request.span.start.min(old.span.start);
        let until = until(nearest, reschedule_request.requested_at, reschedule_request.held_until);
        self.tx.hold_reschedule_request(reschedule_request.id, until).await?;
        Ok(1)
    }
}
