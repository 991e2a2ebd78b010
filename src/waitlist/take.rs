//! Somebody takes what is offered to them. It is looked at again whether it can be had: the
//! same function that offers it says so, under the lock.

use super::look::{has_been_here, is_blocked};
use crate::{
    app::Current,
    booking::expire,
    domain::{
        appointment::{
            Appointment, Side, Status, Wanted, overriding::Override, refusal::Refusal, reschedule_request,
        },
        availability::{Calendar, slot::Slot},
        history::{Entry as Happening, What, Who},
        ids::{AppointmentId, OfferId, Token},
        practice::service::Service,
        waitlist::{
            entry::{End, Entry},
            offer::{Offer, Outcome},
            round,
        },
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
    store::GivenIn,
};

/// They say yes. Returns a link to the page of their appointment; twice is once.
pub async fn by_client(current: &Current, link: &Token) -> Result<Token, Error> {
    let mut op = expire::begin(current).await?;
    let offer = op.offer_of_link(link).await?;
    // What it has written until it fails is not to stand.
    op.tx.begin_part().await?;
    let taken = op.take(&offer, false).await;
    match &taken {
        Ok(_) => op.tx.keep_part().await?,
        Err(_) => op.tx.undo_part().await?,
    }
    op.end_taking(taken, &offer).await
}

/// The therapist has called, and notes that they said yes. Returns the appointment.
pub async fn for_client(current: &Current, id: OfferId) -> Result<AppointmentId, Error> {
    let mut op = expire::begin(current).await?;
    let offer = op.tx.offer(id).await?.ok_or(Error::Missing)?;
    match op.take(&offer, true).await {
        Ok(a) => {
            op.commit().await?;
            Ok(a.id)
        }
        Err(error) => Err(error),
    }
}

impl Operation {
    /// What a link from an email is about: its own offer, or the one that is open.
    pub(super) async fn offer_of_link(&mut self, link: &Token) -> Result<Offer, Error> {
        let found = self.tx.waitlist_link(link).await?.ok_or(Error::Missing)?;
        if found.given_in != GivenIn::Email {
            return Err(Refusal::NoProof.into());
        }
        let offers = self.tx.offers_to(found.entry.id).await?;
        let is_it = |offer: &&Offer| match found.offer {
            Some(id) => offer.id == id,
            None => offer.outcome == Outcome::Open,
        };
        // Without one that is open, what was open last tells what became of it.
        let offer = offers.iter().find(is_it).or(offers.first()).cloned();
        offer.ok_or(Refusal::OfferIsOver.into())
    }

    /// Writes what came of a yes. What is not to be had any more ends, whatever else happens.
    async fn end_taking(mut self, taken: Result<Appointment, Error>, offer: &Offer) -> Result<Token, Error> {
        match taken {
            Ok(a) => {
                let link = self.app.fresh_token();
                let good_until = a.span.end + self.app.practice().keep.links_outlive_visit();
                self.tx.insert_link(&link, a.id, GivenIn::Email, good_until).await?;
                self.commit().await?;
                Ok(link)
            }
            Err(Error::Refused(Refusal::Slot(_) | Refusal::OfferIsOver)) => {
                self.is_not_to_be_had(offer).await?;
                self.commit().await?;
                Err(Refusal::OfferIsOver.into())
            }
            Err(error) => Err(error),
        }
    }

    /// Makes an appointment of an offer. `is_by_therapist`: they have spoken with each other.
    async fn take(&mut self, offer: &Offer, is_by_therapist: bool) -> Result<Appointment, Error> {
        if let (Outcome::Taken, Some(id)) = (offer.outcome, offer.appointment) {
            return self.tx.appointment(id).await?.ok_or(Error::Missing);
        }
        let entry = self.tx.waitlist_entry(offer.entry).await?.ok_or(Error::Missing)?;
        if !offer.is_open(self.now) || entry.is_ended() {
            return Err(Refusal::OfferIsOver.into());
        }
        let instead = match entry.instead {
            Some(id) => Some(self.tx.appointment(id).await?.ok_or(Error::Missing)?),
            None => None,
        };
        if is_blocked(&mut self.tx, &entry).await? {
            return Err(Refusal::OfferIsOver.into());
        }
        let (slot, service) = self.still_open(offer, instead.as_ref()).await?;
        // Its own hold goes first, or it would be in its way.
        self.tx.end_offer(offer, Outcome::Taken, self.now).await?;
        let taken = match instead {
            Some(a) => self.swap(a, &slot).await?,
            None => self.book(&entry, &slot, &service, is_by_therapist).await?,
        };
        self.tx.offer_became(offer.id, taken.id).await?;
        self.tx.end_waitlist_entry(entry.id, End::Taken, self.now).await?;
        Ok(taken)
    }

    async fn still_open(
        &mut self,
        offer: &Offer,
        instead: Option<&Appointment>,
    ) -> Result<(Slot, Service), Error> {
        let (app, rules) = (self.app.clone(), round::rules(&self.rules));
        let busy = self.tx.busy(offer.slot.span(), self.now).await?;
        let calendar = Calendar { practice: app.practice(), rules: &rules, busy: &busy, now: self.now };
        Ok(round::still_open(&calendar, offer, instead).ok_or(Refusal::OfferIsOver)?)
    }

    /// An appointment, or for whoever has never been here a request.
    async fn book(
        &mut self,
        entry: &Entry,
        slot: &Slot,
        service: &Service,
        is_by_therapist: bool,
    ) -> Result<Appointment, Error> {
        let is_known = is_by_therapist || has_been_here(&mut self.tx, entry, self.now).await?;
        let at_once = round::is_at_once(self.app.practice(), &self.rules.policy, service, is_known);
        let wanted = Wanted {
            client: self.tx.client(&entry.name, &entry.contact, self.now).await?,
            name: entry.name.clone(),
            contact: entry.contact.clone(),
            note: None,
            guest: None,
            office: slot.office.clone(),
            service,
            start: slot.start,
            uid: self.app.fresh_world_id(),
        };
        let made = self.make_request(wanted, at_once).await?;
        self.tell_of_request(&made).await?;
        Ok(made)
    }

    /// The appointment moves there: its old time is free for others, and its own round begins.
    async fn swap(&mut self, a: Appointment, slot: &Slot) -> Result<Appointment, Error> {
        if self.tx.known_to_client(a.id, self.now).await?.is_some() {
            return Err(Refusal::BeingChanged.into());
        }
        if a.status() != Status::Confirmed {
            return Err(Refusal::OfferIsOver.into());
        }
        let policy = &self.rules.policy;
        let (office, span) = (slot.office.clone(), slot.span());
        let moved = a.clone().reschedule(policy, office, span, None, Override::none(), self.now)?;
        self.tx.end_reschedule_request(a.id, reschedule_request::Outcome::Replaced, self.now).await?;
        self.tx.take_time(&moved).await?;
        self.tell_client(&moved, Occasion::Changed { from: &a, wanted_by: Side::Client }).await?;
        self.tell_therapist(&moved, Occasion::ChangedByClient { from: &a }).await?;
        let happened = Happening::of(Who::Client, What::MovedByClient, &a, self.now);
        self.tx.note_happened(&happened).await?;
        Ok(moved)
    }
}
