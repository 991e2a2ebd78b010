//! A client proves that they read the email about what they asked for: from then on it is
//! a request like any other, if its time is still free.

use super::{expire, request};
use crate::{
    app::Current,
    domain::{
        appointment::{
            self, Second,
            refusal::{Refusal, SlotRefusal},
            unproven::UnprovenRequest,
        },
        ids::{AppointmentId, OfficeSlug, Token, UnprovenRequestId},
        time::{Instant, Interval},
    },
    operation::{Error, Operation},
    store::GivenIn,
};

/// Another time, and the second session there, if there is to be one.
#[derive(Clone, Debug)]
pub struct Instead {
    pub office: OfficeSlug,
    pub start: Instant,
    pub second: Option<Instant>,
}

/// What the page with the button has shown.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Another time than the one that was asked for, after that was taken.
    pub instead: Option<Instead>,
    /// The [`request::terms`] as it said them, where it did.
    pub terms: Option<String>,
}

/// Requests what waits for its proof. Only a link from an email proves anything. Twice is
/// once: the link is the request's own by then.
pub async fn prove(current: &Current, link: &Token, shown: Shown) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;

    if let Some((appointment, given_in)) = op.tx.appointment_by_link(link, op.now).await? {
        if given_in == GivenIn::Email {
            op.tx.is_proven(appointment.id).await?;
        }
        return op.commit().await;
    }
    let (request, given_in) = op.tx.unproven_request_by_link(link).await?.ok_or(Error::Missing)?;
    if given_in != GivenIn::Email {
        return Err(Refusal::NoProof.into());
    }
    let agreed = shown.terms.unwrap_or_else(|| request.terms.clone());
    op.take_up(request, shown.instead, Some(agreed)).await?;
    op.commit().await
}

/// The therapist takes up what somebody has left a phone number with. Returns the request.
pub async fn for_client(current: &Current, id: UnprovenRequestId) -> Result<AppointmentId, Error> {
    let mut op = expire::begin(current).await?;
    let request = op.tx.unproven_request(id).await?.filter(|request| !request.is_ended);
    let appointment = op.take_up(request.ok_or(Error::Missing)?, None, None).await?;
    op.commit().await?;
    Ok(appointment)
}

impl Operation {
    /// Makes a request of what waits, for its own time or for another one. `agreed` are the
    /// terms that its client has seen.
    async fn take_up(
        &mut self,
        waits: UnprovenRequest,
        instead: Option<Instead>,
        agreed: Option<String>,
    ) -> Result<AppointmentId, Error> {
        let app = self.app.clone();
        let practice = app.practice();
        let guest_of_second = waits.second.as_ref().and_then(|second| second.guest.clone());
        let (office, start, second) = match instead {
            Some(Instead { office, start, second }) => {
                (office, start, second.map(|start| Second { start, guest: guest_of_second }))
            }
            None => (waits.office, waits.start, waits.second),
        };
        let service = practice.service(&waits.service).ok_or(Refusal::from(SlotRefusal::Retired))?;
        let office = practice.office(&office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
        let busy = self.tx.busy(Interval::new(start, start + service.length()), self.now).await?;
        let slot = self.calendar(&busy).find_slot(service, office, start).map_err(Refusal::from)?;
        if let Some(second) = &second {
            self.is_offered_beside(service, office, &slot, second).await?;
        }
        if agreed.is_some_and(|agreed| agreed != request::terms(service, &self.rules.policy)) {
            return Err(Refusal::TermsChanged.into());
        }
        // It does not stand in its own way.
        self.tx.end_unproven_request(waits.id, self.now).await?;
        self.has_room_for(&waits.contact).await?;
        let wanted = appointment::Wanted {
            client: self.tx.client(&waits.name, &waits.contact, self.now).await?,
            name: waits.name,
            guest: waits.guest,
            contact: waits.contact,
            note: waits.note,
            office: slot.office,
            service,
            start: slot.start,
            uid: waits.uid,
        };
        let at_once = practice.confirms_at_once(&self.rules.policy, service, false);
        let made = self.make_one_or_both(wanted, second, at_once).await?;
        let first = made.iter().find(|one| one.span.start == start).ok_or(Error::Missing)?;
        let good_until = first.span.end + practice.keep.links_outlive_visit();
        self.tx.unproven_request_becomes(waits.id, first.id, good_until, self.now).await?;
        self.tell_of_requests(&made).await?;
        Ok(first.id)
    }
}
