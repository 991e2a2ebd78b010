//! Whom closing a span would touch, what would become of each, and how they'd hear.

use std::collections::BTreeSet;

use crate::{
    booking::tell::NEAR,
    domain::{
        appointment::{Appointment, reschedule_request::RescheduleRequest},
        availability::{closing::Fate, time_off::TimeOff},
        ids::AppointmentId,
        time::Instant,
    },
    store::{Reading, StoreError},
};

/// Somebody whom a closing touches.
pub struct Touched {
    pub appointment: Appointment,
    /// The other time that waits for an answer.
    pub reschedule_request: Option<RescheduleRequest>,
    pub fate: Fate,
    /// They get an email.
    pub is_written_to: bool,
    /// They stand among those to reach: besides the email, or for want of one.
    pub is_to_reach: bool,
    /// Emails to their address come back.
    pub returns: bool,
}

/// Everybody whom it touches that these times be closed, in order of time.
pub async fn read(tx: &mut Reading, closed: &[TimeOff], now: Instant) -> Result<Vec<Touched>, StoreError> {
    let mut ids: BTreeSet<AppointmentId> = BTreeSet::new();
    for off in closed {
        let busy = tx.busy(off.span, now).await?;
        ids.extend(busy.during(off).into_iter().map(|occupied| occupied.appointment));
    }
    let mut touched = Vec::new();
    for id in ids {
        let Some(appointment) = tx.appointment(id).await? else { continue };
        let reschedule_request = tx.reschedule_request_of(id).await?;
        let Some(fate) = Fate::of(&appointment, reschedule_request.as_ref(), closed, now) else { continue };
        let contact = &appointment.contact;
        let returns = match &contact.email {
            Some(address) => tx.address_has_returned(address).await?,
            None => false,
        };
        let has_phone = contact.phone.is_some();
        let is_written_to = contact.email.is_some() && !(returns && has_phone);
        let is_near = appointment.span.start - now < NEAR && fate != Fate::Stands;
        let is_to_reach = !is_written_to || is_near;
        touched.push(Touched { appointment, reschedule_request, fate, is_written_to, is_to_reach, returns });
    }
    touched.sort_by_key(|one| (one.appointment.span.start, one.appointment.id));
    Ok(touched)
}
