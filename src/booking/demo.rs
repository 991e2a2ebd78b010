//! A practice to look at: a few plausible weeks of invented clients, for a
//! newcomer, for pictures, for tests. No emails are written to them.

use chrono::{Datelike, Days, NaiveDate, TimeDelta};

use crate::domain::appointment::{Agreement, NewAppointment, State};
use crate::{
    content::site::Site,
    domain::{
        appointment::{
            Appointment, Status, cancellation::CancellationTerms, refusal::Override,
            reschedule_request::RescheduleRequest,
        },
        availability::{
            Calendar,
            busy::{Busy, Occupied},
            hold,
            rules::Rules,
            slot::Slot,
        },
        client::{Contact, EmailAddress, Name, Note, Phone},
        ids::{AppointmentId, ClientId, OfficeSlug, RescheduleRequestId, Token},
        practice::{Practice, policy::Policy, price::Price},
        time::{self, Instant, Interval},
    },
    store::{Store, StoreError},
};

#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("there are already clients or appointments; the demo only fills an empty practice")]
    NotEmpty,
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Telephone numbers are of the range kept for fiction (555-0100 to 555-0199).
const CLIENTS: [(&str, Option<&str>, &str); 14] = [
    ("June Okafor", Some("june.okafor@example.com"), "+15305550133"),
    ("Peter Lindqvist", Some("peter.lindqvist@example.com"), "+15305550158"),
    ("Marisol Vega", Some("marisol.vega@example.com"), "+15305550171"),
    ("Tom Abara", None, "+15305550109"),
    ("Rosa Delgado", Some("rosa.delgado@example.com"), "+15305550142"),
    ("Walt Brennan", None, "+15305550117"),
    ("Ann O’Brien", Some("ann.obrien@example.com"), "+15305550126"),
    ("Hiro Tanaka", Some("hiro.tanaka@example.com"), "+15305550163"),
    ("Leila Haddad", Some("leila.haddad@example.com"), "+15305550184"),
    ("Sam Whitefeather", Some("sam.whitefeather@example.com"), "+15305550151"),
    ("Grace Kim", Some("grace.kim@example.com"), "+15305550147"),
    ("Dale Murphy", None, "+15305550195"),
    ("Nadia Petrov", Some("nadia.petrov@example.com"), "+15305550112"),
    ("Elena Ruiz", Some("elena.ruiz@example.com"), "+15305550168"),
];

const NOTES: [&str; 3] = [
    "A room on the ground floor would help, please.",
    "Mornings are the best time to call.",
    "I come by bus and may be five minutes late.",
];

const WEEKS_BACK: u64 = 3;
const WEEKS_AHEAD: u64 = 4;
/// One visit in so many was missed.
const MISSED: usize = 11;
/// How many requests wait for an answer.
const REQUESTS: usize = 3;

/// Fills an empty practice, and writes no email about it. Returns how many appointments were invented.
pub async fn fill(store: &Store, site: &Site, now: Instant) -> Result<usize, Error> {
    let mut tx = store.write().await?;
    if !tx.is_without_appointments().await? {
        return Err(Error::NotEmpty);
    }
    let rules = tx.rules(&site.first_rules, now).await?;
    let appointments = invented(&site.practice, &rules, now);
    let mut written = Vec::new();
    for mut appointment in appointments {
        appointment.client = tx.client(&appointment.name, &appointment.contact, now).await?;
        written.push(tx.insert_appointment(appointment, None).await?);
    }
    if let Some(reschedule_request) = reschedule_request(&site.practice, &rules, &written, now) {
        tx.insert_reschedule_request(reschedule_request).await?;
    }
    tx.commit().await?;
    Ok(written.len())
}

/// Somebody asks for another time: an opening some days after their own.
fn reschedule_request(
    practice: &Practice,
    rules: &Rules,
    appointments: &[Appointment],
    now: Instant,
) -> Option<RescheduleRequest> {
    let hold = time::hours(rules.policy.hold_hours);
    let is_far = |a: &&Appointment| a.status() == Status::Confirmed && a.span.start > now + hold * 2;
    let a = appointments.iter().find(is_far)?;
    let service = a.agreed(practice.service(&a.service)?);
    let live = appointments.iter().filter(|other| other.status().is_live() && other.id != a.id);
    let busy = Busy::new(live.map(|a| at(a.id, &a.office, a.span, a.buffer)).collect());
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
        held_until: hold::held_until(&rules.policy, &[], a.span.start, requested_at),
    })
}

/// The same weeks for the same practice and hour: what looks like chance is arithmetic.
fn invented(practice: &Practice, rules: &Rules, now: Instant) -> Vec<NewAppointment> {
    let today = time::date(practice.zone, now);
    let first = today.checked_sub_days(Days::new(7 * WEEKS_BACK)).unwrap_or(today);
    let last = today.checked_add_days(Days::new(7 * WEEKS_AHEAD)).unwrap_or(today);
    let mut appointments: Vec<NewAppointment> = Vec::new();
    for date in first.iter_days().take_while(|date| *date <= last) {
        for slot in day(practice, rules, &appointments, date) {
            let nth = appointments.len();
            appointments.push(one(practice, &rules.policy, &slot, nth, now));
        }
    }
    let hold = time::hours(rules.policy.hold_hours);
    let to_come = appointments.iter_mut().filter(|a| a.span.start > now + hold + TimeDelta::days(1));
    for (nth, request) in to_come.step_by(4).take(REQUESTS).enumerate() {
        request.requested_at = now - TimeDelta::minutes(40) * (nth as i32 + 1);
        let held_until = hold::held_until(&rules.policy, &[], request.span.start, request.requested_at);
        request.state = State::Requested { held_until };
        request.note = Note::parse(NOTES[nth % NOTES.len()]).ok().flatten();
    }
    appointments
}

/// Up to two sessions of a day, in one office where the hours leave the choice.
fn day(practice: &Practice, rules: &Rules, before: &[NewAppointment], date: NaiveDate) -> Vec<Slot> {
    let services: Vec<_> = practice.services_offered().collect();
    let open: Vec<_> = (practice.offices.iter())
        .filter(|office| !rules.timetable.on(&office.slug, date).is_empty())
        .collect();
    let seed = before.len() + date.num_days_from_ce() as usize;
    let (Some(office), false) = (open.get(seed % open.len().max(1)), services.is_empty()) else {
        return Vec::new();
    };
    let mut slots: Vec<Slot> = Vec::new();
    for nth in 0..[2, 1, 2, 0, 1][seed % 5] {
        let service = services[(seed + nth) % services.len()];
        let busy = Busy::new(occupied(before, &slots, practice));
        let calendar = Calendar { practice, rules, busy: &busy, now: Instant::UNIX_EPOCH };
        let free: Vec<Slot> = (calendar.starts(service, office, date).into_iter())
            .filter(|slot| calendar.collisions(&slot.office, slot.span(), service.buffer()).is_empty())
            .collect();
        if let Some(slot) = free.get((seed * 7 + nth * 5) % free.len().max(1)) {
            slots.push(slot.clone());
        }
    }
    slots.sort_by_key(|slot| slot.start);
    slots
}

fn occupied(before: &[NewAppointment], today: &[Slot], practice: &Practice) -> Vec<Occupied> {
    let earlier = before.iter().map(|a| at(AppointmentId(0), &a.office, a.span, a.buffer));
    let slots = today.iter().filter_map(|slot| {
        let service = practice.service(&slot.service)?;
        Some(at(AppointmentId(0), &slot.office, slot.span(), service.buffer()))
    });
    earlier.chain(slots).collect()
}

fn at(appointment: AppointmentId, office: &OfficeSlug, span: Interval, buffer: TimeDelta) -> Occupied {
    Occupied { appointment, office: office.clone(), span, buffer }
}

fn one(practice: &Practice, policy: &Policy, slot: &Slot, nth: usize, now: Instant) -> NewAppointment {
    let (name, email, phone) = CLIENTS[nth * 5 % CLIENTS.len()];
    let service = practice.service(&slot.service);
    let requested_at = (slot.start - TimeDelta::days(9)).min(now - TimeDelta::hours(30));
    let answered_at = requested_at + TimeDelta::hours(2);
    let price = service.map_or(Price(0), |service| service.price);
    let terms = CancellationTerms::agreed(policy, price, slot.start, answered_at);
    let agreement = Agreement { at: answered_at, terms: Some(terms) };
    NewAppointment {
        client: ClientId(0), // given by the file
        name: Name::stored(name.to_owned()),
        contact: Contact {
            email: email.map(|email| EmailAddress::stored(email.to_owned())),
            phone: Some(Phone::stored(phone.to_owned())),
        },
        note: None,
        office: slot.office.clone(),
        service: slot.service.clone(),
        service_name: service.map(|service| service.name.clone()).unwrap_or_default(),
        span: slot.span(),
        buffer: service.map(|service| service.buffer()).unwrap_or_default(),
        price,
        requested_at,
        state: match (slot.end <= now, nth % MISSED) {
            (true, 3) => State::NoShow(agreement),
            (true, _) => State::Arrived(agreement),
            (false, _) => State::Confirmed(agreement),
        },
        overridden: Override::none(),
        uid: format!("{}@demo.invalid", Token::new(rand::random())),
    }
}
