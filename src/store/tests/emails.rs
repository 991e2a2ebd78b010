//! Emails, from the moment that one is written to what becomes of it.

use super::*;
use crate::mail::{
    email::{CalendarPart, Email},
    trouble::{Cause, Code, Step, Trouble},
};

pub(super) fn email(key: &str) -> Email {
    Email {
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
        before: None,
    }
}

fn code(basic: u16) -> Code {
    Code { basic, enhanced: None, speaks_of_relaying: false }
}

fn put_off() -> Trouble {
    Trouble::new(Step::Recipient, Cause::PutOff(code(451)))
}

fn refused() -> Trouble {
    Trouble::new(Step::Recipient, Cause::Refused(code(550)))
}

#[tokio::test]
async fn an_event_writes_one_email_and_it_comes_back_as_it_was_written() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&email("a"), minute(0)).await.expect("an email");
    tx.enqueue(&email("a"), minute(0)).await.expect("the same event");
    let due = due_email(&mut tx, &[], minute(0)).await.expect("is due");
    assert_eq!(due.email, email("a"));
    tx.email_was_sent(&due, Some("250 Ok"), minute(0)).await.expect("noted");
    assert!(due_email(&mut tx, &[], minute(0)).await.is_none());
    assert_eq!(tx.next_email_at().await.expect("no time"), None);
}

#[tokio::test]
async fn the_number_of_an_email_that_is_gone_is_not_given_again() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&email("a"), minute(0)).await.expect("an email");
    let gone = due_email(&mut tx, &[], minute(0)).await.expect("is due");
    sqlx::query("DELETE FROM emails").execute(&mut *tx.0.0).await.expect("erased while it is under way");
    tx.enqueue(&Email { message_id: "<2@example.com>".to_owned(), ..email("b") }, minute(0))
        .await
        .expect("another");
    tx.email_was_sent(&gone, Some("250 Ok"), minute(0)).await.expect("nothing to note");
    assert!(due_email(&mut tx, &[], minute(0)).await.is_some(), "the other is still to be sent");
}

#[tokio::test]
async fn an_email_that_failed_waits_and_one_that_is_given_up_stays_to_be_seen() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&email("a"), minute(0)).await.expect("an email");
    let due = due_email(&mut tx, &[], minute(0)).await.expect("is due");
    is_tried(&mut tx, due.id, minute(0), minute(5)).await;
    assert!(tx.emails_in_trouble(minute(-5)).await.expect("no trouble yet").is_empty());
    tx.email_failed(&due, &put_off(), minute(5)).await.expect("noted");
    assert!(due_email(&mut tx, &[], minute(4)).await.is_none());
    assert_eq!(due_email(&mut tx, &[], minute(5)).await.map(|email| email.attempts), Some(1));
    let trouble = tx.emails_in_trouble(minute(-5)).await.expect("trouble");
    assert_eq!((trouble[0].next_attempt_at, trouble[0].concerns_us), (Some(minute(5)), false));

    assert!(tx.email_was_given_up(&due, &refused(), minute(5)).await.expect("noted"));
    assert_eq!(tx.next_email_at().await.expect("no time"), None);
    let trouble = tx.emails_in_trouble(minute(-5)).await.expect("trouble");
    assert_eq!(trouble[0].trouble, Some(refused().to_string()));
    assert_eq!(trouble[0].next_attempt_at, None);
    assert!(tx.email_is_settled(due.id, minute(6)).await.expect("noted"));
    assert!(!tx.email_is_settled(due.id, minute(6)).await.expect("settled before"));
    assert!(tx.emails_in_trouble(minute(9)).await.expect("settled").is_empty());
}

#[tokio::test]
async fn an_email_that_has_waited_is_in_trouble_before_it_has_failed() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&email("a"), minute(0)).await.expect("an email");
    assert!(tx.emails_in_trouble(minute(-1)).await.expect("none").is_empty());
    let trouble = tx.emails_in_trouble(minute(0)).await.expect("trouble");
    assert_eq!((trouble.len(), trouble[0].trouble.as_deref(), trouble[0].tried_at), (1, None, None));
}

#[tokio::test]
async fn under_a_clock_that_was_moved_back_nothing_waits_for_the_old_time() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&email("a"), minute(600)).await.expect("an email");
    let due = due_email(&mut tx, &[], minute(0)).await.expect("written later than now, and due");
    is_tried(&mut tx, due.id, minute(600), minute(601)).await;
    assert!(due_email(&mut tx, &[], minute(0)).await.is_some(), "tried later than now");
    assert!(due_email(&mut tx, &[(due.id, None)], minute(0)).await.is_none(), "it is under way");
}

#[tokio::test]
async fn an_email_that_was_taken_back_under_way_is_not_given_up() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time");
    let mut tx = store.write().await.expect("the write lock");
    let about = Email { appointment: Some(appointment.id), ..email("a") };
    tx.enqueue(&about, minute(0)).await.expect("an email");
    let due = due_email(&mut tx, &[], minute(0)).await.expect("is due");
    tx.take_back_emails(appointment.id, minute(1)).await.expect("taken back");
    assert!(!tx.email_was_given_up(&due, &refused(), minute(2)).await.expect("nobody misses it"));
    assert!(tx.emails_in_trouble(minute(0)).await.expect("no trouble").is_empty());
}

#[tokio::test]
async fn no_email_overtakes_an_older_one_about_the_same_appointment() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time");
    let about = |key: &str, side| Email { appointment: Some(appointment.id), side, ..email(key) };
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&about("first", Side::Client), minute(0)).await.expect("an email");
    let first = due_email(&mut tx, &[], minute(0)).await.expect("is due");
    is_tried(&mut tx, first.id, minute(0), minute(5)).await;
    tx.enqueue(&about("therapist", Side::Therapist), minute(1)).await.expect("an email");
    let due = due_email(&mut tx, &[], minute(1)).await.map(|due| due.email.key);
    assert_eq!(due.as_deref(), Some("therapist"), "another side does not wait");

    tx.enqueue(&about("second", Side::Client), minute(2)).await.expect("an email");
    let due = due_email(&mut tx, &[], minute(2)).await.map(|due| due.email.key);
    assert_eq!(due.as_deref(), Some("therapist"), "nobody's email makes another be tried sooner");
    let due = due_email(&mut tx, &[], minute(5)).await.map(|due| due.email.key);
    assert_eq!(due.as_deref(), Some("first"), "the order is kept");
}

#[tokio::test]
async fn the_copy_of_a_sent_email_opens_nothing() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&email("a"), minute(0)).await.expect("an email");
    let sent = due_email(&mut tx, &[], minute(0)).await.expect("is due");
    tx.email_was_sent(&sent, Some("250 Ok"), minute(1)).await.expect("noted");
    let (copy, outcome) = tx.stored_email(sent.id).await.expect("a row").expect("an email");
    assert_eq!((copy.email.text.as_str(), outcome), ("See /appointments/…", Outcome::Sent));
}

#[tokio::test]
async fn the_copy_of_an_email_that_never_went_out_opens_nothing_either() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time");
    let about = |key: &str| Email { appointment: Some(appointment.id), ..email(key) };
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&about("reminder/1"), minute(0)).await.expect("an email");
    let late = due_email(&mut tx, &[], minute(0)).await.expect("is due");
    tx.email_lapsed(&late, minute(0)).await.expect("noted");
    tx.enqueue(&about("reminder/2"), minute(0)).await.expect("an email");
    tx.enqueue(&about("reminders/3"), minute(0)).await.expect("an email");
    tx.enqueue(&about("changed/4"), minute(0)).await.expect("an email");
    let taken_back =
        tx.take_back_kinds(appointment.id, &["changed", "reminder"], minute(0)).await.expect("taken back");
    let keys: Vec<_> = taken_back.iter().map(|taken_back| taken_back.email.key.as_str()).collect();
    assert_eq!(keys, ["reminder/2", "changed/4"], "the oldest first, and only what waits");
    let left = due_email(&mut tx, &[], minute(0)).await.expect("is due");
    assert_eq!(left.email.key, "reminders/3", "another kind");
    tx.email_was_sent(&left, Some("250 Ok"), minute(0)).await.expect("noted");
    for (id, became) in [late.id, taken_back[0].id, left.id, taken_back[1].id].into_iter().zip([
        Outcome::Lapsed,
        Outcome::Lapsed,
        Outcome::Sent,
        Outcome::Lapsed,
    ]) {
        let (copy, outcome) = tx.stored_email(id).await.expect("a row").expect("an email");
        assert_eq!((copy.email.text.as_str(), outcome), ("See /appointments/…", became));
    }
}
