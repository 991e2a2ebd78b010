//! The visits of the invented practice: some on every open day, inside the hours
//! and with room for the drive.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, TimeDelta};

use super::people;
use crate::domain::{
    appointment::{
        Agreement, Appointment, Cancellation, NewAppointment, Side, State, Status,
        cancellation::CancellationTerms, overriding::Override, reschedule_request::RescheduleRequest,
    },
    availability::{
        Calendar,
        busy::{Busy, Occupied},
        hold,
        rules::Rules,
        slot::Slot,
    },
    client::Note,
    ids::{AppointmentId, ClientId, Holder, OfficeSlug, RescheduleRequestId, Token},
    practice::{Practice, policy::Policy, price::Price, service::Service},
    time::{self, Instant, Interval},
};

const WEEKS_AHEAD: u64 = 4;
/// How many requests wait for an answer.
const REQUESTS: usize = 3;
/// More visits than these are on no two days.
const NEIGHBORS: usize = 16;

/// The visits of a practice with their people.
pub struct Weeks<'a> {
    pub practice: &'a Practice,
    pub rules: &'a Rules,
    pub weeks_back: u64,
    pub now: Instant,
}

/// One that is invented, and by whom of the people.
pub struct Invented {
    pub person: usize,
    pub appointment: NewAppointment,
}

impl Weeks<'_> {
    /// The same weeks for the same practice and hour, in order of time.
    pub fn all(&self) -> Vec<Invented> {
        let today = time::date(self.practice.zone, self.now);
        let first = today.checked_sub_days(Days::new(7 * self.weeks_back)).unwrap_or(today);
        let last = today.checked_add_days(Days::new(7 * WEEKS_AHEAD)).unwrap_or(today);
        let is_open = |date: &NaiveDate| self.rules.timetable.open_on(*date).next().is_some();
        let open = first.iter_days().take_while(|date| *date <= last).filter(is_open).count();
        // Rather too few, so that all come who come once.
        let in_all = open * 2;
        let mut weeks: Vec<Invented> = Vec::new();
        let mut known = BTreeSet::new();
        for date in first.iter_days().take_while(|date| *date <= last) {
            let nth = weeks.len();
            let lately = &weeks[nth.saturating_sub(NEIGHBORS)..];
            let on_the_day = self.day(lately, date, today, |at| {
                let person = people::person(nth + at, in_all);
                (person, known.insert(person))
            });
            for (at, (person, slot)) in on_the_day.into_iter().enumerate() {
                weeks.push(Invented { person, appointment: self.one(&slot, person, nth + at) });
            }
        }
        self.ask(&mut weeks);
        weeks
    }

    /// Some of those to come still wait for an answer.
    fn ask(&self, weeks: &mut [Invented]) {
        let policy = &self.rules.policy;
        let late = self.now + time::hours(policy.hold_hours) + TimeDelta::days(1);
        let to_come = weeks.iter_mut().filter(|visit| visit.appointment.span.start > late);
        let mut asked = TimeDelta::zero();
        for (visit, note) in to_come.step_by(4).take(REQUESTS).zip(people::NOTES) {
            asked += TimeDelta::minutes(40);
            let request = &mut visit.appointment;
            request.requested_at = self.now - asked;
            let held_until = hold::held_until(policy, &[], request.span.start, request.requested_at);
            request.state = State::Requested { held_until };
            request.note = Note::parse(note).ok().flatten();
        }
    }

    /// The sessions of a day, in one office where the hours leave the choice; now and then
    /// there was the drive between two. `next` tells who comes, and whether for the first time.
    fn day(
        &self,
        lately: &[Invented],
        date: NaiveDate,
        today: NaiveDate,
        mut next: impl FnMut(usize) -> (usize, bool),
    ) -> Vec<(usize, Slot)> {
        let open: Vec<_> = (self.practice.offices.iter())
            .filter(|office| !self.rules.timetable.on(&office.slug, date).is_empty())
            .collect();
        let seed = usize::try_from(date.num_days_from_ce()).unwrap_or_default();
        if open.is_empty() {
            return Vec::new();
        }
        let turn = |nth: usize| open[(seed / 7 + nth) % open.len()];
        let drives = (today - date).num_days() > 7 && seed / 7 % 2 == 0;
        let counts = match (date - today).num_days() {
            ..=7 => [3, 2, 4, 3, 2, 1, 3],
            8..=14 => [2, 1, 2, 1, 0, 2, 1],
            _ => [1, 0, 1, 0, 0, 1, 0],
        };
        let mut slots: Vec<Slot> = Vec::new();
        for nth in 0..counts[(seed + seed / 7) % 7] {
            let busy = Busy::new(self.occupied(lately, &slots));
            let calendar = Calendar {
                practice: self.practice,
                rules: self.rules,
                busy: &busy,
                now: Instant::UNIX_EPOCH,
            };
            let Some(service) = self.service(false, seed + nth) else { break };
            let free_at = |office| -> Vec<Slot> {
                (calendar.starts(service, office, date).into_iter())
                    .filter(|slot| {
                        calendar.collisions(&slot.office, slot.span(), service.buffer()).is_empty()
                    })
                    .collect()
            };
            let elsewhere = if drives { free_at(turn(nth)) } else { Vec::new() };
            let free = if elsewhere.is_empty() { free_at(turn(0)) } else { elsewhere };
            if let Some(slot) = free.get((seed * 7 + nth * 5) % free.len().max(1)) {
                slots.push(slot.clone());
            }
        }
        slots.sort_by_key(|slot| slot.start);
        let who = |(at, slot): (usize, Slot)| {
            let (person, is_first) = next(at);
            (person, self.of_a_first_visit(slot, is_first))
        };
        slots.into_iter().enumerate().map(who).collect()
    }

    /// A service for whoever comes for the first time, or for those who know the practice.
    fn service(&self, is_first: bool, nth: usize) -> Option<&Service> {
        let services: Vec<&Service> = self.practice.services_offered().collect();
        let fits: Vec<&Service> =
            services.iter().filter(|service| is_for_first(service) == is_first).copied().collect();
        let from = if fits.is_empty() && !is_first { &services } else { &fits };
        from.get(nth % from.len().max(1)).copied()
    }

    /// The first visit's own session, where it is no longer than what there is room for.
    fn of_a_first_visit(&self, slot: Slot, is_first: bool) -> Slot {
        let room = slot.span().length();
        let fits = self.service(true, 0).filter(|service| {
            is_first && service.is_given_at(&slot.office) && time::minutes(service.minutes) == room
        });
        fits.map_or(slot.clone(), |service| Slot { service: service.slug.clone(), ..slot })
    }

    fn occupied(&self, lately: &[Invented], today: &[Slot]) -> Vec<Occupied> {
        let earlier = lately.iter().map(|visit| {
            let a = &visit.appointment;
            at(AppointmentId(0), &a.office, a.span, a.buffer)
        });
        let slots = today.iter().filter_map(|slot| {
            let service = self.practice.service(&slot.service)?;
            Some(at(AppointmentId(0), &slot.office, slot.span(), service.buffer()))
        });
        earlier.chain(slots).collect()
    }

    fn one(&self, slot: &Slot, person: usize, nth: usize) -> NewAppointment {
        let service = self.practice.service(&slot.service);
        let days = i64::try_from(3 + nth % 11).unwrap_or(3);
        let requested_at = (slot.start - TimeDelta::days(days)).min(self.now - TimeDelta::hours(30));
        let answered_at = requested_at + TimeDelta::hours(2);
        let price = service.map_or(Price(0), |service| service.price);
        let terms = CancellationTerms::agreed(&self.rules.policy, price, slot.start, answered_at);
        let agreement = Agreement { at: answered_at, terms: Some(terms) };
        NewAppointment {
            client: ClientId(0), // given by the file
            name: people::name(person),
            guest: None,
            contact: people::contact(person),
            note: None,
            office: slot.office.clone(),
            service: slot.service.clone(),
            service_name: service.map(|service| service.name.clone()).unwrap_or_default(),
            span: slot.span(),
            buffer: service.map(Service::buffer).unwrap_or_default(),
            price,
            requested_at,
            state: self.state(slot, agreement, nth),
            overridden: Override::none(),
            uid: format!("{}@demo.invalid", Token::new(rand::random())),
        }
    }

    /// What has come of it. Whether those of the last day came, nobody has noted yet.
    fn state(&self, slot: &Slot, agreement: Agreement, nth: usize) -> State {
        let canceled = |before: TimeDelta| {
            let at = (slot.start - before).max(agreement.at);
            let is_late = agreement.terms.is_some_and(|terms| terms.is_late(at));
            State::Canceled(Cancellation { at, by: Side::Client, is_late, agreement: Some(agreement) })
        };
        if slot.end > self.now - TimeDelta::hours(20) {
            return State::Confirmed(agreement);
        }
        match nth % 29 {
            3 | 17 => State::NoShow(agreement),
            9 => canceled(time::hours(5)),
            14 => canceled(time::hours(50)),
            20 => State::Declined { at: agreement.at },
            25 => State::Expired { at: agreement.at },
            _ => State::Arrived(agreement),
        }
    }
}

fn is_for_first(service: &Service) -> bool {
    service.name.to_lowercase().contains("first")
}

/// Somebody asks for another time: an opening some days after their own.
pub fn reschedule_request(
    practice: &Practice,
    rules: &Rules,
    appointments: &[Appointment],
    now: Instant,
) -> Option<RescheduleRequest> {
    let policy: &Policy = &rules.policy;
    let hold = time::hours(policy.hold_hours);
    let is_far = |a: &&Appointment| a.status() == Status::Confirmed && a.span.start > now + hold * 2;
    let a = appointments.iter().find(is_far)?;
    let service = a.agreed(practice.service(&a.service)?);
    let live = appointments.iter().filter(|other| other.status().is_live() && other.id != a.id);
    let busy = Busy::new(live.map(Occupied::by).collect());
    let calendar = Calendar { practice, rules, busy: &busy, now };
    let after = time::date(practice.zone, a.span.start).checked_add_days(Days::new(2))?;
    let slots = practice.offices.iter().filter_map(|office| calendar.next_opening(&service, office, after));
    let slot = slots.min_by_key(|slot| slot.start)?;
    let requested_at = now - TimeDelta::minutes(90);
    Some(RescheduleRequest {
        id: RescheduleRequestId(0), // given by the file
        appointment: a.id,
        span: slot.span(),
        office: slot.office,
        requested_at,
        held_until: hold::held_until(policy, &[], a.span.start, requested_at),
    })
}

fn at(appointment: AppointmentId, office: &OfficeSlug, span: Interval, buffer: TimeDelta) -> Occupied {
    Occupied { holder: Holder::Appointment(appointment), office: office.clone(), span, buffer }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::{at as civil, practice, rules};

    /// Two years as `stillpoint demo` has them.
    fn two_years(practice: &Practice, rules: &Rules) -> Vec<Invented> {
        Weeks { practice, rules, weeks_back: 104, now: civil("2026-12-06 12:00") }.all()
    }

    #[test]
    fn every_visit_is_inside_the_hours_and_leaves_room_for_the_drive() {
        let (practice, rules) = (practice(), rules());
        let visits = two_years(&practice, &rules);
        assert!(visits.len() > 500, "{}", visits.len());
        for pair in visits.windows(2) {
            let [before, after] = [&pair[0].appointment, &pair[1].appointment];
            let drive = practice.travel.between(&before.office, &after.office);
            assert!(before.span.end + before.buffer + drive <= after.span.start, "{before:?} {after:?}");
        }
        for visit in &visits {
            let a = &visit.appointment;
            assert!(rules.timetable.is_open(practice.zone, &a.office, a.span), "{a:?}");
        }
    }

    #[test]
    fn all_fifty_come_some_often_and_some_once() {
        let visits = two_years(&practice(), &rules());
        let times = |person: usize| visits.iter().filter(|visit| visit.person == person).count();
        let counts: Vec<usize> = (0..people::PEOPLE.len()).map(times).collect();
        assert!(counts.iter().all(|count| *count > 0), "{counts:?}");
        assert!(counts[..people::REGULARS].iter().all(|count| *count > 10), "{counts:?}");
        assert_eq!(counts.iter().filter(|count| **count == 1).count(), 12, "{counts:?}");
        for status in Status::ALL {
            let is_there = |visit: &Invented| visit.appointment.state.status() == status;
            assert!(visits.iter().any(is_there), "{status:?}");
        }
        let late = visits.iter().filter_map(|visit| visit.appointment.state.cancellation()?.is_late.into());
        assert!(late.collect::<BTreeSet<bool>>().len() == 2, "in time, and late");
        let notes = visits.iter().filter(|visit| visit.appointment.note.is_some());
        assert_eq!(notes.count(), REQUESTS);
    }

    #[test]
    fn the_same_hour_has_the_same_weeks() {
        let (practice, rules) = (practice(), rules());
        let told = |visits: Vec<Invented>| -> Vec<_> {
            visits
                .into_iter()
                .map(|visit| (visit.person, visit.appointment.span, visit.appointment.state))
                .collect()
        };
        assert_eq!(told(two_years(&practice, &rules)), told(two_years(&practice, &rules)));
    }
}
