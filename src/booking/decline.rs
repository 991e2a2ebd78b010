//! The therapist says no: to a request, or to a reschedule request of what stands.

use super::{confirm::Answer, expire, together::are_as_seen};
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{Appointment, reschedule_request::Outcome},
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

/// Declines a request and gives its time back; or the reschedule request that waits, after which
/// the appointment stands as it was; with whatever was asked for together with it. Tells the client.
pub async fn decline(
    current: &Current,
    id: AppointmentId,
    answer: Answer,
    times: OtherTimes,
) -> Result<Appointment, Error> {
    let mut op = expire::begin_about(current, id).await?;

    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let reschedule_request = op.tx.reschedule_request_of(id).await?;
    let (together, moves) = op.with_one_answer(&appointment).await?;
    let (before, sentence) = (appointment.clone(), answer.sentence.clone());
    let decline = |a: &Appointment| match moves.is_empty() {
        true => a.clone().decline(sentence.clone(), op.now),
        false => Ok(Appointment { sentence: sentence.clone(), ..a.clone().unmoved()? }),
    };
    let declined: Vec<Appointment> = together.iter().map(decline).collect::<Result<_, _>>()?;
    before.is_as_seen(answer.seen)?;
    are_as_seen(&together, &answer.together)?;

    let kind = if reschedule_request.is_some() { Kind::RescheduleDeclined } else { Kind::Declined };
    op.begin_act_on_all(kind, &declined).await?;
    for a in &declined {
        op.tx.end_reschedule_request(a.id, Outcome::Declined, op.now).await?;
        op.tx.update_appointment(a).await?;
    }
    match &reschedule_request {
        Some(reschedule_request) => {
            let asked = op.tx.asked_with_reschedule(reschedule_request.id).await?;
            op.tell_of_asked(&asked, |one| Occasion::Unchanged(one, Outcome::Declined)).await?;
        }
        None => {
            let occasion = Occasion::Declined { offers_times: times == OtherTimes::Offered };
            op.tell_of_all(&declined, occasion).await?;
        }
    }
    op.commit().await?;
    declined.into_iter().find(|a| a.id == id).ok_or(Error::Missing)
}
