//! Either side cancels.

use super::{Error, expire, tell};
use crate::{
    app::App,
    domain::{
        appointment::Appointment,
        client::Note,
        ids::{AppointmentId, Token},
    },
    mail::letters::Occasion,
};

/// The client cancels a request or an appointment; both sides are told.
pub async fn by_client(app: &App, link: &Token) -> Result<Appointment, Error> {
    let mut tx = app.store.write().await?;
    let now = app.now();
    expire::overdue(app, &mut tx, now, None).await?;

    let (appointment, _) = tx.appointment_by_link(link, now).await?.ok_or(Error::Missing)?;
    let cancelled = appointment.cancel_by_client(&app.practice().policy, now)?;

    tx.update_appointment(&cancelled).await?;
    if cancelled.contact.email.is_some() {
        tell::client(app, &mut tx, &cancelled, Occasion::Cancelled, now).await?;
    } else {
        // They know, having done it themselves; what there was to tell them is out of date.
        tx.forget_call(cancelled.id).await?;
    }
    tell::therapist(app, &mut tx, &cancelled, Occasion::CancelledByClient, now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(cancelled)
}

/// The therapist calls off a confirmed appointment; the client is told.
pub async fn by_therapist(
    app: &App,
    id: AppointmentId,
    sentence: Option<Note>,
) -> Result<Appointment, Error> {
    let mut tx = app.store.write().await?;
    let now = app.now();
    expire::overdue(app, &mut tx, now, None).await?;

    let appointment = tx.appointment(id).await?.ok_or(Error::Missing)?;
    let cancelled = appointment.cancel_by_therapist(sentence, now)?;

    tx.update_appointment(&cancelled).await?;
    tell::client(app, &mut tx, &cancelled, Occasion::Cancelled, now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(cancelled)
}
