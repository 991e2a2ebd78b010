//! Emails that were overtaken by what happened before they could go out.

use chrono::TimeDelta;

use crate::support::{
    mailbox::{Fault, Moment, Mood, subjects},
    people::{PETER, SATURDAY, THERAPIST},
    practice::{TestPractice, practice},
};

async fn cancels(practice: &TestPractice, page: &str) {
    let client = practice.visitor();
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&form).await;
}

#[tokio::test]
async fn of_a_request_that_was_canceled_before_its_emails_went_out_nobody_hears() {
    let practice = practice().open().await;
    let page = practice.asks(&PETER, &SATURDAY).await;
    cancels(&practice, &page).await;
    practice.deliver().await;
    practice.mailbox.is_empty();

    practice.mailbox.is(Mood::HangsUp);
    let page = practice.asks(&PETER, &SATURDAY).await;
    practice.deliver().await;
    cancels(&practice, &page).await;
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::hours(1));
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_heard_of_a_request_or_may_have_hears_that_it_is_canceled() {
    let practice = practice().open().await;
    practice.mailbox.answers(PETER.email, 451);
    let page = practice.asks(&PETER, &SATURDAY).await;
    practice.email_to(THERAPIST).await;
    practice.mailbox.answers(PETER.email, 250);
    cancels(&practice, &page).await;
    practice.clock.advance(TimeDelta::hours(1));
    practice.email_to(THERAPIST).await.says("canceled. The time is free again.");
    practice.mailbox.is_empty();

    practice.mailbox.is(Mood::FailsAt(Moment::Verdict, Fault::HangsUp));
    let page = practice.asks(&PETER, &SATURDAY).await;
    practice.emails().await;
    cancels(&practice, &page).await;
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::hours(1));
    let emails = practice.emails().await;
    assert!(subjects(&emails).iter().all(|subject| subject.starts_with("Canceled: ")), "{emails:?}");
    assert_eq!(emails.len(), 2);
    practice.close().await;
}

#[tokio::test]
async fn a_move_tells_the_time_that_its_reader_knows() {
    let practice = practice().open().await;
    practice.has_asked(&PETER, &SATURDAY).await;
    let therapist = practice.therapist().await;
    practice.mailbox.is(Mood::HangsUp);
    therapist.confirms(&PETER).await;
    for start in ["2026-11-28T18:30:00Z", "2026-11-28T19:00:00Z"] {
        therapist.moves(&PETER, &SATURDAY.at(start)).await;
        practice.deliver().await;
    }
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::minutes(1));
    let told = practice.email_to(PETER.email).await;
    assert!(told.subject.starts_with("Changed: Saturday, November 28, 11:00 am"), "{}", told.subject);
    told.says("I've confirmed your request, with a change.");
    told.says("You asked for Saturday, November 28, 10:00 am");

    practice.mailbox.is(Mood::HangsUp);
    for start in ["2026-11-28T18:30:00Z", "2026-11-28T20:00:00Z"] {
        therapist.moves(&PETER, &SATURDAY.at(start)).await;
        practice.deliver().await;
    }
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::minutes(1));
    let told = practice.email_to(PETER.email).await;
    assert!(told.subject.contains("12:00 pm"), "{}", told.subject);
    told.says("It was Saturday, November 28, 11:00 am");
    practice.close().await;
}

#[tokio::test]
async fn whoever_ends_where_they_began_hears_of_no_move() {
    let practice = practice().open().await;
    practice.has_asked(&PETER, &SATURDAY).await;
    let therapist = practice.therapist().await;
    practice.mailbox.is(Mood::HangsUp);
    therapist.confirms(&PETER).await;
    therapist.moves(&PETER, &SATURDAY.at("2026-11-28T18:30:00Z")).await;
    therapist.moves(&PETER, &SATURDAY).await;
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::minutes(1));
    let told = practice.email_to(PETER.email).await;
    assert!(told.subject.starts_with("Confirmed: Saturday, November 28, 10:00 am"), "{}", told.subject);

    practice.mailbox.is(Mood::HangsUp);
    therapist.moves(&PETER, &SATURDAY.at("2026-11-28T18:30:00Z")).await;
    therapist.moves(&PETER, &SATURDAY).await;
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::minutes(1));
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_request_that_was_moved_before_the_therapist_heard_of_it_is_a_request() {
    let practice = practice().open().await;
    practice.mailbox.is(Mood::HangsUp);
    let page = practice.asks(&PETER, &SATURDAY).await;
    practice.asks_to_move(&page, &SATURDAY.at("2026-11-28T18:30:00Z")).await;
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::minutes(1));
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 2, "{:?}", subjects(&emails));
    for email in &emails {
        email.says("10:30 am");
        assert!(email.subject.starts_with("Requested: "), "{}", email.subject);
        assert!(!email.text.contains("10:00 am"), "{}", email.text);
    }
    practice.close().await;
}

#[tokio::test]
async fn of_another_time_that_was_taken_back_before_its_emails_went_out_nobody_hears() {
    let practice = practice().open().await;
    let page = practice.has_asked(&PETER, &SATURDAY).await;
    practice.therapist().await.confirms(&PETER).await;
    practice.email_to(PETER.email).await;
    let client = practice.visitor();
    practice.asks_to_move(&page, &SATURDAY.at("2026-11-28T18:30:00Z")).await;
    client.press_on(&client.open(&page).await.form("/reschedule/end")).await;
    practice.deliver().await;
    practice.mailbox.is_empty();

    practice.asks_to_move(&page, &SATURDAY.at("2026-11-28T18:30:00Z")).await;
    practice.emails().await;
    client.press_on(&client.open(&page).await.form("/reschedule/end")).await;
    assert_eq!(practice.emails().await.len(), 2, "what was heard of is taken back in words");
    practice.close().await;
}

#[tokio::test]
async fn however_often_a_request_is_moved_while_no_mail_goes_out_each_side_gets_the_newest_alone() {
    let practice = practice().with("moves_per_appointment", "9").open().await;
    practice.mailbox.is(Mood::HangsUp);
    let page = practice.asks(&PETER, &SATURDAY).await;
    practice.deliver().await;
    let starts = ["18:30", "19:00", "19:30", "18:00", "18:30", "20:00"];
    for start in starts {
        let start: &'static str = format!("2026-11-28T{start}:00Z").leak();
        practice.asks_to_move(&page, &SATURDAY.at(start)).await;
        practice.deliver().await;
    }
    assert!(practice.next_email_at().await.is_some(), "moving gives no email up");
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::minutes(1));
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 2, "{:?}", subjects(&emails));
    assert!(emails.iter().all(|email| email.subject.contains("November 28, 12:00 pm")), "{emails:?}");
    practice.close().await;
}
