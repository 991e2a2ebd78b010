//! Who is turned away: they are told for how long, and the log tells the
//! operator who it was and why, and names nobody.

use std::net::{IpAddr, Ipv4Addr};

use reqwest::header;
use tempfile::tempdir;

use crate::support::{
    page::Page,
    people::{JUNE, PASSWORD, PETER, Person, THERAPIST, TUESDAY, WEDNESDAY, path_of},
    practice::{Opening, practice},
    program::{Server, run, stillpoint},
};

fn behind_a_proxy() -> Opening {
    let proxy = ipnet::IpNet::from(IpAddr::from(Ipv4Addr::LOCALHOST));
    practice().with_config(|config| config.trusted_proxies = vec![proxy])
}

/// Insists that it says how long to wait, to people and to programs alike.
#[track_caller]
fn says_to_wait(page: Page, words: &str, seconds: std::ops::RangeInclusive<u64>) {
    let page = page.expect(429).says(&format!("ry again in {words}"));
    let wait = page.header("retry-after").parse().expect("seconds");
    assert!(seconds.contains(&wait), "{wait}");
}

#[tokio::test]
async fn every_form_that_comes_too_often_says_the_true_wait() {
    let practice = behind_a_proxy().with("per_address_hour", "3").open().await;
    let page = practice.asks(&JUNE, &TUESDAY).await;
    let request = practice.filled(&PETER, &WEDNESDAY).await.with("email", "peter");
    let visitor = practice.visitor();
    let article = visitor.open("/articles").await.hrefs("main h2 a, main h3 a").remove(0);
    let question = visitor.open(&format!("{article}/question")).await.form("/question").with("name", "");
    let address = visitor.open(&page).await.form("/address").with("email", "june@");
    let start = visitor.open(&format!("{page}/reschedule")).await.hrefs("main a[href*='start=']").remove(0);
    let reschedule = visitor.open(&start).await.form("/reschedule").with("revision", "99");
    let sign_in = visitor.open("/admin/session").await.form("/admin/session").with("password", "wrong");
    for (nth, form) in [request, question, address, reschedule, sign_in].iter().enumerate() {
        let client = practice.visitor().forwarded_for(&format!("203.0.113.{nth}"));
        for _ in 0..3 {
            let status = client.press(form).await.status;
            assert!([409, 422].contains(&status), "{status} {form:?}");
        }
        says_to_wait(client.press(form).await, "20 minutes", 1141..=1200);
    }
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn the_wait_of_ten_seconds_is_said_in_seconds() {
    let practice = practice().with("per_address_10_seconds", "1").open().await;
    let client = practice.visitor();
    let wrong = practice.filled(&JUNE, &TUESDAY).await.with("email", "june");
    client.press(&wrong).await.expect(422);
    let page = client.press(&wrong).await.expect(429);
    let wait: u64 = page.header("retry-after").parse().expect("seconds");
    assert!((1..=10).contains(&wait), "{wait}");
    page.says(&format!("Try again in {wait} second"));
    practice.close().await;
}

#[tokio::test]
async fn a_mailbox_that_was_named_too_often_says_until_when() {
    let practice = practice().with("open_requests_per_contact", "1").open().await;
    let page = practice.asks(&JUNE, &TUESDAY).await;
    let client = practice.visitor();
    let correction = client.open(&page).await.form("/address");
    for nth in 0..10 {
        let email = format!("victim+{nth}@example.com");
        client.press(&correction.clone().with("email", &email)).await.expect(303);
    }
    practice.clock.advance(chrono::TimeDelta::hours(3));
    let once_more = client.press(&correction.with("email", "victim@example.com")).await;
    says_to_wait(once_more, "21 hours", 75_600..=75_600);
    let form = practice.filled(&Person { email: "victim@example.com", ..PETER }, &WEDNESDAY).await;
    // Until the therapist answers: nobody knows how long that is.
    assert_eq!(client.press(&form).await.expect(429).header("retry-after"), "3600");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_hop_with_a_port_is_the_same_client() {
    let practice = behind_a_proxy().with("per_address_hour", "1").open().await;
    let wrong = practice.filled(&JUNE, &TUESDAY).await.with("email", "june");
    for hops in [
        ["198.51.100.1", "198.51.100.1:4711"],
        ["198.51.100.2:1", "198.51.100.2:2"],
        ["[2001:db8::1]:443", "2001:db8::1"],
        ["[2001:db8:1::1]", "\"[2001:db8:1::2]:80\""],
    ] {
        practice.visitor().forwarded_for(hops[0]).press(&wrong).await.expect(422);
        practice.visitor().forwarded_for(hops[1]).press(&wrong).await.expect(429);
    }
    practice.close().await;
}

#[tokio::test]
async fn today_says_that_a_proxy_is_not_named_once_something_came_through_it() {
    let words = "requests come through 127.0.0.1 with X-Forwarded-For; set TRUSTED_PROXIES";
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.never_says("TRUSTED_PROXIES");
    practice.visitor().forwarded_for("198.51.100.1").open("/about").await;
    therapist.open("/admin").await.says(words);
    practice.close().await;

    let named = behind_a_proxy().open().await;
    named.visitor().forwarded_for("198.51.100.1").open("/about").await;
    named.therapist().await.open("/admin").await.never_says("TRUSTED_PROXIES");
    named.close().await;
}

#[tokio::test]
async fn the_log_tells_once_of_a_proxy_that_is_not_named() {
    let folder = tempdir().expect("a folder");
    let server = Server::start(&mut stillpoint(folder.path(), &[]));
    for nth in 0..5 {
        server.visitor().forwarded_for(&format!("198.51.100.{nth}")).open("/about").await;
        server.visitor().forwarded_for("198.51.100.9").open("/appointments/new").await;
    }
    let log = server.terminate_and_read();
    let words = "requests come through 127.0.0.1 with X-Forwarded-For; set TRUSTED_PROXIES";
    assert_eq!(log.matches(words).count(), 1, "{log}");
}

#[tokio::test]
async fn the_log_names_the_address_of_whoever_is_turned_away_and_nobody() {
    let folder = tempdir().expect("a folder");
    let variables = [("TRUSTED_PROXIES", "127.0.0.1"), ("BASE_URL", "http://practice.example")];
    let server = Server::start(stillpoint(folder.path(), &[]).envs(variables));
    let link = run(stillpoint(folder.path(), &["therapist", "link"]).envs(variables)).out;
    let visitor = server.visitor().forwarded_for("198.51.100.7:4711");
    let link = link.trim();
    let set_password = visitor.open(link).await.form(path_of(link)).with("password", PASSWORD);

    let forged = visitor.post(&set_password.action, set_password.encoded());
    let forged = forged.header("sec-fetch-site", "cross-site").header(header::ORIGIN, "https://evil.example");
    visitor.send(forged).await.expect(403);
    let log = server.says("a form was refused");
    assert!(log.contains("WARN") && log.contains("client=198.51.100.7"), "{log}");
    let host = server.url.trim_start_matches("http://");
    for told in [
        "route=\"/admin/welcome/{token}\"",
        "from=\"evil.example\"",
        &format!("to=\"{host}\""),
        "ours=\"practice.example\"",
    ] {
        assert!(log.contains(told), "{told}: {log}");
    }

    let form = visitor.open("/admin/session").await.form("/admin/session");
    let form = form.with("email", THERAPIST).with("password", "a wrong password");
    visitor.press(&form).await.expect(422);
    let log = server.says("a sign-in failed");
    assert!(log.contains("client=198.51.100.7"), "{log}");

    let post = async || visitor.sends("/appointments", &[("name", JUNE.name), ("email", JUNE.email)]).await;
    while post().await.status != 429 {}
    let log = server.says("too many posts");
    assert!(log.contains("client=198.51.100.7") && log.contains("route=\"/appointments\""), "{log}");

    let token = link.rsplit('/').next().expect("a token").to_owned();
    let log = server.terminate_and_read();
    for secret in [JUNE.name, JUNE.email, THERAPIST, "a wrong password", &token] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
}

#[tokio::test]
async fn a_line_for_each_request_is_logged_at_debug_and_not_before() {
    let folder = tempdir().expect("a folder");
    let server = Server::start(stillpoint(folder.path(), &[]).env("RUST_LOG", "stillpoint=debug"));
    let visitor = server.visitor();
    let says = |method: &str, route: &str, status: u16| {
        let log = server.says("answered");
        for told in [format!("method={method}"), format!("route=\"{route}\""), format!("status={status} ms=")]
        {
            assert!(log.contains(&told), "{told}: {log}");
        }
    };
    // The second comes out of memory.
    for _ in 0..2 {
        visitor.open("/about").await;
        says("GET", "/about", 200);
    }
    visitor.get("/appointments/0123456789abcdef0123456789abcdef").await.expect(404);
    says("GET", "/appointments/{token}", 404);
    visitor.sends("/appointments", &[]).await.expect(422);
    says("POST", "/appointments", 422);
    visitor.get("/june-okafor").await.expect(404);
    says("GET", "/{slug}", 404);
    visitor.get("/june/okafor").await.expect(404);
    says("GET", "none", 404);
    assert!(!server.terminate_and_read().contains("june"));

    let quiet = Server::start(&mut stillpoint(folder.path(), &[]));
    quiet.visitor().open("/about").await;
    assert!(!quiet.terminate_and_read().contains("answered"));
}
