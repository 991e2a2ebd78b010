//! The therapist answers: yes, no, and the visit that has to be called off.

use chrono::TimeDelta;

use super::request::at_once;
use crate::support::{
    people::{JUNE, PETER, TUESDAY, WEDNESDAY},
    practice::practice,
};

#[tokio::test]
async fn a_yes_is_one_tap_on_todays_page() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says("One request to answer").says("23 h left");
    let today = therapist.press_on(&today.form("/confirmation")).await.says("No requests to answer");
    therapist.open(&today.link("June Okafor")).await.says("Confirmed: June Okafor");
    practice.visitor().open(&page).await.says("Confirmed");
    practice.email_to(JUNE.email).await.says("You're confirmed.");
    practice.close().await;
}

#[tokio::test]
async fn a_second_yes_is_refused_and_writes_no_second_email() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let yes = therapist.page_of(&JUNE).await.form("/confirmation");
    let no = therapist.declining(&JUNE).await.with("sentence", "Sorry!");
    therapist.press_on(&yes).await;
    practice.email_to(JUNE.email).await;
    therapist.press(&yes).await.expect(409).says("This appointment is already confirmed.");
    therapist.press(&no).await.expect(409).says("Nothing was changed.");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_no_with_a_sentence_reaches_the_client_and_gives_the_time_back() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let answered = therapist.answers(&JUNE, "decline", "I am at a wedding.\r\nThe week after is free.").await;
    therapist.follow(&answered).await.says("Declined: June Okafor").says("I am at a wedding.");
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Declined: Tuesday, November 24, 9:00 am, Redding");
    email.says("I am at a wedding.\nThe week after is free.");
    assert!(email.html.contains("I am at a wedding."));
    assert_eq!(email.calendar, None, "nothing stands in a calendar");
    let own = practice.visitor().open(&page).await.says("I am at a wedding.");
    assert!(own.title().starts_with("Declined: "));
    practice.visitor().open(&TUESDAY.form()).await;
    practice.close().await;
}

#[tokio::test]
async fn of_a_yes_and_a_no_at_once_one_counts() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let yes = therapist.page_of(&JUNE).await.form("/confirmation");
    let no = therapist.declining(&JUNE).await;
    let (yes, no) = tokio::join!(therapist.press(&yes), therapist.press(&no));
    let mut statuses = [yes.status, no.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    practice.email_to(JUNE.email).await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn the_therapist_cancels_with_a_sentence_that_reaches_the_email() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    let invitation = practice.email_to(JUNE.email).await;
    let answered = therapist.answers(&JUNE, "cancellation", "The road is snowed in.").await;
    therapist.follow(&answered).await.says("Canceled: June Okafor");
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Canceled: Wednesday, November 25, 9:00 am, Mt. Shasta");
    email.says("I'm sorry, I have to cancel this appointment.");
    email.says("The road is snowed in.");
    assert_eq!(email.method.as_deref(), Some("CANCEL"));
    assert_ne!(email.message_id, invitation.message_id);
    practice.visitor().open(&page).await.says("Canceled").says("The road is snowed in.");
    practice.visitor().open(&WEDNESDAY.form()).await;
    practice.close().await;
}

#[tokio::test]
async fn a_sentence_that_is_too_long_comes_back_with_what_was_typed() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let long = "so ".repeat(400);
    for answer in ["confirmation", "decline"] {
        let page = therapist.answers(&JUNE, answer, &long).await.expect(422);
        assert_eq!(page.form(&format!("/{answer}")).value("sentence"), long);
    }
    practice.close().await;
}

#[tokio::test]
async fn nothing_is_answered_after_the_start() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&PETER).await;
    let yes = therapist.page_of(&JUNE).await.form("/confirmation");
    let cancellation = therapist.page_of(&PETER).await.form("/cancellation");
    practice.deliver().await;
    practice.passes(TimeDelta::days(3)).await;
    therapist.press(&yes).await.expect(409);
    therapist.press(&cancellation).await.expect(409).says("The session has already started.");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn at_once_a_request_is_an_appointment_from_the_start() {
    let practice = practice().with("confirmation", r#""at_once""#).open().await;
    let client = practice.visitor();
    client.open(&TUESDAY.form()).await.says("confirmed right away");
    let page = practice.asks(&JUNE, &TUESDAY).await;
    assert!(client.open(&page).await.title().starts_with("Confirmed: "));
    let email = practice.email_to(JUNE.email).await;
    assert!(email.subject.starts_with("Confirmed: "), "{}", email.subject);
    assert_eq!(email.method.as_deref(), Some("REQUEST"));
    practice.mailbox.one_to("dustin@example.com").says("June Okafor booked this time. It's confirmed.");
    let two = [practice.filled(&PETER, &WEDNESDAY).await, practice.filled(&JUNE, &WEDNESDAY).await];
    let mut statuses: Vec<u16> = at_once(&practice, two.into_iter()).await.iter().map(|p| p.status).collect();
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    practice.deliver().await;
    practice.close().await;
}
