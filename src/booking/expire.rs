//! Holds end: what nobody answered in time gives its time back, and its client
//! is told once. What blocked clients have asked for is declined by then, and the
//! minutes end in which an act can be undone, and the hours in which an offer can be taken.

use chrono::TimeDelta;

use crate::{
    app::Current,
    domain::{
        appointment::{Status, reschedule_request::Outcome},
        history::{Entry, What, Who},
        ids::AppointmentId,
        time::Instant,
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
};

/// For how long after its time a client is told that their request has expired.
const TOLD_UNTIL: TimeDelta = TimeDelta::days(1);

/// Begins an operation, and ends the holds and the acts that have run out, so that none sees
/// one. One that cannot end stops no operation.
pub async fn begin(current: &Current) -> Result<Operation, Error> {
    let mut op = Operation::begin(current).await?;
    op.end_what_has_run_out(None).await?;
    Ok(op)
}

/// The same for an operation about one appointment, whose own hold is left as it
/// is: a late answer is to find it unexpired.
pub async fn begin_about(current: &Current, id: AppointmentId) -> Result<Operation, Error> {
    let mut op = Operation::begin(current).await?;
    op.end_what_has_run_out(Some(id)).await?;
    Ok(op)
}

/// Expires whatever is overdue, in a transaction of its own. Returns how many
/// requests and reschedule requests expired.
pub async fn expire(current: &Current) -> Result<usize, Error> {
    let mut op = Operation::begin(current).await?;
    let (ended, expired) = op.end_what_has_run_out(None).await?;
    if expired + ended > 0 {
        op.commit().await?;
    }
    Ok(expired)
}

impl Operation {
    /// Ends all of it, but for the hold of `except`. Returns how many acts and offers ended, and
    /// how many holds.
    async fn end_what_has_run_out(&mut self, except: Option<AppointmentId>) -> Result<(usize, usize), Error> {
        // Most often nothing has, and one look tells.
        if !self.tx.has_run_out(self.now).await? {
            return Ok((0, 0));
        }
        let ended = self.tx.end_acts(self.now).await? + self.tx.end_lapsed_offers(self.now).await?;
        Ok((ended, self.expire_overdue(except).await?))
    }

    /// Expires whatever is overdue. `except` is the appointment that the operation
    /// is about. A hold that cannot end stays as it is.
    async fn expire_overdue(&mut self, except: Option<AppointmentId>) -> Result<usize, Error> {
        let mut expired = self.decline_blocked().await?;
        let except = match except {
            Some(id) => self.not_to_expire(id).await?,
            None => Vec::new(),
        };
        for id in self.tx.overdue_requests(self.now).await? {
            if !except.contains(&id) {
                self.begin_alone().await?;
                let outcome = self.expire_request(id).await;
                expired += self.end_alone(outcome, "the hold of an appointment", id.0).await?;
            }
        }
        for id in self.tx.overdue_reschedule_requests(self.now).await? {
            if !except.contains(&id) {
                self.begin_alone().await?;
                let outcome = self.expire_reschedule_request_of(id).await;
                expired += self.end_alone(outcome, "the hold of a change of an appointment", id.0).await?;
            }
        }
        Ok(expired)
    }

    /// An appointment, and what is answered with it.
    async fn not_to_expire(&mut self, id: AppointmentId) -> Result<Vec<AppointmentId>, Error> {
        let Some(a) = self.tx.appointment(id).await? else { return Ok(vec![id]) };
        let (visits, _) = self.with_one_answer(&a).await?;
        Ok(visits.iter().map(|one| one.id).collect())
    }

    /// Expires a request with whatever was asked for together with it: one email tells of all.
    async fn expire_request(&mut self, id: AppointmentId) -> Result<usize, Error> {
        let request = self.tx.appointment(id).await?.ok_or(Error::Missing)?;
        if request.status() != Status::Requested {
            // It has expired with another, a moment ago.
            return Ok(0);
        }
        let mut expired = Vec::new();
        for one in self.answered_with(&request).await? {
            let one = one.held(self.now)?.expire(self.now)?;
            self.tx.update_appointment(&one).await?;
            self.tx.note_happened(&Entry::of(Who::Program, What::Expired, &one, self.now)).await?;
            expired.push(one);
        }
        if expired.iter().any(|one| !self.is_long_past(one.span.end)) {
            self.tell_of_all(&expired, Occasion::Expired).await?;
        }
        Ok(1)
    }

    /// True of a time that nobody need hear of any more: the program was off for days or
    /// months, or the file is a backup.
    fn is_long_past(&self, end: Instant) -> bool {
        end + TOLD_UNTIL < self.now
    }

    /// Expires a reschedule request with whatever was asked for at once with it.
    async fn expire_reschedule_request_of(&mut self, id: AppointmentId) -> Result<usize, Error> {
        let Some(waits) = self.tx.reschedule_request_of(id).await? else {
            // It has expired with another, a moment ago.
            return Ok(0);
        };
        for (a, _) in self.tx.asked_with_reschedule(waits.id).await? {
            let standing = a.unmoved()?;
            self.tx.end_reschedule_request(standing.id, Outcome::Expired, self.now).await?;
            self.tx.update_appointment(&standing).await?;
            let expired = Entry::of(Who::Program, What::RescheduleExpired, &standing, self.now);
            self.tx.note_happened(&expired).await?;
        }
        let asked = self.tx.asked_with_reschedule(waits.id).await?;
        // What stands may be still to come, or the time that was asked for instead.
        if asked.iter().any(|(a, to)| !self.is_long_past(a.span.end.max(to.span.end))) {
            self.tell_of_asked(&asked, |one| Occasion::Unchanged(one, Outcome::Expired)).await?;
        }
        Ok(1)
    }
}
