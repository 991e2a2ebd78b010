//! What became of a visit: the client was there, or was not.

use std::collections::BTreeSet;

use super::expire;
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{Appointment, refusal::Refusal, reschedule_request::Outcome},
        ids::AppointmentId,
        time::Interval,
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

/// Notes that everybody has come whose visit of a day is over, and of whom nobody has
/// said it yet, all in one act. `shown` is whom the page has named: it is said of
/// nobody else. Nobody is written to.
pub async fn everyone(
    current: &Current,
    day: Interval,
    shown: &BTreeSet<AppointmentId>,
) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    let mut over = op.tx.confirmed(day).await?;
    over.retain(|a| a.span.end <= op.now);
    if over.iter().any(|a| !shown.contains(&a.id)) {
        return Err(Refusal::SomebodyNew.into());
    }
    if !over.is_empty() {
        op.tx.begin_act(Kind::Arrived, None, op.now).await?;
    }
    for appointment in over {
        let arrived = appointment.arrive(op.now)?;
        op.takes_up(&arrived).await?;
        op.tx.end_reschedule_request(arrived.id, Outcome::Canceled, op.now).await?;
        op.tx.update_appointment(&arrived).await?;
    }
    op.commit().await
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
