//! What became of a visit: the client was there, or was not.

use super::expire;
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{Appointment, reschedule_request::Outcome},
        ids::AppointmentId,
    },
    operation::Error,
};

/// Notes that the client is there; another time that they have asked for is no
/// matter then. Nobody is written to.
pub async fn arrived(current: &Current, id: AppointmentId) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;
    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let arrived = appointment.arrive(op.now)?;
    op.begin_act(Kind::Arrived, &arrived).await?;
    op.tx.end_reschedule_request(id, Outcome::Canceled, op.now).await?;
    op.tx.update_appointment(&arrived).await?;
    op.commit().await?;
    Ok(arrived)
}

/// Notes that the client has not come; another time that they have asked for is
/// no matter then. Nobody is written to.
pub async fn no_show(current: &Current, id: AppointmentId) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;
    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let missed = appointment.miss(op.now)?;
    op.begin_act(Kind::NoShow, &missed).await?;
    op.tx.end_reschedule_request(id, Outcome::Canceled, op.now).await?;
    op.tx.update_appointment(&missed).await?;
    op.commit().await?;
    Ok(missed)
}
