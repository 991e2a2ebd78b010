//! Looking at all who wait, without changing anything.

use chrono::{Days, TimeDelta};

use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status},
        availability::{Calendar, busy::Busy, rules::Rules, slot::Slot},
        client::Contact,
        time::{self, Instant, Interval},
        waitlist::{
            entry::Entry,
            offer::{Offer, Outcome},
            round::{self, Candidate, Proposal},
        },
    },
    store::{Reading, StoreError},
};

/// By the file's own rule.
const LONGEST_SESSION: TimeDelta = TimeDelta::days(1);

/// All who wait, and the calendar as they see it.
pub struct Look<'a> {
    app: &'a App,
    pub candidates: Vec<Candidate>,
    /// Those who wait for another time instead of an appointment that is not to come any more.
    pub over: Vec<Entry>,
    rules: Rules,
    busy: Busy,
    is_paused: bool,
    now: Instant,
}

impl<'a> Look<'a> {
    pub async fn read(
        tx: &mut Reading,
        app: &'a App,
        rules: &Rules,
        now: Instant,
    ) -> Result<Self, StoreError> {
        let (mut candidates, mut over) = (Vec::new(), Vec::new());
        for entry in tx.waitlist().await?.into_iter().filter(|entry| entry.waiting_since().is_some()) {
            let (mut instead, mut is_being_changed) = (None, false);
            if let Some(id) = entry.instead {
                instead = tx.appointment(id).await?;
                // While the therapist changes it, its client knows it as it was, and it may be that again.
                is_being_changed = tx.known_to_client(id, now).await?.is_some();
                if !is_being_changed && !instead.as_ref().is_some_and(|a| is_to_come(a, now)) {
                    over.push(entry);
                    continue;
                }
            }
            let is_blocked = is_blocked(tx, &entry).await?;
            let is_known = instead.is_some() || has_been_here(tx, &entry, now).await?;
            let offers = tx.offers_to(entry.id).await?;
            candidates.push(Candidate { entry, offers, instead, is_known, is_being_changed, is_blocked });
        }
        let zone = app.practice().zone;
        let today = time::date(zone, now);
        let last = today + Days::new(rules.policy.horizon_days.into());
        let span =
            Interval::new(time::start_of_day(zone, today), time::day(zone, last).end + LONGEST_SESSION);
        let busy = tx.busy(span, now).await?;
        let is_paused = rules.pause.is_some();
        Ok(Self { app, candidates, over, rules: round::rules(rules), busy, is_paused, now })
    }

    /// The calendar as those on the waitlist are offered times from.
    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { practice: self.app.practice(), rules: &self.rules, busy: &self.busy, now: self.now }
    }

    /// What is to be offered now.
    pub fn proposals(&self) -> Vec<Proposal> {
        if self.is_paused { Vec::new() } else { round::round(&self.calendar(), &self.candidates) }
    }

    /// Those who have waited for as long as they wanted to, but for those who have an offer still.
    pub fn run_out(&self) -> impl Iterator<Item = &Entry> {
        let has_run_out = |one: &&Candidate| {
            one.entry.until <= self.now && one.offers.iter().all(|offer| offer.outcome != Outcome::Open)
        };
        self.candidates.iter().filter(has_run_out).map(|one| &one.entry)
    }

    /// The open offers whose time is not to be had any more.
    pub fn unfitting(&self) -> impl Iterator<Item = &Offer> {
        let calendar = self.calendar();
        self.candidates.iter().flat_map(move |one| {
            let open =
                one.offers.iter().filter(|offer| offer.outcome == Outcome::Open && !one.is_being_changed);
            open.filter(move |offer| {
                one.is_blocked || round::still_open(&calendar, offer, one.instead.as_ref()).is_none()
            })
        })
    }

    /// Every opening of the sessions that somebody asks for, in order of time.
    pub fn openings(&self, entry: &Entry, instead: Option<&Appointment>) -> Vec<Slot> {
        let calendar = self.calendar();
        let services = entry.wishes.services.iter();
        let services = services.filter_map(|slug| round::service(&calendar, instead, slug));
        let mut slots: Vec<Slot> = services
            .flat_map(|service| round::openings(&calendar, &service, instead.map(|a| a.id)))
            .collect();
        slots.sort_by_key(|slot| slot.start);
        slots
    }

    /// True when a round would write something.
    pub fn has_anything_to_do(&self) -> bool {
        !self.over.is_empty()
            || self.run_out().next().is_some()
            || self.unfitting().next().is_some()
            || !self.proposals().is_empty()
    }
}

fn is_to_come(a: &Appointment, now: Instant) -> bool {
    a.status() == Status::Confirmed && now < a.span.start
}

/// True of a blocked client's: of what is offered they hear nothing.
pub async fn is_blocked(tx: &mut Reading, entry: &Entry) -> Result<bool, StoreError> {
    match tx.known_client(&entry.name, &entry.contact).await? {
        Some(client) => Ok(tx.blocked_since(client).await?.is_some()),
        None => Ok(false),
    }
}

/// True of somebody who has been here: what they take is theirs at once. A telephone number that
/// was typed beside an email address shows nothing: the email alone was opened.
pub async fn has_been_here(tx: &mut Reading, entry: &Entry, now: Instant) -> Result<bool, StoreError> {
    let shown = match &entry.contact.email {
        Some(email) => Contact { email: Some(email.clone()), phone: None },
        None => entry.contact.clone(),
    };
    match tx.known_client(&entry.name, &shown).await? {
        Some(client) => Ok(tx.history(client, now).await?.visits > 0),
        None => Ok(false),
    }
}
