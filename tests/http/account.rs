//! The therapist's account: the password, and where they are signed in.

use chrono::TimeDelta;

use crate::support::{
    page::Page,
    people::{PASSWORD, THERAPIST, Therapist},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

const ACCOUNT: &str = "/admin/account";
const NEW: &str = "five other quiet words";
const FIREFOX: &str = "Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 \
                      (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1";

/// Signs in with a browser that says this of itself.
async fn signed_in_with(practice: &TestPractice, user_agent: &str) -> Visitor {
    let visitor = practice.visitor();
    let form = visitor.open("/admin/session").await.form("/admin/session");
    let form = form.with("email", THERAPIST).with("password", PASSWORD);
    let request = visitor.post(&form.action, form.encoded()).header("sec-fetch-site", "same-origin");
    visitor.send(request.header("user-agent", user_agent)).await.expect(303);
    visitor
}

async fn signs_in(practice: &TestPractice, password: &str) -> Page {
    let visitor = practice.visitor();
    let form = visitor.open("/admin/session").await.form("/admin/session");
    visitor.press(&form.with("email", THERAPIST).with("password", password)).await
}

async fn changes(therapist: &Therapist, present: &str, new: &str) -> Page {
    let form = therapist.open(ACCOUNT).await.form("/account/password");
    therapist.press(&form.with("password", present).with("new_password", new)).await
}

async fn is_out(visitor: &Visitor) -> bool {
    let page = visitor.get("/admin").await;
    page.status == 303 && page.leads_to() == "/admin/session"
}

#[tokio::test]
async fn the_account_says_where_the_therapist_is_signed_in_and_nothing_more_of_them() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.clock.advance(TimeDelta::days(3));
    let phone = signed_in_with(&practice, FIREFOX).await;
    practice.clock.advance(TimeDelta::days(2));
    let own = therapist.open("/admin").await.link("Account");
    let page = therapist.open(&own).await;
    let sessions = page.texts("[aria-labelledby=signed-in] li");
    assert_eq!(sessions.len(), 2, "{sessions:?}");
    assert!(sessions[0].contains("this one"), "{sessions:?}");
    assert!(
        sessions[0].contains("Signed in Monday, November 23, 8:00 am (PST). Last used today."),
        "{sessions:?}"
    );
    assert!(sessions[1].contains("Firefox on Android"), "{sessions:?}");
    assert!(sessions[1].contains("Signed in Thursday, November 26, 8:00 am"), "{sessions:?}");
    assert!(sessions[1].contains("Last used Thursday, November 26."), "{sessions:?}");
    page.never_says("Mozilla").never_says("Gecko").never_says("127.0.0.1");
    let seen = phone.open(ACCOUNT).await.texts("[aria-labelledby=signed-in] li");
    assert!(seen[0].contains("Firefox on Android, this one"), "{seen:?}");
    practice.close().await;
}

#[tokio::test]
async fn one_sign_in_is_ended_or_all_the_others() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    assert!(therapist.open(ACCOUNT).await.says("You're signed in nowhere else.").forms("/end").len() == 1);
    let phone = signed_in_with(&practice, FIREFOX).await;
    let forms = therapist.open(ACCOUNT).await.forms("/end").into_iter();
    let stale = forms
        .filter(|form| form.action.contains("/sessions/"))
        .find(|form| !form.action.ends_with("/sessions/end"));
    let stale = stale.expect("a button");
    therapist.press_on(&stale).await.never_says("Firefox on Android");
    assert!(is_out(&phone).await);

    // The same button of a page that is still open ends nothing else.
    let again = signed_in_with(&practice, FIREFOX).await;
    therapist.press_on(&stale).await.says("Firefox on Android");
    let third = signed_in_with(&practice, SAFARI).await;
    let page = therapist.open(ACCOUNT).await.says("Safari on iPhone").says("Sign out everywhere else");
    therapist.press_on(&page.form("/sessions/end")).await.says("You're signed in nowhere else.");
    assert!(is_out(&again).await && is_out(&third).await);
    therapist.press_on(&page.form("/sessions/end")).await.says("You're signed in nowhere else.");

    therapist.sends("/admin/account/sessions/none/end", &[]).await.expect(404);
    therapist.sends("/admin/account/sessions/99/end", &[]).await.expect(303);
    practice.close().await;
}

#[tokio::test]
async fn a_new_password_takes_the_old_one_and_signs_out_everywhere_else() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let other = signed_in_with(&practice, FIREFOX).await;
    practice.clock.advance(TimeDelta::hours(2));
    let done = changes(&therapist, PASSWORD, NEW).await.expect(303);
    let page = therapist.follow(&done).await.says("Set Monday, November 23, 10:00 am (PST).");
    page.says("You're signed in nowhere else.");
    assert!(is_out(&other).await);
    signs_in(&practice, PASSWORD).await.expect(422);
    signs_in(&practice, NEW).await.expect(303);
    practice.close().await;
}

#[tokio::test]
async fn a_password_that_is_not_right_or_not_good_changes_nothing() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let long = "x".repeat(201);
    for (present, new, field) in [
        ("not the one", NEW, "password"),
        ("", NEW, "password"),
        (&*long, NEW, "password"),
        (PASSWORD, "short", "new_password"),
        (PASSWORD, "", "new_password"),
        (PASSWORD, &*long, "new_password"),
    ] {
        let page = changes(&therapist, present, new).await.expect(422);
        assert_eq!(page.texts(&format!("#{field}-error")).len(), 1, "{present} {new}");
        let form = page.form("/account/password");
        assert_eq!((form.value("password"), form.value("new_password")), ("", ""), "neither is sent back");
    }
    signs_in(&practice, PASSWORD).await.expect(303);
    practice.close().await;
}

#[tokio::test]
async fn whoever_finds_an_open_page_cannot_guess_the_password_there_for_long() {
    let practice = practice().with("per_address_10_seconds", "3").open().await;
    let therapist = practice.therapist().await;
    for _ in 0..3 {
        changes(&therapist, "not the one", NEW).await.expect(422);
    }
    let page = changes(&therapist, PASSWORD, NEW).await.expect(429).says("Too many tries.");
    assert_ne!(page.header("retry-after"), "");
    practice.close().await;
}

#[tokio::test]
async fn a_password_that_was_typed_too_late_is_kept_for_nobody() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let form = therapist.open(ACCOUNT).await.form("/account/password");
    practice.clock.advance(TimeDelta::days(30));
    let door = therapist.press(&form.with("password", PASSWORD).with("new_password", NEW)).await;
    assert_eq!(door.leads_to(), "/admin/session", "no form is kept");
    signs_in(&practice, PASSWORD).await.expect(303);
    practice.close().await;
}

#[tokio::test]
async fn a_page_from_before_another_password_was_set_asks_for_that_one() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let stale = therapist.open(ACCOUNT).await.form("/account/password");
    changes(&therapist, PASSWORD, NEW).await.expect(303);
    let stale = stale.with("password", PASSWORD).with("new_password", "a third set of words");
    therapist.press(&stale).await.expect(422).says("That's not your password.");
    signs_in(&practice, NEW).await.expect(303);
    practice.close().await;
}
