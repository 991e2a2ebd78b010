//! A booking from the home page to the end by keyboard alone, as somebody with
//! a screen reader meets it.

use std::collections::HashSet;

use fantoccini::key::Key;

use crate::{
    browser::{Browser, IN_SIGHT},
    chromium::DESK,
    support::{
        people::{JUNE, THERAPIST},
        practice::practice,
    },
};

/// Everything at which Tab has to stop, in the order of the document.
const STOPS: &str = "
    [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
        .filter(stop => stop.tabIndex >= 0 && stop.checkVisibility({ visibilityProperty: true }))";

/// How deep each heading is, in the order of the document.
const HEADINGS: &str = "
    return [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
        .filter(heading => heading.checkVisibility()).map(heading => Number(heading.tagName[1]))";

/// What Tab would bring before its turn.
const OUT_OF_TURN: &str = "
    return [...document.querySelectorAll('[tabindex]')]
        .filter(stop => stop.tabIndex > 0).map(stop => stop.outerHTML)";

/// The fields that are marked as wrong, each with what describes it.
const WRONG: &str = "
    const words = id => document.getElementById(id).innerText;
    return [...document.querySelectorAll('[aria-invalid=true]')]
        .map(field => [field.id, field.getAttribute('aria-describedby').split(' ').map(words).join(' ')])";

#[tokio::test]
async fn a_booking_by_keyboard_alone() {
    let practice = practice().open().await;
    let desk = Browser::open(DESK).await;
    desk.goto(&practice.url("/")).await;
    is_in_order(&desk).await;
    goes_to(&desk, "link", "Services").await;
    desk.key(Key::Enter).await;

    desk.says("See available times").await;
    skips_to_main(&desk).await;
    goes_to(&desk, "link", "See available times for Neuromuscular session").await;
    desk.key(Key::Enter).await;

    desk.says("Choose a time at either office.").await;
    skips_to_main(&desk).await;
    goes_to(&desk, "link", "Tuesday, November 24, 9:00 am, Redding").await;
    desk.key(Key::Enter).await;

    desk.says("What happens next").await;
    skips_to_main(&desk).await;
    goes_to(&desk, "button", "Request this time").await;
    desk.key(Key::Enter).await;
    mends_what_is_wrong(&desk).await;

    desk.says("It is not confirmed yet.").await;
    skips_to_main(&desk).await;
    let heading = desk.find("main:focus h1").await;
    assert_eq!(desk.spoken(&heading).await, ("heading".to_owned(), "Requested".to_owned()));
    desk.sees("h1").await;
    let received = practice.email_to(JUNE.email).await;
    assert_eq!(received.subject, "Requested: Tuesday, November 24, 9:00 am, Redding");
    practice.mailbox.one_to(THERAPIST);
    practice.close().await;
}

/// The form comes back with the focus on what is wrong; each of it leads to its
/// field, which says the same.
async fn mends_what_is_wrong(desk: &Browser) {
    let summary = desk.find("[role=alert]:focus").await;
    assert_eq!(desk.spoken(&summary).await.0, "alert");
    desk.sees("[role=alert]").await;
    is_in_order(desk).await;
    let messages = desk.texts("[role=alert] a").await;
    assert_eq!(messages.len(), 3, "{messages:?}");
    let wrong = desk.probe::<Vec<(String, String)>>(WRONG).await;
    assert_eq!(wrong.len(), messages.len(), "{wrong:?}");
    for ((_, words), message) in wrong.iter().zip(&messages) {
        assert!(words.ends_with(message), "{words}: {message}");
    }

    for (((field, _), message), typed) in wrong.iter().zip(&messages).zip([JUNE.name, JUNE.email, " "]) {
        let is_first = desk.focus_is("[role=alert]").await;
        goes(desk, if is_first { 1 } else { -1 }, "link", message).await;
        desk.key(Key::Enter).await;
        desk.find(&format!("#{field}:focus")).await;
        desk.sees(&format!("#{field}")).await;
        desk.keys(typed).await;
    }
    desk.find("#agreed:checked").await;
    goes_to(desk, "button", "Request this time").await;
    desk.key(Key::Enter).await;
}

/// Takes the first stop of a page, which skips everything before its content.
async fn skips_to_main(desk: &Browser) {
    is_in_order(desk).await;
    goes_to(desk, "link", "Skip to content").await;
    assert_eq!(stops_at(desk).await, 0);
    desk.key(Key::Enter).await;
    desk.find("main:focus").await;
}

/// Presses Tab until a screen reader says this.
async fn goes_to(desk: &Browser, role: &str, name: &str) {
    goes(desk, 1, role, name).await;
}

/// The same, or backwards with Shift. Nothing that can be seen is passed over;
/// each stop has a role and a name, is in sight and marked.
async fn goes(desk: &Browser, step: i32, role: &str, name: &str) {
    let mut passed: Vec<(String, String)> = Vec::new();
    let mut before = None;
    loop {
        if step > 0 {
            desk.key(Key::Tab).await
        } else {
            desk.shift_and(Key::Tab).await
        }
        let at = stops_at(desk).await;
        assert!(before.is_none_or(|before| at == before + step), "stop {at} after {passed:?}");
        before = Some(at);
        let spoken = desk.spoken(&desk.focused().await).await;
        assert!(spoken.0 != "generic" && !spoken.1.is_empty(), "{spoken:?} after {passed:?}");
        if spoken.0 == role && spoken.1 == name {
            return;
        }
        passed.push(spoken);
    }
}

/// Which of all stops the focus is on. Insists that it is one, in sight, and marked.
async fn stops_at(desk: &Browser) -> i32 {
    let marked = "style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2";
    let (stop, is_marked, is_seen, source): (i32, bool, bool, String) = desk
        .probe(&format!(
            "const at = document.activeElement, style = getComputedStyle(at);
             return [{STOPS}.indexOf(at), {marked}, ({IN_SIGHT})(at), at.outerHTML]"
        ))
        .await;
    assert!(stop >= 0 && is_marked && is_seen, "stop {stop}, marked {is_marked}, seen {is_seen}: {source}");
    stop
}

/// Insists that a page has its landmarks with names, one title, headings that
/// go down step by step, and nothing out of turn.
async fn is_in_order(desk: &Browser) {
    let address = desk.address().await;
    let headings: Vec<u8> = desk.probe(HEADINGS).await;
    assert_eq!(headings.iter().filter(|&&depth| depth == 1).count(), 1, "{headings:?} at {address}");
    assert_eq!(headings[0], 1, "{headings:?} at {address}");
    let go_down = headings.windows(2).all(|pair| pair[1] <= pair[0] + 1);
    assert!(go_down, "{headings:?} at {address}");
    assert_eq!(desk.probe::<Vec<String>>(OUT_OF_TURN).await, [""; 0], "{address}");

    let mut landmarks = Vec::new();
    for element in desk.all("body > header, body > main, body > footer, nav, aside").await {
        landmarks.push(desk.spoken(&element).await);
    }
    let roles: Vec<&str> = landmarks.iter().map(|(role, _)| role.as_str()).collect();
    for role in ["banner", "main", "contentinfo"] {
        assert_eq!(
            roles.iter().filter(|&&one| one == role).count(),
            1,
            "{role} in {landmarks:?} at {address}"
        );
    }
    let named = landmarks.iter().filter(|(role, _)| matches!(role.as_str(), "navigation" | "complementary"));
    let names: Vec<&str> = named.map(|(_, name)| name.as_str()).collect();
    assert!(names.contains(&"Main") && !names.contains(&""), "{landmarks:?} at {address}");
    assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len(), "{landmarks:?} at {address}");
}
