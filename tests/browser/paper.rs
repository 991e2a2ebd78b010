//! What is printed: what one needs on paper, and on few sheets.

use crate::{
    browser::{Browser, SHEET},
    chromium::DESK,
    support::{
        people::{JUNE, SESSION, TUESDAY},
        practice::{TestPractice, practice},
    },
};

const ARTICLE: &str = "/articles/headache-relief-with-neuromuscular-massage";

/// What leads elsewhere and can be seen, but for a number to call.
const WAYS_ON: &str = "
    return [...document.querySelectorAll('button, input, .btn, :is(nav, footer) a:not([href^=tel]), .skip')]
        .filter(way => way.checkVisibility()).map(way => way.outerHTML)";

/// What stands in the article and cannot be seen.
const UNSEEN: &str = "
    return [...document.querySelectorAll('h1, .body > *:not(.invite), .body :is(p, li, figure, details > *)')]
        .filter(part => !part.closest('.invite, nav') && !part.checkVisibility())
        .map(part => part.outerHTML)";

#[tokio::test]
async fn an_article_is_printed_with_its_text_and_addresses_and_nothing_to_press() {
    let practice = practice().open().await;
    let browser = Browser::open(DESK).await;
    browser.goto(&practice.url(ARTICLE)).await;
    assert_ne!(browser.probe::<Vec<String>>(WAYS_ON).await, [""; 0], "on a screen");
    browser.is_on_paper().await;
    assert_eq!(browser.probe::<Vec<String>>(WAYS_ON).await, [""; 0]);
    assert_eq!(browser.probe::<Vec<String>>(UNSEEN).await, [""; 0]);
    browser.says("Migraine belongs in your doctor’s hands.").await;
    browser.says("CAMTC #93004").await;
    assert_eq!(browser.texts(".paper").await, [practice.url(ARTICLE)]);

    let links = browser.all(".body p a[href^='/']:not(.btn, .go)").await;
    assert!(!links.is_empty());
    for link in links {
        let address = link.attr("href").await.expect("a link").expect("an address");
        let (_, printed) = browser.spoken(&link).await;
        assert!(printed.ends_with(&format!("({address})")), "{printed}");
    }
    practice.close().await;
}

#[tokio::test]
async fn articles_openings_and_an_appointment_take_few_sheets() {
    let practice = practice().open().await;
    let browser = Browser::open(DESK).await;
    for article in practice.visitor().open("/articles").await.hrefs(".list h2 a") {
        takes(&browser, &practice, &article, 6).await;
    }
    takes(&browser, &practice, &format!("/appointments/new?service={SESSION}"), 3).await;

    let own_page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.letters().await;
    takes(&browser, &practice, &own_page, 2).await;
    browser.is_on_paper().await;
    assert_eq!(browser.probe::<Vec<String>>(WAYS_ON).await, [""; 0]);
    assert_eq!(browser.texts("h1").await, ["Confirmed"]);
    for (part, words) in [
        (".slot .when", "Tuesday, November 24, 9:00 am"),
        (".slot .office", "Redding"),
        (".aside address", "200 Example Avenue\nRedding, CA 96001"),
    ] {
        assert_eq!(browser.texts(part).await, [words]);
        let end =
            format!("return Math.ceil(document.querySelector('{part}').getBoundingClientRect().bottom)");
        let end: u32 = browser.probe(&end).await;
        assert!(end < SHEET.1, "{part} ends at {end}, below the first sheet");
    }
    practice.close().await;
}

/// Insists that a page is printed on so many sheets at most.
async fn takes(browser: &Browser, practice: &TestPractice, path: &str, most: usize) {
    browser.goto(&practice.url(path)).await;
    let sheets = browser.sheets().await;
    assert!(sheets <= most, "{path} takes {sheets} sheets");
}
