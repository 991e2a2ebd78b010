//! A client whose visit was closed chooses another time instead, once.

use super::rebooking::{self, Rebooking};
use crate::{
    app::Current,
    booking::{expire, reschedule::Target, sent_form::digest},
    domain::{
        appointment::{
            self, Appointment, NewAppointment,
            call::Matter,
            refusal::{Refusal, SlotRefusal},
        },
        availability::hold,
        client::{Contact, Note},
        history::{Entry, What, Who},
        ids::Token,
        time::Interval,
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
    store::GivenIn,
};

/// Gives the time instead of what was closed: confirmed at once where that had been
/// confirmed. Returns the link to its page. Whoever has chosen before is led to what they
/// have chosen, whatever they choose now.
pub async fn rebook(current: &Current, link: &Token, target: Target) -> Result<Token, Error> {
    let mut op = expire::begin(current).await?;
    let app = op.app.clone();
    let practice = app.practice();

    let (a, given_in) = op.tx.appointment_by_link(link, op.now).await?.ok_or(Error::Missing)?;
    let looked = rebooking::look(&mut op.tx, practice.zone, &a, op.now).await?;
    let rebooking = looked.ok_or(Error::Missing)?;
    if let Some(replacement) = &rebooking.replacement {
        let link = op.link_to(link, replacement, given_in).await?;
        op.commit().await?;
        return Ok(link);
    }
    if !rebooking.is_open() {
        return Err(Refusal::RebookingIsOver.into());
    }
    let service = practice.service(&a.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
    let office = practice.office(&target.office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
    let span = Interval::new(target.start, target.start + service.length());
    let busy = op.tx.busy(span, op.now).await?;
    let slot = op.calendar(&busy).find_slot(service, office, target.start).map_err(Refusal::from)?;

    let Appointment { client, name, guest, contact, note, .. } = op.who_comes(&a).await?;
    // What can't be read is bound to where it stands.
    let note = note.filter(Note::is_readable);
    let wanted = appointment::Wanted {
        client,
        name,
        guest,
        contact,
        note,
        office: slot.office,
        service,
        start: slot.start,
        uid: app.fresh_world_id(),
    };
    let policy = &op.rules.policy.clone();
    let time_off = op.tx.time_off_since(op.now).await?;
    let new = match rebooking.is_at_once() {
        true => NewAppointment::confirmed(wanted, policy, op.now),
        false => {
            let held_until = hold::held_until(policy, &time_off, slot.start, op.now);
            NewAppointment::requested(wanted, held_until, op.now)
        }
    };
    let replacement = op.tx.insert_appointment(new, None).await?;
    let what = if rebooking.is_at_once() { What::BookedByClient } else { What::Requested };
    op.tx.note_happened(&Entry::of(Who::Client, what, &replacement, op.now)).await?;
    op.is_answered(&a, &rebooking).await?;
    op.tx.closed_visit_is_replaced(&rebooking.visit, replacement.id).await?;
    op.tx.take_back_kinds(a.id, &[Occasion::REOPENED], op.now).await?;
    let link = op.link_to(link, &replacement, given_in).await?;
    // Whoever gets no email has just read that it is confirmed; a request is answered by a call.
    match (rebooking.is_at_once(), op.writes_to(&replacement).await?) {
        (true, Some(_)) => op.tell_client(&replacement, Occasion::Confirmed).await?,
        (true, None) => {}
        (false, _) => op.tell_client(&replacement, Occasion::Received).await?,
    }
    op.tell_therapist(&replacement, Occasion::Arrived).await?;
    op.commit().await?;
    Ok(link)
}

/// The client says that they have seen it: there is nobody to call any more.
pub async fn see(current: &Current, link: &Token) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    let (a, _) = op.tx.appointment_by_link(link, op.now).await?.ok_or(Error::Missing)?;
    let zone = op.app.practice().zone;
    let rebooking = rebooking::look(&mut op.tx, zone, &a, op.now).await?.ok_or(Error::Missing)?;
    if rebooking.visit.seen_at.is_none() {
        op.tx.note_happened(&Entry::of(Who::Client, What::ClosingSeen, &a, op.now)).await?;
    }
    op.is_answered(&a, &rebooking).await?;
    op.commit().await
}

impl Operation {
    async fn is_answered(&mut self, a: &Appointment, rebooking: &Rebooking) -> Result<(), Error> {
        self.tx.closed_visit_is_seen(&rebooking.visit, self.now).await?;
        Ok(self.tx.forget_call(a.id, Matter::Standing).await?)
    }

    /// The same client, as they are called and reached now.
    async fn who_comes(&mut self, a: &Appointment) -> Result<Appointment, Error> {
        let Some(person) = self.tx.person(a.client).await? else { return Ok(a.clone()) };
        let reach = self.tx.reach(&person).await?;
        let contact = Contact {
            email: reach.email.or(a.contact.email.clone()),
            phone: reach.phone.or(a.contact.phone.clone()),
        };
        Ok(Appointment { client: person.id(), name: person.name().clone(), contact, ..a.clone() })
    }

    /// The link to what was chosen, made of the link by which it was: pressed again, it is
    /// the same.
    async fn link_to(
        &mut self,
        link: &Token,
        replacement: &Appointment,
        given_in: GivenIn,
    ) -> Result<Token, Error> {
        let mut secret = [0; 16];
        secret.copy_from_slice(&digest(&["rebooked", &link.to_string(), &replacement.uid])[..16]);
        let link = Token::new(secret);
        let good_until = replacement.span.end + self.app.practice().keep.links_outlive_visit();
        self.tx.insert_link(&link, replacement.id, given_in, good_until).await?;
        Ok(link)
    }
}
