//! What a blocked client asks for: it holds nothing, and is declined after a while
//! by itself. To its client it is a request like any other.

use crate::{
    domain::{
        appointment::{Appointment, NewAppointment, Status, refusal::SlotRefusal},
        client::block,
        ids::AppointmentId,
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
};

impl Operation {
    /// Writes what a blocked client asks for, unless they wait for an answer about
    /// that time already: to them it is taken.
    pub(super) async fn request_blocked(&mut self, new: NewAppointment) -> Result<Appointment, Error> {
        if self.tx.waits_for_blocked_request(new.client, new.span).await? {
            return Err(Error::Refused(SlotRefusal::SlotTaken { by: None }.into()));
        }
        let held_until = new.state.held_until().unwrap_or(self.now);
        let answer_at = block::answer_at(self.app.practice().zone, self.now, held_until);
        Ok(self.tx.insert_blocked_request(new, answer_at).await?)
    }

    /// Declines the blocked requests whose time has come, with the ordinary email and
    /// no other times. Returns how many they were.
    pub(super) async fn decline_blocked(&mut self) -> Result<usize, Error> {
        let mut declined = 0;
        for id in self.tx.due_blocked_requests(self.now).await? {
            self.begin_alone().await?;
            let outcome = self.decline_one(id).await;
            declined += self.end_alone(outcome, "the answer to a blocked request", id.0).await?;
        }
        Ok(declined)
    }

    /// Declines one with whatever was asked for together with it.
    async fn decline_one(&mut self, id: AppointmentId) -> Result<usize, Error> {
        let request = self.tx.blocked_request(id).await?.ok_or(Error::Missing)?;
        if request.status() != Status::Requested {
            // It was declined with another, a moment ago.
            return Ok(0);
        }
        let mut declined = Vec::new();
        for one in self.answered_with(&request).await? {
            let one = one.decline(None, self.now)?;
            self.tx.update_appointment(&one).await?;
            declined.push(one);
        }
        // Nobody calls whoever left a number alone.
        if self.writes_to(&request).await?.is_some() {
            self.tell_of_all(&declined, Occasion::Declined { offers_times: false }).await?;
        }
        Ok(1)
    }
}
