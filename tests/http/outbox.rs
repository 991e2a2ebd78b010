//! The outbox: an email is never lost, and trouble with one is no trouble with others.

use std::{collections::BTreeSet, os::unix::fs::PermissionsExt};

use chrono::TimeDelta;

use crate::support::{
    mailbox::{self, Mood, subjects},
    people::{JUNE, PETER, SATURDAY, THERAPIST, TUESDAY, WALT, WEDNESDAY},
    practice::practice,
};

#[tokio::test]
async fn an_email_that_was_put_off_is_tried_for_three_days_and_then_given_up() {
    let practice = practice().open().await;
    practice.mailbox.answers(PETER.email, 451);
    practice.asks(&PETER, &SATURDAY).await;
    practice.deliver().await;
    practice.mailbox.one_to(THERAPIST);
    let therapist = practice.therapist().await;
    let mut waited = Vec::new();
    while let Some(next) = practice.next_email_at().await {
        let wait = next - practice.running.app().now();
        practice.clock.advance(wait - TimeDelta::seconds(1));
        practice.deliver().await; // Too early: nothing is tried.
        assert_eq!(practice.next_email_at().await, Some(next));
        practice.clock.advance(TimeDelta::seconds(1));
        if waited.len() < 2 {
            let today =
                therapist.open("/admin").await.says("An email is waiting.").says("try again later (451");
            today.says("Next try: ");
        }
        practice.deliver().await;
        waited.push(wait);
    }
    let minutes: Vec<_> = waited.iter().map(TimeDelta::num_minutes).collect();
    assert_eq!(minutes[..8], [1, 1, 2, 4, 8, 16, 32, 60]);
    assert!(minutes[8..].iter().all(|minutes| *minutes == 60));
    assert!(waited.iter().sum::<TimeDelta>() >= TimeDelta::days(3));

    let today = therapist.open("/admin").await.says("An email didn't go out.").says("It isn't tried again.");
    therapist.open(&today.link("See the appointment")).await.says("Peter Lindqvist");
    let settled = today.form("/settled");
    therapist.press_on(&settled).await.never_says("An email didn't go out.");
    therapist.press(&settled).await.expect(409).says("isn't on the list anymore");
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn no_email_overtakes_an_older_one_to_the_same_side() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.mailbox.answers(JUNE.email, 451);
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.deliver().await;
    practice.asks_to_move(&page, &TUESDAY.at("2026-11-24T19:00:00Z")).await;
    practice.deliver().await; // The older one is not tried sooner for the newer one's sake.
    practice.mailbox.one_to(THERAPIST);
    practice.mailbox.is_empty();

    practice.mailbox.answers(JUNE.email, 250);
    practice.clock.advance(TimeDelta::minutes(1));
    practice.deliver().await;
    let emails = practice.mailbox.take();
    let told = subjects(&emails);
    assert!(told[0].starts_with("Confirmed: ") && told[1].ends_with("(reschedule requested)"), "{told:?}");
    practice.close().await;
}

#[tokio::test]
async fn an_email_that_goes_out_at_the_third_try_is_the_same_email() {
    let practice = practice().open().await;
    practice.mailbox.answers(THERAPIST, 451);
    practice.asks(&JUNE, &TUESDAY).await;
    let first = practice.email_to(JUNE.email).await;
    practice.clock.advance(TimeDelta::minutes(1));
    practice.deliver().await;
    practice.mailbox.answers(THERAPIST, 250);
    practice.clock.advance(TimeDelta::minutes(5));
    let late = practice.email_to(THERAPIST).await;
    assert!(late.raw.contains("Date: Mon, 23 Nov 2026 16:00:00"), "the date on which it was written");
    assert_ne!(first.message_id, late.message_id);
    practice.visitor().open(first.page()).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn an_email_that_is_sent_twice_has_the_same_message_id() {
    let practice = practice().open().await;
    practice.mailbox.is(Mood::LosesItsYes);
    practice.asks(&JUNE, &TUESDAY).await;
    let mut first = practice.emails().await;
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::minutes(1));
    let again = practice.emails().await;
    assert_eq!(again.len(), 2, "nobody has told us that they came");
    first.dedup_by(|one, other| one.message_id == other.message_id);
    for email in again {
        assert!(first.iter().any(|earlier| earlier.message_id == email.message_id), "{}", email.subject);
    }
    practice.close().await;
}

#[tokio::test]
async fn a_practice_that_ends_finishes_the_emails_under_way_and_sends_the_others_when_it_opens_again() {
    let practice = practice().with_jobs().open().await;
    practice.mailbox.is(Mood::Ponders);
    practice.asks(&JUNE, &TUESDAY).await;
    practice.asks(&PETER, &WEDNESDAY).await;
    practice.asks(&WALT, &SATURDAY).await;
    let mailbox = practice.mailbox.clone();
    let mut emails = mailbox.comes(4).await;
    let (practice, ()) = tokio::join!(practice.opened_again(|file| file), async { mailbox.is(Mood::Kind) });
    mailbox.is_empty();
    emails.extend(practice.emails().await);
    let each: BTreeSet<_> = emails.iter().map(|email| &email.message_id).collect();
    assert_eq!((emails.len(), each.len()), (5, 5), "each of them once");
    practice.close().await;
}

#[tokio::test]
async fn an_email_that_was_refused_is_given_up_at_once_and_shown() {
    let practice = practice().open().await;
    practice.mailbox.answers(JUNE.email, 550);
    practice.asks(&JUNE, &TUESDAY).await;
    practice.deliver().await;
    assert_eq!(practice.next_email_at().await, None);
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("couldn't be reached by email").never_says("An email didn't go out.");
    practice.mailbox.one_to(THERAPIST);
    practice.mailbox.answers(JUNE.email, 250);
    practice.clock.advance(TimeDelta::days(1));
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_bad_address_does_not_stop_the_others() {
    let practice = practice().open().await;
    practice.mailbox.answers(JUNE.email, 550);
    practice.mailbox.answers(THERAPIST, 451);
    practice.asks(&JUNE, &TUESDAY).await;
    practice.asks(&PETER, &WEDNESDAY).await;
    let emails = practice.emails().await;
    assert_eq!(subjects(&emails), ["Requested: Wednesday, November 25, 9:00 am, Mt. Shasta"]);
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn while_the_mail_server_is_down_people_are_served_and_emails_wait() {
    let practice = practice().open().await;
    practice.mailbox.is(Mood::HangsUp);
    let page = practice.asks(&JUNE, &TUESDAY).await;
    practice.deliver().await;
    practice.visitor().open(&page).await.says("Requested");
    practice.therapist().await.open("/admin").await.says("No email is going out.").says("hung up");
    practice.mailbox.is(Mood::Kind);
    practice.clock.advance(TimeDelta::minutes(1));
    assert_eq!(practice.emails().await.len(), 2);
    practice.close().await;
}

#[tokio::test]
async fn a_mail_server_that_refuses_everybody_loses_no_appointment() {
    let practice = practice().open().await;
    practice.mailbox.is(Mood::Answers(550));
    let page = practice.asks(&JUNE, &TUESDAY).await;
    practice.deliver().await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.deliver().await;
    practice.visitor().open(&page).await.says("Confirmed");
    let today = therapist.open("/admin").await.says("couldn't be reached by email");
    assert_eq!(today.text().matches("An email didn't go out. To you").count(), 1);
    practice.close().await;
}

#[tokio::test]
async fn an_email_is_not_sent_for_something_that_did_not_happen() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let client = practice.visitor();
    let spare = practice.filled(&PETER, &WEDNESDAY).await;
    client
        .press(&spare.clone().with("start", TUESDAY.start).with("office", TUESDAY.office))
        .await
        .expect(409);
    client.press(&spare.with("email", "peter@")).await.expect(422);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn without_a_mail_server_emails_are_whole_files_for_their_owners_eyes() {
    let practice = practice().with_emails_as_files().open().await;
    practice.asks(&JUNE, &TUESDAY).await;
    practice.deliver().await;
    let emails = mailbox::in_folder(&practice.data_dir());
    assert_eq!(emails.iter().map(|email| email.to.as_str()).collect::<Vec<_>>(), [JUNE.email, THERAPIST]);
    assert!(emails.iter().all(|email| email.from == THERAPIST && email.reply_to == THERAPIST));
    practice.visitor().open(emails[0].page()).await;
    let mode = |path: std::path::PathBuf| path.metadata().expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode(practice.data_dir()), 0o700);
    assert_eq!(mode(practice.data_dir().join("mail")), 0o700);
    for file in practice.data_dir().join("mail").read_dir().expect("a folder") {
        assert_eq!(mode(file.expect("an email").path()), 0o600);
    }
    practice.therapist().await.open("/admin").await.says("No email is going out.");
    practice.close().await;
}

#[tokio::test]
async fn a_test_copy_writes_emails_and_sends_none() {
    let practice = practice().with_config(|config| config.holds_mail = true).open().await;
    practice.asks(&JUNE, &TUESDAY).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    assert!(!practice.data_dir().join("mail").exists(), "nor as files");
    let therapist = practice.therapist().await;
    let held = "No email is going out. This is a test copy (MAIL=hold)";
    therapist.open("/admin").await.says(held).never_says("waiting since");
    let list = therapist.open("/admin/emails").await.says(held).says("Waiting since").says(JUNE.email);
    list.never_says("Next try").never_says("Sent ");
    practice.close_with_emails_unsent().await;
}
