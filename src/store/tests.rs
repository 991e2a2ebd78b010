//! The store on a real file.

mod guards;
mod migrations;
mod plans;

use chrono::TimeDelta;
use tempfile::TempDir;

use super::*;
use crate::{
    domain::{
        appointment::{Appointment, Side, Status},
        call::{Matter, Topic},
        client::{Contact, Email, Name, Note, Phone},
        ids::{AppointmentId, ClientId, OfficeSlug, ServiceSlug},
        interval::Interval,
        price::Price,
        refusal::Overruled,
    },
    mail::letter::{CalendarPart, Letter},
};

/// Keeps its folder as long as the store is used.
struct TestStore {
    store: Store,
    _folder: TempDir,
}

async fn open() -> TestStore {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&folder.path().join("stillpoint.db")).await.expect("a new file");
    TestStore { store, _folder: folder }
}

impl Deref for TestStore {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

/// Minutes after a Monday morning.
fn minute(minutes: i64) -> Instant {
    Instant::from_timestamp(1_795_000_000, 0).expect("in range") + TimeDelta::minutes(minutes)
}

fn token(byte: u8) -> Token {
    Token::new([byte; 16])
}

/// A request for an hour from a minute on.
fn request(start: i64) -> Appointment {
    Appointment {
        id: AppointmentId(0),
        client: ClientId(0),
        name: Name::stored("June Okafor".to_owned()),
        contact: contact("june@example.com"),
        note: Note::parse("Ground floor").expect("a note"),
        office: OfficeSlug::parse("north").expect("a slug"),
        service: ServiceSlug::parse("hour").expect("a slug"),
        service_name: "An hour".to_owned(),
        session: Interval::new(minute(start), minute(start + 60)),
        buffer: TimeDelta::minutes(15),
        price: Price(9500),
        status: Status::Requested,
        requested_at: minute(-600),
        held_until: minute(-60),
        answered_at: None,
        ended_at: None,
        cancelled_by: None,
        is_late: false,
        overruled: Overruled::none(),
        sentence: None,
        uid: format!("{start}@example.com"),
        revision: 0,
    }
}

fn contact(email: &str) -> Contact {
    let phone = Phone::stored("+15305550142".to_owned());
    Contact { email: Some(Email::parse(email).expect("an address")), phone: Some(phone) }
}

async fn insert(store: &Store, mut appointment: Appointment) -> Result<Appointment, StoreError> {
    let mut tx = store.write().await?;
    appointment.client = tx.client(&appointment.name, &appointment.contact, minute(0)).await?;
    let inserted = tx.insert_appointment(NewAppointment { appointment, request_digest: None }).await?;
    tx.commit().await?;
    Ok(inserted)
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
async fn an_appointment_comes_back_as_it_was_written() {
    let store = open().await;
    let written = insert(&store, request(0)).await.expect("a free time");
    let mut tx = store.read().await.expect("a reading");
    assert_eq!(tx.appointment(written.id).await.expect("a row"), Some(written.clone()));
    assert_eq!(tx.appointment(AppointmentId(99)).await.expect("no row"), None);

    drop(tx);
    let cancelled = Appointment {
        status: Status::Cancelled,
        cancelled_by: Some(Side::Client),
        is_late: true,
        ended_at: Some(minute(5)),
        answered_at: Some(minute(3)),
        sentence: Note::parse("See you").expect("a note"),
        revision: 2,
        ..written
    };
    update(&store, &cancelled).await.expect("an update");
    let mut tx = store.read().await.expect("a reading");
    assert_eq!(tx.appointment(cancelled.id).await.expect("a row"), Some(cancelled));
}

#[tokio::test]
async fn the_file_itself_refuses_two_live_sessions_at_one_time() {
    let store = open().await;
    insert(&store, request(60)).await.expect("a free time");
    for (start, is_free) in [(0, true), (1, false), (59, false), (61, false), (119, false), (120, true)] {
        let inserted = insert(&store, request(start)).await;
        assert_eq!(inserted.is_ok(), is_free, "{start}");
        assert!(is_free || matches!(inserted, Err(StoreError::SlotTaken)), "{start}");
    }
}

#[tokio::test]
async fn a_session_that_is_over_for_whatever_reason_is_in_nobodys_way() {
    let store = open().await;
    let first = insert(&store, request(0)).await.expect("a free time");
    let declined = Appointment { status: Status::Declined, ..first };
    update(&store, &declined).await.expect("an update");
    let second = Appointment { uid: "second@example.com".to_owned(), ..request(30) };
    insert(&store, second).await.expect("the time is free again");

    let back = update(&store, &Appointment { status: Status::Confirmed, ..declined }).await;
    assert!(matches!(back, Err(StoreError::SlotTaken)), "a late yes meets the one who came after");
}

#[tokio::test]
async fn busy_is_what_lives_in_a_span_and_near_it() {
    let store = open().await;
    for start in [-4 * 1440, -60, 600, 4 * 1440] {
        insert(&store, request(start)).await.expect("a free time");
    }
    let done = insert(&store, request(300)).await.expect("a free time");
    update(&store, &Appointment { status: Status::Cancelled, ..done }).await.expect("an update");
    let mut tx = store.read().await.expect("a reading");
    let busy = tx.busy(Interval::new(minute(0), minute(60))).await.expect("busy time");
    let all = Interval::new(minute(-9999), minute(9999));
    let starts: Vec<Instant> = busy.beginning_in(all).iter().map(|occupied| occupied.session.start).collect();
    assert_eq!(starts, [minute(-60), minute(600)]);
}

#[tokio::test]
async fn the_same_form_makes_one_row() {
    let store = open().await;
    let digest = [7; 32];
    let mut tx = store.write().await.expect("the write lock");
    let client = tx.client(&request(0).name, &request(0).contact, minute(0)).await.expect("a client");
    let form = |start| NewAppointment {
        appointment: Appointment { client, ..request(start) },
        request_digest: Some(digest),
    };
    let first = tx.insert_appointment(form(0)).await.expect("a free time");
    assert_eq!(tx.appointment_by_request(&digest).await.expect("a row").map(|a| a.id), Some(first.id));
    assert!(tx.insert_appointment(form(600)).await.is_err());
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
async fn open_requests_are_counted_by_address_in_any_spelling_and_by_number() {
    let store = open().await;
    insert(&store, request(0)).await.expect("a free time");
    insert(&store, request(120)).await.expect("a free time");
    let confirmed = insert(&store, request(240)).await.expect("a free time");
    update(&store, &Appointment { status: Status::Confirmed, ..confirmed }).await.expect("an update");
    let mut tx = store.read().await.expect("a reading");
    let by_email = Contact { phone: None, ..contact("June@Example.com") };
    let by_phone = Contact { email: None, ..contact("x@example.com") };
    let stranger = Contact { phone: None, ..contact("other@example.com") };
    assert_eq!(tx.open_requests(&by_email).await.expect("a count"), 2);
    assert_eq!(tx.open_requests(&by_phone).await.expect("a count"), 2);
    assert_eq!(tx.open_requests(&stranger).await.expect("a count"), 0);
}

#[tokio::test]
async fn requests_come_the_most_urgent_first_and_overdue_from_the_second_they_are() {
    let store = open().await;
    let later = insert(&store, request(0)).await.expect("a free time");
    let sooner =
        insert(&store, Appointment { held_until: minute(-90), ..request(120) }).await.expect("a free time");
    let mut tx = store.read().await.expect("a reading");
    let ids = |list: Vec<Appointment>| list.into_iter().map(|a| a.id).collect::<Vec<_>>();
    assert_eq!(ids(tx.requests().await.expect("requests")), [sooner.id, later.id]);
    let second = TimeDelta::seconds(1);
    assert_eq!(ids(tx.overdue_requests(minute(-90) - second).await.expect("requests")), []);
    assert_eq!(ids(tx.overdue_requests(minute(-90)).await.expect("requests")), [sooner.id]);
}

#[tokio::test]
async fn a_link_shows_its_appointment_until_it_runs_out() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time");
    let mut tx = store.write().await.expect("the write lock");
    tx.insert_link(&token(1), appointment.id, GivenIn::Request, minute(10)).await.expect("a link");
    tx.insert_link(&token(2), appointment.id, GivenIn::Letter, minute(10)).await.expect("a link");
    let second = TimeDelta::seconds(1);
    let found = tx.appointment_by_link(&token(1), minute(10) - second).await.expect("a link");
    assert_eq!(found, Some((appointment.clone(), GivenIn::Request)));
    assert_eq!(tx.appointment_by_link(&token(1), minute(10)).await.expect("no link"), None);
    assert_eq!(tx.appointment_by_link(&token(3), minute(0)).await.expect("no link"), None);

    tx.end_letter_links(appointment.id).await.expect("ended");
    assert_eq!(tx.appointment_by_link(&token(2), minute(0)).await.expect("no link"), None);
    assert!(tx.appointment_by_link(&token(1), minute(0)).await.expect("a link").is_some());
}

fn letter(key: &str) -> Letter {
    Letter {
        key: key.to_owned(),
        appointment: None,
        side: Side::Client,
        recipient: "june@example.com".to_owned(),
        subject: "Confirmed".to_owned(),
        text: format!("See /appointments/{}", token(1)),
        html: "<p>See</p>".to_owned(),
        calendar: Some(CalendarPart { file: "BEGIN:VCALENDAR".to_owned(), method: "REQUEST".to_owned() }),
        message_id: "<1@example.com>".to_owned(),
        not_after: Some(minute(60)),
    }
}

#[tokio::test]
async fn an_event_writes_one_letter_and_it_comes_back_as_it_was_written() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&letter("a"), minute(0)).await.expect("a letter");
    tx.enqueue(&letter("a"), minute(0)).await.expect("the same event");
    let due = tx.due_letter(minute(0)).await.expect("a letter").expect("is due");
    assert_eq!(due.letter, letter("a"));
    tx.letter_was_sent(&due, minute(0)).await.expect("noted");
    assert!(tx.due_letter(minute(0)).await.expect("no letter").is_none());
    assert_eq!(tx.next_letter_at().await.expect("no time"), None);
}

#[tokio::test]
async fn a_letter_that_failed_waits_and_one_that_is_given_up_stays_to_be_seen() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&letter("a"), minute(0)).await.expect("a letter");
    let due = tx.due_letter(minute(0)).await.expect("a letter").expect("is due");
    tx.letter_is_tried(due.id, minute(5)).await.expect("noted");
    assert!(tx.letters_in_trouble(minute(0)).await.expect("no trouble yet").is_empty());
    tx.letter_failed(due.id, "put off").await.expect("noted");
    assert!(tx.due_letter(minute(4)).await.expect("no letter").is_none());
    assert_eq!(tx.due_letter(minute(5)).await.expect("a letter").map(|letter| letter.attempts), Some(1));
    assert_eq!(tx.letters_in_trouble(minute(0)).await.expect("trouble")[0].next_attempt_at, Some(minute(5)));

    tx.letter_was_given_up(&due, "refused", minute(5)).await.expect("noted");
    assert_eq!(tx.next_letter_at().await.expect("no time"), None);
    let trouble = tx.letters_in_trouble(minute(4)).await.expect("trouble");
    assert_eq!((trouble[0].trouble.as_str(), trouble[0].next_attempt_at), ("refused", None));
    assert!(tx.letters_in_trouble(minute(5)).await.expect("long ago").is_empty());
}

#[tokio::test]
async fn no_letter_overtakes_an_older_one_about_the_same_appointment() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time");
    let about = |key: &str, side| Letter { appointment: Some(appointment.id), side, ..letter(key) };
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&about("first", Side::Client), minute(0)).await.expect("a letter");
    let first = tx.due_letter(minute(0)).await.expect("a letter").expect("is due");
    tx.letter_is_tried(first.id, minute(5)).await.expect("noted");
    tx.enqueue(&about("therapist", Side::Therapist), minute(1)).await.expect("a letter");
    let due = tx.due_letter(minute(1)).await.expect("a letter").map(|due| due.letter.key);
    assert_eq!(due.as_deref(), Some("therapist"), "another side does not wait");

    tx.enqueue(&about("second", Side::Client), minute(2)).await.expect("a letter");
    let again = tx.due_letter(minute(2)).await.expect("a letter").expect("is due");
    assert_eq!(again.letter.key, "first", "the older is tried again for the newer's sake");
    tx.letter_is_tried(again.id, minute(7)).await.expect("noted");
    assert_eq!(
        tx.due_letter(minute(2)).await.expect("a letter").map(|due| due.letter.key).as_deref(),
        Some("therapist")
    );
}

#[tokio::test]
async fn the_copy_of_a_sent_letter_opens_nothing() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&letter("a"), minute(0)).await.expect("a letter");
    let sent = tx.due_letter(minute(0)).await.expect("a letter").expect("is due");
    tx.letter_was_sent(&sent, minute(1)).await.expect("noted");
    let (text, outcome): (String, String) = sqlx::query_as("SELECT text_body, outcome FROM letters")
        .fetch_one(&mut *tx.0.0)
        .await
        .expect("a row");
    assert_eq!((text.as_str(), outcome.as_str()), ("See /appointments/…", "sent"));
}

#[tokio::test]
async fn the_newest_of_how_an_appointment_stands_is_the_one_open_call_and_is_ticked_off_once() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time");
    let mut tx = store.write().await.expect("the write lock");
    tx.insert_call(appointment.id, Topic::Requested, minute(0)).await.expect("a call");
    tx.insert_call(appointment.id, Topic::Confirmed, minute(1)).await.expect("a call");
    let calls = tx.calls(minute(1)).await.expect("calls");
    assert_eq!(calls.iter().map(|call| call.about).collect::<Vec<_>>(), [Topic::Confirmed]);
    assert!(tx.call_done(calls[0].id, minute(2)).await.expect("done"));
    assert!(!tx.call_done(calls[0].id, minute(2)).await.expect("done before"));
    assert!(tx.calls(minute(1)).await.expect("calls").is_empty());
}

#[tokio::test]
async fn sessions_and_welcome_links_end() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.insert_session(&token(1), minute(10)).await.expect("a session");
    tx.insert_welcome_link(&token(2), minute(10)).await.expect("a link");
    assert!(tx.session_is_good(&token(1), minute(9)).await.expect("good"));
    assert!(!tx.session_is_good(&token(1), minute(10)).await.expect("over"));
    assert!(!tx.session_is_good(&token(2), minute(9)).await.expect("another kind"));
    assert!(tx.welcome_link_is_good(&token(2), minute(9)).await.expect("good"));
    tx.use_up_welcome_links().await.expect("used");
    tx.end_session(&token(1)).await.expect("ended");
    assert!(!tx.welcome_link_is_good(&token(2), minute(9)).await.expect("used"));
    assert!(!tx.session_is_good(&token(1), minute(9)).await.expect("ended"));
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

#[tokio::test]
async fn a_slug_is_in_use_while_a_live_appointment_with_it_is_to_come() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time");
    let mut tx = store.read().await.expect("a reading");
    let both = vec![(appointment.office.clone(), appointment.service.clone())];
    assert_eq!(tx.slugs_in_use(minute(59)).await.expect("slugs"), both);
    assert_eq!(tx.slugs_in_use(minute(60)).await.expect("slugs"), []);
    drop(tx);
    update(&store, &Appointment { status: Status::Declined, ..appointment }).await.expect("an update");
    assert_eq!(store.read().await.expect("a reading").slugs_in_use(minute(0)).await.expect("slugs"), []);
}

#[tokio::test]
async fn the_copy_of_a_letter_that_never_went_out_opens_nothing_either() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time");
    let about = |key: &str| Letter { appointment: Some(appointment.id), ..letter(key) };
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&about("reminder/1"), minute(0)).await.expect("a letter");
    let late = tx.due_letter(minute(0)).await.expect("a letter").expect("is due");
    tx.letter_lapsed(&late, minute(0)).await.expect("noted");
    tx.enqueue(&about("reminder/2"), minute(0)).await.expect("a letter");
    tx.enqueue(&about("reminders/3"), minute(0)).await.expect("a letter");
    tx.take_back_kind(appointment.id, "reminder", minute(0)).await.expect("taken back");
    let left = tx.due_letter(minute(0)).await.expect("a letter").expect("is due");
    assert_eq!(left.letter.key, "reminders/3", "another kind");
    tx.letter_was_sent(&left, minute(0)).await.expect("noted");
    let copies: Vec<(String, String)> = sqlx::query_as("SELECT outcome, text_body FROM letters ORDER BY id")
        .fetch_all(&mut *tx.0.0)
        .await
        .expect("copies");
    let blotted = |outcome: &str| (outcome.to_owned(), "See /appointments/…".to_owned());
    assert_eq!(copies, [blotted("lapsed"), blotted("lapsed"), blotted("sent")]);
}
