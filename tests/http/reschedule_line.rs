//! The first line of a visit's page, on either side, tells how things stand
//! while another time is asked for and afterwards.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, Opening, TUESDAY, Therapist, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// Tuesday, December 1, 9:00 am, in Redding.
const STANDS: Opening = Opening { start: "2026-12-01T17:00:00Z", ..TUESDAY };
/// Wednesday, December 2, 9:00 am, in Mt. Shasta.
const OTHER: Opening = Opening { start: "2026-12-02T17:00:00Z", ..WEDNESDAY };

/// June is confirmed, and has asked for another time.
async fn has_asked_to_move(practice: &TestPractice) -> (Therapist, String) {
    let own = practice.asks(&JUNE, &STANDS).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.asks_to_move(&own, &OTHER).await;
    practice.emails().await;
    (therapist, own)
}

/// The first line under the heading, on the client's page and on the therapist's.
async fn says(practice: &TestPractice, therapist: &Therapist, own: &str, client: &str, desk: &str) {
    let lead = practice.visitor().open(own).await.texts("h1 + .lead").concat();
    assert_eq!(lead, client);
    let lead = therapist.page_of(&JUNE).await.texts("h1 + .lead").concat();
    assert_eq!(lead, desk);
}

#[tokio::test]
async fn while_it_waits_the_old_time_stands() {
    let practice = practice().open().await;
    let (therapist, own) = has_asked_to_move(&practice).await;
    says(
        &practice,
        &therapist,
        &own,
        "You asked to move to Wednesday, December 2, 9:00 am, Mt. Shasta. Until I answer, Tuesday, December 1 still stands.",
        "June Okafor wants to reschedule to Wednesday, December 2, 9:00 am, Mt. Shasta. Until you answer, Tuesday, December 1 still stands.",
    )
    .await;
    practice.close().await;
}

#[tokio::test]
async fn once_it_has_run_out_the_old_time_stands_even_before_anybody_has_noted_it() {
    let practice = practice().open().await;
    let (therapist, own) = has_asked_to_move(&practice).await;
    practice.clock.advance(TimeDelta::hours(24));
    for _ in 0..2 {
        says(
            &practice,
            &therapist,
            &own,
            "You asked to move to Wednesday, December 2, 9:00 am, Mt. Shasta. I'm sorry, I didn't answer in time, so Tuesday, December 1 still stands.",
            "June Okafor wanted to reschedule to Wednesday, December 2, 9:00 am, Mt. Shasta, and didn't get an answer in time. Tuesday, December 1 still stands.",
        )
        .await;
        practice.passes(TimeDelta::seconds(10)).await;
    }
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_ends_it_the_other_side_reads_how_it_stands() {
    let practice = practice().open().await;
    let (therapist, own) = has_asked_to_move(&practice).await;
    therapist.answers(&JUNE, "decline", "").await.expect(303);
    says(
        &practice,
        &therapist,
        &own,
        "I'm sorry, I can't move you to Wednesday, December 2, 9:00 am, Mt. Shasta. Tuesday, December 1 still stands.",
        "You declined Wednesday, December 2, 9:00 am, Mt. Shasta. Tuesday, December 1 still stands.",
    )
    .await;
    // She asks again, and takes it back.
    practice.asks_to_move(&own, &OTHER).await;
    let client = practice.visitor();
    client.press_on(&client.open(&own).await.form("/reschedule/end")).await;
    says(
        &practice,
        &therapist,
        &own,
        "You're not moving to Wednesday, December 2, 9:00 am, Mt. Shasta after all. Tuesday, December 1 still stands.",
        "June Okafor no longer wants to reschedule to Wednesday, December 2, 9:00 am, Mt. Shasta. Tuesday, December 1 still stands.",
    )
    .await;
    // Once more, with a yes.
    practice.asks_to_move(&own, &OTHER).await;
    therapist.confirms(&JUNE).await;
    says(
        &practice,
        &therapist,
        &own,
        "You're confirmed for Wednesday, December 2, 9:00 am, Mt. Shasta, as you asked.",
        "Rescheduled to Wednesday, December 2, 9:00 am, Mt. Shasta, as June Okafor asked.",
    )
    .await;
    // What was agreed later is not about that request any more.
    practice.clock.advance(TimeDelta::minutes(1));
    therapist.moves(&JUNE, &STANDS).await;
    says(&practice, &therapist, &own, "I look forward to seeing you.", "").await;
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn the_therapist_who_moves_it_elsewhere_ends_the_wish() {
    let practice = practice().open().await;
    let (therapist, own) = has_asked_to_move(&practice).await;
    therapist.moves(&JUNE, &STANDS.at("2026-12-03T17:00:00Z")).await;
    says(
        &practice,
        &therapist,
        &own,
        "Your appointment is now Thursday, December 3, 9:00 am, Redding.",
        "The visit is now Thursday, December 3, 9:00 am, Redding.",
    )
    .await;
    practice.emails().await;
    practice.close().await;
}
