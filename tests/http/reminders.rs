//! Reminders: at the policy's times, once each, of the time that is valid.

use chrono::TimeDelta;

use crate::support::{
    mailbox::{Email, subjects},
    people::{JUNE, Opening, PETER, Person, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

const SECOND: TimeDelta = TimeDelta::seconds(1);
const REMINDER: &str = "Reminder: Wednesday, November 25, 9:00 am, Mt. Shasta";
const TODAY: &str = "Today: Wednesday, November 25, 9:00 am, Mt. Shasta";

/// An appointment is confirmed, and everybody has had their emails. Returns
/// the client's own page, and the therapist.
async fn has_appointment(practice: &TestPractice, person: &Person, opening: &Opening) -> (String, Therapist) {
    let page = practice.has_asked(person, opening).await;
    let therapist = practice.therapist().await;
    therapist.confirms(person).await;
    practice.emails().await;
    (page, therapist)
}

/// The emails to somebody that have come by now.
async fn emails_to(practice: &TestPractice, person: &Person) -> Vec<Email> {
    practice.emails().await.into_iter().filter(|email| email.to == person.email).collect()
}

#[tokio::test]
async fn they_come_at_the_policys_times_and_once_each() {
    let practice = practice().open().await;
    has_appointment(&practice, &JUNE, &WEDNESDAY).await; // In 49 hours.
    let mut since = TimeDelta::zero();
    for (passes, come) in [
        (TimeDelta::hours(1) - SECOND, None),
        (SECOND, Some(REMINDER)),
        (TimeDelta::minutes(1), None),
        (TimeDelta::hours(45) - TimeDelta::minutes(1) - SECOND, None),
        (SECOND, Some(TODAY)),
        (TimeDelta::hours(3) - SECOND, None),
        (SECOND, None),
    ] {
        since += passes;
        practice.reaches(since).await;
        practice.passes(TimeDelta::zero()).await;
        let emails = emails_to(&practice, &JUNE).await;
        assert_eq!(subjects(&emails), Vec::from_iter(come), "{}", practice.running.app().now());
    }
    practice.close().await;
}

#[tokio::test]
async fn they_say_where_to_find_directions_how_to_cancel_and_what_is_late() {
    let practice = practice().open().await;
    has_appointment(&practice, &JUNE, &WEDNESDAY).await;
    practice.passes(TimeDelta::hours(1)).await;
    let email = practice.email_to(JUNE.email).await;
    email.says("See your appointment, reschedule, or cancel:\nhttp");
    email.says(
        "Free to cancel until Tuesday, November 24, 9:00 am. After that it's $47.50 (half the session).",
    );
    email.says("Mt. Shasta: 100 Example Street, Mt. Shasta, CA 96067");
    assert_eq!(email.calendar, None, "it is in the calendar already");
    practice.visitor().open(email.page()).await.says("Confirmed");
    practice.passes(TimeDelta::hours(45)).await;
    let email = &emails_to(&practice, &JUNE).await[0];
    email.says("Can't make it? It's less than 24 hours before your appointment, so the fee is $47.50, half the session.");
    email.says("See your appointment or cancel:\nhttp");
    assert!(!email.text.contains("reschedule"), "{}", email.text);
    practice.close().await;
}

#[tokio::test]
async fn the_first_one_goes_out_while_canceling_is_free_and_says_until_when() {
    let practice = practice().with("reminder_hours", "[24, 3]").open().await;
    has_appointment(&practice, &JUNE, &WEDNESDAY).await; // Free to cancel until Tuesday, 9:00 am.
    practice.reaches(TimeDelta::hours(10) - SECOND).await;
    assert!(emails_to(&practice, &JUNE).await.is_empty());
    practice.passes(SECOND).await; // Monday, 6:00 pm: the last hour of day in which there's time to act.
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, REMINDER);
    email.says("Free to cancel until Tuesday, November 24, 9:00 am.");
    email.says("See your appointment, reschedule, or cancel:\nhttp");
    practice.reaches(TimeDelta::hours(25)).await;
    assert!(emails_to(&practice, &JUNE).await.is_empty(), "the one at the limit is the one before it");
    practice.reaches(TimeDelta::hours(46)).await;
    assert_eq!(subjects(&emails_to(&practice, &JUNE).await), [TODAY]);
    practice.close().await;
}

#[tokio::test]
async fn confirmed_after_the_first_ones_time_somebody_is_reminded_before_the_limit_all_the_same() {
    let practice = practice().open().await;
    practice.therapist().await;
    practice.passes(TimeDelta::hours(7)).await; // Of the 48 hours one has passed.
    has_appointment(&practice, &JUNE, &WEDNESDAY.at("2026-11-25T22:00:00Z")).await; // 2:00 pm.
    practice.reaches(TimeDelta::hours(24) - SECOND).await;
    assert!(emails_to(&practice, &JUNE).await.is_empty());
    practice.passes(SECOND).await; // Tuesday, 8:00 am, six hours before the limit.
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Reminder: Wednesday, November 25, 2:00 pm, Mt. Shasta");
    email.says("Free to cancel until Tuesday, November 24, 2:00 pm.");
    practice.reaches(TimeDelta::hours(51)).await;
    let emails = emails_to(&practice, &JUNE).await;
    assert_eq!(subjects(&emails), ["Today: Wednesday, November 25, 2:00 pm, Mt. Shasta"]);
    practice.close().await;
}

#[tokio::test]
async fn a_visit_nearer_than_a_reminders_time_has_none() {
    let practice = practice().open().await;
    has_appointment(&practice, &JUNE, &TUESDAY).await; // In 25 hours.
    practice.reaches(TimeDelta::hours(22) - SECOND).await;
    assert!(emails_to(&practice, &JUNE).await.is_empty());
    practice.passes(SECOND).await;
    let emails = emails_to(&practice, &JUNE).await;
    assert_eq!(subjects(&emails), ["Today: Tuesday, November 24, 9:00 am, Redding"]);
    practice.close().await;
}

#[tokio::test]
async fn after_a_sleep_only_the_last_one_is_written_and_none_after_the_start() {
    for (slept, come) in [(TimeDelta::hours(47), Some(TODAY)), (TimeDelta::hours(49), None)] {
        let practice = practice().open().await;
        has_appointment(&practice, &JUNE, &WEDNESDAY).await;
        practice.passes(slept).await;
        assert_eq!(subjects(&emails_to(&practice, &JUNE).await), Vec::from_iter(come));
        practice.close().await;
    }
}

#[tokio::test]
async fn one_that_could_not_go_out_before_the_start_never_goes_out() {
    let practice = practice().open().await;
    has_appointment(&practice, &JUNE, &WEDNESDAY).await;
    practice.passes(TimeDelta::hours(46)).await;
    practice.clock.advance(TimeDelta::hours(3) + SECOND); // The courier comes late.
    assert!(emails_to(&practice, &JUNE).await.is_empty());
    practice.close().await;
}

#[tokio::test]
async fn what_is_not_confirmed_is_not_reminded_of() {
    let practice = practice().with("hold_hours", "500").open().await;
    let (canceled, therapist) = has_appointment(&practice, &JUNE, &WEDNESDAY).await;
    let client = practice.visitor();
    let form = client.open(&format!("{canceled}/cancellation")).await.form("/cancellation");
    client.press_on(&form).await;
    practice.emails().await;
    practice.has_asked(&PETER, &WEDNESDAY).await; // Still a request when its reminder would be due.
    practice.passes(TimeDelta::hours(1)).await;
    assert!(practice.emails().await.is_empty());
    therapist.answers(&PETER, "decline", "").await.expect(303);
    practice.emails().await;
    practice.passes(TimeDelta::hours(45)).await;
    assert!(practice.emails().await.is_empty());
    practice.close().await;
}

#[tokio::test]
async fn a_visit_that_was_moved_is_reminded_of_at_its_new_time_alone() {
    let practice = practice().open().await;
    let (_, therapist) = has_appointment(&practice, &JUNE, &WEDNESDAY).await;
    therapist.moves(&JUNE, &WEDNESDAY.at("2026-11-25T22:00:00Z")).await; // 2:00 pm.
    practice.emails().await;
    practice.reaches(TimeDelta::hours(6) - SECOND).await;
    assert!(emails_to(&practice, &JUNE).await.is_empty());
    practice.passes(SECOND).await;
    let emails = emails_to(&practice, &JUNE).await;
    assert_eq!(subjects(&emails), ["Reminder: Wednesday, November 25, 2:00 pm, Mt. Shasta"]);
    practice.passes(TimeDelta::hours(45)).await;
    let emails = emails_to(&practice, &JUNE).await;
    assert_eq!(subjects(&emails), ["Today: Wednesday, November 25, 2:00 pm, Mt. Shasta"]);
    practice.close().await;
}

#[tokio::test]
async fn while_a_change_waits_the_reminder_names_the_time_that_is_valid_and_says_so() {
    let practice = practice().open().await;
    let (page, _) = has_appointment(&practice, &JUNE, &WEDNESDAY).await;
    practice.asks_to_move(&page, &TUESDAY.at("2026-12-01T18:00:00Z")).await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(1)).await;
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, REMINDER);
    email.says("You asked to reschedule to Tuesday, December 1, 10:00 am, Redding");
    email.says("Until I do, the time in this email stands.");
    practice.close().await;
}

#[tokio::test]
async fn one_that_waits_for_the_mail_server_is_taken_back_when_the_visit_is_called_off() {
    let practice = practice().open().await;
    let (_, therapist) = has_appointment(&practice, &JUNE, &WEDNESDAY).await;
    practice.mailbox.answers(JUNE.email, 451);
    practice.passes(TimeDelta::hours(1)).await;
    practice.deliver().await;
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    practice.mailbox.answers(JUNE.email, 250);
    practice.clock.advance(TimeDelta::minutes(1));
    let emails = emails_to(&practice, &JUNE).await;
    assert_eq!(subjects(&emails), ["Canceled: Wednesday, November 25, 9:00 am, Mt. Shasta"]);
    practice.close().await;
}

#[tokio::test]
async fn another_policy_reminds_nobody_twice() {
    let practice = practice().open().await;
    let (_, therapist) = has_appointment(&practice, &JUNE, &WEDNESDAY).await;
    practice.passes(TimeDelta::hours(1)).await;
    assert_eq!(subjects(&emails_to(&practice, &JUNE).await), [REMINDER]);
    therapist.sets_policy(&[("reminder_hours", "49, 3")]).await;
    practice.passes(TimeDelta::hours(1)).await;
    assert!(emails_to(&practice, &JUNE).await.is_empty());
    practice.close().await;
}

#[tokio::test]
async fn without_an_email_address_a_reminder_is_a_call_to_make_once() {
    let practice = practice().open().await;
    let (_, therapist) = has_appointment(&practice, &WALT, &WEDNESDAY).await;
    let today = therapist.open("/admin").await;
    therapist.press_on(&today.form("/done")).await; // They are told of the yes.
    practice.passes(TimeDelta::hours(1)).await;
    practice.passes(TimeDelta::minutes(1)).await;
    let today = therapist.open("/admin").await.says("needs a reminder of this visit");
    therapist.press_on(&today.form("/done")).await;
    practice.passes(TimeDelta::hours(44)).await;
    assert!(practice.calls().await.is_empty(), "once is enough");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_call_that_is_to_be_made_anyway_is_the_reminder() {
    let practice = practice().open().await;
    let (_, therapist) = has_appointment(&practice, &WALT, &WEDNESDAY).await;
    practice.passes(TimeDelta::hours(1)).await;
    let today = therapist.open("/admin").await.says("doesn't know yet that this is confirmed");
    therapist.press_on(&today.form("/done")).await;
    practice.passes(TimeDelta::hours(1)).await;
    assert!(practice.calls().await.is_empty(), "they have just been told of this visit");
    practice.close().await;
}
