//! The therapist's story.

use crate::{browser::Browser, chromium::PHONE, support::practice::practice};

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
    phone.says("3 requests and one change to answer").await;
    phone.says("The coming days").await;

    let confirmed = phone.find(REQUEST).await.text().await.expect("a name");
    phone.press(&format!("Confirm {confirmed}")).await;
    phone.says(&format!("Confirmed: {confirmed}")).await;

    phone.press("Today").await;
    phone.says("2 requests and one change to answer").await;
    let declined = phone.find(LAST_REQUEST).await.text().await.expect("a name");
    assert_ne!(declined, confirmed);
    phone.press_at(LAST_REQUEST).await;
    phone.says(&format!("Requested: {declined}")).await;
    let sentence = phone.find("form[action$='/decline'] textarea").await;
    sentence.send_keys("I am in class that day.").await.expect("a field");
    phone.press("Decline").await;
    phone.says(&format!("Declined: {declined}")).await;
    phone.says("I am in class that day.").await;

    phone.press("Sign out").await;
    phone.find("#password").await;
    phone.goto(&practice.url("/admin")).await;
    assert!(phone.title().await.starts_with("Sign in"));
    practice.letters().await;
    practice.close().await;
}
