//! The story of a booking, with Back at every turn: what was typed survives, no
//! page ends in an error of the browser's, and nobody asks twice.

use crate::{
    browser::Browser,
    chromium::DESK,
    support::{
        people::{JUNE, Opening, PETER, THERAPIST, TUESDAY},
        practice::{TestPractice, practice},
    },
};

/// Tuesday, November 24, 1:30 pm.
const AFTERNOON: Opening = Opening { start: "2026-11-24T21:30:00Z", ..TUESDAY };

#[tokio::test]
async fn in_chromium_back_loses_nothing_and_asks_nothing_twice() {
    everything_survives_back(Browser::open(DESK).await).await;
}

#[tokio::test]
async fn in_chromium_that_keeps_no_pages_back_loses_nothing_and_asks_nothing_twice() {
    everything_survives_back(Browser::open(DESK.that_keeps_no_pages()).await).await;
}

#[tokio::test]
async fn in_firefox_back_loses_nothing_and_asks_nothing_twice() {
    everything_survives_back(Browser::open_firefox(true).await).await;
}

#[tokio::test]
async fn in_firefox_that_keeps_no_pages_back_loses_nothing_and_asks_nothing_twice() {
    everything_survives_back(Browser::open_firefox(false).await).await;
}

async fn everything_survives_back(browser: Browser) {
    let practice = practice().open().await;

    // Half a form, a look at the policies, and Back.
    browser.goto(&practice.url(&AFTERNOON.form())).await;
    browser.types("Your name", JUNE.name).await;
    browser.types("Email", "june").await;
    browser.types("A note", "By bus.").await;
    looks_elsewhere_and_comes_back(&browser).await;
    stands_there(&browser, &[("Your name", JUNE.name), ("Email", "june"), ("A note", "By bus.")]).await;

    // The form comes back with what is wrong; a look elsewhere, and Back.
    browser.press_at("form[action='/appointments'] button").await;
    browser.find("[role=alert] a[href='#email']").await;
    looks_elsewhere_and_comes_back(&browser).await;
    browser.find("[role=alert] a[href='#email']").await;
    stands_there(&browser, &[("Your name", JUNE.name), ("A note", "By bus.")]).await;

    // Put right and sent; Back, another note, and sent again: it is the same request.
    browser.field("Email").await.clear().await.expect("a field");
    browser.types("Email", JUNE.email).await;
    browser.press_at("#agreed").await;
    browser.press_at("form[action='/appointments'] button").await;
    browser.find(".is-requested").await;
    let own = browser.address().await;
    browser.back().await;
    stands_there(&browser, &[("Your name", JUNE.name), ("Email", JUNE.email), ("A note", "By bus.")]).await;
    browser.types("A note", " Or by train.").await;
    browser.press_at("form[action='/appointments'] button").await;
    browser.find(".is-requested").await;
    assert_eq!(browser.address().await, own);
    let mut recipients: Vec<String> = practice.emails().await.into_iter().map(|email| email.to).collect();
    recipients.sort();
    assert_eq!(recipients, [THERAPIST, JUNE.email]);

    a_taken_time_survives_back(&browser, &practice).await;
    practice.close().await;
}

/// The page of a taken time comes back; and once it has led to a request,
/// another of its times is asked about first.
async fn a_taken_time_survives_back(browser: &Browser, practice: &TestPractice) {
    browser.goto(&practice.url(&TUESDAY.form())).await;
    browser.fills_in_as(&JUNE).await;
    practice.has_asked(&PETER, &TUESDAY).await;
    browser.press_at("form[action='/appointments'] button").await;
    browser.says("Sorry, that time's taken.").await;
    looks_elsewhere_and_comes_back(browser).await;
    browser.says("Sorry, that time's taken.").await;
    browser.press_at(".nearest button").await;
    browser.find(".is-requested").await;
    let first = browser.address().await;
    practice.emails().await;
    browser.back().await;
    browser.says("Sorry, that time's taken.").await;
    browser.press_at(".nearest li:nth-child(2) button").await;
    browser.says("As well, or instead?").await;
    looks_elsewhere_and_comes_back(browser).await;
    browser.says("As well, or instead?").await;
    assert_eq!(practice.emails().await.len(), 0);
    browser.press_at("form[action$='/reschedule'] button").await;
    browser.find(".is-requested").await;
    assert_eq!(browser.address().await, first);
    practice.deliver().await;
}

async fn looks_elsewhere_and_comes_back(browser: &Browser) {
    let here = browser.address().await;
    browser.press_at(".foot a[href='/policies']").await;
    browser.says("Questions and answers").await;
    browser.reaches("/policies").await;
    browser.back().await;
    assert_eq!(browser.address().await, here);
}

async fn stands_there(browser: &Browser, fields: &[(&str, &str)]) {
    for (label, value) in fields {
        let typed = browser.field(label).await.prop("value").await.expect("a field");
        assert_eq!(typed.as_deref(), Some(*value), "{label}");
    }
}
