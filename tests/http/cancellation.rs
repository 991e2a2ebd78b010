//! The client cancels, over their own page.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, PETER, SATURDAY, THERAPIST, TUESDAY, WEDNESDAY},
    practice::practice,
};

/// What the day before a visit for $95 costs.
const LATE: &str = "It's less than 24 hours before your appointment, so the fee is $47.50, half the session.";
const OWED: &str =
    "It was free to cancel until Tuesday, November 24, 9:00 am, so the fee is $47.50, half the session.";

#[tokio::test]
async fn a_request_is_taken_back_before_it_is_answered() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let cancellation = client.open(&client.open(&page).await.link("Cancel")).await;
    let form = cancellation.says("Cancel this request?").says("so it's free").form("/cancellation");
    assert!(client.press_on(&form).await.title().starts_with("Canceled: "));
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.calendar, None, "a request was in no calendar by an email");
    // The time that it was, which is the next one again.
    let over = client.open(&page).await.says("Next available times");
    over.link("Tuesday, November 24, 9:00 am");
    practice.mailbox.one_to(THERAPIST).says("June Okafor canceled.");
    client.open(&TUESDAY.form()).await;
    practice.close().await;
}

#[tokio::test]
async fn inside_the_notice_it_is_late_and_both_sides_are_told_so() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(25)).await; // The start is 24 hours away.
    assert!(practice.email_to(JUNE.email).await.subject.starts_with("Reminder: "));
    client.open(&page).await.says(LATE);
    let cancellation = client.open(&format!("{page}/cancellation")).await.says(LATE);
    cancellation.link("policies");
    client.press_on(&cancellation.form("/cancellation")).await.says(OWED);
    practice.email_to(JUNE.email).await.says(OWED);
    let told = practice.mailbox.one_to(THERAPIST);
    told.says("June Okafor canceled late; the fee is $47.50 (half the session).");
    therapist.open(told.page()).await.says("by the client, late; the fee is $47.50 (half the session)");
    practice.close().await;
}

#[tokio::test]
async fn before_the_notice_it_is_not_late() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    practice.reaches(TimeDelta::hours(25) - TimeDelta::seconds(1)).await;
    let cancellation = client.open(&format!("{page}/cancellation")).await.says("Free to cancel until");
    client.press_on(&cancellation.form("/cancellation")).await.never_says("so the fee is");
    assert!(!practice.email_to(THERAPIST).await.text.contains("late"));
    practice.close().await;
}

#[tokio::test]
async fn a_second_cancellation_changes_nothing_and_says_so() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&form).await;
    practice.emails().await;
    client.press(&form).await.expect(409).says("This appointment is already canceled.");
    client.get(&form.action).await.expect(409).says("Nothing was changed.");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_visit_that_was_moved_meanwhile_is_not_canceled_by_a_page_that_says_another_time() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    therapist.moves(&JUNE, &SATURDAY).await;
    practice.emails().await;
    let refused = client
        .press(&form)
        .await
        .expect(409)
        .says("This appointment has changed since you opened the page: it's confirmed now.");
    let form =
        refused.says("Cancel this appointment?").says("Saturday, November 28, 10:00 am").form(&form.action);
    practice.deliver().await;
    practice.mailbox.is_empty();
    assert!(client.press_on(&form).await.title().starts_with("Canceled: Saturday, November 28"));
    practice.email_to(JUNE.email).await;
    practice.close().await;
}

#[tokio::test]
async fn a_form_that_does_not_say_what_it_showed_cancels_the_visit_where_it_is() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.moves(&JUNE, &SATURDAY).await;
    practice.visitor().sends(&format!("{page}/cancellation"), &[]).await.expect(303);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn after_the_start_it_is_refused() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    practice.emails().await;
    practice.passes(TimeDelta::hours(49)).await; // It begins.
    client.press(&form).await.expect(409).says("The session has already started.");
    client.get(&form.action).await.expect(409);
    assert!(
        client.open(&page).await.hrefs("a[href$=cancellation]").is_empty(),
        "no button that does nothing"
    );
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_is_canceled_can_be_booked_again_any_number_of_times() {
    let practice = practice().open().await;
    let client = practice.visitor();
    for person in [&JUNE, &PETER, &JUNE] {
        let page = practice.has_asked(person, &TUESDAY).await;
        let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
        client.press_on(&form).await;
        practice.emails().await;
    }
    practice.close().await;
}

#[tokio::test]
async fn a_link_ends_some_days_after_the_visit() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    practice.passes(TimeDelta::days(2)).await;
    practice.visitor().open(&page).await;
    practice.passes(TimeDelta::days(30)).await;
    practice.visitor().get(&page).await.expect(404).has_a_way_out();
    practice.close().await;
}
