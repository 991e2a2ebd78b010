//! What holds for every page.

use stillpoint::urls;

use crate::{
    browser::Browser,
    chromium::DESK,
    support::{
        people::{JUNE, path_of},
        practice::{TestPractice, practice},
    },
};

const WIDTHS: [u32; 4] = [320, 390, 768, 1280];

/// Where everything came from that the page has asked for, but for what came with it.
const FOREIGN: &str = "
    return performance.getEntriesByType('resource').map(entry => entry.name)
        .filter(name => !name.startsWith(location.origin + '/') && !name.startsWith('data:'))";

#[tokio::test]
async fn nothing_scrolls_sideways_from_320_to_1280() {
    let practice = practice().open().await;
    practice.has_demo().await;
    let browser = Browser::open(DESK).await;

    for path in public_pages(&practice).await {
        browser.goto(&practice.url(&path)).await;
        fits(&browser, &path).await;
        assert!(browser.cookies().await.is_empty(), "{path} sets a cookie");
    }
    let welcome = practice.running.welcome.as_deref().expect("no password is set yet");
    for path in ["/admin/session", path_of(welcome)] {
        browser.goto(&practice.url(path)).await;
        fits(&browser, path).await;
    }
    browser.signs_in(&practice).await;
    for path in ["/admin", "/admin/appointments/new"] {
        browser.goto(&practice.url(path)).await;
        fits(&browser, path).await;
    }
    for of in ["requests", "days"] {
        browser.goto(&practice.url("/admin")).await;
        browser.press_at(&format!("[aria-labelledby={of}] a[href^='/admin/appointments/']")).await;
        browser.find("dl").await;
        fits(&browser, of).await;
    }
    practice.letters().await;
    practice.close().await;
}

/// Insists that the page is as wide as the screen, and made of nothing from elsewhere.
async fn fits(browser: &Browser, path: &str) {
    for width in WIDTHS {
        browser.is_sized(width, 844, width < 768).await;
        let root = "const root = document.documentElement; return [root.clientWidth, root.scrollWidth]";
        assert_eq!(browser.probe::<[u32; 2]>(root).await, [width, width], "{path} at {width}");
    }
    assert_eq!(browser.probe::<Vec<String>>(FOREIGN).await, [""; 0], "{path}");
}

/// The sitemap, and what nobody finds through it: openings, forms, refusals, a client's own pages.
async fn public_pages(practice: &TestPractice) -> Vec<String> {
    let visitor = practice.visitor();
    let sitemap = visitor.open(urls::SITEMAP).await.body();
    let mut paths: Vec<String> = sitemap
        .split("<loc>")
        .skip(1)
        .filter_map(|rest| Some(path_of(rest.split_once('<')?.0).to_owned()))
        .collect();
    assert!(paths.len() > 15, "{paths:?}");

    let app = practice.running.app();
    let services = app.practice().services_offered();
    paths.extend(services.map(|service| urls::openings(&service.slug)));
    let times = visitor.open(paths.last().expect("openings")).await.hrefs("a.t");
    let (asked_for, free) = (times.first().expect("a time"), times.last().expect("a time"));
    let form = JUNE.fills(visitor.open(asked_for).await.form(urls::APPOINTMENTS));
    let own_page = visitor.press(&form).await.leads_to();
    let cancellation = visitor.open(&own_page).await.link("Cancel");
    paths.extend(
        [asked_for, free, &own_page, &cancellation, urls::NEW_APPOINTMENT, "/nowhere"].map(str::to_owned),
    );
    paths
}
