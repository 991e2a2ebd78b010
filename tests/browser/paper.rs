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

/// Headings of something that cannot be seen.
const IDLE_HEADINGS: &str = "
    return [...document.querySelectorAll('h2')]
        .filter(heading => heading.checkVisibility() && heading.nextElementSibling?.checkVisibility() === false)
        .map(heading => heading.outerHTML)";

/// What stands in the article, but for the ways on, and cannot be seen.
const UNSEEN: &str = "
    return [...document.querySelectorAll('h1, .body > *, .body :is(p, li, figure, details > *)')]
        .filter(part => !part.closest('.invite, nav, .rel, h2:has(+ .rel)') && !part.checkVisibility())
        .map(part => part.outerHTML)";

#[tokio::test]
async fn an_article_is_printed_with_its_text_and_nothing_to_press() {
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

    practice.close().await;
}

/// An address within the site would be the half of one.
#[tokio::test]
async fn a_sheet_says_where_it_is_from_and_where_links_to_other_sites_lead() {
    let practice = practice()
        .with_file("pages/about.md", "+++\ntitle = \"About\"\ndescription = \"Me.\"\n+++\n\n[There](https://there.example/x), [here](/faq), [above](#mine).\n\n## Mine {#mine}\n")
        .open()
        .await;
    let browser = Browser::open(DESK).await;
    for path in ["/about", "/articles", "/topics/headache", "/", ARTICLE] {
        browser.goto(&practice.url(path)).await;
        browser.is_on_paper().await;
        assert_eq!(browser.texts(".paper").await, [practice.url(path)]);
        assert_eq!(browser.probe::<Vec<String>>(IDLE_HEADINGS).await, [""; 0], "{path}");
    }
    browser.goto(&practice.url("/about")).await;
    browser.is_on_paper().await;
    let mut printed = Vec::new();
    for link in browser.all(".body p a").await {
        printed.push(browser.spoken(&link).await.1);
    }
    assert_eq!(printed, ["There (https://there.example/x)", "here", "above"]);
    practice.close().await;
}

#[tokio::test]
async fn articles_openings_and_an_appointment_take_few_sheets() {
    let practice = practice().open().await;
    let browser = Browser::open(DESK).await;
    for article in practice.visitor().open("/articles").await.some_hrefs(".list h2 a") {
        takes(&browser, &practice, &article, 4).await;
    }
    takes(&browser, &practice, &format!("/appointments/new?service={SESSION}"), 3).await;

    let own_page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
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

#[tokio::test]
async fn the_therapists_day_week_and_month_are_a_sheet_each() {
    let practice = practice().open().await;
    practice.has_demo().await;
    let browser = Browser::open(DESK).await;
    browser.signs_in(&practice).await;
    for path in ["/admin/week?from=2026-11-30", "/admin/days/2026-11-30", "/admin/month?from=2026-12-01"] {
        takes(&browser, &practice, path, 1).await;
        browser.is_on_paper().await;
        assert_eq!(browser.probe::<Vec<String>>(WAYS_ON).await, [""; 0], "{path}");
    }
    practice.close().await;
}

/// Insists that a page is printed on so many sheets at most.
async fn takes(browser: &Browser, practice: &TestPractice, path: &str, most: usize) {
    browser.goto(&practice.url(path)).await;
    let sheets = browser.sheets().await;
    assert!(sheets <= most, "{path} takes {sheets} sheets");
}
