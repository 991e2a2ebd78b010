//! The therapist notes what was paid for a visit, or lets a late fee go. None of it
//! is an act: nobody is written to, and it is corrected at any time.

use super::expire;
use crate::{
    app::Current,
    domain::{
        appointment::{
            Appointment,
            payment::{Due, Payment},
            refusal::{PaymentRefusal, Refusal},
        },
        history::{Entry, What, Who},
        ids::AppointmentId,
    },
    operation::{Error, Operation},
};

/// What a page has shown as noted: `None` where nothing was.
pub type Shown = Option<String>;

/// Notes what was paid, in place of what stands noted. `seen` is what the page has
/// shown of that, where it says so: what another page has noted since is not lost.
pub async fn note(
    current: &Current,
    id: AppointmentId,
    payment: Payment,
    seen: Option<Shown>,
) -> Result<Appointment, Error> {
    let (mut op, appointment) = begin(current, id).await?;
    let due = appointment.due().ok_or(no(PaymentRefusal::NothingDue))?;
    let noted = op.tx.payment(id).await?;
    if noted != Some(payment) {
        is_as_seen(noted, seen)?;
        if due.fee().is_some() && op.tx.fee_is_waived(id).await? {
            return Err(no(PaymentRefusal::IsWaived));
        }
        op.tx.note_payment(id, &payment, op.now).await?;
        op.note_money(What::PaymentNoted, &appointment).await?;
    }
    op.commit().await?;
    Ok(appointment)
}

/// Nothing was paid after all.
pub async fn forget(current: &Current, id: AppointmentId, seen: Option<Shown>) -> Result<Appointment, Error> {
    let (mut op, appointment) = begin(current, id).await?;
    if let Some(noted) = op.tx.payment(id).await? {
        is_as_seen(Some(noted), seen)?;
        op.tx.forget_payment(id).await?;
        op.note_money(What::PaymentForgotten, &appointment).await?;
    }
    op.commit().await?;
    Ok(appointment)
}

/// Lets the fee of a late cancellation or a no-show go.
pub async fn waive(current: &Current, id: AppointmentId) -> Result<Appointment, Error> {
    let (mut op, appointment) = begin(current, id).await?;
    appointment.due().and_then(Due::fee).ok_or(no(PaymentRefusal::NoFee))?;
    if op.tx.payment(id).await?.is_some() {
        return Err(no(PaymentRefusal::IsPaid));
    }
    op.tx.waive_fee(id, op.now).await?;
    op.note_money(What::FeeWaived, &appointment).await?;
    op.commit().await?;
    Ok(appointment)
}

/// The fee is asked for after all.
pub async fn unwaive(current: &Current, id: AppointmentId) -> Result<Appointment, Error> {
    let (mut op, appointment) = begin(current, id).await?;
    op.tx.unwaive_fee(id).await?;
    op.note_money(What::FeeAskedFor, &appointment).await?;
    op.commit().await?;
    Ok(appointment)
}

impl Operation {
    async fn note_money(&mut self, what: What, a: &Appointment) -> Result<(), Error> {
        Ok(self.tx.note_happened(&Entry::of(Who::Therapist, what, a, self.now)).await?)
    }
}

async fn begin(current: &Current, id: AppointmentId) -> Result<(Operation, Appointment), Error> {
    let mut op = expire::begin(current).await?;
    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    Ok((op, appointment))
}

fn is_as_seen(noted: Option<Payment>, seen: Option<Shown>) -> Result<(), Error> {
    match seen {
        Some(seen) if seen != noted.map(|payment| payment.to_string()) => {
            Err(no(PaymentRefusal::NotedMeanwhile))
        }
        _ => Ok(()),
    }
}

fn no(refusal: PaymentRefusal) -> Error {
    Refusal::from(refusal).into()
}
