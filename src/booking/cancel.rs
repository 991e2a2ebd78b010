//! Either side cancels.

use super::{confirm::Answer, expire, undo::OfClient};
use crate::{
    app::Current,
    domain::{
        act::{self, Kind},
        appointment::{
            Appointment, Side, Status, call::Matter, refusal::Refusal, reschedule_request::Outcome,
        },
        history::{Entry, What, Who},
        ids::{AppointmentId, Token},
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
};

/// The client cancels a request or an appointment; both sides are told. `seen`
/// is the revision that their page showed, where it said one.
pub async fn by_client(current: &Current, link: &Token, seen: Option<u32>) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;

    if let Some(canceled) = op.is_canceled_unheard(link, seen).await? {
        op.commit().await?;
        return Ok(canceled);
    }
    let goes_before = |kind| !matches!(kind, Kind::Arrived | Kind::NoShow | Kind::Closed);
    let OfClient { appointment, seen } = op.for_client(link, seen, goes_before).await?;
    let canceled = appointment.clone().cancel_by_client(&op.rules.policy, op.now)?;
    let mut op = op.about_what_was_seen(&appointment, seen).await?;

    op.end(&canceled).await?;
    op.tx.note_happened(&Entry::of(Who::Client, What::CanceledByClient, &appointment, op.now)).await?;
    // Whoever has heard nothing of a request need not hear that it is over.
    let was_request = appointment.status() == Status::Requested;
    if was_request && !op.has_heard(&canceled, Side::Client, |_| true).await? {
        op.forget_calls(&canceled).await?;
        op.forget(&canceled, Occasion::Canceled).await?;
    } else {
        op.tell_who_has_canceled(&canceled).await?;
    }
    if was_request && !op.has_heard(&canceled, Side::Therapist, |_| true).await? {
        op.forget(&canceled, Occasion::CanceledByClient).await?;
    } else {
        op.tell_therapist(&canceled, Occasion::CanceledByClient).await?;
    }
    op.commit().await?;
    Ok(canceled)
}

/// The therapist calls off a confirmed appointment; the client is told.
pub async fn by_therapist(
    current: &Current,
    id: AppointmentId,
    answer: Answer,
) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;

    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let canceled = appointment.clone().cancel_by_therapist(answer.sentence.clone(), op.now)?;
    let mut op = op.about_what_was_seen(&appointment, answer.seen).await?;

    op.begin_act(Kind::Canceled, &canceled).await?;
    op.end(&canceled).await?;
    op.tell_client_in_time(&canceled, Occasion::Canceled).await?;
    op.commit().await?;
    Ok(canceled)
}

/// The therapist notes that the client has called to cancel, perhaps late.
pub async fn for_client(current: &Current, id: AppointmentId) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;

    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let canceled = appointment.cancel_for_client(&op.rules.policy, op.now)?;

    op.begin_act(Kind::CanceledForClient, &canceled).await?;
    op.end(&canceled).await?;
    op.tell_who_has_canceled(&canceled).await?;
    op.commit().await?;
    Ok(canceled)
}

impl Operation {
    /// Writes an appointment that is no more, and with it the reschedule request that was asked for.
    pub(super) async fn end(&mut self, canceled: &Appointment) -> Result<(), Error> {
        self.tx.end_reschedule_request(canceled.id, Outcome::Canceled, self.now).await?;
        Ok(self.tx.update_appointment(canceled).await?)
    }

    /// The appointment of a link that the therapist has just canceled, if its client has not
    /// heard so and cancels it too. It stays canceled as it is, so that they owe
    /// nothing by it, and can no longer be undone.
    async fn is_canceled_unheard(
        &mut self,
        link: &Token,
        seen: Option<u32>,
    ) -> Result<Option<Appointment>, Error> {
        let (appointment, _) = self.tx.appointment_by_link(link, self.now).await?.ok_or(Error::Missing)?;
        let known = self.tx.known_to_client(appointment.id, self.now).await?;
        let Some(known) = known.filter(|_| appointment.status() == Status::Canceled) else {
            return Ok(None);
        };
        known.appointment.is_as_seen(seen)?;
        known.appointment.clone().cancel_by_client(&self.rules.policy, self.now)?;
        let acts = self.unheard_acts(&known).await?;
        if acts.iter().any(|act| act.kind == Kind::Closed) || self.is_one_of_several(&acts).await? {
            // What one of many does must not keep the therapist from undoing it for all.
            return Err(Refusal::BeingChanged.into());
        }
        for act in acts {
            self.tx.close_act(act.id, act::Outcome::Overtaken, self.now).await?;
        }
        Ok(Some(appointment))
    }

    pub(super) async fn forget_calls(&mut self, canceled: &Appointment) -> Result<(), Error> {
        self.tx.forget_call(canceled.id, Matter::Standing).await?;
        Ok(self.tx.forget_call(canceled.id, Matter::Address).await?)
    }

    /// Writes to the client who has canceled, if they have an address. There is
    /// nothing to call them about any more: they know, having done it themselves.
    async fn tell_who_has_canceled(&mut self, canceled: &Appointment) -> Result<(), Error> {
        self.forget_calls(canceled).await?;
        match canceled.contact.email {
            Some(_) => self.tell_client(canceled, Occasion::Canceled).await,
            None => self.forget(canceled, Occasion::Canceled).await,
        }
    }
}
