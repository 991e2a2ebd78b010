//! Holds end: what nobody answered in time gives its time back, and its client
//! is told once.

use super::{Error, Operation};
use crate::{
    app::App,
    domain::{appointment::reschedule_request::Outcome, ids::AppointmentId},
    mail::emails::Occasion,
};

/// Expires whatever is overdue, in a transaction of its own. Returns how many
/// requests and reschedule requests expired.
pub async fn expire(app: &App) -> Result<usize, Error> {
    let mut op = Operation::begin_as_it_is(app).await?;
    let expired = op.expire_overdue(None).await?;
    if expired > 0 {
        op.commit().await?;
    }
    Ok(expired)
}

impl Operation {
    /// The same as the first step of an operation. `except` is the appointment
    /// that the operation is about. A hold that cannot end stays as it is.
    pub(super) async fn expire_overdue(&mut self, except: Option<AppointmentId>) -> Result<usize, Error> {
        let mut expired = 0;
        for id in self.tx.overdue_requests(self.now).await? {
            if Some(id) != except {
                self.begin_alone().await?;
                let outcome = self.expire_request(id).await;
                expired += self.end_alone(outcome, "the hold of an appointment", id.0).await?;
            }
        }
        for id in self.tx.overdue_reschedule_requests(self.now).await? {
            if Some(id) != except {
                self.begin_alone().await?;
                let outcome = self.expire_reschedule_request_of(id).await;
                expired += self.end_alone(outcome, "the hold of a change of an appointment", id.0).await?;
            }
        }
        Ok(expired)
    }

    async fn expire_request(&mut self, id: AppointmentId) -> Result<usize, Error> {
        let request = self.tx.appointment(id).await?.ok_or(Error::Missing)?.expire(self.now)?;
        self.tx.update_appointment(&request).await?;
        self.tell_client(&request, Occasion::Expired).await?;
        Ok(1)
    }

    async fn expire_reschedule_request_of(&mut self, id: AppointmentId) -> Result<usize, Error> {
        let reschedule_request = self.tx.reschedule_request_of(id).await?.ok_or(Error::Missing)?;
        let appointment = self.tx.appointment(id).await?.ok_or(Error::Missing)?.unmoved()?;
        self.tx.end_reschedule_request(id, Outcome::Expired, self.now).await?;
        self.tx.update_appointment(&appointment).await?;
        self.tell_client(&appointment, Occasion::Unchanged(&reschedule_request, Outcome::Expired)).await?;
        Ok(1)
    }
}
