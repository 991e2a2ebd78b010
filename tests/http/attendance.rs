//! “I'll be there”: said on the client's own page, seen by the therapist, and said of
//! the time as it is agreed.

use chrono::TimeDelta;

use crate::support::{
    page::Page,
    people::{JUNE, TUESDAY, Therapist, WEDNESDAY, path_of},
    practice::{TestPractice, practice},
};

const SAID: &str = "says they'll be there";

/// June's visit on Wednesday is confirmed. The page from her email, and the therapist.
async fn has_visit(practice: &TestPractice) -> (String, Therapist) {
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    let page = path_of(practice.email_to(JUNE.email).await.page()).to_owned();
    practice.emails().await;
    (page, therapist)
}

async fn says_so(practice: &TestPractice, page: &str) -> Page {
    let client = practice.visitor();
    client.press_on(&client.open(page).await.form("/attendance")).await
}

#[tokio::test]
async fn it_is_said_once_and_stands_on_today_in_the_week_and_on_the_visits_page() {
    let practice = practice().open().await;
    let (page, therapist) = has_visit(&practice).await;
    for admin in ["/admin", "/admin/week", "/admin/days/2026-11-25"] {
        assert!(!therapist.open(admin).await.text().contains(SAID), "{admin}");
    }
    let said = says_so(&practice, &page).await.says("You told me you'll be there.");
    assert!(said.forms("/attendance").is_empty(), "it is said already");
    for admin in ["/admin", "/admin/week", "/admin/days/2026-11-25"] {
        therapist.open(admin).await.says(SAID);
    }
    therapist.page_of(&JUNE).await.says(SAID).says("June Okafor said they'll be there");
    assert!(practice.emails().await.is_empty(), "nobody is written to");

    // The form that was still open says the same again, and changes nothing.
    practice.visitor().sends(&format!("{page}/attendance"), &[]).await.expect(303);
    let told = therapist.page_of(&JUNE).await;
    assert_eq!(told.text().matches("June Okafor said they'll be there").count(), 1);
    practice.close().await;
}

#[tokio::test]
async fn opening_a_link_says_nothing() {
    let practice = practice().open().await;
    let (page, therapist) = has_visit(&practice).await;
    practice.visitor().get(&format!("{page}/attendance")).await.expect(405);
    assert!(!therapist.open("/admin").await.text().contains(SAID));
    practice
        .visitor()
        .sends("/appointments/0123456789abcdef0123456789abcdef/attendance", &[])
        .await
        .expect(404);
    practice.close().await;
}

#[tokio::test]
async fn the_reminder_leads_to_the_page_where_it_is_said() {
    let practice = practice().open().await;
    has_visit(&practice).await;
    practice.passes(TimeDelta::hours(1)).await;
    let reminder = practice.email_to(JUNE.email).await;
    says_so(&practice, path_of(reminder.page())).await.says("You told me you'll be there.");
    practice.close().await;
}

#[tokio::test]
async fn a_visit_that_is_moved_is_one_of_which_nobody_has_said_it() {
    let practice = practice().open().await;
    let (page, therapist) = has_visit(&practice).await;
    says_so(&practice, &page).await;
    therapist.moves(&JUNE, &WEDNESDAY.at("2026-11-25T20:00:00Z")).await;
    assert!(!therapist.open("/admin").await.text().contains(SAID));
    let own = practice.visitor().open(&page).await;
    assert!(!own.text().contains("You told me you'll be there."));
    therapist.moves(&JUNE, &WEDNESDAY).await;
    assert!(!therapist.open("/admin").await.text().contains(SAID), "nor once it is moved back");
    says_so(&practice, &page).await.says("You told me you'll be there.");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_was_said_holds_again_when_a_move_is_undone() {
    let practice = practice().open().await;
    let (page, therapist) = has_visit(&practice).await;
    says_so(&practice, &page).await;
    let therapist = therapist.in_a_hurry();
    let moved = therapist.moves(&JUNE, &WEDNESDAY.at("2026-11-25T20:00:00Z")).await;
    // Of what is being changed they can say nothing: they see it in a minute.
    practice.visitor().sends(&format!("{page}/attendance"), &[]).await.expect(409);
    therapist.undoes(&moved).await;
    therapist.open("/admin").await.says(SAID);
    practice.close().await;
}

#[tokio::test]
async fn it_is_not_offered_for_a_request_nor_once_the_visit_has_begun() {
    let practice = practice().open().await;
    let request = practice.has_asked(&JUNE, &TUESDAY).await;
    let own = practice.visitor().open(&request).await;
    assert!(own.forms("/attendance").is_empty());
    practice
        .visitor()
        .sends(&format!("{request}/attendance"), &[])
        .await
        .expect(409)
        .says("not confirmed yet");
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    practice.reaches(TimeDelta::hours(25) - TimeDelta::seconds(1)).await;
    assert_eq!(practice.visitor().open(&request).await.forms("/attendance").len(), 1);
    practice.reaches(TimeDelta::hours(25)).await;
    assert!(practice.visitor().open(&request).await.forms("/attendance").is_empty());
    practice.visitor().sends(&format!("{request}/attendance"), &[]).await.expect(409).says("already started");
    practice.emails().await;
    practice.close().await;
}
