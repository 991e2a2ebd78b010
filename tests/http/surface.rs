//! What answers carry besides what `every_route.rs` tells: encodings, who may keep them, how
//! they are found.

use std::io::Read;

use chrono::TimeDelta;
use reqwest::{Method, header};

use crate::support::{
    page::Page,
    people::{JUNE, SESSION, TUESDAY},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

/// An answer of every kind.
async fn every_kind(practice: &TestPractice) -> Vec<Page> {
    let (visitor, therapist) = (practice.visitor(), practice.therapist().await);
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    let stylesheet = visitor.open("/").await.hrefs("link[rel=stylesheet]").remove(0);
    let mut kinds = Vec::new();
    for address in [
        "/",
        "/articles",
        "/articles/feed.xml",
        "/sitemap.xml",
        "/robots.txt",
        "/.well-known/security.txt",
        "/healthz",
        "/book",
        "/offices/redding",
        "/appointments/new",
        "/appointments/new?service=neuromuscular-60",
        &TUESDAY.form(),
        &own,
        &stylesheet,
        &format!("{own}/cancellation"),
        &format!("{own}/calendar.ics"),
        "/admin/session",
        "/admin",
        "/no/such/page",
        "/images/shoulder-trigger-point.svg",
        "/appointments",
    ] {
        kinds.push(visitor.get(address).await);
    }
    kinds.push(therapist.open("/admin").await);
    kinds.push(therapist.page_of(&JUNE).await);
    kinds.push(therapist.open("/admin/appointments/new").await);
    kinds.push(visitor.send(visitor.post("/appointments", "")).await);
    kinds.push(visitor.send(visitor.post("/appointments", "").header("sec-fetch-site", "cross-site")).await);
    kinds
}

#[tokio::test]
async fn pages_load_nothing_from_elsewhere_and_set_no_cookie() {
    let practice = practice().open().await;
    for page in every_kind(&practice).await.into_iter().filter(|page| !page.asked.contains("/admin")) {
        assert_eq!(page.header("set-cookie"), "", "{}", page.asked);
        if page.header("content-type").starts_with("text/html") {
            let body = page.body();
            // What machines read about a page is data, not a script: no browser runs it.
            let scripts = body.matches("<script").count();
            let data = body.matches(r#"<script type="application/ld+json">"#).count();
            assert!(scripts == data && !body.contains(" style=\""), "{}", page.asked);
            for loads in ["src=\"http", "src=\"//", "url(http", "@import"] {
                assert!(!body.contains(loads), "{}: {loads}", page.asked);
            }
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn the_form_and_errors_are_not_for_search_engines_and_pages_name_their_address() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for address in ["/", "/faq", "/articles", "/services/first-visit", "/appointments/new"] {
        let canonical = visitor.open(address).await.hrefs("link[rel=canonical]");
        assert_eq!(canonical, [practice.url(address)]);
    }
    for address in ["/no/such/page", &TUESDAY.form(), "/appointments/new?service=astrology&start=x"] {
        let page = visitor.get(address).await;
        let canonical = page.hrefs("link[rel=canonical]");
        let is_openings = canonical == [practice.url("/appointments/new")];
        assert!(
            is_openings || page.body().contains(r#"<meta name="robots" content="noindex">"#),
            "{address}"
        );
    }
    practice.close().await;
}

#[tokio::test]
async fn an_answer_that_was_ready_is_the_first_one_again() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let openings = format!("/appointments/new?service={SESSION}");
    for page in ["/?", "/faq?", "/articles/feed.xml?", "/sitemap.xml?", &format!("{openings}&")] {
        for accepted in ["identity", "gzip", "br", "*", "deflate, *;q=0", "gzip, br;q=0"] {
            // Each its own address, so that the first answer is never one that was ready.
            let address = &format!("{page}{}", accepted.replace([' ', ';', ','], ""));
            let mut first = get_with(&visitor, address, header::ACCEPT_ENCODING, accepted).await;
            let mut again = get_with(&visitor, address, header::ACCEPT_ENCODING, accepted).await;
            for page in [&mut first, &mut again] {
                assert_eq!(decoded(page), visitor.open(address).await.bytes, "{address} {accepted}");
                page.headers.remove("date");
            }
            assert_eq!(first.headers, again.headers, "{address} {accepted}");
        }
    }
    practice.close().await;
}

async fn get_with(visitor: &Visitor, address: &str, name: header::HeaderName, value: &str) -> Page {
    visitor.send(visitor.request(Method::GET, address).header(name, value)).await
}

#[tokio::test]
async fn what_is_known_already_is_304() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let stylesheet = visitor.open("/").await.hrefs("link[rel=stylesheet]").remove(0);
    let openings = format!("/appointments/new?service={SESSION}");
    for address in ["/", "/faq", "/articles", "/articles/feed.xml", "/sitemap.xml", &openings, &stylesheet] {
        let tag = visitor.open(address).await.header("etag").to_owned();
        assert!(tag.starts_with("W/\"") || tag.starts_with('"'), "{address}: {tag}");
        for known in [tag.clone(), format!("\"other\", {tag}"), tag.trim_start_matches("W/").to_owned()] {
            let page = get_with(&visitor, address, header::IF_NONE_MATCH, &known).await.expect(304);
            assert_eq!((page.bytes.len(), page.header("etag")), (0, tag.as_str()), "{address}");
        }
        get_with(&visitor, address, header::IF_NONE_MATCH, "\"other\"").await.expect(200);
    }
    practice.close().await;
}

#[tokio::test]
async fn pages_come_in_brotli_in_gzip_and_plain() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    let stylesheet = visitor.open("/").await.hrefs("link[rel=stylesheet]").remove(0);
    let openings = format!("/appointments/new?service={SESSION}");
    for address in ["/", "/faq", &openings, &own, "/sitemap.xml", &stylesheet, "/no/such/page"] {
        let plain = visitor.get(address).await;
        assert_eq!(plain.header("content-encoding"), "", "{address}");
        for (accepted, encoding) in
            [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("gzip, br;q=0", "gzip"), ("identity", "")]
        {
            let page = get_with(&visitor, address, header::ACCEPT_ENCODING, accepted).await;
            assert_eq!(page.header("content-encoding"), encoding, "{address} {accepted}");
            assert!(page.header("vary").to_lowercase().contains("accept-encoding"), "{address}");
            assert_eq!(decoded(&page), plain.bytes, "{address} {accepted}");
        }
    }
    practice.close().await;
}

fn decoded(page: &Page) -> Vec<u8> {
    let mut plain = Vec::new();
    let sent = page.bytes.as_slice();
    match page.header("content-encoding") {
        "br" => brotli::BrotliDecompress(&mut &*sent, &mut plain).expect("brotli"),
        "gzip" => flate2::read::GzDecoder::new(sent).read_to_end(&mut plain).map(drop).expect("gzip"),
        _ => plain.extend(sent),
    }
    plain
}

#[tokio::test]
async fn stylesheets_and_fonts_are_kept_for_ever_under_a_name_with_their_hash() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let home = visitor.open("/faq").await;
    let assets = [home.hrefs("link[rel=stylesheet]"), home.hrefs("link[rel=preload]")].concat();
    assert!(assets.len() >= 2, "{assets:?}");
    for asset in assets {
        let file = visitor.open(&asset).await;
        assert!(file.header("cache-control").contains("immutable"), "{asset}");
    }
    visitor.get("/assets/site.css").await.expect(404);
    visitor.get("/assets/../Cargo.toml").await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn whoever_finds_a_hole_reads_whom_to_tell_and_until_when_that_holds() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let page = visitor.open("/.well-known/security.txt").await;
    assert_eq!(page.header("content-type"), "text/plain; charset=utf-8");
    let text = page.body();
    assert!(text.contains("Contact: mailto:dustin@example.com\n"), "{text}");
    assert!(text.contains("Expires: 2027-05-01T07:00:00Z\n"), "{text}");
    assert!(text.contains(&format!("Canonical: {}", practice.url("/.well-known/security.txt"))), "{text}");
    practice.clock.advance(TimeDelta::days(300));
    let later = visitor.open("/.well-known/security.txt").await.body();
    assert!(later.contains("Expires: 2028-03-01T08:00:00Z\n"), "{later}");
    practice.close().await;
}
