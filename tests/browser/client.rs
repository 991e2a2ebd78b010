//! The client's story: reads, asks, is answered, calls off.

use crate::{
    browser::Browser,
    chromium::{DESK, PHONE},
    support::{
        people::{JUNE, Person, THERAPIST, TUESDAY},
        practice::practice,
    },
};

const INES: Person =
    Person { name: "Ines Moreau", email: "ines@example.com", phone: "", note: "I come by train." };

#[tokio::test]
async fn a_client_on_a_phone_without_script_reads_asks_and_is_answered() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE.without_script()).await;

    phone.goto(&practice.url("/")).await;
    phone.press_at("main a[href^='/articles/']").await;
    phone.press("See available times").await;
    phone.press("Neuromuscular session").await;
    phone.press("more times, Tuesday, Redding").await;
    phone.press("Tuesday, November 24, 11:00 am, Redding").await;
    is_told_what_to_mend(&phone).await;
    phone.asks_as(&JUNE).await;

    phone.says("It is not confirmed yet.").await;
    assert!(phone.title().await.starts_with("Requested: Tuesday, November 24, 11:00 am, Redding"));
    phone.says("Tuesday, November 24, 11:00 am").await;
    phone.says("(PST)").await;
    phone.says("I've emailed june@example.com.").await;

    let received = practice.email_to(JUNE.email).await;
    assert_eq!(received.subject, "Requested: Tuesday, November 24, 11:00 am, Redding");
    assert!(practice.mailbox.one_to(THERAPIST).subject.starts_with("Requested: June Okafor, "));
    phone.goto(received.page()).await;
    phone.says("It is not confirmed yet.").await;
    phone.never_says(JUNE.email).await;
    phone.never_says("555-0133").await;

    practice.therapist().await.confirms(&JUNE).await;
    phone.goto(practice.email_to(JUNE.email).await.page()).await;
    phone.says("I look forward to seeing you.").await;
    assert!(phone.title().await.starts_with("Confirmed: Tuesday, November 24, 11:00 am, Redding"));
    practice.close().await;
}

/// Sends the form with a note alone. What is missing is named, each name leads
/// to its field, and the note stays.
async fn is_told_what_to_mend(phone: &Browser) {
    phone.types("A note", "By bus. ").await;
    phone.press("Request this time").await;
    phone.says("Three things to fix").await;
    for field in ["name", "email", "agreed"] {
        phone.press_at(&format!("[role=alert] a[href='#{field}']")).await;
        phone.find(&format!("#{field}:focus[aria-invalid=true][aria-describedby~={field}-error]")).await;
        let message = phone.find(&format!("#{field}-error")).await.text().await;
        assert!(message.expect("a message").starts_with("Please "), "{field}");
    }
    let note = phone.field("A note").await.prop("value").await.expect("a note");
    assert_eq!(note.as_deref(), Some("By bus. "));
}

#[tokio::test]
async fn a_client_at_a_desk_with_script_asks_is_answered_and_cancels() {
    let pictured = |file: String| file.replace("[therapist]\n", "[therapist]\nportrait = \"dustin.svg\"\n");
    let practice = practice().with_practice_file(pictured).open().await;
    practice.has_demo().await;
    let (client, therapist) = (Browser::open(DESK).await, Browser::open(DESK).await);
    therapist.signs_in(&practice).await;
    therapist.says("to answer").await;
    therapist.picture("admin.png", 960).await;

    client.goto(&practice.url("/")).await;
    client.picture("home.png", 1100).await;
    client.press("Book a session").await;
    client.press("Neuromuscular session").await;
    let first = client.find(".day a[href*='&start=']").await;
    let time = first.attr("aria-label").await.expect("a link").expect("a label");
    first.click().await.expect("a link");
    client.asks_as(&INES).await;
    client.says("It is not confirmed yet.").await;
    assert_eq!(practice.email_to(INES.email).await.subject, format!("Requested: {time}"));

    therapist.goto(practice.mailbox.one_to(THERAPIST).page()).await;
    therapist.says("I come by train.").await;
    therapist.press("Confirm").await;
    therapist.says("Confirmed: Ines Moreau").await;
    let confirmed = practice.email_to(INES.email).await;
    assert_eq!(confirmed.subject, format!("Confirmed: {time}"));

    client.goto(confirmed.page()).await;
    client.press("Cancel").await;
    client.press("Cancel my appointment").await;
    client.says("is canceled. Thanks for letting me know.").await;
    assert_eq!(practice.email_to(INES.email).await.subject, format!("Canceled: {time}"));
    therapist.goto(practice.mailbox.one_to(THERAPIST).page()).await;
    therapist.says("Canceled: Ines Moreau").await;
    therapist.says("by the client").await;
    practice.close().await;
}

#[tokio::test]
async fn a_double_click_asks_once() {
    let practice = practice().open().await;
    let client = Browser::open(DESK).await;
    client.goto(&practice.url(&TUESDAY.form())).await;
    client.fills_in_as(&JUNE).await;
    client.press_twice("form[action='/appointments'] button").await;
    client.says("It is not confirmed yet.").await;

    let mut recipients: Vec<String> = practice.emails().await.into_iter().map(|email| email.to).collect();
    recipients.sort();
    assert_eq!(recipients, [THERAPIST, JUNE.email]);
    let today = practice.therapist().await.open("/admin").await;
    assert_eq!(today.forms("/confirmation").len(), 1);
    practice.close().await;
}

#[tokio::test]
async fn a_client_on_a_phone_without_script_books_for_somebody_else_and_one_more_right_after() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE.without_script()).await;

    phone.goto(&practice.url(&TUESDAY.form())).await;
    phone.types("Who is it for?", "Ben Ray").await;
    phone.asks_as(&JUNE).await;
    phone.says("It is not confirmed yet.").await;
    phone.says("Ben's visit").await;
    practice.email_to(JUNE.email).await.says("Ben's visit");
    practice.mailbox.take();

    phone.press("Right after: Tuesday, November 24, 10:30 am").await;
    phone.says("I know you from your appointment on Tuesday, November 24").await;
    phone.field("I've read").await.click().await.expect("a box to tick");
    phone.press("Request this time").await;
    assert!(phone.title().await.starts_with("Requested: Tuesday, November 24, 10:30 am, Redding"));
    phone.never_says("Ben's visit").await;
    practice.emails().await;
    let today = practice.therapist().await.open("/admin").await;
    let mut whose = today.texts("li.req .who");
    whose.sort();
    assert_eq!(whose, ["Ben Ray, booked by June Okafor", "June Okafor"]);
    practice.close().await;
}
