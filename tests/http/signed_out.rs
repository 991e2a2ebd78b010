//! A sign-in that runs out while the therapist types: nothing typed is lost.

use chrono::TimeDelta;

use crate::support::{
    page::{Form, Page},
    people::{JUNE, PASSWORD, THERAPIST, TUESDAY},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

const SENTENCE: &str = "I look forward to it.\r\nBring <your> \"shoes\" & a friend.";

/// The therapist types a sentence to June, and the sign-in runs out meanwhile.
async fn typed(practice: &TestPractice) -> (crate::support::people::Therapist, Form) {
    let opening = TUESDAY.at("2026-12-29T17:00:00Z");
    practice.has_asked(&JUNE, &opening).await;
    let therapist = practice.therapist().await;
    let form = therapist.open("/admin/appointments/1").await.form("/confirmation").with("sentence", SENTENCE);
    practice.clock.advance(TimeDelta::days(30));
    (therapist, form)
}

async fn signs_in(visitor: &Visitor, door: &Page) -> Page {
    let form = visitor.follow(door).await.form("/admin/session");
    visitor.press(&form.with("email", THERAPIST).with("password", PASSWORD)).await
}

#[tokio::test]
async fn the_form_comes_back_filled_and_can_be_sent() {
    let practice = practice().with("hold_hours", "8000").open().await;
    let (therapist, form) = typed(&practice).await;
    let door = therapist.press(&form).await;
    therapist.follow(&door).await.says("Your sign-in ran out while you were typing.");
    assert_eq!(practice.emails().await.len(), 0, "nothing has happened");
    let back = signs_in(&therapist, &door).await;
    let back = therapist.follow(&back).await.says("Not sent yet").form("/admin/appointments/1/confirmation");
    assert_eq!(
        back.value("sentence").replace('\n', "\r\n"),
        SENTENCE.replace("\r\n", "\n").replace('\n', "\r\n")
    );
    assert_eq!(back.value("revision"), form.value("revision"));
    therapist.press_on(&back).await;
    practice.email_to(JUNE.email).await.says("I look forward to it.");
    practice.close().await;
}

#[tokio::test]
async fn a_wrong_password_on_the_way_loses_nothing() {
    let practice = practice().with("hold_hours", "8000").open().await;
    let (therapist, form) = typed(&practice).await;
    let door = therapist.press(&form).await;
    let sign_in = therapist.follow(&door).await.form("/admin/session").with("email", THERAPIST);
    let again = therapist.press(&sign_in.with("password", "not the one")).await.expect(422);
    let sign_in = again.form("/admin/session").with("password", PASSWORD);
    therapist.press_on(&sign_in).await.says("Not sent yet");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn it_is_kept_for_ten_minutes() {
    let practice = practice().with("hold_hours", "8000").open().await;
    let (therapist, form) = typed(&practice).await;
    let door = therapist.press(&form).await;
    practice.clock.advance(TimeDelta::minutes(10));
    assert_eq!(signs_in(&therapist, &door).await.leads_to(), "/admin");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn nothing_is_kept_of_somebody_who_was_not_signed_in_lately() {
    let practice = practice().with("hold_hours", "8000").open().await;
    let (therapist, form) = typed(&practice).await;
    let stranger = practice.visitor();
    assert_eq!(stranger.press(&form).await.leads_to(), "/admin/session");
    practice.clock.advance(TimeDelta::days(7));
    assert_eq!(therapist.press(&form).await.leads_to(), "/admin/session", "long ago");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_signed_out_left_nothing_behind() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let form = therapist.open("/admin/appointments/1").await.form("/confirmation").with("sentence", SENTENCE);
    let cookies = therapist.cookies();
    therapist.press_on(&therapist.open("/admin").await.form("/admin/session/end")).await;
    let stranger = practice.visitor();
    let request = stranger.post(&form.action, form.encoded()).header("sec-fetch-site", "same-origin");
    let page = stranger.send(request.header("cookie", cookies)).await;
    assert_eq!(page.leads_to(), "/admin/session");
    practice.close().await;
}

#[tokio::test]
async fn a_kept_form_is_shown_to_the_therapist_alone() {
    let practice = practice().with("hold_hours", "8000").open().await;
    let (therapist, form) = typed(&practice).await;
    let door = therapist.press(&form).await.leads_to();
    let token = door.split("form=").nth(1).expect("a token").to_owned();
    let page = practice.visitor().get(&format!("/admin/forms/{token}")).await;
    assert_eq!(page.leads_to(), "/admin/session");
    practice.visitor().open(&door).await.never_says("shoes");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_session_that_is_used_is_written_down_once_a_day_and_its_cookie_with_it() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    assert_eq!(therapist.open("/admin").await.header("set-cookie"), "");
    practice.clock.advance(TimeDelta::days(1));
    assert!(therapist.open("/admin").await.header("set-cookie").starts_with("session="));
    assert_eq!(therapist.open("/admin").await.header("set-cookie"), "");
    practice.close().await;
}
