//! "Decline…" leads to a page of its own: what is said, and whether other times are offered.

use crate::support::{
    people::{JUNE, PETER, TUESDAY, WALT, WEDNESDAY},
    practice::practice,
};

#[tokio::test]
async fn a_no_is_a_page_away_from_the_yes() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await;
    assert!(today.forms("/decline").is_empty(), "on Today it is no button");
    let page = therapist.page_of(&JUNE).await;
    assert!(page.forms("/decline").is_empty(), "nor on the visit's page");
    let declining = therapist.open(&today.link("Decline…")).await;
    let declining = declining.says("Decline June Okafor").says("Not declined yet.").says("Offer other times");
    let form = declining.says("Decline and email June Okafor").form("/decline");
    assert!(form.is_ticked("offer_times"));
    therapist.press_on(&form).await.says("Declined: June Okafor");
    let email = practice.email_to(JUNE.email).await;
    email.says("See new times:");
    email.says("Or reply with days that work.");
    practice.close().await;
}

#[tokio::test]
async fn an_email_proposes_no_other_times_where_the_therapist_does_not() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let form = therapist.declining(&JUNE).await.unticked("offer_times");
    therapist.press_on(&form.with("sentence", "I'm afraid this isn't for my hands.")).await;
    let email = practice.email_to(JUNE.email).await;
    email.says("I'm afraid this isn't for my hands.");
    for part in [&email.text, &email.html] {
        assert!(!part.contains("new times") && !part.contains("days that work"), "{part}");
        assert!(!part.contains("/appointments/new"), "{part}");
    }
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_no_email_is_to_be_called() {
    let practice = practice().open().await;
    practice.has_asked(&WALT, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let page = therapist.page_of(&WALT).await;
    let page = therapist.open(&page.link("Decline")).await.says("It becomes a call to make.");
    let form = page.never_says("and email").never_says("Offer other times").form("/decline");
    therapist.press_on(&form).await.says("Declined: Walt Brennan");
    practice.close().await;
}

#[tokio::test]
async fn another_time_is_declined_with_what_stands_in_sight() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.asks_to_move(&page, &WEDNESDAY).await;
    practice.emails().await;
    let declining = therapist.open(&therapist.page_of(&JUNE).await.link("Decline the new time")).await;
    let declining = declining.says("Tuesday, November 24, 9:00 am, Redding still stands.");
    let form = declining.says("Wednesday, November 25, 9:00 am").form("/decline");
    therapist.press_on(&form).await.says("Confirmed: June Okafor");
    practice.email_to(JUNE.email).await.says("It stays as it was.");
    practice.close().await;
}

#[tokio::test]
async fn the_page_comes_back_with_what_was_typed_or_says_that_there_is_nothing_to_decline() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let form = therapist.declining(&JUNE).await.unticked("offer_times");
    let again = therapist.press(&form.clone().with("sentence", &"so ".repeat(400))).await.expect(422);
    let again = again.says("Please shorten the note to 1,000 characters.").form("/decline");
    assert!(again.value("sentence").starts_with("so so") && !again.is_ticked("offer_times"));

    let moved = TUESDAY.at("2026-11-24T19:00:00Z");
    practice.asks_to_move(&page, &moved).await;
    let form = form.with("sentence", "I am away at nine.");
    let again = therapist.press(&form).await.expect(409).says("has changed since you opened the page");
    let again = again.says("Not declined yet.").form("/decline");
    assert!(again.value("sentence") == "I am away at nine." && !again.is_ticked("offer_times"));
    therapist.press_on(&again).await.says("Declined: June Okafor");
    practice.emails().await;

    therapist.press(&again).await.expect(409).says("This appointment is already declined.");
    therapist.get(&again.action).await.expect(409).says("This appointment is already declined.");
    therapist.get("/admin/appointments/77/decline").await.expect(404);
    practice.visitor().get(&again.action).await.expect(303);
    practice.close().await;
}
