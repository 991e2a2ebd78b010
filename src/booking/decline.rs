//! The therapist says no.

use super::{Error, expire, tell};
use crate::{
    app::App,
    domain::{appointment::Appointment, client::Note, ids::AppointmentId},
    mail::letters::Occasion,
};

/// Declines a request, gives its time back and tells the client.
pub async fn decline(app: &App, id: AppointmentId, sentence: Option<Note>) -> Result<Appointment, Error> {
    let mut tx = app.store.write().await?;
    let now = app.now();
    expire::overdue(app, &mut tx, now, Some(id)).await?;

    let appointment = tx.appointment(id).await?.ok_or(Error::Missing)?;
    let declined = appointment.decline(sentence, now)?;

    tx.update_appointment(&declined).await?;
    tell::client(app, &mut tx, &declined, Occasion::Declined, now).await?;
    tx.commit().await?;
    app.outbox.notify_one();
    Ok(declined)
}
