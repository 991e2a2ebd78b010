//! A small practice for the tests of this room: two offices an hour and a
//! quarter apart, like the one that the project ships with.

use std::num::NonZeroU32;

use chrono::{NaiveDate, NaiveDateTime, Weekday};
use proptest::prelude::*;

use super::{
    appointment::{Appointment, Status, overriding::Override},
    availability::{
        Calendar,
        busy::{Busy, Occupied},
        rules::Rules,
        timetable::Timetable,
    },
    client::{Contact, EmailAddress, Name},
    ids::{AppointmentId, ClientId, Holder, OfficeSlug, ServiceSlug},
    practice::{
        Confirmation, FirstVisit, Limits, Practice, Therapist,
        keep::Keep,
        office::Office,
        opening_hours::{OpeningHours, TimeOfDay, Window},
        policy::Policy,
        price::Price,
        service::Service,
        travel::Travel,
    },
    time::{self, Instant, Interval},
};
use crate::domain::appointment::{Agreement, Cancellation, Side, State};

pub fn office_slug(slug: &str) -> OfficeSlug {
    OfficeSlug::parse(slug).expect("a slug")
}

pub fn service_slug(slug: &str) -> ServiceSlug {
    ServiceSlug::parse(slug).expect("a slug")
}

pub fn window(from: &str, to: &str) -> Window {
    let time = |text| TimeOfDay::parse(text).expect("a time of day");
    Window::new(time(from), time(to)).expect("a window")
}

pub fn hours(days: &[Weekday], from: &str, to: &str) -> OpeningHours {
    let mut hours = OpeningHours::default();
    days.iter().for_each(|day| hours.add(*day, window(from, to)));
    hours
}

pub fn office(position: usize, slug: &str) -> Office {
    Office {
        slug: office_slug(slug),
        name: slug.to_owned(),
        address: vec!["1 Example Street".to_owned()],
        is_address_public: true,
        place: None,
        position,
    }
}

pub fn service(slug: &str, minutes: u32, buffer_minutes: u32) -> Service {
    Service {
        slug: service_slug(slug),
        name: slug.to_owned(),
        minutes,
        buffer_minutes,
        price: Price(9500),
        offices: vec![office_slug("north"), office_slug("south")],
        retired: false,
        confirmation: None,
    }
}

pub fn practice() -> Practice {
    let mut travel = Travel::default();
    travel.add((&office_slug("north"), &office_slug("south")), 75);
    let limit = NonZeroU32::new(6).expect("not zero");
    Practice {
        name: "Example practice".to_owned(),
        zone: chrono_tz::America::Los_Angeles,
        currency: "USD".to_owned(),
        notice: None,
        come_early_minutes: Some(5),
        therapist: Therapist {
            name: "Example".to_owned(),
            title: None,
            credential: Some("#1".to_owned()),
            email: "therapist@example.com".to_owned(),
            phone: "(530) 555-0100".to_owned(),
        },
        mail_from: "therapist@example.com".to_owned(),
        limits: Limits { per_address_10_seconds: limit, per_address_hour: limit },
        keep: Keep::default(),
        first_visit: FirstVisit::default(),
        offices: vec![office(0, "north"), office(1, "south")],
        travel,
        services: vec![service("hour", 60, 15), service("long", 90, 15)],
    }
}

/// North is open on Mondays and Saturdays, south on Tuesdays and Saturdays.
pub fn rules() -> Rules {
    let mut timetable = Timetable::default();
    for (office, day) in [("north", Weekday::Mon), ("south", Weekday::Tue)] {
        let week = hours(&[day, Weekday::Sat], "09:00", "17:00");
        timetable.set_week(office_slug(office), NaiveDate::MIN, week);
    }
    Rules {
        policy: Policy {
            slot_step_minutes: 15,
            minimum_notice_hours: 12,
            horizon_days: 60,
            hold_hours: 24,
            answer_before_hours: 2,
            cancellation_notice_hours: 24,
            late_fee_percent: 0,
            open_requests_per_contact: 3,
            moves_per_appointment: 3,
            unproven_holds_per_day: 4,
            unproven_holds: 40,
            waitlist_notice_hours: 2,
            confirmation: Confirmation::ByTherapist,
            book_again: Confirmation::ByTherapist,
            reminder_hours: vec![48, 3],
        },
        timetable,
        pause: None,
    }
}

/// The instant at which clocks in the example practice first show this: `2026-12-07 09:00`.
pub fn at(civil: &str) -> Instant {
    let civil = NaiveDateTime::parse_from_str(civil, "%Y-%m-%d %H:%M").expect("a date and a time");
    time::instant(chrono_tz::America::Los_Angeles, civil).expect("a time that exists")
}

pub fn date(text: &str) -> NaiveDate {
    time::parse_date(text).expect("a date")
}

/// An appointment that has the therapist.
pub fn occupied(id: i64, office: &str, start: Instant, minutes: u32, buffer_minutes: u32) -> Occupied {
    Occupied {
        holder: Holder::Appointment(AppointmentId(id)),
        office: office_slug(office),
        span: Interval::new(start, start + time::minutes(minutes)),
        buffer: time::minutes(buffer_minutes),
    }
}

/// What has come of a request, all of it at one moment; a hold lasts a day from then.
pub fn state(status: Status, at: Instant) -> State {
    let agreement = Agreement { at, terms: None };
    match status {
        Status::Requested => State::Requested { held_until: at + time::hours(24) },
        Status::Confirmed => State::Confirmed(agreement),
        Status::Declined => State::Declined { at },
        Status::Canceled => State::Canceled(Cancellation {
            at,
            by: Side::Therapist,
            is_late: false,
            agreement: Some(agreement),
        }),
        Status::Expired => State::Expired { at },
        Status::Arrived => State::Arrived(agreement),
        Status::NoShow => State::NoShow(agreement),
    }
}

/// June's hour, asked for two days before.
pub fn appointment(status: Status, office: &str, start: Instant) -> Appointment {
    let requested_at = start - time::hours(48);
    Appointment {
        id: AppointmentId(1),
        client: ClientId(1),
        name: Name::parse("June Okafor").expect("a name"),
        series: None,
        guest: None,
        contact: Contact { email: Some(EmailAddress::stored("june@example.com".to_owned())), phone: None },
        note: None,
        office: office_slug(office),
        service: service_slug("hour"),
        service_name: "An hour".to_owned(),
        span: Interval::new(start, start + time::minutes(60)),
        buffer: time::minutes(15),
        price: Price(9500),
        requested_at,
        state: state(status, requested_at),
        overridden: Override::none(),
        sentence: None,
        uid: "1@example.com".to_owned(),
        moves: 0,
        revision: 1,
    }
}

/// All that a [`Calendar`] borrows: a practice, what is booked, and the moment.
#[derive(Clone, Debug)]
pub struct Scene {
    pub practice: Practice,
    pub rules: Rules,
    pub busy: Busy,
    pub now: Instant,
}

impl Scene {
    /// The example practice with nothing booked, at noon on Sunday, December 6, 2026.
    pub fn new() -> Self {
        Self { practice: practice(), rules: rules(), busy: Busy::default(), now: at("2026-12-06 12:00") }
    }

    /// The same with other hours at the offices, in their order.
    pub fn open(mut self, hours: impl IntoIterator<Item = OpeningHours>) -> Self {
        for (office, hours) in self.practice.offices.iter().zip(hours) {
            self.rules.timetable.set_week(office.slug.clone(), NaiveDate::MIN, hours);
        }
        self
    }

    /// The same with these appointments and no others.
    pub fn booked(self, appointments: impl IntoIterator<Item = Occupied>) -> Self {
        Self { busy: Busy::new(appointments.into_iter().collect()), ..self }
    }

    pub fn calendar(&self) -> Calendar<'_> {
        Calendar { practice: &self.practice, rules: &self.rules, busy: &self.busy, now: self.now }
    }

    pub fn office(&self, slug: &str) -> &Office {
        self.practice.office(&office_slug(slug)).expect("an office of the practice")
    }

    pub fn service(&self, slug: &str) -> &Service {
        self.practice.service(&service_slug(slug)).expect("a service of the practice")
    }
}

/// Any text whatever, in which these pieces come often: what a parser looks for.
pub fn any_text(pieces: &'static [&'static str]) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => proptest::sample::select(pieces).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}
