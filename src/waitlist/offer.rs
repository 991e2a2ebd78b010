//! Offering an opening to somebody: the row that holds its time, and the email with the link.

use chrono::TimeDelta;

use super::look::has_been_here;
use crate::{
    domain::{
        appointment::{
            Appointment, NewAppointment, Wanted,
            refusal::{Refusal, SlotRefusal},
        },
        availability::slot::Slot,
        ids::{AppointmentId, ClientId, OfferId},
        waitlist::{
            entry::Entry,
            hold::Terms,
            offer::{Offer, Outcome},
            round,
        },
    },
    mail::emails::{Occasion, Opening},
    operation::{Error, Operation},
    store::GivenIn,
    urls,
};

impl Operation {
    /// Offers an opening. Whoever has no email address is called by the therapist, who sees it
    /// on the waitlist's page.
    pub(super) async fn make_offer(
        &mut self,
        (entry, instead): (&Entry, Option<&Appointment>),
        (slot, buffer): (Slot, TimeDelta),
        terms: Terms,
        is_by_hand: bool,
    ) -> Result<OfferId, Error> {
        let offer = Offer {
            id: OfferId(0), // given by the file
            entry: entry.id,
            slot,
            buffer,
            made_at: self.now,
            good_until: terms.good_until,
            is_held: terms.is_held,
            is_by_hand,
            outcome: Outcome::Open,
            appointment: None,
        };
        let id = self.tx.insert_offer(&offer).await?;
        self.email_offer(entry, instead, &Offer { id, ..offer }).await?;
        Ok(id)
    }

    async fn email_offer(
        &mut self,
        entry: &Entry,
        instead: Option<&Appointment>,
        offer: &Offer,
    ) -> Result<(), Error> {
        let a = self.as_request(entry, instead, offer)?;
        let Some(to) = self.writes_to(&a).await? else { return Ok(()) };
        let link = self.app.fresh_token();
        self.tx.insert_waitlist_link(&link, entry.id, Some(offer.id), GivenIn::Email).await?;
        let page = self.app.base.to(&urls::waitlist_entry(&link));
        let is_known = instead.is_some() || has_been_here(&mut self.tx, entry, self.now).await?;
        let practice = self.app.practice();
        let is_at_once = practice
            .service(&offer.slot.service)
            .is_some_and(|service| round::is_at_once(practice, &self.rules.policy, service, is_known));
        let opening = Opening {
            entry: entry.id,
            offer: offer.id,
            until: offer.good_until,
            is_held: offer.is_held,
            instead,
            is_at_once,
        };
        let email = self.written(&a, Occasion::Opening(opening), page, to.to_string()).await?;
        Ok(self.tx.enqueue(&email, self.now).await?)
    }

    /// The request that it would be now: no row has it.
    fn as_request(
        &self,
        entry: &Entry,
        instead: Option<&Appointment>,
        offer: &Offer,
    ) -> Result<Appointment, Error> {
        let practice = self.app.practice();
        let service = practice.service(&offer.slot.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
        let service = instead.map_or(service.clone(), |a| a.agreed(service));
        let wanted = Wanted {
            client: ClientId(0),
            name: entry.name.clone(),
            contact: entry.contact.clone(),
            note: None,
            guest: None,
            office: offer.slot.office.clone(),
            service: &service,
            start: offer.slot.start,
            uid: self.app.fresh_world_id(),
        };
        Ok(NewAppointment::requested(wanted, offer.good_until, self.now).with_id(AppointmentId(0)))
    }
}
