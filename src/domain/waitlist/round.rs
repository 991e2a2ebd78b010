//! A round: what is offered now, and to whom. What is matched is the opening that there is,
//! not the appointment that was canceled: two short holes make a long one, and a move, longer
//! hours and time off that ends make openings too.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::{
    entry::Entry,
    hold::{self, Terms},
    offer::{self, Offer},
    order::{self, Place},
};
use crate::domain::{
    appointment::Appointment,
    availability::{
        Calendar,
        busy::{Busy, Occupied},
        rules::Rules,
        slot::Slot,
    },
    ids::{AppointmentId, Holder, OfferId, ServiceSlug},
    practice::{Practice, policy::Policy, service::Service},
    time::{self, Instant, Interval},
};

/// Somebody who waits, and what they were offered before.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Their entry.
    pub entry: Entry,
    /// What was offered to it, whatever became of that.
    pub offers: Vec<Offer>,
    /// The appointment that a new time would replace.
    pub instead: Option<Appointment>,
    /// What they take is theirs at once; from others it is a request first.
    pub is_known: bool,
    /// The therapist has just changed that appointment, and can still undo it.
    pub is_being_changed: bool,
    /// They hear of no offer.
    pub is_blocked: bool,
}

/// Whoever comes behind the others is asked once in so long.
const PAUSE: TimeDelta = TimeDelta::days(1);
/// How long the therapist has at least to answer what is a request first, before it would expire.
const TO_ANSWER: TimeDelta = TimeDelta::hours(1);

impl Candidate {
    /// How many offers they have let pass.
    pub fn let_pass(&self) -> usize {
        offer::let_pass(&self.entry, &self.offers)
    }

    /// False while they are not to be asked about anything.
    fn may_be_asked(&self, now: Instant) -> bool {
        let is_behind = order::is_behind(self.let_pass());
        let latest = self.offers.iter().map(|offer| offer.made_at).max();
        let is_tired = is_behind && latest.is_some_and(|latest| now < latest + PAUSE);
        !self.is_blocked && !self.is_being_changed && !is_tired
    }

    fn has_open_offer(&self) -> bool {
        self.offers.iter().any(|offer| offer.outcome == super::offer::Outcome::Open)
    }

    /// True of a time about which they have not been asked before.
    fn was_not_asked_about(&self, slot: &Slot) -> bool {
        let mut answered = self.offers.iter().filter(|offer| offer.is_answered());
        !answered.any(|offer| offer.slot.office == slot.office && offer.slot.span().overlaps(slot.span()))
    }

    /// A few minutes earlier or later at the same office is no other time.
    fn has_already(&self, slot: &Slot) -> bool {
        self.instead.as_ref().is_some_and(|a| a.office == slot.office && a.span.overlaps(slot.span()))
    }
}

/// What is to be offered to whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// Whose place in the list of candidates it is.
    pub candidate: usize,
    /// What is offered.
    pub slot: Slot,
    /// What the therapist needs after it.
    pub buffer: TimeDelta,
    /// How it stands.
    pub terms: Terms,
}

/// The rules by which those on the waitlist are offered times: nearer than to everybody, and
/// what was offered while online booking was on is theirs when it is paused.
pub fn rules(rules: &Rules) -> Rules {
    let mut nearer = rules.clone();
    nearer.policy.minimum_notice_hours = rules.policy.waitlist_notice();
    nearer.pause = None;
    nearer
}

/// What an offer is made for: the service as it is, or as it was agreed for the appointment
/// that it would replace. `None` where it is not given any more.
pub fn service(
    calendar: &Calendar<'_>,
    instead: Option<&Appointment>,
    slug: &ServiceSlug,
) -> Option<Service> {
    let service = calendar.practice.service(slug).filter(|service| !service.retired)?;
    Some(match instead {
        Some(a) => a.agreed(service),
        None => service.clone(),
    })
}

/// Decides a round. `calendar` has the rules that [`rules`] gives, and everything that is busy,
/// the open offers included.
pub fn round(calendar: &Calendar<'_>, candidates: &[Candidate]) -> Vec<Proposal> {
    let zone = calendar.practice.zone;
    if hold::is_night(zone, calendar.now) {
        return Vec::new();
    }
    let mut order: Vec<(Place, usize)> = candidates
        .iter()
        .enumerate()
        .filter(|(_, candidate)| candidate.may_be_asked(calendar.now))
        .filter_map(|(at, candidate)| Some((Place::of(&candidate.entry, candidate.let_pass())?, at)))
        .collect();
    order.sort_unstable();
    let has_offer = |candidate: &Candidate| candidate.has_open_offer();
    // One open offer per person, by whichever of their entries.
    let mut asked: Vec<&Entry> = candidates.iter().filter(|c| has_offer(c)).map(|c| &c.entry).collect();
    let mut openings = Openings::new(calendar, candidates);
    let mut proposals = Vec::new();
    for (_, at) in order {
        let candidate = &candidates[at];
        let entry = &candidate.entry;
        if asked.iter().any(|other| other.id == entry.id || other.is_of(&entry.contact)) {
            continue;
        }
        if let Some((slot, buffer, terms)) = openings.first_for(candidate) {
            asked.push(entry);
            openings.is_offered(&slot, buffer, terms);
            proposals.push(Proposal { candidate: at, slot, buffer, terms });
        }
    }
    proposals
}

/// Every opening of a service at all offices, to the horizon, in order of time. An appointment
/// that would be replaced is not in its way.
pub fn openings(calendar: &Calendar<'_>, service: &Service, instead: Option<AppointmentId>) -> Vec<Slot> {
    let busy = match instead {
        Some(id) => calendar.busy.clone().without(id),
        None => calendar.busy.clone(),
    };
    let calendar = Calendar { busy: &busy, ..*calendar };
    let days = calendar.today().iter_days().take_while(|date| *date <= calendar.last_date());
    let offices = &calendar.practice.offices;
    let on = |date| offices.iter().flat_map(move |office| calendar.openings(service, office, date));
    let mut slots: Vec<Slot> = days.flat_map(on).collect();
    slots.sort_by_key(|slot| slot.start);
    slots
}

/// What can be offered, as far as it was looked for, less what a round has offered already.
struct Openings<'a> {
    calendar: &'a Calendar<'a>,
    busy: Busy,
    /// What is offered to several at once and held for nobody.
    not_held: Vec<Interval>,
    found: BTreeMap<(ServiceSlug, Option<AppointmentId>), Vec<Slot>>,
}

impl<'a> Openings<'a> {
    fn new(calendar: &'a Calendar<'a>, candidates: &[Candidate]) -> Self {
        let offers = candidates.iter().flat_map(|candidate| &candidate.offers);
        let not_held = offers.filter(|offer| !offer.is_held && offer.is_open(calendar.now));
        Self {
            calendar,
            busy: calendar.busy.clone(),
            not_held: not_held.map(|offer| offer.slot.span()).collect(),
            found: BTreeMap::new(),
        }
    }

    /// The earliest opening that somebody would take, and how it would be offered.
    fn first_for(&mut self, candidate: &Candidate) -> Option<(Slot, TimeDelta, Terms)> {
        let (zone, now) = (self.calendar.practice.zone, self.calendar.now);
        let notice = time::hours(self.calendar.rules.policy.minimum_notice_hours);
        let mut first: Option<(Slot, TimeDelta, Terms)> = None;
        for slug in &candidate.entry.wishes.services {
            let instead = candidate.instead.as_ref();
            let Some(service) = service(self.calendar, instead, slug) else { continue };
            self.look(&service, instead.map(|a| a.id));
            // Nearer than that, a request would expire before the therapist has had time to answer.
            let policy = &self.calendar.rules.policy;
            let is_at_once = is_at_once(self.calendar.practice, policy, &service, candidate.is_known);
            let ahead = if is_at_once {
                TimeDelta::zero()
            } else {
                time::hours(policy.answer_before_hours) + TO_ANSWER
            };
            let slots = &self.found[&(slug.clone(), instead.map(|a| a.id))];
            let fits = |slot: &&Slot| {
                candidate.entry.wishes.matches(zone, slot, now)
                    && now + ahead <= slot.start
                    && candidate.was_not_asked_about(slot)
                    && !candidate.has_already(slot)
                    && first.as_ref().is_none_or(|(other, ..)| slot.start < other.start)
            };
            let offered = slots.iter().filter(fits).find_map(|slot| {
                let terms = hold::terms(zone, notice, slot.start, now);
                let is_asked_about = self.not_held.iter().any(|span| span.overlaps(slot.span()));
                (!terms.is_held || !is_asked_about).then(|| (slot.clone(), service.buffer(), terms))
            });
            first = offered.or(first);
        }
        first
    }

    fn look(&mut self, service: &Service, instead: Option<AppointmentId>) {
        let key = (service.slug.clone(), instead);
        if self.found.contains_key(&key) {
            return;
        }
        let calendar = Calendar { busy: &self.busy, ..*self.calendar };
        self.found.insert(key, openings(&calendar, service, instead));
    }

    /// What is held is busy for those who come after; what is not is offered to all of them.
    fn is_offered(&mut self, slot: &Slot, buffer: TimeDelta, terms: Terms) {
        if !terms.is_held {
            self.not_held.push(slot.span());
            return;
        }
        let holder = Holder::Offer(OfferId(0)); // it has no row yet
        let one = Occupied { holder, office: slot.office.clone(), span: slot.span(), buffer };
        self.busy = std::mem::take(&mut self.busy).and(one);
        self.found.clear();
    }
}

/// An open offer as it can still be taken, and what for; its own time, and that of the
/// appointment that it would replace, are in nobody's way. `None` where it is not to be had any
/// more, or not for as long as it was offered.
pub fn still_open(
    calendar: &Calendar<'_>,
    offer: &Offer,
    instead: Option<&Appointment>,
) -> Option<(Slot, Service)> {
    let busy = calendar.busy.clone().free_of(Holder::Offer(offer.id));
    let busy = match instead {
        Some(a) => busy.without(a.id),
        None => busy,
    };
    let calendar = Calendar { busy: &busy, ..*calendar };
    let office = calendar.practice.office(&offer.slot.office)?;
    let service = service(&calendar, instead, &offer.slot.service)?;
    let slot = calendar.find_slot(&service, office, offer.slot.start).ok()?;
    (slot.end == offer.slot.end).then_some((slot, service))
}

/// True where a yes is an appointment at once; else it is a request first.
pub fn is_at_once(practice: &Practice, policy: &Policy, service: &Service, is_known: bool) -> bool {
    is_known || practice.confirms_at_once(policy, service, false)
}

#[cfg(test)]
mod tests;
