//! The therapist says no to many at once, after somebody has filled the calendar with
//! made-up requests. It is one act, which is undone as a whole.

use super::{expire, together::Seen};
use crate::{
    app::Current,
    domain::{
        act::Kind,
        appointment::{Appointment, Status, call::Matter, reschedule_request::Outcome},
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
};

/// Declines all of them; what nobody has proved and was confirmed at once is canceled. With
/// `quietly` nobody hears of it. [`Error::Touches`] names those that are not any more as
/// they were seen: then nothing is done to anybody.
pub async fn decline_many(current: &Current, seen: &[Seen], quietly: bool) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;

    let (mut over, mut changed): (Vec<Vec<Appointment>>, Vec<_>) = Default::default();
    for one in seen {
        match op.would_be_over(*one).await? {
            Some(all) if over.iter().flatten().any(|a| a.id == one.appointment) => drop(all),
            Some(all) => over.push(all),
            None => changed.push(one.appointment),
        }
    }
    if !changed.is_empty() {
        // What has run out by now is written all the same: the page that comes back shows it.
        op.commit().await?;
        return Err(Error::Touches(changed));
    }
    if over.is_empty() {
        return op.commit().await;
    }
    op.tx.begin_act(Kind::Declined, None, op.now).await?;
    for all in over {
        for a in &all {
            op.takes_up(a).await?;
            op.tx.end_reschedule_request(a.id, Outcome::Canceled, op.now).await?;
            op.tx.update_appointment(a).await?;
            op.tx.forget_conflict(a.id).await?;
        }
        let occasion = match all.first().map(Appointment::status) {
            Some(Status::Canceled) => Occasion::Canceled,
            _ => Occasion::Declined { offers_times: false },
        };
        if quietly {
            for a in &all {
                op.forget(a, occasion).await?;
                op.tx.forget_call(a.id, Matter::Standing).await?;
            }
        } else {
            op.tell_of_all(&all, occasion).await?;
        }
    }
    op.commit().await
}

impl Operation {
    /// One of them once it is declined, with what was asked for together with it; `None` if it
    /// is not as it was seen, or nothing that can be declined so.
    async fn would_be_over(&mut self, seen: Seen) -> Result<Option<Vec<Appointment>>, Error> {
        let Some(a) = self.tx.appointment(seen.appointment).await? else { return Ok(None) };
        if a.revision != seen.revision {
            return Ok(None);
        }
        Ok(match a.status() {
            Status::Requested => {
                let all = self.answered_with(&a).await?;
                all.into_iter().map(|one| one.decline(None, self.now)).collect::<Result<_, _>>().ok()
            }
            Status::Confirmed if self.tx.is_unproven_hold(a.id).await? => {
                a.cancel_by_therapist(None, self.now).ok().map(|a| vec![a])
            }
            _ => None,
        })
    }
}
