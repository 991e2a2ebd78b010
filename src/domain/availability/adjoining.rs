//! What is offered right before and right after a session: two who come together, or one
//! session after the other.

use chrono::TimeDelta;

use super::{calendar::Calendar, slot::Slot};
use crate::domain::{
    appointment::refusal::SlotRefusal,
    practice::{office::Office, service::Service},
    time::{self, Instant, Interval},
};

impl Calendar<'_> {
    /// The openings of a service that adjoin a session at the same office, with nothing but a
    /// buffer, and the rest of a step, between: the one before it, and the one after.
    pub fn adjoining(
        &self,
        service: &Service,
        office: &Office,
        session: Interval,
        buffer: TimeDelta,
    ) -> [Option<Slot>; 2] {
        let zone = self.practice.zone;
        let (ready_by, free_from) = (session.start - service.buffer(), session.end + buffer);
        let on = |at| self.openings(service, office, time::date(zone, at)).into_iter();
        let before =
            on(ready_by - service.length()).rfind(|slot| self.adjoin(slot.span(), service.buffer(), session));
        let after = on(free_from).find(|slot| self.adjoin(session, buffer, slot.span()));
        [before, after]
    }

    /// True where nothing but a buffer, and the rest of a step, lies between two sessions.
    fn adjoin(&self, earlier: Interval, buffer: TimeDelta, later: Interval) -> bool {
        let gap = later.start - (earlier.end + buffer);
        TimeDelta::zero() <= gap && gap < time::minutes(self.rules.policy.slot_step_minutes)
    }

    /// The slot of a second session of the same service right before or right after one, if it is
    /// offered now; otherwise what refuses it.
    pub fn find_beside(
        &self,
        service: &Service,
        office: &Office,
        first: &Slot,
        start: Instant,
    ) -> Result<Slot, SlotRefusal> {
        let second = self.find_slot(service, office, start)?;
        let (first, second_span) = (first.span(), second.span());
        let (earlier, later) =
            if first.start < second_span.start { (first, second_span) } else { (second_span, first) };
        if self.adjoin(earlier, service.buffer(), later) { Ok(second) } else { Err(SlotRefusal::OffStep) }
    }

    /// The openings at one office that lie nearest to an instant and have another right after
    /// them, or right before, each with that one; in order of time.
    pub fn nearest_pairs(
        &self,
        service: &Service,
        office: &Office,
        to: Instant,
        second_is: Beside,
        count: usize,
    ) -> Vec<(Slot, Slot)> {
        let pairs_on = |date| {
            let openings = self.openings(service, office, date);
            let pairs = openings.iter().filter_map(|earlier| {
                let adjoins = |later: &&Slot| self.adjoin(earlier.span(), service.buffer(), later.span());
                let later = openings.iter().find(adjoins)?;
                Some(match second_is {
                    Beside::After => (earlier.clone(), later.clone()),
                    Beside::Before => (later.clone(), earlier.clone()),
                })
            });
            pairs.collect()
        };
        self.nearest(to, count, pairs_on, |(first, _)| first.start)
    }
}

/// On which side of the first session the second one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// It ends before the first begins.
    Before,
    /// It begins after the first has ended.
    After,
}

impl Beside {
    /// Where a second session is that begins then.
    pub fn of(first: Instant, second: Instant) -> Self {
        if second < first { Self::Before } else { Self::After }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;
    use crate::domain::{
        availability::busy::Occupied,
        example::{Scene, at, occupied, window},
        practice::opening_hours::OpeningHours,
    };

    /// A Monday at an office that is open from ten to five, where sessions of an hour begin every
    /// so many minutes.
    fn scene(step: u32, booked: impl IntoIterator<Item = Occupied>) -> Scene {
        let mut hours = OpeningHours::default();
        hours.add(Weekday::Mon, window("10:00", "17:00"));
        let mut scene = Scene::new().open([hours]).booked(booked);
        scene.rules.policy.slot_step_minutes = step;
        let service = &mut scene.practice.services[0];
        (service.minutes, service.buffer_minutes) = (60, 15);
        scene
    }

    fn noon() -> Occupied {
        occupied(1, "north", at("2026-12-07 12:00"), 60, 15)
    }

    /// What adjoins the session at noon, as clocks show it.
    fn beside_noon(scene: &Scene) -> [Option<String>; 2] {
        let (service, office) = (scene.service("hour"), scene.office("north"));
        let adjoining = scene.calendar().adjoining(service, office, noon().span, noon().buffer);
        let clock = |slot: Slot| slot.start.with_timezone(&scene.practice.zone).format("%H:%M").to_string();
        adjoining.map(|slot| slot.map(clock))
    }

    fn clocks(before: &str, after: &str) -> [Option<String>; 2] {
        [before, after].map(|clock| Some(clock.to_owned()).filter(|clock| !clock.is_empty()))
    }

    #[test]
    fn a_session_fits_right_before_and_right_after_with_the_buffer_between() {
        assert_eq!(beside_noon(&scene(15, [noon()])), clocks("10:45", "13:15"));
        // The steps of the hours decide, and nothing farther away adjoins.
        assert_eq!(beside_noon(&scene(30, [noon()])), clocks("10:30", "13:30"));
        assert_eq!(beside_noon(&scene(60, [noon()])), clocks("10:00", "14:00"));
    }

    /// Whether a second session at that clock can be had beside one at noon.
    fn find_beside_noon(scene: &Scene, clock: &str) -> Result<(), SlotRefusal> {
        let (service, office) = (scene.service("hour"), scene.office("north"));
        let calendar = scene.calendar();
        let first = calendar.find_slot(service, office, at("2026-12-07 12:00")).expect("an opening");
        let second = at(&format!("2026-12-07 {clock}"));
        calendar.find_beside(service, office, &first, second).map(|slot| assert_eq!(slot.start, second))
    }

    #[test]
    fn a_second_session_is_right_before_or_right_after_and_nowhere_else() {
        let scene = scene(15, []);
        for clock in ["10:45", "13:15"] {
            assert_eq!(find_beside_noon(&scene, clock), Ok(()), "{clock}");
        }
        for clock in ["10:30", "11:00", "12:00", "13:00", "13:30"] {
            assert_eq!(find_beside_noon(&scene, clock), Err(SlotRefusal::OffStep), "{clock}");
        }
    }

    #[test]
    fn pairs_are_near_and_free_both_of_them() {
        let booked = occupied(2, "north", at("2026-12-07 14:00"), 60, 15);
        let scene = scene(15, [booked]);
        let (service, office) = (scene.service("hour"), scene.office("north"));
        let near = |second_is| {
            let pairs = scene.calendar().nearest_pairs(service, office, at("2026-12-07 12:00"), second_is, 2);
            let clock =
                |slot: &Slot| slot.start.with_timezone(&scene.practice.zone).format("%H:%M").to_string();
            pairs
                .iter()
                .map(|(first, second)| format!("{} {}", clock(first), clock(second)))
                .collect::<Vec<_>>()
        };
        assert_eq!(near(Beside::After), ["11:15 12:30", "11:30 12:45"]);
        assert_eq!(near(Beside::Before), ["11:45 10:30", "12:00 10:45"]);
    }

    #[test]
    fn what_is_not_offered_does_not_adjoin() {
        let after = occupied(2, "north", at("2026-12-07 14:00"), 60, 15);
        assert_eq!(beside_noon(&scene(15, [noon(), after])), clocks("10:45", ""));
        let before = occupied(2, "north", at("2026-12-07 10:00"), 60, 15);
        assert_eq!(beside_noon(&scene(15, [noon(), before])), clocks("", "13:15"));
        let mut paused = scene(15, [noon()]);
        paused.rules.policy.minimum_notice_hours = 24;
        assert_eq!(beside_noon(&paused), clocks("", "13:15"));
    }
}
