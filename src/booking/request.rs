//! A client asks for an appointment.

use super::{
    expire,
    sent_form::{Before, Earlier, SentBy},
    unproven::Sender,
};
use crate::{
    app::Current,
    domain::{
        appointment::{
            self, Appointment, NewAppointment, Second,
            refusal::{Refusal, SlotRefusal},
        },
        availability::hold,
        client::{Contact, Name, Note},
        history::{Entry, What, Who},
        ids::{ClientId, OfficeSlug, ServiceSlug, Token},
        practice::{policy::Policy, service::Service},
        time::{Instant, Interval},
    },
    mail::emails::Occasion,
    operation::{Error, Operation},
    store::GivenIn,
};

/// A request as it was typed, every field read.
#[derive(Clone, Debug)]
pub struct Wanted {
    pub service: ServiceSlug,
    pub office: OfficeSlug,
    pub start: Instant,
    pub asker: Asker,
    /// Who comes, where it is somebody else than who asks.
    pub guest: Option<Name>,
    /// A second session with it: both, or none.
    pub second: Option<Second>,
    pub note: Option<Note>,
    /// Drawn with the form: tells one form that was sent twice from two forms.
    pub key: String,
    /// The [`terms`] as the form said them, where it did.
    pub terms: Option<String>,
}

/// Who asks.
#[derive(Clone, Debug)]
pub enum Asker {
    /// Somebody who has typed who they are, which proves nothing.
    Typed { name: Name, contact: Contact },
    /// Whoever holds the link to a visit that was, or is still to come, is its client. That they
    /// read the emails about it is proved by a link from one of these; the
    /// link that was given right after a request proves no more than what was
    /// typed into it.
    OfVisit(Token),
}

/// What whoever asks agrees to, as their form carries it: how long, for how
/// much, and what canceling costs from when on. The practice file and the settings
/// can change while the form is open.
pub fn terms(service: &Service, policy: &Policy) -> String {
    let (notice, fee) = (policy.cancellation_notice_hours, policy.late_fee_percent);
    format!("{} {} {notice} {fee}", service.minutes, service.price.0)
}

/// What came of a form that was sent.
#[derive(Debug)]
pub enum Outcome {
    /// The link to the client's own page.
    Requested(Token),
    /// Nothing was written: the form has made a request for another time, and
    /// whoever sends it is to say first whether they want this one as well, or
    /// instead. What it has made is `None` where it is not theirs.
    AsWell { earlier: Option<Box<Earlier>>, fits_both: bool },
}

/// Writes the request, holds its time and tells both sides. The same form again
/// for the same time is the same request, whatever else was edited.
pub async fn request(current: &Current, wanted: Wanted) -> Result<Outcome, Error> {
    let mut op = expire::begin(current).await?;
    let app = op.app.clone();

    let asks = op.who_asks(wanted.asker).await?;
    let form = SentBy {
        key: &wanted.key,
        service: &wanted.service,
        office: &wanted.office,
        start: wanted.start,
        contact: &asks.contact,
    };
    let before = op.before(&form).await?;
    if let Before::This(link) = before {
        op.commit().await?;
        return Ok(Outcome::Requested(link));
    }
    let practice = app.practice();
    let service = practice.service(&wanted.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
    let office = practice.office(&wanted.office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
    let busy = op.tx.busy(Interval::new(wanted.start, wanted.start + service.length()), op.now).await?;
    let slot = op.calendar(&busy).find_slot(service, office, wanted.start);
    if let (Ok(first), Some(second)) = (&slot, &wanted.second) {
        op.is_offered_beside(service, office, first, second).await?;
    }
    if let Before::Another(earlier) = before {
        let fits_both = slot.is_ok();
        let own = earlier.as_ref().filter(|own| own.appointment.service == wanted.service);
        if let (Err(_), Some(own)) = (&slot, own) {
            // Nothing may be in the way but the first, which can move.
            let busy = busy.without(own.appointment.id);
            op.calendar(&busy).find_slot(service, office, wanted.start).map_err(Refusal::from)?;
        } else {
            slot.map_err(Refusal::from)?;
        }
        op.commit().await?;
        return Ok(Outcome::AsWell { earlier, fits_both });
    }
    let slot = slot.map_err(Refusal::from)?;
    let policy = &op.rules.policy.clone();
    if wanted.terms.is_some_and(|seen| seen != terms(service, policy)) {
        return Err(Refusal::TermsChanged.into());
    }
    let terms = terms(service, policy);
    op.has_room_for(&asks.contact).await?;
    if !asks.is_proven {
        op.is_named(&asks.contact).await?;
        let second = wanted.second.as_ref().map(|second| second.start);
        let starts: Vec<Instant> = [slot.start].into_iter().chain(second).collect();
        if op.proof_comes_first(&starts).await? {
            let sender = Sender {
                name: asks.name.clone(),
                guest: wanted.guest,
                second: wanted.second,
                contact: asks.contact.clone(),
                note: wanted.note,
            };
            let link = op.keep_unproven(sender, &slot, terms, &form).await?;
            op.commit().await?;
            return Ok(Outcome::Requested(link));
        }
    }

    let client = match asks.client {
        Some(client) => client,
        None => op.tx.client(&asks.name, &asks.contact, op.now).await?,
    };
    let appointment = appointment::Wanted {
        client,
        name: asks.name.clone(),
        guest: wanted.guest,
        contact: asks.contact.clone(),
        note: wanted.note,
        office: slot.office,
        service,
        start: slot.start,
        uid: app.fresh_world_id(),
    };
    let at_once = practice.confirms_at_once(policy, service, asks.is_known);
    let made = op.make_one_or_both(appointment, wanted.second, at_once).await?;
    if !asks.is_proven {
        for one in &made {
            op.tx.is_unproven(one.id).await?;
        }
    }
    let first = made.iter().find(|one| one.span.start == slot.start).ok_or(Error::Missing)?;
    let good_until = first.span.end + op.app.practice().keep.links_outlive_visit();
    let given_in = if asks.is_proven { GivenIn::Email } else { GivenIn::Request };
    let link = form.link(&first.uid);
    op.tx.insert_link(&link, first.id, given_in, good_until).await?;
    op.tx.insert_sent_form(&form.hashed(), first.id, good_until).await?;
    op.tell_of_requests(&made).await?;
    op.commit().await?;
    Ok(Outcome::Requested(link))
}

/// Whoever asks, looked up.
pub(super) struct Asking {
    /// `None` for whoever has typed who they are.
    pub client: Option<ClientId>,
    pub name: Name,
    pub contact: Contact,
    /// They come by a link from an email.
    pub is_proven: bool,
    /// The same, and have been here.
    pub is_known: bool,
}

impl Operation {
    pub(super) async fn who_asks(&mut self, asker: Asker) -> Result<Asking, Error> {
        let visit = match asker {
            Asker::Typed { name, contact } => {
                return Ok(Asking { client: None, name, contact, is_proven: false, is_known: false });
            }
            Asker::OfVisit(visit) => visit,
        };
        let (visit, given_in) = self.tx.appointment_by_link(&visit, self.now).await?.ok_or(Error::Missing)?;
        if !visit.leads_to_another(self.now) {
            return Err(Error::Missing);
        }
        let is_proven = given_in == GivenIn::Email;
        Ok(Asking {
            is_proven,
            is_known: is_proven && visit.was_a_visit(self.now),
            client: Some(visit.client),
            name: visit.name,
            contact: visit.contact,
        })
    }

    /// Writes a request for a time that is open, or `at_once` an appointment.
    pub(crate) async fn make_request(
        &mut self,
        wanted: appointment::Wanted<'_>,
        at_once: bool,
    ) -> Result<Appointment, Error> {
        let time_off = self.tx.time_off_since(self.now).await?;
        let held_until = hold::held_until(&self.rules.policy, &time_off, wanted.start, self.now);
        self.make_request_held(wanted, at_once, held_until).await
    }

    /// The same for a request that is held until an instant.
    pub(super) async fn make_request_held(
        &mut self,
        wanted: appointment::Wanted<'_>,
        at_once: bool,
        held_until: Instant,
    ) -> Result<Appointment, Error> {
        // To a blocked client it all reads the same; the therapist sees it folded away.
        let is_blocked = self.tx.blocked_since(wanted.client).await?.is_some();
        let new = match at_once && !is_blocked {
            true => NewAppointment::confirmed(wanted, &self.rules.policy, self.now),
            false => NewAppointment::requested(wanted, held_until, self.now),
        };
        match is_blocked {
            true => self.request_blocked(new).await,
            false => Ok(self.tx.insert_appointment(new, None).await?),
        }
    }

    /// Tells both sides of it.
    pub(crate) async fn tell_of_request(&mut self, appointment: &Appointment) -> Result<(), Error> {
        self.tell_of_requests(std::slice::from_ref(appointment)).await
    }

    /// Tells both sides of what was asked for together, in order of time.
    pub(super) async fn tell_of_requests(&mut self, all: &[Appointment]) -> Result<(), Error> {
        let is_confirmed = all.first().is_some_and(Appointment::was_confirmed);
        let occasion = if is_confirmed { Occasion::Confirmed } else { Occasion::Received };
        self.tell_of_all(all, occasion).await?;
        let what = if is_confirmed { What::BookedByClient } else { What::Requested };
        for a in all {
            self.tx.note_happened(&Entry::of(Who::Client, what, a, self.now)).await?;
        }
        self.tell_of_all(all, Occasion::Arrived).await
    }
}
