//! The calls to make: which of them gives way to which.

use super::*;
use crate::domain::appointment::call::{Matter, Topic};

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
async fn a_call_gives_way_to_a_newer_one_but_for_a_reminder_which_waits() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time").id;
    let mut tx = store.write().await.expect("the write lock");
    let about = |calls: Vec<Call>| calls.into_iter().map(|call| call.about).collect::<Vec<_>>();
    assert!(!tx.has_standing_call_since(appointment, minute(-100)).await.expect("none"));
    tx.insert_call(appointment, Topic::Changed, minute(-50)).await.expect("a call");
    tx.insert_call_unless_open(appointment, Topic::Reminder, minute(-40)).await.expect("no call");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [Topic::Changed]);
    assert!(tx.has_standing_call_since(appointment, minute(0)).await.expect("one waits, however old"));

    let id = tx.calls(minute(0)).await.expect("calls")[0].id;
    assert!(tx.call_done(id, minute(-30)).await.expect("done"));
    assert!(tx.has_standing_call_since(appointment, minute(-30)).await.expect("one was made then"));
    assert!(!tx.has_standing_call_since(appointment, minute(-29)).await.expect("none since"));
    tx.insert_call_unless_open(appointment, Topic::Reminder, minute(-20)).await.expect("a call");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [Topic::Reminder]);
    let forgotten = tx.calls(minute(0)).await.expect("calls")[0].id;
    tx.forget_call(appointment, Matter::Standing).await.expect("forgotten");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), []);
    tx.insert_call(appointment, Topic::Canceled, minute(0)).await.expect("a call");
    assert!(!tx.call_done(forgotten, minute(0)).await.expect("no number is given twice"));

    for topic in Topic::ALL {
        tx.insert_call(appointment, topic, minute(0)).await.expect("a word that the file knows");
        assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [topic]);
        tx.forget_call(appointment, topic.matter()).await.expect("forgotten");
    }
}

#[tokio::test]
async fn the_call_about_an_address_and_the_one_about_the_rest_leave_each_other() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time").id;
    let mut tx = store.write().await.expect("the write lock");
    let about = |calls: Vec<Call>| calls.into_iter().map(|call| call.about).collect::<Vec<_>>();
    for topic in [Topic::Confirmed, Topic::NewAddress, Topic::NewAddress, Topic::Changed] {
        tx.insert_call(appointment, topic, minute(0)).await.expect("a call");
    }
    tx.insert_call_unless_open(appointment, Topic::EmailFailed, minute(0)).await.expect("no call");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [Topic::NewAddress, Topic::Changed]);
    tx.forget_call(appointment, Matter::Standing).await.expect("forgotten");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [Topic::NewAddress]);
    assert!(
        !tx.has_standing_call_since(appointment, minute(-100)).await.expect("the address is another matter")
    );
    tx.insert_call_unless_open(appointment, Topic::EmailFailed, minute(0)).await.expect("a call");
    tx.forget_call(appointment, Matter::Address).await.expect("forgotten");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [Topic::EmailFailed]);
}
