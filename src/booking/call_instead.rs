//! Who has no address is told by telephone, and by their page. It says what stands once the
//! minute of an act is over, whether or not the call has been made by then: so what happens
//! within that minute is told, as by email, as the difference from what they know.

use super::unheard::Unheard;
use crate::{
    domain::{
        act::Kind,
        appointment::{
            Appointment, Side, Status,
            call::{Matter, Topic},
        },
        ids::ActId,
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
    store::Known,
};

/// What there is to say on the telephone of an appointment as its client knows it.
pub(super) fn topic(known: &Appointment, occasion: Occasion<'_>) -> Option<Topic> {
    match occasion.topic() {
        Some(Topic::Canceled) => Some(end(known)),
        topic => topic,
    }
}

/// Of a request that was never heard to be confirmed the end is a no.
fn end(known: &Appointment) -> Topic {
    match known.status() {
        Status::Declined => Topic::Declined,
        Status::Expired => Topic::Expired,
        _ => Topic::Canceled,
    }
}

impl Operation {
    /// Puts on the list what an email would have said.
    pub(super) async fn call_instead(&mut self, a: &Appointment, topic: Option<Topic>) -> Result<(), Error> {
        match topic {
            Some(Topic::Reminder) => {
                // What is on the list already is about this visit too.
                self.tx.insert_call_unless_open(a.id, Topic::Reminder, self.now).await?;
            }
            Some(topic) => self.tx.insert_call(a.id, topic, self.now).await?,
            None => self.tx.forget_call(a.id, Matter::Standing).await?,
        }
        Ok(())
    }

    /// How an appointment is known, before an act of the therapist's, to a client who is told
    /// by telephone.
    pub(super) async fn known_by_telephone(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
    ) -> Result<Option<Known>, Error> {
        let is_told = occasion.side() == Side::Client && self.tx.begun_act().is_some();
        if !is_told || self.writes_to(a).await?.is_some() {
            return Ok(None);
        }
        if let Some(known) = self.tx.known_to_client(a.id, self.now).await? {
            return Ok(Some(known));
        }
        // What the therapist has just booked was heard while they booked it.
        let mut acts = self.tx.acts_since(a.id, ActId(0)).await?;
        acts.retain(|act| act.kind.is_seen_by_client());
        let [.., next, booked] = acts.as_slice() else { return Ok(None) };
        if booked.kind != Kind::Booked {
            return Ok(None);
        }
        let before = self.tx.before(next.id, a.id).await?.and_then(|before| before.appointment);
        Ok(before.map(|appointment| Known { since: next.id, appointment, reschedule_request: None }))
    }

    /// It is as its client knows it, and what was to be said on the telephone is not. Who is
    /// written to may have been called about what is undone by this, and still is.
    pub(super) async fn is_no_news(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
        unheard: &Unheard,
    ) -> Result<Option<Topic>, Error> {
        if unheard.by_telephone.is_none() {
            return Ok(occasion.topic());
        }
        self.tx.forget_call(a.id, Matter::Standing).await?;
        Ok(None)
    }

    /// What was over, was to be on again without its client's having heard so, and is over now:
    /// it is so as it was before. They are called where nobody has told them of that end.
    pub(super) async fn is_over_as_before(
        &mut self,
        a: &Appointment,
        occasion: Occasion<'_>,
        unheard: &Unheard,
    ) -> Result<Option<Topic>, Error> {
        let known = self.tx.known_to_client(a.id, self.now).await?.map(|known| known.appointment);
        let ended_here = |known: &Appointment| known.is_over() && known.canceled_by() != Some(Side::Client);
        let Some(known) = known.filter(ended_here) else {
            return self.is_no_news(a, occasion, unheard).await;
        };
        // Their page has said so, and goes on saying it.
        self.tx.update_appointment(&Appointment { revision: a.revision, ..known.clone() }).await?;
        if unheard.by_telephone.is_none() || self.tx.was_called_since(a.id, known.changed_at()).await? {
            return self.is_no_news(a, occasion, unheard).await;
        }
        self.tx.insert_call(a.id, end(&known), self.now).await?;
        Ok(Some(end(&known)))
    }
}
