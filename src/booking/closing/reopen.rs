//! The therapist opens again what was closed: whoever was canceled by it and has
//! chosen nothing else is invited. It holds nothing for anybody.

use std::collections::BTreeSet;

use chrono_tz::Tz;

use super::rebooking;
use crate::{
    app::Current,
    booking::expire,
    domain::{
        act::Kind,
        appointment::{
            Appointment, Status,
            refusal::{Refusal, UndoRefusal},
        },
        availability::closing::Closing,
        history::What,
        ids::{ActId, AppointmentId, ClosingId},
        time::Instant,
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
    store::{Reading, StoreError},
};

/// Somebody who is invited when it is opened again.
pub struct Invited {
    pub appointment: Appointment,
    /// Until when they can choose a time.
    pub until: Instant,
    /// They get an email; otherwise they are called.
    pub is_written_to: bool,
}

/// Whoever was canceled by a closing, and can still choose another time.
pub async fn invited(
    tx: &mut Reading,
    zone: Tz,
    closing: &Closing,
    now: Instant,
) -> Result<Vec<Invited>, StoreError> {
    let mut invited = Vec::new();
    for visit in tx.closed_visits(closing.id).await? {
        let Some(appointment) = tx.appointment(visit.appointment).await? else { continue };
        let looked = rebooking::look(tx, zone, &appointment, now).await?;
        // A later closing may have touched it too; and without an address it is nobody's any more.
        let Some(rebooking) = looked.filter(|it| it.is_open() && it.visit.closing == closing.id) else {
            continue;
        };
        let contact = &appointment.contact;
        let is_written_to = tx.hears(contact).await?.is_by_email();
        if contact.email.is_some() || contact.phone.is_some() {
            invited.push(Invited { appointment, until: rebooking.until, is_written_to });
        }
    }
    invited.sort_by_key(|one| one.appointment.span.start);
    Ok(invited)
}

/// A closing that can be opened again: it is not over, and was not opened yet.
pub async fn closing(tx: &mut Reading, id: ClosingId, now: Instant) -> Result<Option<Closing>, StoreError> {
    let closing = tx.closing(id).await?;
    Ok(closing.filter(|closing| closing.reopened_at.is_none() && closing.span.end > now))
}

/// Opens it again. Whoever is invited has to be known, or the therapist is shown them first.
pub async fn reopen(current: &Current, id: ClosingId, known: &[AppointmentId]) -> Result<Closing, Error> {
    let mut op = expire::begin(current).await?;
    let zone = op.app.practice().zone;

    let closing = closing(&mut op.tx, id, op.now).await?.ok_or(Error::Missing)?;
    if op.tx.act(closing.act).await?.is_some_and(|act| act.runs(op.now)) {
        // Nobody has heard that it was closed, and so there is nobody to invite.
        return Err(Refusal::from(UndoRefusal::IsToBeUndone).into());
    }
    let invited = invited(&mut op.tx, zone, &closing, op.now).await?;
    let ids: Vec<AppointmentId> = invited.iter().map(|one| one.appointment.id).collect();
    if !ids.iter().all(|id| known.contains(id)) {
        return Err(Error::Touches(ids));
    }

    let before = op.tx.all_time_off().await?;
    let act = op.tx.begin_act(Kind::Reopened, None, op.now).await?;
    for a in op.those_in(&closing).await? {
        // What the therapist has said of it, and of that it is there at all, comes back when this is undone.
        op.tx.keep_before(a.id, a.revision).await?;
    }
    if let Some(off) = op.tx.time_off(closing.time_off).await? {
        op.tx.end_time_off(&off, op.now).await?;
    }
    op.tx.closing_is_reopened(id, act, op.now).await?;
    op.note_of_day(What::DayReopened, closing.office.as_ref(), closing.span).await?;
    for Invited { appointment: a, until, .. } in invited {
        let was = if a.status() == Status::Declined { Status::Requested } else { Status::Confirmed };
        op.tell_client(&a, Occasion::Reopened { was, until }).await?;
    }
    op.hold_anew(&before).await?;
    op.look_for_conflicts().await?;
    op.commit().await?;
    Ok(closing)
}

impl Operation {
    /// Refuses to close again what somebody has taken since it was opened: they would be
    /// left in conflict without a word.
    pub(in crate::booking) async fn nobody_has_come_in(&mut self, act: ActId) -> Result<(), Error> {
        let before = self.tx.acted_on(act).await?;
        for closing in self.tx.closings_of_act(act).await? {
            if self.those_in(&closing).await?.iter().any(|a| !before.contains(&a.id)) {
                return Err(Refusal::from(UndoRefusal::BookedSince).into());
            }
        }
        Ok(())
    }

    /// Whoever comes, or asks to come, in a time that was closed.
    async fn those_in(&mut self, closing: &Closing) -> Result<Vec<Appointment>, Error> {
        let busy = self.tx.busy(closing.span, self.now).await?;
        let ids: BTreeSet<AppointmentId> =
            busy.during(&closing.as_time_off()).into_iter().filter_map(|o| o.holder.appointment()).collect();
        let mut there = Vec::new();
        for id in ids {
            there.extend(self.tx.appointment(id).await?.filter(|a| a.status().is_live()));
        }
        Ok(there)
    }

    /// What an act has opened is closed as it was.
    pub(in crate::booking) async fn reclose(&mut self, act: ActId) -> Result<(), Error> {
        let before = self.tx.all_time_off().await?;
        for closing in self.tx.closings_of_act(act).await? {
            self.note_of_day(What::DayClosed, closing.office.as_ref(), closing.span).await?;
            self.tx.put_time_off_back(&closing.as_time_off()).await?;
        }
        self.tx.closings_stay_closed(act).await?;
        self.hold_anew(&before).await
    }
}
