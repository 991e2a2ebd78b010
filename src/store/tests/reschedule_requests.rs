//! A reschedule request that a client asks for, beside the appointment that stands.

use super::*;
use crate::domain::{
    appointment::reschedule_request::{Asked, Outcome, RescheduleRequest},
    example::office_slug,
    ids::RescheduleRequestId,
};

/// A reschedule request of an appointment to an hour from a minute on, held until another.
fn reschedule_request(of: &Appointment, start: i64, held_until: i64) -> RescheduleRequest {
    RescheduleRequest {
        id: RescheduleRequestId(0),
        appointment: of.id,
        office: office_slug("south"),
        span: Interval::new(minute(start), minute(start + 60)),
        requested_at: minute(-600),
        held_until: minute(held_until),
    }
}

#[tokio::test]
async fn an_appointment_has_one_change_that_waits_and_it_is_answered_once() {
    let store = open().await;
    let appointment = confirmed(&store, 0).await;
    let mut tx = store.write().await.expect("the write lock");
    assert_eq!(tx.reschedule_request_of(appointment.id).await.expect("none"), None);
    assert!(!tx.end_reschedule_request(appointment.id, Outcome::Declined, minute(0)).await.expect("none"));

    let first =
        tx.insert_reschedule_request(reschedule_request(&appointment, 600, -60)).await.expect("a free time");
    assert_eq!(tx.reschedule_request_of(appointment.id).await.expect("a change"), Some(first.clone()));
    assert!(
        tx.insert_reschedule_request(reschedule_request(&appointment, 900, -60)).await.is_err(),
        "one at a time"
    );
    for outcome in
        [Outcome::Replaced, Outcome::Declined, Outcome::Expired, Outcome::Canceled, Outcome::Confirmed]
    {
        assert!(tx.end_reschedule_request(appointment.id, outcome, minute(0)).await.expect("ended"));
        assert!(!tx.end_reschedule_request(appointment.id, outcome, minute(0)).await.expect("ended before"));
        assert_eq!(tx.reschedule_request_of(appointment.id).await.expect("none"), None);
        let next = tx
            .insert_reschedule_request(reschedule_request(&appointment, 900, -60))
            .await
            .expect("a free time");
        assert!(next.id > first.id);
    }
}

#[tokio::test]
async fn changes_come_the_most_urgent_first_and_overdue_from_the_second_they_are() {
    let store = open().await;
    let (one, two) = (confirmed(&store, 0).await, confirmed(&store, 300).await);
    let mut tx = store.write().await.expect("the write lock");
    let later = tx.insert_reschedule_request(reschedule_request(&one, 600, -60)).await.expect("a free time");
    let sooner = tx.insert_reschedule_request(reschedule_request(&two, 900, -90)).await.expect("a free time");
    let ids = |list: Vec<RescheduleRequest>| {
        list.into_iter().map(|reschedule_request| reschedule_request.id).collect::<Vec<_>>()
    };
    assert_eq!(ids(tx.reschedule_requests().await.expect("reschedule_requests")), [sooner.id, later.id]);
    let second = TimeDelta::seconds(1);
    assert_eq!(tx.waiting_reschedule_requests().await.expect("reschedule_requests"), [two.id, one.id]);
    assert_eq!(tx.overdue_reschedule_requests(minute(-90) - second).await.expect("reschedule_requests"), []);
    assert_eq!(tx.overdue_reschedule_requests(minute(-90)).await.expect("reschedule_requests"), [two.id]);

    tx.hold_reschedule_request(sooner.id, minute(-30)).await.expect("more time");
    assert_eq!(ids(tx.reschedule_requests().await.expect("reschedule_requests")), [later.id, sooner.id]);
    tx.end_reschedule_request(one.id, Outcome::Declined, minute(-90)).await.expect("answered");
    assert_eq!(ids(tx.reschedule_requests().await.expect("reschedule_requests")), [sooner.id]);
    assert_eq!(tx.overdue_reschedule_requests(minute(0)).await.expect("reschedule_requests"), [two.id]);
}

#[tokio::test]
async fn those_that_were_asked_for_at_once_are_told_by_it_as_long_as_they_stand_alike() {
    let store = open().await;
    let visits = [confirmed(&store, 300).await, confirmed(&store, 0).await, confirmed(&store, 900).await];
    let mut tx = store.write().await.expect("the write lock");
    let mut asked = Vec::new();
    for (nth, visit) in (0..).zip(&visits) {
        let to = reschedule_request(visit, 3000 + nth * 300, -60);
        asked.push(tx.insert_reschedule_request(to).await.expect("a free time").id);
    }
    let ids = |all: Vec<Asked>| all.into_iter().map(|(a, to)| (a.id, to.id)).collect::<Vec<_>>();
    let pairs: Vec<_> = visits.iter().map(|a| a.id).zip(asked.iter().copied()).collect();
    assert_eq!(ids(tx.asked_with_reschedule(asked[0]).await.expect("one")), [pairs[0]], "each is its own");
    assert_eq!(ids(tx.still_asked_with(asked[0]).await.expect("none")), []);

    tx.have_one_answer(&asked).await.expect("noted");
    let all = [pairs[1], pairs[0], pairs[2]];
    assert_eq!(ids(tx.asked_with_reschedule(asked[2]).await.expect("all")), all, "in order of time");
    tx.end_reschedule_request(visits[0].id, Outcome::Replaced, minute(-90)).await.expect("ended");
    assert_eq!(ids(tx.asked_with_reschedule(asked[2]).await.expect("the rest")), [pairs[1], pairs[2]]);
    assert_eq!(ids(tx.still_asked_with(asked[0]).await.expect("the rest")), [pairs[1], pairs[2]]);
    for a in &visits[1..] {
        tx.end_reschedule_request(a.id, Outcome::Declined, minute(-80)).await.expect("ended");
    }
    assert_eq!(ids(tx.asked_with_reschedule(asked[1]).await.expect("both")), [pairs[1], pairs[2]]);
    assert_eq!(ids(tx.asked_with_reschedule(asked[0]).await.expect("one")), [pairs[0]]);
    assert_eq!(ids(tx.still_asked_with(asked[1]).await.expect("none")), []);
}

#[tokio::test]
async fn a_change_is_busy_time_with_its_appointments_buffer_and_uses_its_office() {
    let store = open().await;
    let appointment = confirmed(&store, 0).await;
    let mut tx = store.write().await.expect("the write lock");
    tx.insert_reschedule_request(reschedule_request(&appointment, 600, -60)).await.expect("a free time");
    let span = Interval::new(minute(0), minute(60));
    let busy = tx.busy(span, minute(0)).await.expect("busy time");
    let all = busy.all().iter().map(|o| (o.holder.appointment(), o.office.as_str(), o.span.start, o.buffer));
    let buffer = appointment.buffer;
    assert_eq!(
        all.collect::<Vec<_>>(),
        [
            (Some(appointment.id), "north", minute(0), buffer),
            (Some(appointment.id), "south", minute(600), buffer)
        ]
    );
    assert_eq!(busy.without(appointment.id).all(), []);
    let offices = |slugs: Vec<(OfficeSlug, ServiceSlug)>| {
        slugs.into_iter().map(|(office, _)| office.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(offices(tx.slugs_in_use(minute(0)).await.expect("slugs")), ["north", "south"]);
    assert_eq!(offices(tx.slugs_in_use(minute(60)).await.expect("slugs")), ["south"]);

    tx.end_reschedule_request(appointment.id, Outcome::Declined, minute(0)).await.expect("answered");
    assert_eq!(tx.busy(span, minute(0)).await.expect("busy time").all().len(), 1);
    assert_eq!(offices(tx.slugs_in_use(minute(0)).await.expect("slugs")), ["north"]);
}
