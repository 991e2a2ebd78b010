//! Holds end: what nobody answered in time gives its time back, and its client
//! is told once.

use super::{Error, Operation};
use crate::{
    app::App,
    domain::{change::Outcome, ids::AppointmentId},
    mail::letters::Occasion,
};

/// Expires whatever is overdue, in a transaction of its own. Returns how many
/// requests and changes expired.
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
    /// that the operation is about.
    pub(super) async fn expire_overdue(&mut self, except: Option<AppointmentId>) -> Result<usize, Error> {
        let mut expired = 0;
        for request in self.tx.overdue_requests(self.now).await? {
            if Some(request.id) != except {
                let request = request.expire(self.now)?;
                self.tx.update_appointment(&request).await?;
                self.tell_client(&request, Occasion::Expired).await?;
                expired += 1;
            }
        }
        for change in self.tx.overdue_changes(self.now).await? {
            if Some(change.appointment) != except {
                let appointment = self.tx.appointment(change.appointment).await?.ok_or(Error::Missing)?;
                let appointment = appointment.unmoved()?;
                self.tx.end_change(appointment.id, Outcome::Expired, self.now).await?;
                self.tx.update_appointment(&appointment).await?;
                self.tell_client(&appointment, Occasion::Unchanged(&change, Outcome::Expired)).await?;
                expired += 1;
            }
        }
        Ok(expired)
    }
}
