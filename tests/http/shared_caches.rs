//! What a cache in front of the site, which many share, may keep.

use crate::support::{
    page::Page,
    people::{JUNE, SESSION, TUESDAY},
    practice::{TestPractice, practice},
};

/// Insists that no cache which many share ever gives it to anybody else.
#[track_caller]
fn is_never_shared(page: &Page) {
    let kept = page.header("cache-control");
    assert!(["no-store", "no-cache", "private, no-cache"].contains(&kept), "{}: {kept}", page.asked);
}

async fn visit(practice: &TestPractice, address: &str) -> Page {
    practice.visitor().get(address).await
}

#[tokio::test]
async fn without_an_answer_content_may_be_shown_for_a_day_and_openings_for_an_hour() {
    let practice = practice().open().await;
    for (address, seconds) in [
        ("/articles", 86_400),
        ("/articles/feed.xml", 86_400),
        ("/sitemap.xml", 86_400),
        ("/privacy", 86_400),
        ("/testimonials", 86_400),
        ("/", 3600),
        ("/services", 3600),
        ("/offices/redding", 3600),
    ] {
        let page = visit(&practice, address).await.expect(200);
        page.may_be_shared();
        let kept = page.header("cache-control");
        assert!(kept.ends_with(&format!("stale-if-error={seconds}")), "{address}: {kept}");
        let known = practice.visitor();
        let ask = known.request(reqwest::Method::GET, address).header("if-none-match", page.header("etag"));
        let same = known.send(ask).await.expect(304);
        assert_eq!(same.header("cache-control"), kept, "{address}: a cache renews what it has by this");
    }
    practice.close().await;
}

#[tokio::test]
async fn openings_errors_and_whatever_is_about_a_person_are_never_shared() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    for address in [
        "/appointments/new",
        &format!("/appointments/new?service={SESSION}"),
        &TUESDAY.form(),
        "/appointments/new?service=astrology",
        "/appointments",
        &own,
        &format!("{own}/calendar.ics"),
        &format!("{own}/cancellation"),
        "/appointments/none",
        "/admin",
        "/admin/session",
        "/admin/no/such/page",
        "/search?q=knee",
        "/healthz",
        "/book",
    ] {
        is_never_shared(&visit(&practice, address).await);
    }
    let visitor = practice.visitor();
    is_never_shared(&visitor.sends("/", &[]).await.expect(405));
    is_never_shared(&visitor.sends("/appointments", &[]).await);
    let therapist = practice.therapist().await;
    for address in ["/admin", "/admin/clients", "/admin/no/such/page"] {
        let page = therapist.get(address).await;
        assert_eq!(page.header("cache-control"), "no-store", "{address}");
    }
    practice.close().await;
}

#[tokio::test]
async fn what_is_gone_takes_the_place_of_what_was_there() {
    let practice = practice().open().await;
    let gone = "public, max-age=0, s-maxage=1";
    for (address, status) in
        [("/no/such/page", 404), ("/articles/none", 404), ("/assets/none.css", 404), ("/privacy/", 301)]
    {
        let page = visit(&practice, address).await.expect(status);
        assert_eq!(page.header("cache-control"), gone, "{address}");
    }
    is_never_shared(&visit(&practice, "/appointments/none").await.expect(404));
    practice.close().await;
}

#[tokio::test]
async fn whoever_is_signed_in_gets_the_pages_that_everybody_gets() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for address in ["/", "/articles", "/offices/redding"] {
        let (own, other) = (therapist.open(address).await, visit(&practice, address).await);
        own.may_be_shared();
        assert_eq!((own.header("set-cookie"), own.header("etag")), ("", other.header("etag")), "{address}");
    }
    practice.close().await;
}
