//! The therapist says no: to a request, or to a change of what stands.

use super::{Error, Operation, confirm::Answer};
use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        change::Outcome,
        ids::AppointmentId,
    },
    mail::emails::Occasion,
};

/// Declines a request and gives its time back, or the change that waits, after
/// which the appointment stands as it was; and tells the client.
pub async fn decline(app: &App, id: AppointmentId, answer: Answer) -> Result<Appointment, Error> {
    let mut op = Operation::begin_about(app, id).await?;

    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let change = op.tx.change_of(id).await?;
    let (before, sentence) = (appointment.clone(), answer.sentence.clone());
    let declined = match (&change, appointment.status) {
        (Some(_), Status::Confirmed) => Appointment { sentence, ..appointment.unmoved()? },
        _ => appointment.decline(sentence, op.now)?,
    };
    before.is_as_seen(answer.seen)?;

    op.tx.end_change(id, Outcome::Declined, op.now).await?;
    op.tx.update_appointment(&declined).await?;
    let occasion = match &change {
        Some(change) => Occasion::Unchanged(change, Outcome::Declined),
        None => Occasion::Declined,
    };
    op.tell_client(&declined, occasion).await?;
    op.commit().await?;
    Ok(declined)
}
