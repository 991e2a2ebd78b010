//! One more visit, beside one that is still to come: what adjoins it first, and nothing is typed
//! again.

use crate::support::{
    people::{JUNE, Opening, THERAPIST, TUESDAY, path_of},
    practice::{TestPractice, practice},
};

/// Tuesday, November 24, 11:00 am, in Redding.
const ELEVEN: Opening = Opening { start: "2026-11-24T19:00:00Z", ..TUESDAY };
const BEFORE: &str = "Right before: Tuesday, November 24, 9:30 am";
const AFTER: &str = "Right after: Tuesday, November 24, 12:30 pm";

/// June is to come on Tuesday at eleven. Her page, as the email about it links to it.
async fn to_come(practice: &TestPractice) -> String {
    practice.has_asked(&JUNE, &ELEVEN).await;
    practice.therapist().await.confirms(&JUNE).await;
    path_of(practice.email_to(JUNE.email).await.page()).to_owned()
}

#[tokio::test]
async fn the_times_right_before_and_right_after_are_two_presses_away() {
    let practice = practice().open().await;
    let page = to_come(&practice).await;
    let client = practice.visitor();
    let own = client.open(&page).await;
    assert!(
        own.link("Book another").ends_with(&format!("again={}", page.rsplit('/').next().expect("a token")))
    );
    own.link(BEFORE);
    let shown = client.open(&own.link(AFTER)).await;
    let form = shown.form("/appointments");
    for asked in ["name", "email", "phone"] {
        assert!(!form.has(asked), "{asked}");
    }
    shown.says("I know you from your appointment on Tuesday, November 24").never_says(JUNE.email);
    let another = client.press_on(&form.with("for", "Ben Ray").ticked("agreed")).await.says("Ben's visit");
    assert!(another.title().starts_with("Requested: Tuesday, November 24, 12:30 pm"), "{}", another.title());
    practice.deliver().await;
    practice.mailbox.one_to(JUNE.email).says("Ben's visit");
    practice.mailbox.one_to(THERAPIST).says("Ben Ray, booked by June Okafor");
    practice.mailbox.take();
    // It belongs to the same client; what is taken now adjoins no more.
    practice.therapist().await.client_page(&JUNE).await.says("for Ben Ray, ").says("11:00 am");
    let own = client.open(&page).await.never_says("Right after");
    own.link(BEFORE);
    practice.close().await;
}

#[tokio::test]
async fn right_after_a_request_one_more_is_asked_for_without_typing_again() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &ELEVEN).await;
    let client = practice.visitor();
    let form = client.open(&client.open(&page).await.link(BEFORE)).await.form("/appointments");
    assert_eq!(form.value("for"), "");
    let another = client.press_on(&form.ticked("agreed")).await.never_says("s visit");
    assert!(another.title().starts_with("Requested: Tuesday, November 24, 9:30 am"), "{}", another.title());
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn nobody_who_is_still_to_come_is_confirmed_at_once_for_that() {
    let at_once = |file: String| file.replace("reminder_hours", "book_again = \"at_once\"\nreminder_hours");
    let practice = practice().with_practice_file(at_once).open().await;
    let page = to_come(&practice).await;
    let client = practice.visitor();
    let shown =
        client.open(&client.open(&page).await.link(AFTER)).await.says("I'll confirm or decline it myself");
    let another = client.press_on(&shown.form("/appointments").ticked("agreed")).await;
    assert!(another.title().starts_with("Requested: "), "{}", another.title());
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_taken_time_leads_on_without_typing_again() {
    let practice = practice().open().await;
    let page = to_come(&practice).await;
    let client = practice.visitor();
    let form =
        client.open(&client.open(&page).await.link(AFTER)).await.form("/appointments").with("for", "Ben Ray");
    let taken = client.press(&form.ticked("agreed").with("start", ELEVEN.start)).await.expect(409);
    let way_out = taken.forms("/appointments").remove(0);
    assert_eq!(way_out.value("for"), "Ben Ray");
    client.press_on(&way_out).await.says("Requested").says("Ben's visit");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn while_booking_is_paused_and_once_it_is_canceled_no_more_is_offered() {
    let practice = practice().open().await;
    let page = to_come(&practice).await;
    let (client, therapist) = (practice.visitor(), practice.therapist().await);
    therapist.closes_requests("Back in January.").await;
    client.open(&page).await.never_says("Book another").never_says("Right after");
    therapist.opens_requests().await;
    let form =
        client.open(&client.open(&page).await.link(AFTER)).await.form("/appointments").ticked("agreed");
    client.press_on(&client.open(&format!("{page}/cancellation")).await.form("/cancellation")).await;
    practice.emails().await;
    client.open(&page).await.never_says("Book another");
    // What was opened before asks who they are, and loses nothing.
    let asked = client.press(&form.with("for", "Ben Ray").with("note", "By the window.")).await.expect(422);
    let asked = asked.says("just fill in your details").form("/appointments");
    assert_eq!((asked.value("for"), asked.value("note")), ("Ben Ray", "By the window."));
    practice.close().await;
}

#[tokio::test]
async fn whoever_books_again_after_the_visit_books_for_the_same_person() {
    let practice = practice().open().await;
    let form = practice.filled(&JUNE, &ELEVEN).await.with("for", "Ben Ray");
    practice.visitor().press_on(&form).await;
    practice.emails().await;
    practice.therapist().await.confirms(&JUNE).await;
    let page = path_of(practice.email_to(JUNE.email).await.page()).to_owned();
    practice.passes(chrono::TimeDelta::days(2)).await;
    practice.emails().await;
    let client = practice.visitor();
    let openings = client.open(&client.open(&page).await.link("Book again")).await;
    let form =
        client.open(&openings.link("Thursday, December 3, 2:00 pm, Redding")).await.form("/appointments");
    assert_eq!(form.value("for"), "Ben Ray");
    practice.close().await;
}
