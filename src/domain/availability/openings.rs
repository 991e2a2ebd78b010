//! What is offered. Pages ask the [`Calendar`] for its openings, a client's form
//! finds its slot in it, an answer asks for collisions, and the therapist's forms
//! for every refusal: all by the same rules.
//!
//! [`Calendar::starts`] lists the starts that the opening hours give; every other
//! rule is one of the `checks`. A start is offered, and can be booked, exactly
//! when it is listed and no rule refuses it.

use chrono::{Days, NaiveDate, NaiveTime, TimeDelta};

use super::{
    calendar::{Calendar, Wanted},
    slot::Slot,
};
use crate::domain::{
    appointment::refusal::SlotRefusal,
    ids::OfficeSlug,
    practice::{office::Office, service::Service},
    time::{self, Instant, Interval},
};

const MINUTES_OF_A_DAY: u32 = 24 * 60;

/// A start of a day, and every rule that refuses it: none, where it is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// When the session would begin.
    pub start: Instant,
    /// Every rule against it, the first as [`Calendar::find_slot`] names it; none where it is offered.
    pub refusals: Vec<SlotRefusal>,
}

impl<'a> Calendar<'a> {
    /// The slot of a start, if it is offered now; otherwise the first rule that refuses it.
    pub fn find_slot(&self, service: &Service, office: &Office, start: Instant) -> Result<Slot, SlotRefusal> {
        let slot = slot(service, office, start);
        self.not_a_start(service, office, start)
            .or_else(|| self.first_refusal(service, &slot))
            .map_or(Ok(slot), Err)
    }

    /// Every rule that refuses a start, in the order in which
    /// [`Calendar::find_slot`] asks them. None, exactly where it is offered.
    pub fn refusals(&self, service: &Service, office: &Office, start: Instant) -> Vec<SlotRefusal> {
        let wanted = Wanted {
            office: &office.slug,
            span: slot(service, office, start).span(),
            buffer: service.buffer(),
        };
        self.not_a_start(service, office, start).into_iter().chain(self.beyond_hours(&wanted)).collect()
    }

    /// Every rule that stands against a booking of the therapist's own. It may
    /// have begun: a walk-in is noted once there is a moment for it.
    pub fn refusals_of_booking(
        &self,
        service: &Service,
        office: &Office,
        start: Instant,
    ) -> Vec<SlotRefusal> {
        let span = slot(service, office, start).span();
        let is_of_today = time::date(self.practice.zone, start) == self.today() || self.now < span.end;
        let is_walk_in = |refusal: &SlotRefusal| is_of_today && *refusal == SlotRefusal::Past;
        let mut refusals = self.refusals(service, office, start);
        refusals.retain(|refusal| !refusal.is_for_clients_only());
        refusals.retain(|refusal| !is_walk_in(refusal));
        refusals
    }

    /// Looks at busy time alone: what stands in the way of a session that has
    /// been agreed, whatever the hours?
    pub fn collisions(&self, office: &OfficeSlug, span: Interval, buffer: TimeDelta) -> Vec<SlotRefusal> {
        let wanted = Wanted { office, span, buffer };
        self.busy_time(&wanted).collect()
    }

    /// What stands against confirming a session now: busy time, and a plan of
    /// its day that does not cover it.
    pub fn reasons(&self, office: &OfficeSlug, span: Interval, buffer: TimeDelta) -> Vec<SlotRefusal> {
        let is_open = self.rules.timetable.is_open(self.practice.zone, office, span);
        let closed = (!is_open).then_some(SlotRefusal::Closed);
        closed.into_iter().chain(self.collisions(office, span, buffer)).collect()
    }

    /// What is offered of a service at an office on a date, in order of time.
    pub fn openings(&self, service: &Service, office: &Office, date: NaiveDate) -> Vec<Slot> {
        self.offered(service, self.starts(service, office, date))
    }

    /// Those starts of a service that no rule beyond the hours refuses.
    pub(super) fn offered(&self, service: &Service, mut starts: Vec<Slot>) -> Vec<Slot> {
        starts.retain(|slot| self.first_refusal(service, slot).is_none());
        starts
    }

    /// The first opening of a service at an office, on a date or after it.
    pub fn next_opening(&self, service: &Service, office: &Office, from: NaiveDate) -> Option<Slot> {
        if !service.is_given_at(&office.slug) || self.rules.pause.is_some() {
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
        self.nearest(to, count, |date| self.openings(service, office, date), |slot| slot.start)
    }

    /// What lies nearest to an instant, in order of time, of what each date has.
    pub(super) fn nearest<T>(
        &self,
        to: Instant,
        count: usize,
        on: impl Fn(NaiveDate) -> Vec<T>,
        start: impl Fn(&T) -> Instant,
    ) -> Vec<T> {
        let wanted = time::date(self.practice.zone, to).clamp(self.today(), self.last_date());
        let mut near: Vec<T> = Vec::new();
        for distance in 0.. {
            let is_enough = near.len() >= count;
            let before = wanted.checked_sub_days(Days::new(distance)).filter(|date| *date >= self.today());
            let after = wanted.checked_add_days(Days::new(distance)).filter(|date| *date <= self.last_date());
            let dates = before.into_iter().chain(after.filter(|_| distance > 0));
            near.extend(dates.flat_map(&on));
            // A day more than enough: one date's beginning may be nearer than another's far end.
            if is_enough || before.is_none() && after.is_none() {
                break;
            }
        }
        near.sort_by_key(|one| ((start(one) - to).abs(), start(one)));
        near.truncate(count);
        near.sort_by_key(start);
        near
    }

    /// Every step of a date with what refuses it: the starts that the hours
    /// give or would give if the session were shorter, and outside the hours
    /// the same steps counted from midnight.
    pub fn steps(&self, service: &Service, office: &Office, date: NaiveDate) -> Vec<Step> {
        let stretches = self.rules.timetable.stretches(&office.slug, date);
        let is_inside = |minute: &u32| stretches.iter().any(|open| open.has_minute(date, *minute));
        let inside = stretches.iter().flat_map(|open| open.steps_on(date, self.step()));
        let outside = (0..MINUTES_OF_A_DAY).step_by(self.step()).filter(|minute| !is_inside(minute));
        let mut starts: Vec<Instant> =
            inside.chain(outside).filter_map(|minute| self.instant(date, minute)).collect();
        starts.sort_unstable();
        starts.dedup();
        let step = |start| Step { start, refusals: self.refusals(service, office, start) };
        starts.into_iter().map(step).collect()
    }

    /// The starts that an office's hours give on a date: civil steps from the
    /// beginning of each stretch, the whole session inside of it. A start in a
    /// clock change's gap is none, and one that happens twice is the first.
    pub fn starts(&self, service: &Service, office: &Office, date: NaiveDate) -> Vec<Slot> {
        if !service.is_given_at(&office.slug) {
            return Vec::new();
        }
        let mut slots: Vec<Slot> = Vec::new();
        for stretch in self.rules.timetable.stretches(&office.slug, date) {
            let closes = stretch.as_instants(self.practice.zone).end;
            let starts = stretch.steps_on(date, self.step()).filter_map(|minute| self.instant(date, minute));
            slots.extend(starts.map(|start| slot(service, office, start)).filter(|slot| slot.end <= closes));
        }
        slots
    }

    /// Why the opening hours do not give a start; `None` where they do.
    fn not_a_start(&self, service: &Service, office: &Office, start: Instant) -> Option<SlotRefusal> {
        if service.retired {
            return Some(SlotRefusal::Retired);
        }
        if !service.is_given_at(&office.slug) {
            return Some(SlotRefusal::NotGivenThere);
        }
        let date = time::date(self.practice.zone, start);
        if self.starts(service, office, date).iter().any(|slot| slot.start == start) {
            return None;
        }
        let span = slot(service, office, start).span();
        let is_open = self.rules.timetable.is_open(self.practice.zone, &office.slug, span);
        Some(if is_open { SlotRefusal::OffStep } else { SlotRefusal::Closed })
    }

    /// The first rule, beyond the opening hours, that refuses a start.
    pub(super) fn first_refusal(&self, service: &Service, slot: &Slot) -> Option<SlotRefusal> {
        let wanted = Wanted { office: &slot.office, span: slot.span(), buffer: service.buffer() };
        self.beyond_hours(&wanted).next()
    }

    /// Minutes of civil time from one start to the next. Never 0, which would never end.
    fn step(&self) -> usize {
        self.rules.policy.slot_step_minutes.max(1) as usize
    }

    /// The instant of a minute of a date; `None` in a clock change's gap.
    fn instant(&self, date: NaiveDate, minute: u32) -> Option<Instant> {
        time::instant(self.practice.zone, date.and_time(NaiveTime::MIN) + time::minutes(minute))
    }
}

fn slot(service: &Service, office: &Office, start: Instant) -> Slot {
    let (office, end) = (office.slug.clone(), start + service.length());
    Slot { office, service: service.slug.clone(), start, end }
}

#[cfg(test)]
mod tests {
    use chrono::{Weekday, WeekdaySet};

    use super::*;
    use crate::domain::{
        availability::{
            busy::{Busy, Occupied},
            time_off::TimeOff,
            timetable::Plan,
        },
        client::Note,
        example::{Scene, at, date, hours, occupied, office, office_slug, window},
        ids::{AppointmentId, Holder, OfferId, TimeOffId},
        practice::{opening_hours::OpeningHours, travel::Travel},
    };
    use SlotRefusal::{
        BeyondHorizon, Closed, NotGivenThere, OffStep, OnTheRoad, Past, Retired, SlotTaken, TooSoon,
        WithinBuffer,
    };

    const MONDAY: &str = "2026-12-07";
    const SATURDAY: &str = "2026-12-12";
    const SECOND: TimeDelta = TimeDelta::seconds(1);
    const ONE: Holder = Holder::Appointment(AppointmentId(1));

    /// Opening hours of one weekday: `09:00-12:00 14:00-16:00`.
    fn open_on(day: Weekday, windows: &str) -> OpeningHours {
        let mut hours = OpeningHours::default();
        for (from, to) in windows.split(' ').filter_map(|window| window.split_once('-')) {
            hours.add(day, window(from, to));
        }
        hours
    }

    /// A scene whose service is so long and starts at every so many minutes.
    fn scene(step: u32, minutes: u32, buffer_minutes: u32) -> Scene {
        let mut scene = Scene::new();
        scene.rules.policy.slot_step_minutes = step;
        let service = &mut scene.practice.services[0];
        (service.minutes, service.buffer_minutes) = (minutes, buffer_minutes);
        scene
    }

    fn offered(scene: &Scene, office: &str, on: &str) -> Vec<Slot> {
        scene.calendar().openings(scene.service("hour"), scene.office(office), date(on))
    }

    /// Starts as the practice's clocks show them, on one line.
    fn starts(scene: &Scene, format: &str, slots: &[Slot]) -> String {
        let clock = |slot: &Slot| slot.start.with_timezone(&scene.practice.zone).format(format).to_string();
        slots.iter().map(clock).collect::<Vec<_>>().join(" ")
    }

    fn refusal(scene: &Scene, office: &str, start: Instant) -> Option<SlotRefusal> {
        scene.calendar().find_slot(scene.service("hour"), scene.office(office), start).err()
    }

    #[test]
    fn starts_step_from_the_windows_beginning_and_sessions_end_inside_it() {
        for (windows, step, minutes, expected) in [
            ("09:00-12:00", 30, 60, "09:00 09:30 10:00 10:30 11:00"),
            ("09:10-12:00", 50, 60, "09:10 10:00 10:50"),
            ("09:00-10:00", 15, 60, "09:00"),
            ("09:00-09:59", 15, 60, ""),
            ("09:00-10:00", 180, 60, "09:00"),
            ("09:00-10:00 14:10-15:10", 15, 60, "09:00 14:10"),
            // Windows that touch or overlap are one: a session may lie across.
            ("09:00-10:00 10:00-11:00", 30, 60, "09:00 09:30 10:00"),
            ("09:00-10:10 10:10-11:00", 30, 60, "09:00 09:30 10:00"),
            ("09:00-11:00 10:00-12:00", 30, 60, "09:00 09:30 10:00 10:30 11:00"),
            ("09:00-10:30 09:10-10:30", 30, 60, "09:00 09:30"),
            ("09:00-10:00 09:00-10:00", 30, 60, "09:00"),
            ("22:00-24:00", 30, 60, "22:00 22:30 23:00"),
            ("22:00-24:00", 30, 120, "22:00"),
            ("23:00-24:00", 15, 75, ""),
            ("00:00-24:00", 480, 60, "00:00 08:00 16:00"),
            ("00:00-24:00", 5, 1440, "00:00"),
        ] {
            let scene = scene(step, minutes, 15).open([open_on(Weekday::Mon, windows)]);
            let slots = offered(&scene, "north", MONDAY);
            let what = format!("{windows}, every {step} min, {minutes} min long");
            assert_eq!(starts(&scene, "%H:%M", &slots), expected, "{what}");
            assert!(slots.iter().all(|slot| slot.span().length() == time::minutes(minutes)), "{what}");
        }
    }

    #[test]
    fn an_office_is_open_on_its_own_weekdays_only() {
        let scene = Scene::new();
        assert!(!offered(&scene, "north", MONDAY).is_empty());
        assert_eq!(offered(&scene, "south", MONDAY), []);
        assert_eq!(offered(&scene, "north", "2026-12-08"), []);
    }

    #[test]
    fn the_buffer_and_the_drive_may_lie_outside_the_window() {
        let early = occupied(1, "south", at("2026-12-12 06:00"), 90, 15);
        let scene = scene(15, 60, 600).booked([early]);
        let slots = offered(&scene, "north", SATURDAY);
        assert_eq!(slots.first().map(|slot| slot.start), Some(at("2026-12-12 09:00")));
        assert_eq!(slots.last().map(|slot| slot.start), Some(at("2026-12-12 16:00")));
    }

    #[test]
    fn an_opening_says_where_and_what_it_is() {
        let scene = Scene::new();
        let start = at("2026-12-07 09:00");
        let found = scene.calendar().find_slot(scene.service("hour"), scene.office("north"), start);
        let expected = Slot {
            office: office_slug("north"),
            service: scene.service("hour").slug.clone(),
            start,
            end: at("2026-12-07 10:00"),
        };
        assert_eq!(found, Ok(expected));
    }

    #[test]
    fn a_start_that_the_hours_do_not_give_is_off_the_step_or_closed() {
        let scene = Scene::new();
        for (office, start, expected) in [
            ("north", at("2026-12-07 09:00"), None),
            ("north", at("2026-12-07 09:05"), Some(OffStep)),
            ("north", at("2026-12-07 09:00") + SECOND, Some(OffStep)),
            ("north", at("2026-12-07 09:00") - SECOND, Some(Closed)),
            ("north", at("2026-12-07 08:45"), Some(Closed)),
            ("north", at("2026-12-07 16:00"), None),
            ("north", at("2026-12-07 16:10"), Some(Closed)),
            ("north", at("2026-12-07 16:15"), Some(Closed)),
            ("north", at("2026-12-07 17:00"), Some(Closed)),
            ("south", at("2026-12-07 09:00"), Some(Closed)),
            ("south", at("2026-12-08 09:00"), None),
        ] {
            assert_eq!(refusal(&scene, office, start), expected, "{office}, {start}");
        }
    }

    #[test]
    fn a_service_is_offered_only_while_it_is_given_and_only_where() {
        let mut scene = Scene::new();
        scene.practice.services[0].offices = vec![office_slug("south")];
        scene.practice.services[1].retired = true;
        for (service, office, expected) in [
            ("hour", "south", None),
            ("hour", "north", Some(NotGivenThere)),
            ("long", "north", Some(Retired)),
            ("long", "south", Some(Retired)),
        ] {
            let (calendar, what) = (scene.calendar(), format!("{service} in the {office}"));
            let (service, office) = (scene.service(service), scene.office(office));
            let start = at("2026-12-12 09:00");
            assert_eq!(calendar.find_slot(service, office, start).err(), expected, "{what}");

            let is_given = expected.is_none();
            assert_eq!(!calendar.openings(service, office, date(SATURDAY)).is_empty(), is_given, "{what}");
            assert_eq!(calendar.next_opening(service, office, date(MONDAY)).is_some(), is_given, "{what}");
            assert_eq!(!calendar.nearest_openings(service, office, start, 3).is_empty(), is_given, "{what}");
        }
    }

    #[test]
    fn between_neighbours_there_is_the_buffer_of_the_earlier_one() {
        let booked = occupied(1, "north", at("2026-12-07 12:00"), 60, 15);
        let scene = scene(1, 60, 40).booked([booked]);
        for (start, expected) in [
            ("10:20", None),
            ("10:21", Some(WithinBuffer { of: ONE })),
            ("11:00", Some(WithinBuffer { of: ONE })),
            ("11:01", Some(SlotTaken { by: Some(ONE) })),
            ("12:00", Some(SlotTaken { by: Some(ONE) })),
            ("12:59", Some(SlotTaken { by: Some(ONE) })),
            ("13:00", Some(WithinBuffer { of: ONE })),
            ("13:14", Some(WithinBuffer { of: ONE })),
            ("13:15", None),
        ] {
            assert_eq!(refusal(&scene, "north", at(&format!("{MONDAY} {start}"))), expected, "{start}");
        }
    }

    #[test]
    fn between_two_offices_there_is_the_drive_as_well_in_both_directions() {
        let booked = occupied(1, "south", at("2026-12-12 12:30"), 60, 15);
        let scene = scene(1, 60, 40).booked([booked]);
        let on_the_road = || Some(OnTheRoad { office: office_slug("south"), from_or_to: ONE });
        for (start, expected) in [
            // 60 min of session, 40 of buffer, 75 of road until 12:30.
            ("09:35", None),
            ("09:36", on_the_road()),
            ("10:50", on_the_road()),
            ("10:51", Some(WithinBuffer { of: ONE })),
            ("12:30", Some(SlotTaken { by: Some(ONE) })),
            // 15 min of buffer, 75 of road from 13:30.
            ("13:44", Some(WithinBuffer { of: ONE })),
            ("13:45", on_the_road()),
            ("14:59", on_the_road()),
            ("15:00", None),
        ] {
            assert_eq!(refusal(&scene, "north", at(&format!("{SATURDAY} {start}"))), expected, "{start}");
        }
    }

    #[test]
    fn the_first_appointment_of_a_day_decides_by_the_drive_where_the_therapist_is() {
        let booked = occupied(1, "south", at("2026-12-12 11:00"), 60, 15);
        let scene = scene(60, 60, 15).booked([booked]);
        let line = |office| starts(&scene, "%H:%M", &offered(&scene, office, SATURDAY));
        assert_eq!(line("north"), "14:00 15:00 16:00");
        assert_eq!(line("south"), "09:00 13:00 14:00 15:00 16:00");
    }

    #[test]
    fn an_appointment_between_two_makes_no_drive_shorter() {
        // From north to south it is 75 min, over the middle 10 and 10. The one
        // in the middle may be canceled, and the drive is 75 min again.
        let mut scene = scene(1, 60, 0);
        scene.practice.offices.push(office(2, "middle"));
        for end in ["north", "south"] {
            scene.practice.travel.add((&office_slug("middle"), &office_slug(end)), 10);
        }
        let clock = |time| at(&format!("{SATURDAY} {time}"));
        let before = &occupied(1, "north", clock("11:00"), 50, 0);
        let middle = &occupied(2, "middle", clock("12:00"), 30, 0);
        let after = &occupied(3, "north", clock("12:40"), 50, 0);
        let road = |o: &Occupied| Some(OnTheRoad { office: o.office.clone(), from_or_to: o.holder });
        for (booked, start, expected) in [
            (vec![before], "13:04", road(before)),
            (vec![before], "13:05", None),
            (vec![middle], "12:39", road(middle)),
            (vec![middle], "12:40", None),
            (vec![before, middle], "12:39", road(middle)),
            (vec![before, middle], "12:40", road(before)),
            (vec![before, middle], "13:05", None),
            (vec![after], "10:26", road(after)),
            (vec![after], "10:25", None),
            (vec![middle, after], "10:51", road(middle)),
            (vec![middle, after], "10:50", road(after)),
            (vec![middle, after], "10:25", None),
        ] {
            let ids: Vec<i64> = booked.iter().filter_map(|o| o.holder.appointment()).map(|id| id.0).collect();
            let scene = scene.clone().booked(booked.into_iter().cloned());
            assert_eq!(refusal(&scene, "south", clock(start)), expected, "{start} beside {ids:?}");
        }
    }

    #[test]
    fn what_was_booked_too_near_shields_nobody_from_what_it_is_too_near_to() {
        // An hour of buffer until 11:00, and inside it, knowingly, ten minutes without any.
        let long = occupied(1, "north", at("2026-12-07 09:00"), 60, 60);
        let short = occupied(2, "north", at("2026-12-07 10:10"), 10, 0);
        let scene = scene(5, 30, 0).booked([long, short]);
        for (start, expected) in [
            ("10:20", Some(WithinBuffer { of: ONE })),
            ("10:55", Some(WithinBuffer { of: ONE })),
            ("11:00", None),
        ] {
            assert_eq!(refusal(&scene, "north", at(&format!("{MONDAY} {start}"))), expected, "{start}");
        }
    }

    #[test]
    fn a_start_inside_the_notice_is_refused() {
        let nine = at("2026-12-07 09:00");
        for (notice, now, expected) in [
            (12, nine - time::hours(12), None),
            (12, nine - time::hours(12) + SECOND, Some(TooSoon)),
            (0, nine - SECOND, None),
            (0, nine, Some(Past)),
            (0, nine + SECOND, Some(Past)),
            (12, nine + time::hours(24 * 365), Some(Past)),
        ] {
            let mut scene = Scene { now, ..Scene::new() };
            scene.rules.policy.minimum_notice_hours = notice;
            assert_eq!(refusal(&scene, "north", nine), expected, "{notice} h notice, asked at {now}");
        }
    }

    #[test]
    fn the_last_date_of_the_horizon_is_offered_from_its_first_minute_to_its_last() {
        let all_day = hours(&[Weekday::Mon], "00:00", "24:00");
        for (horizon, start, expected) in [
            (8, "2026-12-14 00:00", None),
            (8, "2026-12-14 23:00", None),
            (7, "2026-12-14 00:00", Some(BeyondHorizon)),
            (1, "2026-12-07 23:00", None),
            (0, "2026-12-07 00:00", Some(BeyondHorizon)),
        ] {
            // A horizon counts dates: the hour at which someone looks makes no difference.
            for now in ["2026-12-06 00:00", "2026-12-06 12:00"] {
                let mut scene = Scene { now: at(now), ..Scene::new().open([all_day.clone()]) };
                scene.rules.policy.horizon_days = horizon;
                assert_eq!(refusal(&scene, "north", at(start)), expected, "{horizon} days, {start}, {now}");
            }
        }
    }

    #[test]
    fn the_next_opening_is_the_first_on_a_date_or_after_it() {
        let morning = occupied(1, "north", at("2026-12-07 08:00"), 120, 15);
        let mut scene = Scene::new().booked([morning]);
        scene.rules.policy.horizon_days = 57; // Until Monday, February 1.
        for (from, expected) in [
            (date("2026-12-06"), Some("2026-12-07 10:15")),
            (date("2026-12-07"), Some("2026-12-07 10:15")),
            (date("2026-12-08"), Some("2026-12-12 09:00")),
            (date("2020-01-01"), Some("2026-12-07 10:15")),
            (date("2027-02-01"), Some("2027-02-01 09:00")),
            (date("2027-02-02"), None),
            (NaiveDate::MIN, Some("2026-12-07 10:15")),
            (NaiveDate::MAX, None),
        ] {
            let next = scene.calendar().next_opening(scene.service("hour"), scene.office("north"), from);
            assert_eq!(next.map(|slot| slot.start), expected.map(at), "{from}");
        }
    }

    #[test]
    fn an_office_without_hours_has_no_opening() {
        let scene = Scene::new().open([OpeningHours::default()]);
        let (service, office) = (scene.service("hour"), scene.office("north"));
        let start = at("2026-12-07 09:00");
        assert_eq!(scene.calendar().next_opening(service, office, date(MONDAY)), None);
        assert_eq!(scene.calendar().nearest_openings(service, office, start, 3), []);
        assert_eq!(refusal(&scene, "north", start), Some(Closed));
    }

    #[test]
    fn the_nearest_openings_lie_on_both_sides_and_stand_in_order_of_time() {
        let mut nights = open_on(Weekday::Mon, "09:00-10:00 22:00-24:00");
        nights.add(Weekday::Tue, window("00:00", "02:00"));
        nights.add(Weekday::Thu, window("00:00", "01:00"));
        // It is Monday, an hour before the first opening, and Thursday is the last date of the horizon.
        let mut scene = Scene { now: at("2026-12-07 08:00"), ..scene(30, 60, 0).open([nights]) };
        scene.rules.policy.minimum_notice_hours = 1;
        scene.rules.policy.horizon_days = 3;
        for (to, count, expected) in [
            ("2026-12-07 23:30", 4, "Mon 22:30 Mon 23:00 Mon 23:30 Tue 00:00"),
            ("2026-12-07 23:30", 1, "Mon 23:30"),
            ("2026-12-07 23:30", 0, ""),
            ("2026-12-08 00:00", 3, "Mon 23:30 Tue 00:00 Tue 00:30"),
            ("2026-12-08 12:00", 2, "Tue 00:30 Tue 01:00"),
            // Back to Tuesday, 1:00 am, it is 46 h; on to Thursday's midnight one.
            ("2026-12-09 23:00", 1, "Thu 00:00"),
            ("2026-12-06 13:00", 1, "Mon 09:00"),
            ("2020-01-01 00:00", 2, "Mon 09:00 Mon 22:00"),
            ("2030-01-01 00:00", 1, "Thu 00:00"),
            (
                "2026-12-10 12:00",
                99,
                "Mon 09:00 Mon 22:00 Mon 22:30 Mon 23:00 Mon 23:30 Tue 00:00 Tue 00:30 Tue 01:00 Thu 00:00",
            ),
        ] {
            let (service, office) = (scene.service("hour"), scene.office("north"));
            let near = scene.calendar().nearest_openings(service, office, at(to), count);
            assert_eq!(starts(&scene, "%a %H:%M", &near), expected, "{count} near {to}");
        }
    }

    #[test]
    fn the_nearest_opening_may_lie_more_dates_away_than_another() {
        // From Thursday, 8:00 pm, it is 35 h back to Wednesday's opening and 34 h on to Saturday's.
        let mut mornings = open_on(Weekday::Wed, "09:00-10:00");
        mornings.add(Weekday::Sat, window("06:00", "07:00"));
        let scene = Scene::new().open([mornings]);
        let (service, office) = (scene.service("hour"), scene.office("north"));
        let near = scene.calendar().nearest_openings(service, office, at("2026-12-10 20:00"), 1);
        assert_eq!(starts(&scene, "%a %H:%M", &near), "Sat 06:00");
    }

    fn off(office: Option<&str>, from: &str, to: &str) -> TimeOff {
        let span = Interval::new(at(from), at(to));
        TimeOff { id: TimeOffId(1), office: office.map(office_slug), span, note: None, sentence: None }
    }

    #[test]
    fn a_session_past_midnight_lies_in_the_next_dates_time_off() {
        let wednesday = off(None, "2026-12-09 00:00", "2026-12-10 00:00");
        let scene = Scene { busy: Busy::default().with_time_off(vec![wednesday]), ..Scene::new() };
        let (service, office) = (scene.service("hour"), scene.office("north"));
        let time_off = SlotRefusal::TimeOff { by: TimeOffId(1) };
        for (start, is_off) in [("22:59", false), ("23:00", false), ("23:01", true), ("23:59", true)] {
            let start = at(&format!("2026-12-08 {start}"));
            let refusals = scene.calendar().refusals(service, office, start);
            assert_eq!(refusals.contains(&time_off), is_off, "{refusals:?}");
            let span = Interval::new(start, start + service.length());
            let collisions = scene.calendar().collisions(&office.slug, span, service.buffer());
            assert_eq!(collisions.contains(&time_off), is_off, "{collisions:?}");
        }
        let steps =
            scene.calendar().steps(service, office, time::date(scene.practice.zone, at("2026-12-08 12:00")));
        assert!(steps.last().expect("a step").refusals.contains(&time_off));
    }

    #[test]
    fn time_off_closes_its_office_or_all_and_a_session_may_touch_it() {
        let one = SlotRefusal::TimeOff { by: TimeOffId(1) };
        let [noon, two] = ["12:00", "14:00"].map(|clock| format!("{SATURDAY} {clock}"));
        for (at_office, office, start, expected) in [
            (None, "north", "11:00", None),
            (None, "north", "11:15", Some(&one)),
            (None, "north", "12:30", Some(&one)),
            (None, "north", "13:45", Some(&one)),
            (None, "north", "14:00", None),
            (None, "south", "12:00", Some(&one)),
            (Some("north"), "north", "12:00", Some(&one)),
            (Some("north"), "south", "12:00", None),
            (Some("south"), "north", "12:00", None),
        ] {
            let busy = Busy::default().with_time_off(vec![off(at_office, &noon, &two)]);
            let scene = Scene { busy, ..Scene::new() };
            let what = format!("off {at_office:?}, {office} at {start}");
            assert_eq!(
                refusal(&scene, office, at(&format!("{SATURDAY} {start}"))).as_ref(),
                expected,
                "{what}"
            );
        }
    }

    #[test]
    fn the_buffer_of_a_session_may_lie_in_time_off_and_that_of_the_one_before_too() {
        let busy = Busy::new(vec![occupied(1, "north", at("2026-12-07 09:00"), 60, 120)]);
        let busy = busy.with_time_off(vec![off(None, "2026-12-07 10:00", "2026-12-07 12:00")]);
        let scene = Scene { busy, ..scene(15, 60, 600) };
        assert_eq!(refusal(&scene, "north", at("2026-12-07 12:00")), None);
    }

    #[test]
    fn while_requests_are_closed_nothing_is_offered_and_everything_else_is_still_said() {
        let mut scene = Scene::new();
        scene.rules.pause = Note::parse("I am full until spring.").expect("a note");
        let (service, office) = (scene.service("hour"), scene.office("north"));
        let start = at("2026-12-07 09:00");
        assert_eq!(refusal(&scene, "north", start), Some(SlotRefusal::Paused));
        assert_eq!(refusal(&scene, "north", start + SECOND), Some(OffStep), "the hours come first");
        assert_eq!(offered(&scene, "north", MONDAY), []);
        assert_eq!(scene.calendar().next_opening(service, office, date(MONDAY)), None);
        assert_eq!(scene.calendar().nearest_openings(service, office, start, 3), []);
        assert!(
            !scene.calendar().starts(service, office, date(MONDAY)).is_empty(),
            "the hours are as they were"
        );
        assert_eq!(
            scene.calendar().collisions(&office.slug, Interval::new(start, start), TimeDelta::zero()),
            []
        );
    }

    #[test]
    fn past_and_too_soon_are_two_things() {
        // Twelve hours of notice: at nine in the evening they begin.
        for (now, expected) in [
            ("2026-12-06 21:00", vec![]),
            ("2026-12-06 21:01", vec![TooSoon]),
            ("2026-12-07 08:59", vec![TooSoon]),
            ("2026-12-07 09:00", vec![Past, TooSoon]),
            ("2026-12-08 09:00", vec![Past, TooSoon]),
        ] {
            let scene = Scene { now: at(now), ..Scene::new() };
            let (service, office) = (scene.service("hour"), scene.office("north"));
            let refusals = scene.calendar().refusals(service, office, at("2026-12-07 09:00"));
            assert_eq!(refusals, expected, "{now}");
        }
    }

    /// Saturdays on which both offices are open next door to each other and the first booking decides.
    fn undecided() -> Scene {
        let mut scene = scene(60, 60, 0);
        scene.rules.timetable.first_booking_decides = WeekdaySet::single(Weekday::Sat);
        scene.practice.travel = Travel::default();
        scene
    }

    #[test]
    fn the_first_booking_of_a_day_decides_the_office() {
        let clock = |time: &str| at(&format!("{SATURDAY} {time}"));
        let north = occupied(1, "north", clock("09:00"), 60, 0);
        let north_again = occupied(2, "north", clock("12:00"), 60, 0);
        // Booked knowingly against the rule: then both are open.
        let south = occupied(3, "south", clock("15:00"), 60, 0);
        // Another time was asked for the first: in the south, on the same date and on another.
        let north_to_south = occupied(1, "south", clock("13:00"), 60, 0);
        let north_to_another_day = occupied(1, "south", at("2026-12-15 13:00"), 60, 0);
        let evening_before = occupied(4, "south", at("2026-12-11 23:30"), 60, 0);
        for (what, booked, in_north, in_south) in [
            ("nobody yet", vec![], true, true),
            ("one", vec![&north], true, false),
            ("two", vec![&north, &north_again], true, false),
            ("one in the south", vec![&south], false, true),
            ("one in each", vec![&north, &south], true, true),
            ("one that may be moved to the other", vec![&north, &north_to_south], false, false),
            ("the same beside one that stays", vec![&north, &north_to_south, &north_again], true, false),
            ("one that may be moved to another day", vec![&north, &north_to_another_day], true, false),
            ("one that begins the evening before", vec![&evening_before], true, true),
        ] {
            let scene = undecided().booked(booked.into_iter().cloned());
            let is_free = |office| refusal(&scene, office, clock("10:00"));
            assert_eq!(
                [is_free("north").is_none(), is_free("south").is_none()],
                [in_north, in_south],
                "{what}"
            );
        }
        let scene = undecided().booked([north]);
        let decided = SlotRefusal::DecidedFor { office: office_slug("north"), by: ONE };
        assert_eq!(refusal(&scene, "south", clock("10:00")), Some(decided));
    }

    #[test]
    fn the_first_booking_decides_nothing_on_other_days_nor_where_a_plan_does() {
        let clock = |time: &str| at(&format!("{SATURDAY} {time}"));
        let north = occupied(1, "north", clock("09:00"), 60, 0);
        let mut scene = undecided().booked([north]);
        let both = [("north", "09:00", "12:00"), ("south", "10:00", "17:00")];
        let plan = both.iter().fold(Plan::closed(), |plan, (office, from, to)| {
            plan.with(office_slug(office), [window(from, to)])
        });
        scene.rules.timetable.set_plan(date(SATURDAY), Some(plan));
        assert_eq!(refusal(&scene, "south", clock("10:00")), None, "a plan");

        scene.rules.timetable.set_plan(date(SATURDAY), None);
        scene.rules.timetable.first_booking_decides = WeekdaySet::single(Weekday::Sun);
        assert_eq!(refusal(&scene, "south", clock("10:00")), None, "another weekday");
    }

    #[test]
    fn its_own_appointment_is_in_nobodys_way_and_decides_nothing() {
        let clock = |time: &str| at(&format!("{SATURDAY} {time}"));
        let mut scene = undecided().booked([occupied(1, "north", clock("10:00"), 60, 0)]);
        scene.busy = scene.busy.free_of(ONE);
        assert_eq!(refusal(&scene, "north", clock("10:00")), None);
        assert_eq!(refusal(&scene, "south", clock("10:00")), None);
    }

    #[test]
    fn a_plan_moves_the_openings_of_its_date_and_of_no_other() {
        let mut scene = scene(60, 60, 15);
        let plan = Plan::closed().with(office_slug("south"), [window("12:30", "15:00")]);
        scene.rules.timetable.set_plan(date(MONDAY), Some(plan));
        let line = |office, on| starts(&scene, "%H:%M", &offered(&scene, office, on));
        assert_eq!([line("north", MONDAY), line("south", MONDAY)], ["", "12:30 13:30"]);
        assert_eq!(line("north", "2026-12-14"), "09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00");
        assert_eq!(line("south", "2026-12-14"), "");
    }

    #[test]
    fn hours_that_hold_from_a_date_move_the_openings_from_that_date_on() {
        let mut scene = scene(60, 60, 15);
        let summer = hours(&[Weekday::Mon], "07:00", "09:00");
        scene.rules.timetable.set_week(office_slug("north"), date("2026-12-14"), summer);
        let line = |on| starts(&scene, "%H:%M", &offered(&scene, "north", on));
        assert_eq!(line(MONDAY), "09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00");
        assert_eq!(line("2026-12-14"), "07:00 08:00");
        assert_eq!(line(SATURDAY), "09:00 10:00 11:00 12:00 13:00 14:00 15:00 16:00");
        assert_eq!(line("2026-12-19"), "", "the new week has no Saturday");
    }

    #[test]
    fn every_rule_that_refuses_a_time_is_named_in_the_order_of_their_asking() {
        let booked = occupied(1, "south", at("2027-03-13 12:00"), 60, 15);
        let busy = Busy::new(vec![booked, occupied(2, "south", at("2027-03-13 13:50"), 60, 15)]);
        let whole_day = off(None, "2027-03-13 00:00", "2027-03-14 00:00");
        let mut scene = Scene { busy: busy.with_time_off(vec![whole_day]), ..scene(15, 45, 30) };
        scene.rules.pause = Note::parse("I am full until spring.").expect("a note");
        scene.rules.timetable.first_booking_decides = WeekdaySet::single(Weekday::Sat);
        let road = |id| OnTheRoad { office: office_slug("south"), from_or_to: holder(id) };
        let buffer = |id| WithinBuffer { of: holder(id) };
        let (service, office) = (scene.service("hour"), scene.office("north"));
        let named = |start: &str| scene.calendar().refusals(service, office, at(start));
        let off = || SlotRefusal::TimeOff { by: TimeOffId(1) };
        let decided = || SlotRefusal::DecidedFor { office: office_slug("south"), by: ONE };
        let closed = || SlotRefusal::Paused;
        for (start, expected) in [
            (
                "2027-03-13 13:00",
                vec![closed(), off(), decided(), BeyondHorizon, buffer(1), road(1), buffer(2), road(2)],
            ),
            ("2027-03-13 12:30", vec![closed(), off(), decided(), BeyondHorizon, taken(1), road(2)]),
            ("2027-03-13 16:30", vec![Closed, closed(), off(), decided(), BeyondHorizon]),
            ("2027-03-13 09:05", vec![OffStep, closed(), off(), decided(), BeyondHorizon]),
            ("2027-03-15 09:00", vec![closed(), BeyondHorizon]),
            ("2026-12-05 09:00", vec![closed(), Past, TooSoon]),
        ] {
            assert_eq!(named(start), expected, "{start}");
            let first = scene.calendar().find_slot(service, office, at(start)).err();
            assert_eq!(first.as_ref(), expected.first(), "{start}");
        }
    }

    fn holder(id: i64) -> Holder {
        Holder::Appointment(AppointmentId(id))
    }

    fn taken(id: i64) -> SlotRefusal {
        SlotTaken { by: Some(holder(id)) }
    }

    #[test]
    fn what_is_offered_to_somebody_is_in_the_way_as_an_appointment_is_with_its_buffer_and_the_drive() {
        let offer = Holder::Offer(OfferId(1));
        let offered = Occupied { holder: offer, ..occupied(1, "south", at("2026-12-12 12:30"), 60, 15) };
        let scene = scene(1, 60, 40).booked([offered]);
        for (office, start, expected) in [
            ("south", "12:30", Some(SlotTaken { by: Some(offer) })),
            ("south", "13:44", Some(WithinBuffer { of: offer })),
            ("north", "13:45", Some(OnTheRoad { office: office_slug("south"), from_or_to: offer })),
            ("north", "15:00", None),
        ] {
            assert_eq!(refusal(&scene, office, at(&format!("{SATURDAY} {start}"))), expected, "{start}");
        }
        let taker = Scene { busy: scene.busy.clone().free_of(offer), ..scene };
        assert_eq!(refusal(&taker, "south", at("2026-12-12 12:30")), None);
    }

    #[test]
    fn the_steps_of_a_date_are_those_of_its_windows_and_outside_them_those_from_midnight() {
        let mut scene = scene(120, 60, 15).open([open_on(Weekday::Mon, "09:30-13:00 15:00-16:00")]);
        scene.busy = Busy::new(vec![occupied(1, "north", at("2026-12-07 12:00"), 60, 15)]);
        let (service, office) = (scene.service("hour"), scene.office("north"));
        let steps = scene.calendar().steps(service, office, date(MONDAY));
        let named = steps.into_iter().map(|step| {
            let clock = step.start.with_timezone(&scene.practice.zone).format("%H:%M").to_string();
            (clock, step.refusals)
        });
        let expected = [
            ("00:00", vec![Closed]),
            ("02:00", vec![Closed]),
            ("04:00", vec![Closed]),
            ("06:00", vec![Closed]),
            ("08:00", vec![Closed]),
            ("09:30", vec![]),
            ("11:30", vec![taken(1)]),
            ("14:00", vec![Closed]),
            ("15:00", vec![]),
            ("16:00", vec![Closed]),
            ("18:00", vec![Closed]),
            ("20:00", vec![Closed]),
            ("22:00", vec![Closed]),
        ];
        assert_eq!(named.collect::<Vec<_>>(), expected.map(|(clock, rules)| (clock.to_owned(), rules)));

        // A session that is too long for what is left of a window says so at the steps that are left.
        let scene = self::scene(30, 60, 15).open([open_on(Weekday::Mon, "09:00-10:30")]);
        let steps = scene.calendar().steps(scene.service("hour"), scene.office("north"), date(MONDAY));
        let morning = steps
            .iter()
            .filter(|step| (at("2026-12-07 09:00")..at("2026-12-07 11:00")).contains(&step.start));
        assert_eq!(morning.map(|step| step.refusals.len()).collect::<Vec<_>>(), [0, 0, 1, 1]);
    }

    #[test]
    fn where_an_office_is_closed_or_does_not_give_a_service_every_step_says_so() {
        let mut scene = scene(60, 60, 15);
        scene.practice.services[0].offices = vec![office_slug("north")];
        let refusals = |office: &str, on| {
            let (service, office) = (scene.service("hour"), scene.office(office));
            scene.calendar().steps(service, office, date(on))
        };
        let tuesday = refusals("north", "2026-12-08");
        assert_eq!(tuesday.len(), 24);
        assert!(tuesday.iter().all(|step| step.refusals == [Closed]));
        let elsewhere = refusals("south", "2026-12-08");
        assert!(elsewhere.iter().all(|step| step.refusals == [NotGivenThere]));
    }

    #[test]
    fn a_collision_is_a_matter_of_busy_time_alone() {
        let mut scene = Scene::new().booked([occupied(1, "south", at("2026-12-06 12:00"), 60, 15)]);
        scene.rules.pause = Note::parse("I am full until spring.").expect("a note");
        scene.rules.timetable.first_booking_decides = WeekdaySet::ALL;
        let time_off = off(Some("north"), "2026-12-06 20:00", "2026-12-06 22:00");
        scene.busy = scene.busy.with_time_off(vec![time_off]);
        let collisions = |office, start| {
            let span = Interval::new(start, start + time::minutes(60));
            scene.calendar().collisions(&office_slug(office), span, TimeDelta::zero())
        };
        let road = || OnTheRoad { office: office_slug("south"), from_or_to: ONE };
        // On a Sunday, when nothing is open, and before now.
        for (office, start, expected) in [
            ("south", "11:00", vec![]),
            ("south", "13:15", vec![]),
            ("north", "14:30", vec![]),
            ("north", "14:29", vec![road()]),
            ("north", "09:46", vec![road()]),
            ("north", "09:45", vec![]),
            ("south", "12:30", vec![taken(1)]),
            ("south", "13:14", vec![WithinBuffer { of: ONE }]),
            ("north", "13:14", vec![WithinBuffer { of: ONE }, road()]),
            ("north", "19:01", vec![SlotRefusal::TimeOff { by: TimeOffId(1) }]),
            ("south", "19:01", vec![]),
        ] {
            assert_eq!(collisions(office, at(&format!("2026-12-06 {start}"))), expected, "{office}, {start}");
        }
    }

    /// Everything here is also run under other zones of the server.
    mod clock_changes {
        use std::{env, process::Command};

        use chrono::Datelike;
        use chrono_tz::{America, Asia, Australia, Pacific, Tz};

        use super::*;

        const HERE: Tz = America::Los_Angeles;
        const SPRING: &str = "2027-03-14";
        const AUTUMN: &str = "2027-11-07";

        /// A practice that is open on one date, seen on the day before: sessions of an hour, every half hour.
        fn open_in(zone: Tz, on: &str, windows: &str) -> Scene {
            let mut scene = scene(30, 60, 15).open([open_on(date(on).weekday(), windows)]);
            scene.practice.zone = zone;
            scene.now = time::start_of_day(zone, date(on)) - time::hours(24);
            scene
        }

        /// Starts as clocks show them, and behind them how far these clocks are from UTC:
        /// `01:30 -0800, 03:00 03:30 -0700`.
        fn starts_and_offsets(scene: &Scene, slots: &[Slot]) -> String {
            let offset = |slot: &Slot| starts(scene, "%z", std::slice::from_ref(slot));
            let alike = slots.chunk_by(|one, other| offset(one) == offset(other));
            let said = alike.map(|slots| format!("{} {}", starts(scene, "%H:%M", slots), offset(&slots[0])));
            said.collect::<Vec<_>>().join(", ")
        }

        #[track_caller]
        fn offers(zone: Tz, on: &str, windows: &str, expected: &str) {
            let scene = open_in(zone, on, windows);
            let slots = offered(&scene, "north", on);
            assert_eq!(starts_and_offsets(&scene, &slots), expected, "{zone}, {on}, {windows}");
            assert!(slots.iter().all(|slot| slot.span().length() == time::hours(1)), "an hour is an hour");
        }

        #[test]
        fn in_spring_the_hour_that_does_not_exist_is_not_offered() {
            let night = "00:00 00:30 01:00 01:30 -0800, 03:00 03:30 04:00 04:30 05:00 -0700";
            offers(HERE, SPRING, "00:00-06:00", night);
            // A window that ends in the gap ends with the jump, one that begins there begins with it.
            offers(HERE, SPRING, "00:00-02:30", "00:00 00:30 01:00 -0800");
            offers(HERE, SPRING, "02:15-05:00", "03:15 03:45 -0700");
            offers(HERE, SPRING, "02:00-03:00", "");
        }

        #[test]
        fn in_autumn_the_hour_that_happens_twice_is_offered_once_as_the_first() {
            let night = "00:00 00:30 01:00 01:30 -0700, 02:00 02:30 03:00 03:30 04:00 04:30 05:00 -0800";
            offers(HERE, AUTUMN, "00:00-06:00", night);
            offers(HERE, AUTUMN, "00:00-01:30", "00:00 00:30 -0700");
            offers(HERE, AUTUMN, "01:30-03:00", "01:30 -0700, 02:00 -0800");
        }

        #[test]
        fn other_zones_change_by_other_spans_at_other_times_or_never() {
            offers(Asia::Tokyo, SPRING, "01:00-04:00", "01:00 01:30 02:00 02:30 03:00 +0900");
            // Half an hour, in the southern spring and autumn.
            offers(Australia::Lord_Howe, "2027-10-03", "01:00-04:00", "01:00 01:30 +1030, 02:30 03:00 +1100");
            offers(Australia::Lord_Howe, "2027-04-04", "01:00-03:00", "01:00 01:30 +1100, 02:00 +1030");
            // At midnight, while São Paulo had summers: a date that begins at one, and a longer evening.
            offers(America::Sao_Paulo, "2018-11-04", "00:00-02:00", "01:00 -0200");
            offers(America::Sao_Paulo, "2019-02-16", "22:00-24:00", "22:00 22:30 23:00 23:30 -0200");
            // A date that Samoa never had.
            offers(Pacific::Apia, "2011-12-30", "00:00-24:00", "");
        }

        #[test]
        fn the_second_of_two_equal_civil_times_is_no_start() {
            let scene = open_in(HERE, AUTUMN, "00:00-06:00");
            let first = at("2027-11-07 01:30");
            assert_eq!(refusal(&scene, "north", first), None);
            assert_eq!(refusal(&scene, "north", first + time::hours(1)), Some(OffStep));
        }

        #[test]
        fn an_hour_before_the_window_is_closed_though_its_beginning_does_not_exist() {
            let scene = open_in(HERE, SPRING, "02:15-05:00");
            let jump = at("2027-03-14 03:00");
            assert_eq!(refusal(&scene, "north", jump - SECOND), Some(Closed));
            assert_eq!(refusal(&scene, "north", jump), Some(OffStep));
        }

        #[test]
        fn the_notice_and_the_drive_are_real_time() {
            // From 9:00 pm to 9:00 am it is eleven hours in spring and thirteen in autumn.
            for (evening, on, first) in
                [("2027-03-13 21:00", SPRING, "10:00 -0700"), ("2027-11-06 21:00", AUTUMN, "08:00 -0800")]
            {
                let scene = Scene { now: at(evening), ..open_in(HERE, on, "07:00-12:00") };
                let slots = offered(&scene, "north", on);
                assert_eq!(starts_and_offsets(&scene, &slots[..1]), first);
            }
            // An hour from 1:00, a buffer of 15 min and a drive of 75 end at 4:30.
            let booked = occupied(1, "south", at("2027-03-14 01:00"), 60, 15);
            let scene = open_in(HERE, SPRING, "00:00-06:00").booked([booked]);
            assert_eq!(starts_and_offsets(&scene, &offered(&scene, "north", SPRING)), "04:30 05:00 -0700");
        }

        #[test]
        fn the_steps_of_a_date_are_those_that_its_clocks_show_each_once() {
            for (on, expected) in [
                (SPRING, "00:00 00:30 01:00 01:30 -0800, 03:00 03:30 04:00 04:30 -0700"),
                (AUTUMN, "00:00 00:30 01:00 01:30 -0700, 02:00 02:30 03:00 03:30 04:00 04:30 -0800"),
            ] {
                let scene = open_in(HERE, on, "02:00-04:00");
                let (service, office) = (scene.service("hour"), scene.office("north"));
                let steps = scene.calendar().steps(service, office, date(on));
                let early = steps.iter().filter(|step| step.start < at(&format!("{on} 05:00")));
                let slots: Vec<Slot> = early.map(|step| slot(service, office, step.start)).collect();
                assert_eq!(starts_and_offsets(&scene, &slots), expected, "{on}");
                let unnamed =
                    steps.into_iter().filter(|step| step.refusals.is_empty()).map(|step| step.start);
                let openings = offered(&scene, "north", on).into_iter().map(|slot| slot.start);
                assert_eq!(unnamed.collect::<Vec<_>>(), openings.collect::<Vec<_>>(), "{on}");
            }
        }

        #[test]
        fn a_plan_that_opens_at_two_in_the_morning_opens_when_there_is_such_a_time() {
            for (on, expected) in [
                ("2027-03-13", "02:00 02:30 03:00 -0800"),
                (SPRING, "03:00 -0700"),
                ("2027-11-06", "02:00 02:30 03:00 -0700"),
                (AUTUMN, "02:00 02:30 03:00 -0800"),
            ] {
                let mut scene = open_in(HERE, on, "09:00-17:00");
                let plan = Plan::closed().with(office_slug("south"), [window("02:00", "04:00")]);
                scene.rules.timetable.set_plan(date(on), Some(plan));
                let slots = offered(&scene, "south", on);
                assert_eq!(starts_and_offsets(&scene, &slots), expected, "{on}");
                assert_eq!(offered(&scene, "north", on), [], "{on}, as the plan has it");
                for slot in slots {
                    assert_eq!(refusal(&scene, "south", slot.start), None, "{on}");
                }
            }
        }

        #[test]
        fn a_day_off_is_the_whole_day_and_nothing_of_the_next() {
            for on in [SPRING, AUTUMN] {
                let all = |day: Weekday| open_on(day, "00:00-24:00");
                let mut scene = open_in(HERE, on, "00:00-24:00");
                let today = time::day(HERE, date(on));
                let tomorrow = date(on) + Days::new(1);
                let yesterday = date(on) - Days::new(1);
                let mut week = all(date(on).weekday());
                for day in [tomorrow, yesterday] {
                    week.add(day.weekday(), window("00:00", "24:00"));
                }
                scene = scene.open([week]);
                scene.now = time::start_of_day(HERE, yesterday) - time::hours(24);
                let day_off =
                    TimeOff { id: TimeOffId(1), office: None, span: today, note: None, sentence: None };
                scene.busy = Busy::default().with_time_off(vec![day_off]);
                assert_eq!(offered(&scene, "north", on), [], "{on}");
                let line =
                    |date: NaiveDate| starts(&scene, "%H:%M", &offered(&scene, "north", &date.to_string()));
                assert!(line(yesterday).ends_with("22:30 23:00"), "{on}");
                assert!(line(tomorrow).starts_with("00:00 00:30"), "{on}");
            }
        }

        #[test]
        fn time_off_in_the_night_of_the_change_is_off_for_as_long_as_it_really_is() {
            // From one to three it is an hour in spring and three in autumn.
            for (on, expected) in [
                (SPRING, "00:00 -0800, 03:00 03:30 04:00 -0700"),
                (AUTUMN, "00:00 -0700, 03:00 03:30 04:00 -0800"),
            ] {
                let mut scene = open_in(HERE, on, "00:00-05:00");
                let clock = |time: &str| format!("{on} {time}");
                scene.busy = Busy::default().with_time_off(vec![off(None, &clock("01:00"), &clock("03:00"))]);
                assert_eq!(starts_and_offsets(&scene, &offered(&scene, "north", on)), expected);
            }
        }

        #[test]
        fn the_zone_of_the_server_means_nothing() {
            let (_, here) = module_path!().split_once("::").expect("a path within the crate");
            let program = env::current_exe().expect("this very program");
            for zone in ["Asia/Tokyo", "America/Sao_Paulo", "Australia/Lord_Howe"] {
                let mut again = Command::new(&program);
                let run = again.args([here, "--skip", "the_zone_of_the_server"]).env("TZ", zone).output();
                let run = run.expect("a second run of this program");
                let said = String::from_utf8_lossy(&run.stdout);
                assert!(run.status.success() && !said.contains(" 0 passed"), "with TZ={zone}: {said}");
            }
        }
    }

    mod cases;
    mod naive;
    mod properties;
    mod sequences;
}
