//! The therapist says no: to a request, or to a reschedule request of what stands.

use super::{confirm::Answer, expire};
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{Appointment, Status, reschedule_request::Outcome},
        ids::AppointmentId,
    },
    mail::emails::Occasion,
    operation::Error,
};

/// Whether the client is shown the way to other times.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OtherTimes {
    Offered,
    NotOffered,
}

/// Declines a request and gives its time back, or the reschedule request that waits, after
/// which the appointment stands as it was; and tells the client.
pub async fn decline(
    current: &Current,
    id: AppointmentId,
    answer: Answer,
    times: OtherTimes,
) -> Result<Appointment, Error> {
    let mut op = expire::begin_about(current, id).await?;

    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let reschedule_request = op.tx.reschedule_request_of(id).await?;
    let (before, sentence) = (appointment.clone(), answer.sentence.clone());
    let declined = match (&reschedule_request, appointment.status()) {
        (Some(_), Status::Confirmed) => Appointment { sentence, ..appointment.unmoved()? },
        _ => appointment.decline(sentence, op.now)?,
    };
    before.is_as_seen(answer.seen)?;

    let kind = if reschedule_request.is_some() { Kind::RescheduleDeclined } else { Kind::Declined };
    op.begin_act(kind, &declined).await?;
    op.tx.end_reschedule_request(id, Outcome::Declined, op.now).await?;
    op.tx.update_appointment(&declined).await?;
    let occasion = match &reschedule_request {
        Some(reschedule_request) => Occasion::Unchanged(reschedule_request, Outcome::Declined),
        None => Occasion::Declined { offers_times: times == OtherTimes::Offered },
    };
    op.tell_client(&declined, occasion).await?;
    op.commit().await?;
    Ok(declined)
}
