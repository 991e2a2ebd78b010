//! The openings page: by keyboard, and what it costs.

use fantoccini::key::Key;

use crate::{
    browser::Browser,
    chromium::{DESK, PHONE},
    support::{people::SESSION, practice::practice},
};

/// What the page was made of: its own path, then the ending of each file.
const REQUESTS: &str = "
    await document.fonts.ready;
    return ['navigation', 'resource'].flatMap(type => performance.getEntriesByType(type))
        .map(entry => new URL(entry.name).pathname.split('.').pop())";

/// Every time in sight, as it ought to be called: day, time and office, from
/// what stands around it.
const TIMES_IN_SIGHT: &str = "
    const words = element => element.innerText.replace(/\\s+/g, ' ').trim();
    return [...document.querySelectorAll('.day [href*=\"&start=\"]')].filter(time => time.checkVisibility()).map(time => {
        const [weekday, date] = time.closest('.day').querySelector('h2').childNodes;
        const office = time.closest('.day > .cell').querySelector('.vh').textContent;
        return `${weekday.textContent.trim()}, ${words(date)}, ${words(time)}, ${office}`;
    });";

#[tokio::test]
async fn everything_can_be_reached_with_the_keyboard() {
    let practice = practice().open().await;
    let desk = Browser::open(DESK).await;
    desk.goto(&practice.url(&format!("/appointments/new?service={SESSION}"))).await;

    desk.key(Key::Tab).await;
    let skip = desk.focused().await;
    assert_eq!(desk.spoken(&skip).await, ("link".to_owned(), "Skip to content".to_owned()));
    desk.key(Key::Enter).await;
    desk.find("main:focus").await;

    let times = walks_through_main(&desk).await;
    assert_eq!(
        times[..3],
        ["Tue 9:00 am Redding", "Wed 9:00 am Mt. Shasta", "Tuesday, November 24, 9:00 am, Redding"]
    );
    let times = &times[2..];
    assert!(
        times.iter().any(|time| time == "Tuesday, November 24, 11:00 am, Redding"),
        "was folded: {times:?}"
    );
    assert_eq!(times, desk.probe::<Vec<String>>(TIMES_IN_SIGHT).await);
    practice.close().await;
}

/// Goes from stop to stop until main ends, and opens the first fold. Returns
/// what a screen reader calls each time.
async fn walks_through_main(desk: &Browser) -> Vec<String> {
    let (mut times, mut folds) = (Vec::new(), 0);
    for _ in 0..1000 {
        desk.key(Key::Tab).await;
        if !desk.focus_is("main *").await {
            return times;
        }
        let (role, name) = desk.spoken(&desk.focused().await).await;
        assert!(!name.is_empty(), "a {role} after {times:?} has no name");
        if desk.focus_is("[href*='&start=']").await {
            assert_eq!(role, "link", "{name}");
            times.push(name);
        } else if desk.focus_is("summary").await {
            folds += 1;
            if folds == 1 {
                desk.key(Key::Enter).await;
            }
        }
    }
    panic!("main cannot be left with the keyboard: {times:?}");
}

#[tokio::test]
async fn the_openings_page_is_a_page_a_stylesheet_and_two_fonts() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE).await;
    phone.goto(&practice.url(&format!("/appointments/new?service={SESSION}"))).await;
    let requests: Vec<String> = phone.probe(REQUESTS).await;
    assert_eq!(requests, ["/appointments/new", "css", "woff2", "woff2"]);
    practice.close().await;
}
