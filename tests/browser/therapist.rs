//! The therapist's story.

use crate::{
    browser::Browser,
    chromium::{DESK, PHONE},
    support::{
        people::{JUNE, THERAPIST, TUESDAY, WALT},
        practice::practice,
    },
};

/// The name in the first request, the most urgent one.
const REQUEST: &str = "[aria-labelledby=requests] a[href^='/admin/appointments/']";
/// And in the last one.
const LAST_REQUEST: &str = "[aria-labelledby=requests] li:last-child a[href^='/admin/appointments/']";

#[tokio::test]
async fn the_therapist_answers_on_a_phone() {
    let practice = practice().open().await;
    practice.has_demo().await;
    let phone = Browser::open(PHONE).await;

    phone.signs_in(&practice).await;
    phone.says("Monday, November 23").await;
    phone.says("3 requests and one reschedule to answer").await;
    phone.says("The coming days").await;

    let confirmed = phone.find(REQUEST).await.text().await.expect("a name");
    phone.press(&format!("Confirm {confirmed}")).await;
    phone.says(&format!("{confirmed}: Confirmed. Undo until 8:01:00.")).await;
    phone.says("2 requests and one reschedule to answer").await;
    let declined = phone.find(LAST_REQUEST).await.text().await.expect("a name");
    assert_ne!(declined, confirmed);
    phone.press_at(LAST_REQUEST).await;
    phone.says(&format!("Requested: {declined}")).await;
    phone.press("Decline…").await;
    phone.says("Not declined yet.").await;
    let sentence = phone.find("form[action$='/decline'] textarea").await;
    sentence.send_keys("I am in class that day.").await.expect("a field");
    phone.press_at("form[action$='/decline'] button").await;
    phone.says(&format!("Declined: {declined}")).await;
    phone.says("I am in class that day.").await;

    phone.says("Declined. Undo until 8:01:00.").await;
    phone.press("Undo").await;
    phone.says(&format!("Requested: {declined}")).await;

    phone.press("Sign out").await;
    phone.find("#password").await;
    phone.goto(&practice.url("/admin")).await;
    assert!(phone.title().await.starts_with("Sign in"));
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_client_asks_for_another_time_and_the_therapist_says_yes_on_a_phone() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let (client, phone) = (Browser::open(DESK).await, Browser::open(PHONE).await);
    phone.signs_in(&practice).await;
    phone.press("Confirm June Okafor").await;
    phone.says("No requests to answer").await;

    let own_page = practice.email_to(JUNE.email).await.page().to_owned();
    client.goto(&own_page).await;
    client.press("Reschedule").await;
    client.press("Wednesday, November 25, 9:00 am, Mt. Shasta").await;
    client.says("at a different office: Mt. Shasta instead of Redding.").await;
    client.press("Request this time").await;
    client.says("The time above stays yours until I answer").await;
    assert_eq!(client.texts(".slot .when").await, ["Tuesday, November 24, 9:00 am"]);
    practice.email_to(JUNE.email).await;
    assert!(practice.mailbox.one_to(THERAPIST).subject.contains("June Okafor"));

    phone.press("Today").await;
    phone.says("One reschedule to answer").await;
    // Below whom one sees next, the whole request is on one screen.
    phone.goto(&practice.url("/admin#requests")).await;
    let times = phone.texts("[aria-labelledby=requests] time").await;
    assert_eq!(times[..2], ["Tuesday, November 24, 9:00 am", "Wednesday, November 25, 9:00 am"]);
    assert_eq!(phone.texts("[aria-labelledby=requests] .office").await, ["Redding", "Mt. Shasta"]);
    for which in ["p:not(.who) > time", "b > time", "form[action$='/confirmation'] button"] {
        phone.sees(&format!("[aria-labelledby=requests] {which}")).await;
    }
    phone.press("Confirm June Okafor, Wednesday, November 25, 9:00 am").await;
    phone.says("No requests to answer").await;

    let changed = practice.email_to(JUNE.email).await;
    assert!(changed.subject.starts_with("Changed: Mt. Shasta instead of Redding"), "{}", changed.subject);
    client.goto(&own_page).await;
    client.says("confirmed for Wednesday, November 25, 9:00 am, Mt. Shasta, as you asked.").await;
    assert_eq!(client.texts("h1").await, ["Confirmed"]);
    assert_eq!(client.texts(".slot .when").await, ["Wednesday, November 25, 9:00 am"]);
    assert_eq!(client.texts(".slot .office").await, ["Mt. Shasta"]);
    practice.close().await;
}

#[tokio::test]
async fn somebody_on_the_telephone_gets_the_next_opening() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE).await;
    phone.signs_in(&practice).await;
    phone.press("New appointment").await;
    phone.press("Neuromuscular session").await;
    let next = phone.find("main a[href*='&start=']").await;
    let time = next.attr("aria-label").await.expect("a link").expect("a label");
    assert_eq!(time, "Monday, November 23, 9:00 am, Mt. Shasta", "what is left of today can be booked");
    phone.press("Tuesday, November 24, 9:00 am, Redding").await;
    phone.types("Name", WALT.name).await;
    phone.types("Phone", WALT.phone).await;
    phone.press_at("form[action='/admin/appointments'] button").await;
    phone.says("Confirmed: Walt Brennan").await;
    phone.press("Today").await;
    phone.says("The coming days").await;
    phone.press_at(".near-one .who a").await;
    phone.says("Confirmed: Walt Brennan").await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.visitor().get(&TUESDAY.form()).await.expect(409);
    practice.close().await;
}
