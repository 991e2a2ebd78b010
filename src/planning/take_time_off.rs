//! The therapist takes time off, at one office or at all, and comes back.

use crate::{
    app::Current,
    booking::expire,
    domain::{
        availability::time_off::TimeOff,
        client::Note,
        history::{Entry, What},
        ids::{AppointmentId, OfficeSlug, TimeOffId},
        time::{self, Interval},
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
    (note, sentence): (Option<Note>, Option<Note>),
    known: &[AppointmentId],
) -> Result<TimeOffId, Error> {
    let mut op = expire::begin(current).await?;

    let off = TimeOff { id: TimeOffId(0), office, span, note, sentence };
    let busy = op.tx.busy(span, op.now).await?;
    op.only_known(busy.during(&off), known)?;

    let before = op.tx.all_time_off().await?;
    let id =
        op.tx.insert_time_off(off.office.as_ref(), span, (off.note.as_ref(), off.sentence.as_ref())).await?;
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

impl Operation {
    async fn note_time_off(&mut self, what: What, off: &TimeOff) -> Result<(), Error> {
        let first = time::date(self.app.practice().zone, off.span.start);
        let entry = Entry::planned(what, self.now).in_office(off.office.as_ref()).on(first);
        Ok(self.tx.note_happened(&entry).await?)
    }
}
