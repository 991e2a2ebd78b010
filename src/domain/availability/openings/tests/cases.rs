//! Random practices, random appointments, random moments.

use chrono::WeekdaySet;
use chrono_tz::{America, Asia, Australia, Tz};
use proptest::{collection::vec, option, prelude::*, sample};

use super::*;
use crate::domain::{
    availability::{
        time_off::TimeOff,
        timetable::{Plan, Timetable},
    },
    client::Note,
    ids::TimeOffId,
    practice::{
        opening_hours::{TimeOfDay, Window},
        travel::Travel,
    },
};

pub const OFFICES: [&str; 3] = ["north", "south", "east"];

/// How the offices are open around a date, as it was said.
#[derive(Clone, Debug)]
pub struct Said {
    /// Per office, the weekly hours, and the date from which they hold.
    pub weeks: Vec<Vec<(NaiveDate, OpeningHours)>>,
    /// What holds on the date instead: windows by the office's place in the list.
    pub plan: Option<Vec<(usize, Window)>>,
    pub first_booking_decides: bool,
}

/// A date, and what is booked around it; all of it is also in the scene.
#[derive(Clone, Debug)]
pub struct Case {
    pub scene: Scene,
    pub date: NaiveDate,
    pub said: Said,
    /// An appointment for which another time was asked is here twice.
    pub booked: Vec<Occupied>,
    pub time_off: Vec<TimeOff>,
}

impl Case {
    /// The same with these appointments and no others.
    pub fn booked(mut self, booked: Vec<Occupied>) -> Self {
        self.scene.busy = Busy::new(booked.clone()).with_time_off(self.time_off.clone());
        Self { booked, ..self }
    }

    pub fn service(&self) -> &Service {
        self.scene.service("hour")
    }

    pub fn openings(&self, office: &Office) -> Vec<Slot> {
        self.scene.calendar().openings(self.service(), office, self.date)
    }

    /// What is offered on the date at all offices.
    pub fn all_openings(&self) -> Vec<Slot> {
        self.scene.practice.offices.iter().flat_map(|office| self.openings(office)).collect()
    }

    /// The same with nobody in two places at once.
    pub fn without_overlaps(self) -> Self {
        let mut apart: Vec<Occupied> = Vec::new();
        for o in &self.booked {
            let overlaps = |other: &Occupied| other.holder != o.holder && other.span.overlaps(o.span);
            if !apart.iter().any(overlaps) {
                apart.push(o.clone());
            }
        }
        self.booked(apart)
    }

    /// The same with one more appointment.
    pub fn with(&self, slot: &Slot, id: AppointmentId) -> Self {
        let one_more = Occupied {
            holder: Holder::Appointment(id),
            office: slot.office.clone(),
            span: slot.span(),
            buffer: self.service().buffer(),
        };
        let booked = self.booked.iter().cloned().chain([one_more]).collect();
        self.clone().booked(booked)
    }
}

/// Any, and often one that begins or ends a day, and so may touch the next one's.
pub fn a_window() -> impl Strategy<Value = Window> {
    let beginning = prop_oneof![3 => 0..1440u32, 1 => Just(0)];
    let end = prop_oneof![3 => 1..=1440u32, 1 => Just(1440)];
    let time = |minutes| TimeOfDay::from_minutes(minutes).expect("a time of day");
    (beginning, end)
        .prop_map(move |(one, other)| (time(one.min(other)), time(one.max(other))))
        .prop_filter_map("an empty window", |(from, to)| Window::new(from, to))
}

pub fn a_week() -> impl Strategy<Value = OpeningHours> {
    vec((0..7u8, a_window()), 4..16).prop_map(|windows| {
        let mut hours = OpeningHours::default();
        for (day, window) in windows {
            hours.add(Weekday::try_from(day).expect("one of seven"), window);
        }
        hours
    })
}

/// Hours that have always held, and often others that hold from a date near the one looked at.
pub fn weeks(date: NaiveDate) -> impl Strategy<Value = Vec<(NaiveDate, OpeningHours)>> {
    let from = (0..5u64).prop_map(move |days| date - Days::new(2) + Days::new(days));
    (a_week(), option::of((from, a_week())))
        .prop_map(|(first, then)| [(NaiveDate::MIN, first)].into_iter().chain(then).collect())
}

/// Any date of 2027, and often one of those on which clocks change.
pub fn a_date() -> impl Strategy<Value = NaiveDate> {
    let any = (0..365u64).prop_map(|days| date("2027-01-01") + Days::new(days));
    let clock_changes = ["2027-03-14", "2027-11-07", "2027-04-04", "2027-10-03"].map(date);
    prop_oneof![any, sample::select(clock_changes.to_vec())]
}

pub fn a_zone() -> impl Strategy<Value = Tz> {
    sample::select(vec![America::Los_Angeles, Australia::Lord_Howe, Asia::Tokyo])
}

prop_compose! {
    fn what_is_said(date: NaiveDate)(
        weeks in vec(weeks(date), 2..=3),
        plan in prop_oneof![3 => Just(None), 1 => vec((0..3usize, a_window()), 0..4).prop_map(Some)],
        first_booking_decides in prop_oneof![3 => Just(false), 1 => Just(true)],
    ) -> Said {
        let plan = plan.map(|windows| {
            windows.into_iter().filter(|(office, _)| *office < weeks.len()).collect()
        });
        Said { weeks, plan, first_booking_decides }
    }
}

/// The same as the timetable has it.
pub fn timetable(said: &Said, date: NaiveDate) -> Timetable {
    let mut timetable = Timetable::default();
    for (office, weeks) in OFFICES.iter().zip(&said.weeks) {
        for (from, hours) in weeks {
            timetable.set_week(office_slug(office), *from, hours.clone());
        }
    }
    let at =
        |plan: Plan, (office, window): &(usize, Window)| plan.with(office_slug(OFFICES[*office]), [*window]);
    timetable.set_plan(date, said.plan.as_ref().map(|windows| windows.iter().fold(Plan::closed(), at)));
    if said.first_booking_decides {
        timetable.first_booking_decides = WeekdaySet::ALL;
    }
    timetable
}

prop_compose! {
    /// A practice with two offices or three, as it is around a date. Drives are
    /// any: one over a third office may be shorter.
    pub fn a_practice(date: NaiveDate)(
        zone in a_zone(),
        said in what_is_said(date),
        drives in [0..=180u32, 0..=180, 0..=180],
        (minutes, buffer_minutes) in (5..=180u32, 0..=120u32),
        (step, notice, horizon) in (5..=180u32, 0..=48u32, 0..=20u32),
    ) -> (Scene, Said) {
        let mut scene = scene(step, minutes, buffer_minutes);
        scene.rules.policy.minimum_notice_hours = notice;
        scene.rules.policy.horizon_days = horizon;
        scene.rules.timetable = timetable(&said, date);
        let practice = &mut scene.practice;
        practice.zone = zone;
        let offices = OFFICES.iter().zip(&said.weeks).enumerate();
        practice.offices = offices.map(|(n, (slug, _))| office(n, slug)).collect();
        for service in &mut practice.services {
            service.offices = OFFICES.map(office_slug).to_vec();
        }
        practice.travel = Travel::default();
        for (pair, minutes) in [(0, 1), (1, 2), (0, 2)].into_iter().zip(drives) {
            let (one, other) = (office_slug(OFFICES[pair.0]), office_slug(OFFICES[pair.1]));
            practice.travel.add((&one, &other), minutes);
        }
        (scene, said)
    }
}

/// Time off as it is drawn: the one office or all, and minutes from the date's midnight.
type Off = (Option<usize>, i64, i64);

prop_compose! {
    /// A case whose appointments may lie in each other's way.
    pub fn any_case()(
        (date, (mut scene, said)) in a_date().prop_flat_map(|date| (Just(date), a_practice(date))),
        seconds_before in -40_000..200_000i64,
        booked in vec((0..3usize, -300..1800i64, 5..=180u32, 0..=60u32, moved()), 0..7),
        off in prop_oneof![2 => Just(Vec::<Off>::new()), 1 => vec((option::of(0..3usize), -600..1800i64, 1..1500i64), 1..3)],
        is_paused in prop_oneof![15 => Just(false), 1 => Just(true)],
    ) -> Case {
        let midnight = time::start_of_day(scene.practice.zone, date);
        let after = |minutes: i64| midnight + TimeDelta::minutes(minutes);
        let office = |n: usize| OFFICES[n % said.weeks.len()];
        scene.now = midnight - TimeDelta::seconds(seconds_before);
        if is_paused {
            scene.rules.pause = Note::parse("I take no requests at present.").expect("a note");
        }
        let booked = (1..).zip(booked).flat_map(|(id, (at, from, minutes, buffer, moved))| {
            let here = occupied(id, office(at), after(from), minutes, buffer);
            let there = moved.map(|(at, from)| occupied(id, office(at), after(from), minutes, buffer));
            [here].into_iter().chain(there)
        });
        let booked = booked.collect();
        let time_off = (1..).zip(off).map(|(id, (at, from, minutes))| TimeOff {
            id: TimeOffId(id),
            office: at.map(|at| office_slug(office(at))),
            span: Interval::new(after(from), after(from + minutes)),
            note: None, sentence: None,
        });
        let time_off = time_off.collect();
        Case { scene, date, said, booked: Vec::new(), time_off }.booked(booked)
    }
}

/// Where an appointment's client would rather have it, if anywhere else.
pub fn moved() -> impl Strategy<Value = Option<(usize, i64)>> {
    prop_oneof![3 => Just(None), 1 => (0..3usize, -300..1800i64).prop_map(Some)]
}

pub fn a_case() -> impl Strategy<Value = Case> {
    any_case().prop_map(Case::without_overlaps)
}
