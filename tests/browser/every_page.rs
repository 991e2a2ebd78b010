//! What holds for every page.

use stillpoint::urls;

use crate::{
    browser::Browser,
    chromium::DESK,
    support::{
        people::{JUNE, PETER, SESSION, Therapist, path_of},
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
    let practice = practice()
        .with_file("pages/for-doctors.md", &in_menu("header", "Rechtsschutzversicherungsgesellschaften"))
        .with_file("pages/parents.md", &in_menu("header", "For parents, and for whoever comes along"))
        .with_file("pages/impressum.md", &in_menu("footer", "Donaudampfschifffahrtsgesellschaftspatent"))
        .open()
        .await;
    practice.has_demo().await;
    let browser = Browser::open(DESK).await;

    let times = first_and_last_time(&practice).await;
    for (status, path) in public_pages(&practice, &times).await {
        practice.visitor().get(&path).await.expect(status);
        browser.goto(&practice.url(&path)).await;
        fits(&browser, &path).await;
        assert!(browser.cookies().await.is_empty(), "{path} sets a cookie");
    }
    let welcome = practice.running.welcome.as_deref().expect("no password is set yet");
    for path in ["/admin/session", "/admin/session/forgotten", path_of(welcome)] {
        browser.goto(&practice.url(path)).await;
        fits(&browser, path).await;
    }
    browser.signs_in(&practice).await;
    let therapist = practice.therapist().await;
    for (status, path) in therapists_pages(&therapist, &times).await {
        therapist.get(&path).await.expect(status);
        browser.goto(&practice.url(&path)).await;
        fits(&browser, &path).await;
    }
    for of in ["requests", "days"] {
        browser.goto(&practice.url("/admin")).await;
        browser.press_at(&format!("[aria-labelledby={of}] a[href^='/admin/appointments/']")).await;
        browser.find("dl").await;
        fits(&browser, of).await;
    }
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn nor_does_anything_that_a_button_leads_to() {
    let practice = practice().open().await;
    practice.has_demo().await;
    let browser = Browser::open(DESK).await;
    let [free, _] = first_and_last_time(&practice).await;

    browser.goto(&practice.url("/articles/a-guide-to-neuromuscular-therapy/question")).await;
    browser.press_at("form[action$='/question'] button").await;
    shows(&browser, "Please write your question.").await;
    browser.goto(&practice.url(&free)).await;
    browser.press("Request this time").await;
    shows(&browser, "things to fix").await;
    browser.fills_in_as(&JUNE).await;
    let faster = practice.visitor().open(&free).await.form(urls::APPOINTMENTS);
    practice.visitor().press(&PETER.fills(faster)).await.expect(303);
    browser.press("Request this time").await;
    shows(&browser, "Sorry, that time's taken.").await;

    browser.signs_in(&practice).await;
    let therapist = practice.therapist().await;
    browser.goto(&practice.url(urls::SETTINGS)).await;
    browser.types("Minimum notice", "0").await; // 120 hours.
    browser.press("See what would change").await;
    shows(&browser, "What would change").await;
    browser.types("Minimum notice", " days").await;
    browser.press("See what would change").await;
    browser.find("[role=alert]").await;
    fits(&browser, "a wrong value").await;

    browser.goto(&practice.url(&format!("/admin/days/{}", date_of(&free)))).await;
    browser.press("Close this day").await;
    shows(&browser, "Nothing's changed yet.").await;
    browser.goto(&practice.url(urls::TIME_OFF)).await;
    browser.press_at("form[action='/admin/time-off'] button").await;
    browser.find("[role=alert]").await;
    fits(&browser, "time off without a date").await;

    let appointment = therapist.open(urls::ADMIN).await.link(PETER.name);
    browser.goto(&practice.url(&appointment)).await;
    browser.press("Decline…").await;
    shows(&browser, "Not declined yet.").await;
    therapist.confirms(&PETER).await;
    browser.press_at("form[action$='/decline'] button").await;
    shows(&browser, "This appointment is already confirmed.").await;

    therapist.closes_requests("I am moving house until Sunday; please call.").await;
    for path in [urls::HOME, urls::NEW_APPOINTMENT, urls::TIME_OFF] {
        browser.goto(&practice.url(path)).await;
        shows(&browser, "I am moving house until Sunday").await;
    }
    practice.emails().await;
    practice.close().await;
}

/// A page that every other leads to.
fn in_menu(menu: &str, title: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndescription = \"About it.\"\nmenu = \"{menu}\"\n+++\n\nWords.\n")
}

/// Waits for words of a page, and insists that it fits.
async fn shows(browser: &Browser, words: &str) {
    browser.says(words).await;
    fits(browser, words).await;
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

/// The forms of the first time that is offered, and of the last one in sight.
async fn first_and_last_time(practice: &TestPractice) -> [String; 2] {
    let page = practice.visitor().open(&format!("{}?service={SESSION}", urls::NEW_APPOINTMENT)).await;
    let times = page.hrefs("a.t");
    [times.first(), times.last()].map(|time| time.expect("a time").to_owned())
}

/// The office and the start of a form of a time, as addresses ask for them.
fn wanted(time: &str) -> &str {
    &time[time.find("office=").expect("an office")..]
}

/// The date in Greenwich, which for a morning is the one in California.
fn date_of(time: &str) -> &str {
    let (_, start) = time.split_once("start=").expect("a start");
    &start[.."2026-11-23".len()]
}

/// The sitemap, and what nobody finds through it: openings, forms, refusals, a
/// client's own pages; with the status of each.
async fn public_pages(practice: &TestPractice, [asked_for, free]: &[String; 2]) -> Vec<(u16, String)> {
    let visitor = practice.visitor();
    let sitemap = visitor.open(urls::SITEMAP).await.locations();
    let mut there: Vec<String> = sitemap.iter().map(|address| path_of(address).to_owned()).collect();
    assert!(there.len() > 15, "{there:?}");

    let app = practice.running.app();
    there.extend(app.practice().services_offered().map(|service| urls::openings(&service.slug)));
    let form = JUNE.fills(visitor.open(asked_for).await.form(urls::APPOINTMENTS));
    let own_page = visitor.press(&form).await.leads_to();
    let own = visitor.open(&own_page).await;
    let reschedule = own.link("Reschedule");
    let question = "/articles/a-guide-to-neuromuscular-therapy/question";
    there.extend([free, &own_page, &reschedule, urls::NEW_APPOINTMENT, question].map(str::to_owned));
    there.extend([own.link("Cancel"), format!("{question}/sent"), format!("{reschedule}?{}", wanted(free))]);

    let past = free.replace(date_of(free), "2026-11-20");
    let refused = [asked_for.clone(), format!("{reschedule}?{}", wanted(&past))];
    let there = there.into_iter().map(|path| (200, path));
    there.chain(refused.map(|path| (409, path))).chain([(404, "/nowhere".to_owned())]).collect()
}

/// What the therapist opens besides appointments, with the status of each.
async fn therapists_pages(therapist: &Therapist, [taken, free]: &[String; 2]) -> Vec<(u16, String)> {
    let june = therapist.open(urls::ADMIN).await.link(JUNE.name);
    let book = |time: &str| format!("{}?service={SESSION}&{}", urls::NEW_BOOKING, wanted(time));
    let move_it = |time: &str| format!("{june}/reschedule?{}", wanted(time));
    let day = format!("/admin/days/{}", date_of(taken));
    let why = format!("{}?service={SESSION}&on={}", urls::WHY, date_of(taken));
    let settled = "/admin/appointments/1"; // The demo's first visit is weeks ago.
    vec![
        (200, urls::ADMIN.to_owned()),
        (200, urls::NEW_BOOKING.to_owned()),
        (200, book(free)),
        (409, book(taken)),
        (200, format!("{june}/reschedule")),
        (200, move_it(free)),
        (200, settled.to_owned()),
        (409, format!("{settled}/reschedule")),
        (404, "/admin/nowhere".to_owned()),
        (200, urls::HOURS.to_owned()),
        (200, day),
        (200, urls::TIME_OFF.to_owned()),
        (200, why),
        (422, format!("{}?service=none", urls::WHY)),
        (200, urls::SETTINGS.to_owned()),
        (200, urls::ACCOUNT.to_owned()),
        (200, urls::SECOND_STEP.to_owned()),
        (200, urls::CONTENT.to_owned()),
    ]
}
