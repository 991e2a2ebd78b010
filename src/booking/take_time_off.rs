//! The therapist takes time off, at one office or at all, and comes back.

use super::{Error, Operation};
use crate::{
    app::App,
    domain::{
        client::Note,
        hold,
        ids::{AppointmentId, OfficeSlug, TimeOffId},
        interval::Interval,
        time_off::TimeOff,
    },
};

/// Enters time off. Appointments in it are left standing; they have to be
/// `known`, or the therapist is told of them first. While the whole practice is
/// off, holds do not run: those that are running end later.
pub async fn take_time_off(
    app: &App,
    office: Option<OfficeSlug>,
    span: Interval,
    note: Option<Note>,
    known: &[AppointmentId],
) -> Result<TimeOffId, Error> {
    let mut op = Operation::begin(app).await?;

    let off = TimeOff { id: TimeOffId(0), office, span, note };
    let busy = op.tx.busy(span).await?;
    op.only_known(off.leaves_standing(&busy), known)?;

    let id = op.tx.insert_time_off(off.office.as_ref(), span, off.note.as_ref()).await?;
    op.hold_anew().await?;
    op.commit().await?;
    Ok(id)
}

/// Ends time off: it is removed, or ends now if it has begun.
pub async fn come_back(app: &App, id: TimeOffId) -> Result<(), Error> {
    let mut op = Operation::begin(app).await?;

    let off = op.tx.time_off(id).await?.filter(|off| off.span.end > op.now).ok_or(Error::Missing)?;

    op.tx.end_time_off(&off, op.now).await?;
    op.hold_anew().await?;
    op.commit().await
}

impl Operation<'_> {
    /// Works out anew until when everything is held that waits for an answer.
    async fn hold_anew(&mut self) -> Result<(), Error> {
        for request in self.tx.requests().await? {
            let time_off = self.tx.time_off_since(request.requested_at).await?;
            let start = request.session.start;
            let until = hold::held_until(&self.rules.policy, &time_off, start, request.requested_at);
            self.tx.update_appointment(&request.held(until)).await?;
        }
        for change in self.tx.changes().await? {
            let time_off = self.tx.time_off_since(change.requested_at).await?;
            let old = self.tx.appointment(change.appointment).await?.ok_or(Error::Missing)?;
            let nearest = change.session.start.min(old.session.start);
            let until = hold::held_until(&self.rules.policy, &time_off, nearest, change.requested_at);
            self.tx.hold_change(change.id, until).await?;
        }
        Ok(())
    }
}
