//! What is offered right before and right after a session: two who come together, or one
//! session after the other.

use chrono::TimeDelta;

use super::{calendar::Calendar, slot::Slot};
use crate::domain::{
    practice::{office::Office, service::Service},
    time::{self, Interval},
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
        let step = time::minutes(self.rules.policy.slot_step_minutes);
        let zone = self.practice.zone;
        let (ready_by, free_from) = (session.start - service.buffer(), session.end + buffer);
        let on = |at| self.openings(service, office, time::date(zone, at)).into_iter();
        let is_between = |gap: TimeDelta| TimeDelta::zero() <= gap && gap < step;
        let before = on(ready_by - service.length()).rfind(|slot| is_between(ready_by - slot.end));
        let after = on(free_from).find(|slot| is_between(slot.start - free_from));
        [before, after]
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
