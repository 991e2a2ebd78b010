//! The nudge: when half of a hold has run, the therapist is told what still waits.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, PETER, SATURDAY, THERAPIST, WALT, WEDNESDAY},
    practice::practice,
};

const SECOND: TimeDelta = TimeDelta::seconds(1);

#[tokio::test]
async fn at_half_time_the_therapist_is_told_once_what_waits_and_how_long() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &SATURDAY).await; // Held for 24 hours.
    practice.passes(TimeDelta::hours(12) - SECOND).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.passes(SECOND).await;
    practice.passes(TimeDelta::minutes(1)).await;
    let email = practice.email_to(THERAPIST).await;
    assert_eq!(email.subject, "Requested: June Okafor, Saturday, November 28, 10:00 am, Redding (12 h left)");
    email.says("12 h left: the time is held until Tuesday, November 24, 8:00 am.");
    email.says("After that the request expires, and its time is free again.");
    let answer = therapist.open(email.page()).await.form("/confirmation");
    therapist.press_on(&answer).await.says("Confirmed: June Okafor");
    practice.email_to(JUNE.email).await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_has_been_answered_waits_for_nothing() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &SATURDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    therapist.answers(&PETER, "decline", "").await.expect(303);
    practice.emails().await;
    practice.passes(TimeDelta::hours(20)).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_change_that_waits_says_which_and_that_the_old_time_stays() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &SATURDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.asks_to_move(&page, &WEDNESDAY.at("2026-11-30T17:00:00Z")).await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(12)).await;
    practice.passes(TimeDelta::hours(1)).await;
    let email = practice.email_to(THERAPIST).await;
    let asked =
        "Confirmed: June Okafor wants to reschedule Saturday, November 28, 10:00 am, Redding (12 h left)";
    assert_eq!(email.subject, asked);
    email.says("about rescheduling to Monday, November 30, 9:00 am, Mt. Shasta.");
    email.says("After that the request to reschedule expires, and the appointment stays as it is.");
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_corrected_address_is_no_second_nudge() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &SATURDAY).await;
    practice.passes(TimeDelta::hours(12)).await;
    practice.email_to(THERAPIST).await;
    let client = practice.visitor();
    let correction = client.open(&page).await.form("/address").with("email", "june@example.org");
    client.press_on(&correction).await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(1)).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn while_the_whole_practice_is_off_no_half_of_a_hold_runs() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &SATURDAY).await;
    let off = [("from", "2026-11-23"), ("from_time", "10 am"), ("to", "2026-11-24"), ("to_time", "10 am")];
    practice.therapist().await.takes_off(&off).await.expect(303); // In two hours, for a day.
    practice.passes(TimeDelta::hours(36) - SECOND).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.passes(SECOND).await;
    practice
        .email_to(THERAPIST)
        .await
        .says("12 h left: the time is held until Wednesday, November 25, 8:00 am.");
    practice.close().await;
}

/// The mail server was down, or the answer came in the same moment.
#[tokio::test]
async fn a_nudge_that_has_not_gone_out_when_the_answer_comes_never_does() {
    for answer in ["confirmation", "decline"] {
        let practice = practice().open().await;
        let therapist = practice.therapist().await;
        practice.has_asked(&JUNE, &SATURDAY).await;
        practice.passes(TimeDelta::hours(12)).await;
        therapist.answers(&JUNE, answer, "").await.expect(303);
        practice.email_to(JUNE.email).await;
        practice.mailbox.is_empty();
        practice.close().await;
    }
}

#[tokio::test]
async fn nor_does_one_about_what_its_client_has_taken_back() {
    let practice = practice().open().await;
    let page = practice.has_asked(&WALT, &SATURDAY).await;
    practice.passes(TimeDelta::hours(12)).await;
    let client = practice.visitor();
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&form).await;
    practice.email_to(THERAPIST).await.says("Walt Brennan canceled");
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_nudge_that_has_not_gone_out_is_not_lost_when_the_address_is_corrected() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &SATURDAY).await;
    practice.passes(TimeDelta::hours(12)).await;
    let client = practice.visitor();
    let correction = client.open(&page).await.form("/address").with("email", "june@example.org");
    client.press_on(&correction).await;
    practice.email_to(THERAPIST).await.says("12 h left");
    practice.close().await;
}

#[tokio::test]
async fn a_nudge_that_has_not_gone_out_when_its_request_is_moved_never_does() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &SATURDAY).await;
    practice.passes(TimeDelta::hours(12)).await;
    practice.asks_to_move(&page, &WEDNESDAY).await;
    let email = practice.email_to(THERAPIST).await;
    assert!(!email.subject.contains("left"), "{}", email.subject);
    practice.close().await;
}
