//! The header: one line, with a menu that opens without a script.

use fantoccini::key::Key;

use crate::{
    browser::Browser,
    chromium::{DESK, PHONE},
    support::practice::practice,
};

/// How many lines what is pressed in the header takes, of what is in sight.
const LINES: &str = "
    const seen = [...document.querySelectorAll('.top :is(a, summary)')].filter(link => link.checkVisibility());
    return new Set(seen.map(link => { const at = link.getBoundingClientRect(); return Math.round((at.top + at.bottom) / 16); })).size";

#[tokio::test]
async fn a_phones_header_is_one_line_and_its_menu_opens_by_tap_and_by_key() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE).await;
    phone.goto(&practice.url("/")).await;
    assert_eq!(phone.probe::<usize>(LINES).await, 1);
    assert_eq!(phone.texts(".top nav a").await.concat(), "", "the menu is closed");

    phone.press_at(".menu > summary").await;
    phone.sees(".top nav").await;
    phone.press("Services").await;
    phone.says("Every session").await;
    assert_eq!(phone.texts(".top nav a").await.concat(), "", "and closed on the next page");

    phone.find(".menu > summary").await.send_keys(&char::from(Key::Enter).to_string()).await.expect("a key");
    phone.key(Key::Tab).await;
    assert!(phone.focus_is(".top nav a[href='/articles']").await, "the menu comes after what opens it");
    practice.close().await;
}

#[tokio::test]
async fn the_therapists_navigation_is_one_line_and_the_rest_is_under_more() {
    let practice = practice().open().await;
    let desk = Browser::open(DESK).await;
    desk.signs_in(&practice).await;
    assert_eq!(desk.probe::<usize>(LINES).await, 1, "at a desk it is one line, with the name");
    desk.press_at(".menu > summary").await;
    desk.press("Settings").await;
    desk.says("How clients can book").await;

    desk.is_sized(390, 844, true).await;
    assert_eq!(
        desk.texts(".top nav > a").await,
        ["Today", "Week", "Clients", ""],
        "Hours has gone under More"
    );
    assert_eq!(desk.probe::<usize>(LINES).await, 2, "name and new appointment, then the navigation");
    desk.press_at(".menu.here > summary").await;
    desk.press("Check a time").await;
    desk.sees("main form").await;
    practice.close().await;
}
