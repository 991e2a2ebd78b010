//! What is offered: the one function that the page, the form's handler and the
//! therapist's answer ask.
//!
//! [`Calendar::starts`] lists the starts that the opening hours give;
//! [`Calendar::refusal`] names the first rule that refuses one. A start is
//! offered, and can be booked, exactly when it is listed and no rule refuses it.

use chrono::{Days, NaiveDate, TimeDelta};

use super::{
    busy::{Busy, Occupied},
    ids::OfficeSlug,
    interval::Interval,
    office::Office,
    practice::Practice,
    refusal::SlotRefusal,
    service::Service,
    slot::Slot,
    time::{self, Instant},
};

/// The practice at one moment: what it is, what already has the therapist, and when that is.
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a> {
    pub practice: &'a Practice,
    pub busy: &'a Busy,
    pub now: Instant,
}

impl Calendar<'_> {
    /// The slot of a start, if it is offered now; otherwise the first rule that refuses it.
    pub fn find_slot(&self, service: &Service, office: &Office, start: Instant) -> Result<Slot, SlotRefusal> {
        let date = time::date(self.practice.zone, start);
        match self.starts(service, office, date).into_iter().find(|slot| slot.start == start) {
            Some(slot) => self.refusal(service, &slot).map_or(Ok(slot), Err),
            None => Err(self.not_a_start(service, office, start)),
        }
    }

    /// What is offered of a service at an office on a date, in order of time.
    pub fn openings(&self, service: &Service, office: &Office, date: NaiveDate) -> Vec<Slot> {
        let mut slots = self.starts(service, office, date);
        slots.retain(|slot| self.refusal(service, slot).is_none());
        slots
    }

    /// The first opening of a service at an office, on a date or after it.
    pub fn next_opening(&self, service: &Service, office: &Office, from: NaiveDate) -> Option<Slot> {
        if !service.is_given_at(&office.slug) || office.hours.is_empty() {
            return None;
        }
        from.max(self.today())
            .iter_days()
            .take_while(|date| *date <= self.last_date())
            .find_map(|date| self.openings(service, office, date).into_iter().next())
    }

    /// The openings at one office that lie nearest to an instant, in order of time.
    pub fn nearest_openings(
        &self,
        service: &Service,
        office: &Office,
        to: Instant,
        count: usize,
    ) -> Vec<Slot> {
        let wanted = time::date(self.practice.zone, to).clamp(self.today(), self.last_date());
        let mut near: Vec<Slot> = Vec::new();
        for distance in 0.. {
            let before = wanted.checked_sub_days(Days::new(distance)).filter(|date| *date >= self.today());
            let after = wanted.checked_add_days(Days::new(distance)).filter(|date| *date <= self.last_date());
            // A day more than enough: the nearest may lie just beyond midnight.
            if near.len() >= count && distance > 1 || before.is_none() && after.is_none() {
                break;
            }
            let dates = before.into_iter().chain(after.filter(|_| distance > 0));
            near.extend(dates.flat_map(|date| self.openings(service, office, date)));
        }
        near.sort_by_key(|slot| ((slot.start - to).abs(), slot.start));
        near.truncate(count);
        near.sort_by_key(|slot| slot.start);
        near
    }

    /// The practice's date now.
    pub fn today(&self) -> NaiveDate {
        time::date(self.practice.zone, self.now)
    }

    /// The last date that the horizon lets a client ask for.
    pub fn last_date(&self) -> NaiveDate {
        self.today()
            .checked_add_days(Days::new(self.practice.policy.horizon_days.into()))
            .unwrap_or(NaiveDate::MAX)
    }

    /// Looks at busy time alone: may a session with its buffer stand at an
    /// office at this time, whatever the hours? Between neighbours there is the
    /// buffer of the earlier one and, at different offices, the drive.
    pub fn collision(
        &self,
        office: &OfficeSlug,
        session: Interval,
        buffer: TimeDelta,
    ) -> Option<SlotRefusal> {
        if let Some(taken) = self.busy.overlapping(session) {
            return Some(SlotRefusal::SlotTaken { by: Some(taken.appointment) });
        }
        let gap = |earlier_end: Instant, buffer: TimeDelta, later_start: Instant, neighbour: &Occupied| {
            let free_from = earlier_end + buffer;
            if free_from > later_start {
                return Some(SlotRefusal::WithinBuffer { of: neighbour.appointment });
            }
            let drive = self.practice.travel.between(office, &neighbour.office);
            (free_from + drive > later_start).then(|| SlotRefusal::OnTheRoad {
                office: neighbour.office.clone(),
                from_or_to: neighbour.appointment,
            })
        };
        let before = self.busy.previous(session.start);
        let after = self.busy.next(session.start);
        before
            .and_then(|o| gap(o.session.end, o.buffer, session.start, o))
            .or_else(|| after.and_then(|o| gap(session.end, buffer, o.session.start, o)))
    }

    /// The starts that an office's hours give on a date: civil steps from each
    /// window's beginning, the whole session inside the window. A start in a
    /// clock change's gap is none, and one that happens twice is the first.
    pub fn starts(&self, service: &Service, office: &Office, date: NaiveDate) -> Vec<Slot> {
        if !service.is_given_at(&office.slug) {
            return Vec::new();
        }
        let zone = self.practice.zone;
        let step = self.practice.policy.slot_step_minutes.max(1) as usize;
        let mut slots: Vec<Slot> = Vec::new();
        for window in office.hours.on(date) {
            let closes = time::boundary(zone, window.to().on(date));
            for minute in (window.from().minutes()..window.to().minutes()).step_by(step) {
                let civil = date.and_time(chrono::NaiveTime::MIN) + time::minutes(minute);
                let Some(start) = time::instant(zone, civil) else { continue };
                let end = start + service.length();
                if end <= closes {
                    let (office, service) = (office.slug.clone(), service.slug.clone());
                    slots.push(Slot { office, service, start, end });
                }
            }
        }
        // Windows that overlap give some starts twice.
        slots.sort_by_key(|slot| slot.start);
        slots.dedup();
        slots
    }

    /// The first rule, beyond the opening hours, that refuses a start.
    fn refusal(&self, service: &Service, slot: &Slot) -> Option<SlotRefusal> {
        let policy = &self.practice.policy;
        if slot.start < self.now + time::hours(policy.minimum_notice_hours) || slot.start <= self.now {
            return Some(SlotRefusal::TooSoon);
        }
        if time::date(self.practice.zone, slot.start) > self.last_date() {
            return Some(SlotRefusal::BeyondHorizon);
        }
        self.collision(&slot.office, slot.session(), service.buffer())
    }

    /// Why the opening hours do not give a start.
    fn not_a_start(&self, service: &Service, office: &Office, start: Instant) -> SlotRefusal {
        if service.retired {
            return SlotRefusal::Retired;
        }
        if !service.is_given_at(&office.slug) {
            return SlotRefusal::NotGivenThere;
        }
        let zone = self.practice.zone;
        let (date, end) = (time::date(zone, start), start + service.length());
        let open = office.hours.on(date).iter().any(|window| {
            let opens = time::boundary(zone, window.from().on(date));
            opens <= start && end <= time::boundary(zone, window.to().on(date))
        });
        if open { SlotRefusal::OffStep } else { SlotRefusal::Closed }
    }
}
