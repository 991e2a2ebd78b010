//! The therapist offers an opening to somebody, whoever else waits. It is an act: its email
//! waits the minute in which it can be undone.

use chrono::NaiveDate;

use super::look::Look;
use crate::{
    app::{App, Current},
    booking::{expire, reschedule::Target},
    domain::{
        act::Kind,
        appointment::refusal::{Refusal, SlotRefusal},
        availability::{Calendar, slot::Slot},
        ids::{OfferId, ServiceSlug, WaitlistEntryId},
        time::{self, Interval},
        waitlist::{
            entry::Entry,
            hold,
            offer::{Offer, Outcome},
            round,
        },
    },
    operation::Error,
};

/// Offers an opening, whether they asked for such a one or not.
pub async fn offer_by_hand(
    current: &Current,
    id: WaitlistEntryId,
    service: &ServiceSlug,
    target: &Target,
) -> Result<OfferId, Error> {
    let mut op = expire::begin(current).await?;
    let app = op.app.clone();
    let practice = app.practice();

    let entry = op.tx.waitlist_entry(id).await?.ok_or(Error::Missing)?;
    if entry.waiting_since().is_none() {
        return Err(Error::Missing);
    }
    for other in op.tx.waitlist().await?.iter().filter(|other| other.id == id || other.is_of(&entry.contact))
    {
        let is_open = |offer: &Offer| offer.outcome == Outcome::Open;
        if op.tx.offers_to(other.id).await?.iter().any(is_open) {
            return Err(Refusal::HasOffer.into());
        }
    }
    let instead = match entry.instead {
        Some(id) => op.tx.appointment(id).await?.filter(|a| op.now < a.span.start),
        None => None,
    };
    let service = practice.service(service).ok_or(Refusal::from(SlotRefusal::Retired))?;
    let service = instead.as_ref().map_or(service.clone(), |a| a.agreed(service));
    let office = practice.office(&target.office).ok_or(Refusal::from(SlotRefusal::NotGivenThere))?;
    let span = Interval::new(target.start, target.start + service.length());
    let busy = op.tx.busy(span, op.now).await?;
    let busy = match &instead {
        Some(a) => busy.without(a.id),
        None => busy,
    };
    let rules = round::rules(&op.rules);
    let calendar = Calendar { rules: &rules, ..op.calendar(&busy) };
    let slot = calendar.find_slot(&service, office, target.start).map_err(Refusal::from)?;
    let notice = time::hours(rules.policy.minimum_notice_hours);
    let terms = hold::terms(practice.zone, notice, slot.start, op.now);

    op.tx.begin_act(Kind::Offered, None, op.now).await?;
    let made = op.make_offer((&entry, instead.as_ref()), (slot, service.buffer()), terms, true).await?;
    op.commit().await?;
    Ok(made)
}

/// What can be offered to somebody.
pub struct ToOffer {
    pub entry: Entry,
    /// Openings as they asked for.
    pub fitting: Vec<Slot>,
    /// Others of the same sessions.
    pub others: Vec<Slot>,
}

/// Looks at what can be offered to somebody, so many of each, from a date on. `None` when they do not wait.
pub async fn openings(
    app: &App,
    id: WaitlistEntryId,
    from: Option<NaiveDate>,
    most: usize,
) -> Result<Option<ToOffer>, Error> {
    let mut tx = app.store.read().await?;
    let now = app.now();
    let Some(entry) = tx.waitlist_entry(id).await?.filter(|entry| entry.waiting_since().is_some()) else {
        return Ok(None);
    };
    let rules = tx.rules(&app.site.first_rules, now).await?;
    let look = Look::read(&mut tx, app, &rules, now).await?;
    let instead = match entry.instead {
        Some(id) => tx.appointment(id).await?,
        None => None,
    };
    let zone = app.practice().zone;
    let mut slots = look.openings(&entry, instead.as_ref());
    slots.retain(|slot| from.is_none_or(|from| from <= time::date(zone, slot.start)));
    let (mut fitting, mut others): (Vec<Slot>, Vec<Slot>) =
        slots.into_iter().partition(|slot| entry.wishes.matches(zone, slot, now));
    fitting.truncate(most);
    others.truncate(most);
    Ok(Some(ToOffer { entry, fitting, others }))
}
