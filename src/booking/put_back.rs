//! The therapist puts back what was declined, canceled or has expired, while its
//! time is still free.

use super::{confirm::Answer, expire};
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{
            Appointment,
            refusal::{Refusal, UndoRefusal},
        },
        ids::AppointmentId,
    },
    mail::emails::Occasion,
    operation::Error,
};

/// Confirms what is over, and tells the client. As with a yes, it is looked at again
/// whether the time is free.
pub async fn put_back(current: &Current, id: AppointmentId, answer: Answer) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;

    let before = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let sentence = answer.sentence.clone();
    let put_back = before.clone().put_back(&op.rules.policy, sentence, answer.overridden.clone(), op.now)?;
    before.is_as_seen(answer.seen)?;
    op.is_spoken_with(&before, &answer).await?;
    // What ended it within the last minute is undone instead: nobody has heard of that.
    if op.tx.known_to_client(id, op.now).await?.is_some() {
        return Err(Refusal::from(UndoRefusal::IsToBeUndone).into());
    }
    let put_back = op.may_stand(put_back, &answer.overridden).await?;

    op.begin_act(Kind::PutBack, &put_back).await?;
    op.tx.take_time(&put_back).await?;
    op.agree_to_conflict(&put_back).await?;
    op.tell_client(&put_back, Occasion::PutBack { was: before.status() }).await?;
    op.commit().await?;
    Ok(put_back)
}
