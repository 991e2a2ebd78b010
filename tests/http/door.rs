//! The therapist's door: the welcome link, signing in, signing out, the cookie.

use chrono::TimeDelta;
use reqwest::Method;
use stillpoint::urls::BaseUrl;

use crate::support::{
    page::Page,
    people::{JUNE, PASSWORD, THERAPIST, TUESDAY, path_of},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

async fn signs_in(visitor: &Visitor, door: &str, email: &str, password: &str) -> Page {
    let form = visitor.open(door).await.form("/admin/session");
    visitor.press(&form.with("email", email).with("password", password)).await
}

fn welcome(practice: &TestPractice) -> String {
    path_of(practice.running.welcome.as_deref().expect("a welcome link")).to_owned()
}

#[tokio::test]
async fn the_welcome_link_shows_its_page_any_number_of_times_and_works_once() {
    let practice = practice().open().await;
    let link = welcome(&practice);
    let scanner = practice.visitor();
    for _ in 0..3 {
        scanner.head(&link).await.expect(200);
        scanner.open(&link).await.says("Set your password");
    }
    let form = scanner.open(&link).await.form(&link);
    for password in ["short", "", &"x".repeat(201)] {
        let back = scanner.press(&form.clone().with("password", password)).await.expect(422);
        assert_eq!(back.texts("#password-error").len(), 1);
    }
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("No requests to answer");
    let again = form.with("password", "another good password");
    practice
        .visitor()
        .press(&again)
        .await
        .expect(404)
        .says("This link doesn't work anymore")
        .says("stillpoint therapist link");
    let over = practice.visitor().get(&link).await.expect(404);
    let over = over.says("This link doesn't work anymore").says("stillpoint therapist link");
    practice.visitor().open(&over.link("Sign in")).await.says("Forgot your password?");
    practice.close().await;
}

#[tokio::test]
async fn the_welcome_link_is_good_for_an_hour() {
    let practice = practice().open().await;
    let (link, visitor) = (welcome(&practice), practice.visitor());
    let form = visitor.open(&link).await.form(&link).with("password", PASSWORD);
    practice.clock.advance(TimeDelta::hours(1) - TimeDelta::seconds(1));
    visitor.open(&link).await;
    practice.clock.advance(TimeDelta::seconds(1));
    visitor.get(&link).await.expect(404);
    visitor.press(&form).await.expect(404);
    visitor.open("/admin/session").await.says("No password is set yet.");
    practice.close().await;
}

#[tokio::test]
async fn a_wrong_address_or_password_is_422_and_says_not_which() {
    let practice = practice().open().await;
    practice.therapist().await;
    let stranger = practice.visitor();
    let long = "x".repeat(5000);
    let mut bodies = Vec::new();
    for (email, password) in
        [(THERAPIST, "wrong password"), ("eve@example.com", PASSWORD), (THERAPIST, ""), (THERAPIST, &long)]
    {
        let back = signs_in(&stranger, "/admin/session", email, password).await.expect(422);
        assert_eq!(back.form("/admin/session").value("email"), email);
        assert_eq!(back.form("/admin/session").value("password"), "", "a password is not sent back");
        bodies.push(back.body().replace(email, "…"));
    }
    assert!(bodies.iter().all(|body| *body == bodies[0]));
    assert_eq!(stranger.cookies(), "");
    practice.close().await;
}

#[tokio::test]
async fn signing_in_leads_on_to_the_page_that_an_email_linked_to() {
    let practice = practice().open().await;
    practice.therapist().await;
    practice.asks(&JUNE, &TUESDAY).await;
    let arrived = practice.email_to(THERAPIST).await;
    let therapist = practice.visitor();
    let door = therapist.get(arrived.page()).await.leads_to();
    signs_in(&therapist, &door, THERAPIST, "wrong password").await.expect(422);
    let inside = signs_in(&therapist, &door, "DUSTIN@example.com", PASSWORD).await;
    therapist.follow(&inside).await.says("Requested: June Okafor");
    // Signed in already, the door leads on by itself.
    assert_eq!(therapist.get(&door).await.leads_to(), path_of(arrived.page()));
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn the_sign_in_leads_nowhere_else() {
    let practice = practice().open().await;
    let signed_in = practice.therapist().await;
    for to in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/admin/%2f%2fevil.example",
        "/admin//evil.example",
        "/admin/../..//evil.example",
        "/admin/%0d%0aset-cookie:x=y",
        "javascript:alert(1)",
        "/faq",
    ] {
        let door = format!("/admin/session?to={}", to.replace('%', "%25"));
        assert_eq!(signed_in.get(&door).await.leads_to(), "/admin", "{to}");
        let visitor = practice.visitor();
        let forged = format!(
            "email={THERAPIST}&password={}&to={}",
            PASSWORD.replace(' ', "+"),
            to.replace('%', "%25")
        );
        let inside = visitor.send(visitor.post("/admin/session", forged)).await;
        assert_eq!(inside.leads_to(), "/admin", "{to}");
    }
    practice.close().await;
}

#[tokio::test]
async fn signing_out_ends_the_session_here_and_nowhere_else() {
    let practice = practice().open().await;
    let one = practice.therapist().await;
    let other = practice.visitor();
    signs_in(&other, "/admin/session", THERAPIST, PASSWORD).await.expect(303);
    let stolen = one.cookies();
    let form = one.open("/admin").await.form("/admin/session/end");
    let out = one.press_on(&form).await;
    out.says("Sign in");
    assert_eq!(one.cookies(), "");
    let thief = practice.visitor();
    let page = thief.send(thief.request(Method::GET, "/admin").header("cookie", stolen)).await;
    assert_eq!(page.leads_to(), "/admin/session");
    other.open("/admin").await;
    practice.close().await;
}

#[tokio::test]
async fn a_session_ends_thirty_days_after_it_was_used() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for _ in 0..3 {
        practice.clock.advance(TimeDelta::days(30) - TimeDelta::seconds(1));
        therapist.open("/admin").await;
    }
    practice.clock.advance(TimeDelta::days(30));
    assert_eq!(therapist.get("/admin").await.leads_to(), "/admin/session");
    practice.close().await;
}

#[tokio::test]
async fn a_new_password_ends_every_session() {
    let practice = practice().open().await;
    let old = practice.therapist().await;
    let token = practice.running.app().fresh_token();
    let store = &practice.running.app().store;
    stillpoint::account::welcome::link(store, &token, practice.running.app().now()).await.expect("a link");
    let link = stillpoint::urls::welcome(&token);
    let new = practice.visitor();
    let form = new.open(&link).await.form(&link).with("password", "quite another password");
    new.press_on(&form).await;
    assert_eq!(old.get("/admin").await.leads_to(), "/admin/session");
    signs_in(&practice.visitor(), "/admin/session", THERAPIST, PASSWORD).await.expect(422);
    practice.close().await;
}

/// The attributes of the cookie that a sign-in sets.
async fn cookie(practice: &TestPractice) -> Vec<String> {
    practice.therapist().await;
    let page = signs_in(&practice.visitor(), "/admin/session", THERAPIST, PASSWORD).await;
    page.header("set-cookie").split("; ").map(str::to_owned).collect()
}

#[tokio::test]
async fn on_http_the_cookie_is_kept_from_scripts_and_other_sites() {
    let practice = practice().open().await;
    let cookie = cookie(&practice).await;
    assert!(cookie[0].starts_with("session="), "{cookie:?}");
    for attribute in ["Path=/", "HttpOnly", "SameSite=Lax"] {
        assert!(cookie.iter().any(|part| part == attribute), "{attribute}: {cookie:?}");
    }
    assert!(!cookie.iter().any(|part| part == "Secure" || part.starts_with("Domain")), "{cookie:?}");
    assert_eq!(practice.visitor().open("/").await.header("strict-transport-security"), "");
    practice.close().await;
}

#[tokio::test]
async fn behind_https_the_cookie_is_secure_and_bound_to_the_host() {
    let base = BaseUrl::parse("https://practice.example");
    let practice = practice().with_config(|config| config.base_url = base).open().await;
    let cookie = cookie(&practice).await;
    assert!(cookie[0].starts_with("__Host-session="), "{cookie:?}");
    for attribute in ["Path=/", "HttpOnly", "SameSite=Lax", "Secure"] {
        assert!(cookie.iter().any(|part| part == attribute), "{attribute}: {cookie:?}");
    }
    for page in ["/", "/no/such/page", "/admin/session"] {
        let hsts = practice.visitor().get(page).await.header("strict-transport-security").to_owned();
        assert_eq!(hsts, "max-age=31536000", "{page}: whose other hosts are not ours to speak for");
    }
    assert!(
        practice.running.welcome.as_deref().is_some_and(|link| link.starts_with("https://practice.example/"))
    );
    practice.close().await;
}
