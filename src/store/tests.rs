//! The store on a real file.

mod acts;
mod appointments;
mod calls;
mod emails;
mod faults;
mod guards;
mod identity_keys;
mod migrations;
mod people;
mod phones;
mod plans;
mod practice;
mod query_plans;
mod reschedule_requests;
mod rules;
mod schemas;
mod sealing;
mod turns;

use std::{ops::Deref, path::Path};

use chrono::TimeDelta;
use tempfile::TempDir;

use super::{
    columns::{hash, seconds},
    file::{MIGRATIONS, sentence},
    *,
};
use crate::domain::{
    appointment::{
        Agreement, Appointment, Cancellation, NewAppointment, Side, State, Status,
        call::Topic,
        cancellation::{CancellationTerms, LateFee},
        overriding::Override,
    },
    client::{Contact, EmailAddress, Name, Note, Phone},
    example::state,
    ids::Token,
    ids::{AppointmentId, ClientId, EmailId, OfficeSlug, ServiceSlug},
    practice::price::Price,
    time::Instant,
    time::Interval,
};

/// Keeps its folder as long as the store is used.
struct TestStore {
    store: Store,
    _folder: TempDir,
}

/// Opens a file, with its key beside it.
async fn open_at(file: &Path) -> Result<Store, OpenError> {
    Store::open(file, &file.with_file_name("key")).await
}

async fn open() -> TestStore {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open_at(&folder.path().join("stillpoint.db")).await.expect("a new file");
    TestStore { store, _folder: folder }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// The first email that is due, but for those under way.
async fn due_email(tx: &mut Reading, under_way: &[(EmailId, Thread)], now: Instant) -> Option<StoredEmail> {
    tx.due_emails(1, under_way, now).await.expect("the outbox").pop()
}

/// Notes that an email is tried, and when it would be tried again.
async fn is_tried(tx: &mut Writing, id: EmailId, now: Instant, next: Instant) {
    tx.emails_are_tried([(id, next)].into_iter(), now).await.expect("noted");
}

/// What the therapist says.
fn note(text: &str) -> Note {
    Note::parse(text).expect("a note").expect("some")
}

/// Minutes after a Monday morning.
fn minute(minutes: i64) -> Instant {
    Instant::from_timestamp(1_795_000_000, 0).expect("in range") + TimeDelta::minutes(minutes)
}

fn token(byte: u8) -> Token {
    Token::new([byte; 16])
}

/// The same as it was before it was written.
fn new(a: Appointment) -> NewAppointment {
    NewAppointment {
        client: a.client,
        name: a.name,
        guest: a.guest,
        contact: a.contact,
        note: a.note,
        office: a.office,
        service: a.service,
        service_name: a.service_name,
        span: a.span,
        buffer: a.buffer,
        price: a.price,
        requested_at: a.requested_at,
        state: a.state,
        overridden: a.overridden,
        uid: a.uid,
    }
}

/// The same in another state, as if all of it had happened with the request.
fn stands(a: Appointment, status: Status) -> Appointment {
    Appointment { state: state(status, a.requested_at), ..a }
}

/// A request for an hour from a minute on.
fn request(start: i64) -> Appointment {
    Appointment {
        id: AppointmentId(0),
        client: ClientId(0),
        name: Name::stored("June Okafor".to_owned()),
        series: None,
        guest: None,
        contact: contact("june@example.com"),
        note: Note::parse("Ground floor").expect("a note"),
        office: OfficeSlug::parse("north").expect("a slug"),
        service: ServiceSlug::parse("hour").expect("a slug"),
        service_name: "An hour".to_owned(),
        span: Interval::new(minute(start), minute(start + 60)),
        buffer: TimeDelta::minutes(15),
        price: Price(9500),
        state: State::Requested { held_until: minute(-60) },
        requested_at: minute(-600),
        overridden: Override::none(),
        sentence: None,
        uid: format!("{start}@example.com"),
        moves: 0,
        revision: 0,
    }
}

fn contact(email: &str) -> Contact {
    let phone = Phone::stored("+15305550142".to_owned());
    Contact { email: Some(EmailAddress::parse(email).expect("an address")), phone: Some(phone) }
}

async fn insert(store: &Store, mut appointment: Appointment) -> Result<Appointment, StoreError> {
    let mut tx = store.write().await?;
    appointment.client = tx.client(&appointment.name, &appointment.contact, minute(0)).await?;
    let inserted = tx.insert_appointment(new(appointment), None).await?;
    tx.commit().await?;
    Ok(inserted)
}

async fn confirmed(store: &Store, start: i64) -> Appointment {
    insert(store, stands(request(start), Status::Confirmed)).await.expect("a free time")
}

async fn update(store: &Store, appointment: &Appointment) -> Result<(), StoreError> {
    let mut tx = store.write().await?;
    tx.update_appointment(appointment).await?;
    tx.commit().await
}

#[tokio::test]
async fn sqlite_is_new_enough_to_be_trusted_with_its_journal() {
    let store = open().await;
    let mut tx = store.read().await.expect("a reading");
    let (version,): (String,) =
        sqlx::query_as("SELECT sqlite_version()").fetch_one(&mut *tx.0).await.expect("a version");
    let parts: Vec<u32> = version.split('.').map(|part| part.parse().expect("a number")).collect();
    assert!(parts >= vec![3, 51, 3], "{version} may lose a write when its journal is reset");
}

#[tokio::test]
async fn a_client_is_known_by_name_and_either_address_or_number() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let name = |name: &str| Name::parse(name).expect("a name");
    let june = tx.client(&name("June"), &contact("june@example.com"), minute(0)).await.expect("a client");
    let by_email = Contact { phone: None, ..contact("JUNE@example.com") };
    let by_phone = Contact { email: None, ..contact("june@example.com") };
    let stranger = Contact { phone: None, ..contact("other@example.com") };
    for (who, contact, is_june) in [
        ("june", &by_email, true),
        ("June", &by_phone, true),
        ("Walt", &by_email, false),
        ("June", &stranger, false),
    ] {
        let client = tx.client(&name(who), contact, minute(0)).await.expect("a client");
        assert_eq!(client == june, is_june, "{who}");
    }
}

#[tokio::test]
async fn a_link_shows_its_appointment_until_it_runs_out() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time");
    let mut tx = store.write().await.expect("the write lock");
    tx.insert_link(&token(1), appointment.id, GivenIn::Request, minute(10)).await.expect("a link");
    tx.insert_link(&token(2), appointment.id, GivenIn::Email, minute(10)).await.expect("a link");
    let second = TimeDelta::seconds(1);
    let found = tx.appointment_by_link(&token(1), minute(10) - second).await.expect("a link");
    assert_eq!(found, Some((appointment.clone(), GivenIn::Request)));
    assert_eq!(tx.appointment_by_link(&token(1), minute(10)).await.expect("no link"), None);
    assert_eq!(tx.appointment_by_link(&token(3), minute(0)).await.expect("no link"), None);

    tx.end_email_links(appointment.id).await.expect("ended");
    assert_eq!(tx.appointment_by_link(&token(2), minute(0)).await.expect("no link"), None);
    assert!(tx.appointment_by_link(&token(1), minute(0)).await.expect("a link").is_some());
}

#[tokio::test]
async fn sessions_and_welcome_links_end() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.insert_session(&token(1), "Firefox on Android", minute(0), minute(10)).await.expect("a session");
    tx.insert_welcome_link(&token(2), WelcomeFrom::Server, minute(10)).await.expect("a link");
    tx.insert_welcome_link(&token(3), WelcomeFrom::Email, minute(10)).await.expect("a link");
    assert_eq!(tx.session_end(&token(1)).await.expect("good"), Some(minute(10)));
    assert_eq!(tx.session_end(&token(2)).await.expect("another kind"), None);
    assert_eq!(tx.welcome_link(&token(2), minute(9)).await.expect("good"), Some(WelcomeFrom::Server));
    assert_eq!(tx.welcome_link(&token(3), minute(9)).await.expect("good"), Some(WelcomeFrom::Email));
    assert_eq!(tx.welcome_link(&token(3), minute(10)).await.expect("over"), None);
    tx.use_up_welcome_links().await.expect("used");
    tx.end_session(&token(1)).await.expect("ended");
    assert_eq!(tx.welcome_link(&token(2), minute(9)).await.expect("used"), None);
    assert_eq!(tx.session_end(&token(1)).await.expect("ended"), None);
}

#[tokio::test]
async fn a_writing_that_is_dropped_has_changed_nothing() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.set_password_hash("hash", minute(0)).await.expect("set");
    drop(tx);
    assert_eq!(store.read().await.expect("a reading").password_hash().await.expect("none"), None);
}

#[tokio::test]
async fn a_reading_sees_one_state_of_the_file() {
    let store = open().await;
    let mut reading = store.read().await.expect("a reading");
    assert_eq!(reading.requests().await.expect("requests").len(), 0);
    insert(&store, request(0)).await.expect("a free time");
    assert_eq!(reading.requests().await.expect("requests").len(), 0, "the state it began with");
    drop(reading);
    assert_eq!(store.read().await.expect("a reading").requests().await.expect("requests").len(), 1);
}
