//! Whom closing a span would touch, what would become of each, and how they'd hear.

use std::collections::BTreeSet;

use crate::{
    booking::tell::NEAR,
    domain::{
        appointment::{Appointment, reschedule_request::RescheduleRequest},
        availability::{closing::Fate, time_off::TimeOff},
        client::Hears,
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
    pub hears: Hears,
    /// They stand among those to reach: besides the email, or for want of one.
    pub is_to_reach: bool,
}

/// Everybody whom it touches that these times be closed, in order of time.
pub async fn read(tx: &mut Reading, closed: &[TimeOff], now: Instant) -> Result<Vec<Touched>, StoreError> {
    let mut ids: BTreeSet<AppointmentId> = BTreeSet::new();
    for off in closed {
        let busy = tx.busy(off.span, now).await?;
        ids.extend(busy.during(off).into_iter().filter_map(|occupied| occupied.holder.appointment()));
    }
    let mut touched = Vec::new();
    for id in ids {
        let Some(appointment) = tx.appointment(id).await? else { continue };
        let reschedule_request = tx.reschedule_request_of(id).await?;
        let Some(fate) = Fate::of(&appointment, reschedule_request.as_ref(), closed, now) else { continue };
        let hears = tx.hears(&appointment.contact).await?;
        let is_near = appointment.span.start - now < NEAR && fate != Fate::Stands;
        let is_to_reach = !hears.is_by_email() || is_near;
        touched.push(Touched { appointment, reschedule_request, fate, hears, is_to_reach });
    }
    touched.sort_by_key(|one| (one.appointment.span.start, one.appointment.id));
    Ok(touched)
}
