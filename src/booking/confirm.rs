//! The therapist says yes.

use super::{Error, expire, tell};
use crate::{
    app::App,
    domain::{
        appointment::Appointment, availability::Calendar, client::Note, ids::AppointmentId, refusal::Refusal,
    },
    mail::letters::Occasion,
};

/// Confirms a request, and tells the client. It looks again whether the time
/// is free, so a yes to a request that has expired works while it is.
pub async fn confirm(app: &App, id: AppointmentId, sentence: Option<Note>) -> Result<Appointment, Error> {
    let mut tx = app.store.write().await?;
    let now = app.now();
    expire::overdue(app, &mut tx, now, Some(id)).await?;

    let appointment = tx.appointment(id).await?.ok_or(Error::Missing)?;
    let busy = tx.busy(appointment.session).await?.without(id);
    let confirmed = appointment.confirm(sentence, now)?;
    let calendar = Calendar { practice: app.practice(), busy: &busy, now };
    if let Some(collision) = calendar.collision(&confirmed.office, confirmed.session, confirmed.buffer) {
        return Err(Refusal::from(collision).into());
    }

    tx.update_appointment(&confirmed).await?;
    tell::client(app, &mut tx, &confirmed, Occasion::Confirmed, now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(confirmed)
}
