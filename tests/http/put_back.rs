//! What was declined, canceled or has expired is put back while its time is free.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, PETER, THERAPIST, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

async fn canceled_by_client(practice: &TestPractice, page: &str) {
    let client = practice.visitor();
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&form).await;
}

/// Every email that came to June, by its kind.
async fn told(practice: &TestPractice) -> Vec<&'static str> {
    let emails = practice.emails().await;
    emails.iter().filter(|email| email.to == JUNE.email).map(|email| email.kind()).collect()
}

async fn puts_back(therapist: &Therapist) -> crate::support::page::Page {
    let page = therapist.open("/admin/appointments/1").await.says("Put it back");
    therapist.press_on(&page.form("/put-back").with("sentence", "The road is open again.")).await
}

#[tokio::test]
async fn what_was_declined_or_canceled_is_back_on_and_its_client_is_told() {
    for how in ["declined", "canceled by me", "canceled by June"] {
        let practice = practice().open().await;
        let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
        let therapist = practice.therapist().await;
        match how {
            "declined" => therapist.answers(&JUNE, "decline", "").await,
            _ => therapist.answers(&JUNE, "confirmation", "").await,
        };
        // The yes is heard before it ends.
        practice.emails().await;
        match how {
            "canceled by me" => drop(therapist.answers(&JUNE, "cancellation", "").await),
            "canceled by June" => canceled_by_client(&practice, &page).await,
            _ => {}
        }
        practice.emails().await;
        puts_back(&therapist).await.says("Confirmed: June Okafor");
        let email = practice.email_to(JUNE.email).await;
        assert_eq!(email.subject, "Confirmed: Wednesday, November 25, 9:00 am, Mt. Shasta", "{how}");
        email.says(match how {
            "declined" => "Good news: I can see you after all.",
            _ => "Good news: your appointment is back on.",
        });
        email.says("The road is open again.");
        assert_eq!(email.method.as_deref(), Some("REQUEST"));
        practice.visitor().open(email.page()).await.says("Free to cancel until");
        practice.visitor().open(&page).await.says("Confirmed");
        practice.visitor().get(&WEDNESDAY.form()).await.expect(409);
        practice.close().await;
    }
}

#[tokio::test]
async fn what_has_expired_is_put_back_with_a_yes() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    let page = therapist.open("/admin/appointments/1").await.says("Put it back");
    therapist.press_on(&page.form("/confirmation")).await.says("Confirmed: June Okafor");
    assert_eq!(told(&practice).await, ["confirmed"]);
    practice.close().await;
}

#[tokio::test]
async fn what_somebody_else_has_taken_is_not_put_back() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.answers(&JUNE, "decline", "").await.expect(303);
    practice.emails().await;
    let form = therapist.open("/admin/appointments/1").await.form("/put-back");
    practice.has_asked(&PETER, &TUESDAY).await;
    let page = therapist.open("/admin/appointments/1").await.never_says("Put it back");
    assert!(page.forms("/put-back").is_empty());
    therapist.press(&form).await.expect(409).says("It overlaps Peter Lindqvist's request");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_lies_outside_the_hours_is_put_back_with_a_second_yes() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.answers(&JUNE, "decline", "").await.expect(303);
    practice.emails().await;
    therapist.plans("2026-11-25", &[]).await;
    let page = therapist.open("/admin/appointments/1").await;
    let page = therapist.press(&page.form("/put-back")).await.expect(409).says("Outside opening hours");
    therapist.press_on(&page.form("/put-back")).await.says("You overrode: opening hours");
    assert_eq!(told(&practice).await, ["put_back: declined"]);
    practice.close().await;
}

#[tokio::test]
async fn it_is_undone_within_its_minute_and_offered_once_the_minute_of_what_ended_it_is_over() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await.in_a_hurry();
    let declined = therapist.answers(&JUNE, "decline", "").await;
    let declined = therapist.follow(&declined).await.never_says("Put it back");
    therapist.sends("/admin/appointments/1/put-back", &[]).await.expect(409).says("You can still undo");
    practice.clock.advance(TimeDelta::seconds(60));
    practice.emails().await;
    drop(declined);
    let back = puts_back(&therapist).await.says("Put back. Undo until");
    therapist.undoes(&back).await.says("Declined: June Okafor").says("Put it back");
    practice.clock.advance(TimeDelta::seconds(60));
    practice.deliver_now().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_not_heard_of_the_end_is_told_that_it_is_confirmed() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    practice.mailbox.answers(JUNE.email, 451);
    therapist.answers(&JUNE, "decline", "").await.expect(303);
    practice.deliver().await;
    puts_back(&therapist).await;
    practice.mailbox.answers(JUNE.email, 250);
    practice.clock.advance(TimeDelta::minutes(5));
    assert_eq!(told(&practice).await, ["confirmed"]);
    practice.close().await;
}

#[tokio::test]
async fn only_what_is_over_is_put_back_and_only_before_its_time() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&WALT, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let put_back = |id: u32| format!("/admin/appointments/{id}/put-back");
    therapist.sends(&put_back(1), &[]).await.expect(409).says("This appointment is not confirmed yet.");
    therapist.answers(&JUNE, "decline", "").await.expect(303);
    therapist.answers(&WALT, "decline", "").await.expect(303);
    therapist.press_on(&therapist.open("/admin/appointments/2").await.form("/put-back")).await;
    therapist.open("/admin").await.says("doesn't know yet that this is confirmed");
    therapist.sends(&put_back(2), &[]).await.expect(409).says("already confirmed");
    therapist.sends(&put_back(77), &[]).await.expect(404);
    practice.passes(TimeDelta::hours(26)).await;
    therapist.open("/admin/appointments/1").await.never_says("Put it back");
    therapist.sends(&put_back(1), &[]).await.expect(409).says("The session has already started.");
    practice.visitor().sends(&put_back(1), &[]).await.expect(303);
    practice.emails().await;
    assert!(practice.mailbox.take().iter().all(|email| email.to == THERAPIST));
    practice.close().await;
}
