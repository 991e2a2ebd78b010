//! Holds end: the time goes back, the client is told once, and a late yes
//! still works while the time is free.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, PETER, THERAPIST, TUESDAY, WALT, WEDNESDAY, path_of},
    practice::practice,
};

#[tokio::test]
async fn an_unanswered_request_expires_and_the_client_is_told_once() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.passes(TimeDelta::hours(24) - TimeDelta::seconds(1)).await;
    practice.visitor().open(&page).await.says("I'm holding this time for you.");
    practice.passes(TimeDelta::seconds(1)).await;
    practice.passes(TimeDelta::minutes(1)).await;
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Expired: Wednesday, November 25, 9:00 am, Mt. Shasta");
    practice.mailbox.is_empty();
    let own = practice.visitor().open(&page).await.says("I didn't answer in time.");
    assert!(own.title().starts_with("Expired: "));
    practice.visitor().open(&WEDNESDAY.form()).await; // The time is offered again.
    practice.close().await;
}

#[tokio::test]
async fn a_hold_ends_two_hours_before_the_start_at_the_latest() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.visitor().open(&page).await.says("my answer by Tuesday, November 24, 7:00 am");
    practice.passes(TimeDelta::hours(23) - TimeDelta::seconds(1)).await;
    practice.visitor().open(&page).await.says("Requested");
    practice.passes(TimeDelta::seconds(1)).await;
    practice.visitor().open(&page).await.says("Expired");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn what_ran_out_months_ago_expires_and_nobody_is_told() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.has_asked(&WALT, &TUESDAY).await;
    let therapist = practice.therapist().await;
    practice.has_asked(&PETER, &TUESDAY.at("2026-11-24T22:00:00Z")).await;
    therapist.confirms(&PETER).await;
    let peter = practice.email_to(PETER.email).await.page().to_owned();
    practice.asks_to_move(path_of(&peter), &WEDNESDAY.at("2026-11-25T22:00:00Z")).await;
    practice.emails().await;
    // The machine was off.
    practice.passes(TimeDelta::days(100)).await;
    assert!(practice.emails().await.iter().all(|email| email.to == THERAPIST), "no client is told");
    assert!(practice.calls().await.is_empty(), "nor called");
    // Their session has run out meanwhile.
    let therapist = practice.therapist().await;
    therapist.open("/admin/history").await.says("got no answer in time");
    practice.close().await;
}

#[tokio::test]
async fn who_can_still_come_is_told_however_late() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY.at("2026-12-09T17:00:00Z")).await;
    practice.passes(TimeDelta::days(10)).await;
    assert!(practice.email_to(JUNE.email).await.subject.starts_with("Expired: "));
    practice.close().await;
}

#[tokio::test]
async fn the_next_request_ends_a_hold_that_has_run_out() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let form = practice.filled(&PETER, &WEDNESDAY.at("2026-11-25T21:00:00Z")).await;
    practice.clock.advance(TimeDelta::hours(25)); // No tick has come.
    practice.visitor().press(&form.with("start", WEDNESDAY.start)).await.expect(303);
    assert!(practice.email_to(JUNE.email).await.subject.starts_with("Expired: "));
    assert!(practice.mailbox.one_to(PETER.email).subject.starts_with("Requested: "));
    practice.close().await;
}

#[tokio::test]
async fn a_late_yes_confirms_while_the_time_is_free() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    practice.passes(TimeDelta::hours(25)).await;
    practice.email_to(JUNE.email).await;
    therapist.open("/admin").await.says("You can still confirm these while the time is free.");
    therapist.confirms(&JUNE).await.says("Confirmed: June Okafor");
    assert!(practice.email_to(JUNE.email).await.subject.starts_with("Confirmed: "));
    practice.close().await;
}

#[tokio::test]
async fn a_late_yes_before_the_next_tick_never_lets_the_request_expire() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    practice.clock.advance(TimeDelta::hours(25));
    therapist.confirms(&JUNE).await;
    practice.passes(TimeDelta::minutes(1)).await;
    assert!(practice.email_to(JUNE.email).await.subject.starts_with("Confirmed: "));
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_late_yes_to_a_time_that_is_taken_names_what_is_in_the_way() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let late = therapist.page_of(&JUNE).await.form("/confirmation").with("sentence", "See you!");
    practice.passes(TimeDelta::hours(25)).await;
    practice.has_asked(&PETER, &WEDNESDAY.at("2026-11-25T17:30:00Z")).await;
    let refused = therapist.press(&late).await.expect(409).says("Nothing was changed.");
    assert_eq!(refused.form("/confirmation").value("sentence"), "See you!");
    therapist.open(&refused.link("Peter Lindqvist, 9:30 am")).await.says("Requested: Peter Lindqvist");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_late_yes_to_a_time_on_the_road_names_what_is_in_the_way() {
    let practice = practice().open().await;
    let saturday = WEDNESDAY.at("2026-11-28T18:00:00Z");
    practice.has_asked(&JUNE, &saturday).await;
    let therapist = practice.therapist().await;
    practice.passes(TimeDelta::hours(25)).await;
    practice.has_asked(&PETER, &TUESDAY.at("2026-11-28T20:00:00Z")).await;
    let refused = therapist.answers(&JUNE, "confirmation", "").await.expect(409).says("The drive to Redding");
    therapist.open(&refused.link("Peter Lindqvist, 12:00 pm")).await.says("Requested: Peter Lindqvist");
    practice.close().await;
}

#[tokio::test]
async fn an_expired_request_without_an_email_address_is_a_call_to_make() {
    let practice = practice().open().await;
    practice.has_asked(&WALT, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    practice.passes(TimeDelta::hours(25)).await;
    let today = therapist.open("/admin").await;
    today.says("doesn't know yet that this request has expired").link("Call (530) 555-0117");
    practice.close().await;
}
