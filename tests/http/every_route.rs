//! Every address of the program's, as the router has it, asked in every way by everybody:
//! without a session, from other sites, with other methods; and what each answer carries. A
//! new address is here by itself.

use std::{collections::BTreeSet, time::Duration};

use reqwest::{Method, header};
use sqlx::Executor;
use stillpoint::{
    serve::folder,
    urls::{BaseUrl, is_within},
    web::router::patterns,
};

use super::faults::locked;
use crate::support::{
    page::Page,
    people::{JUNE, TUESDAY, Therapist, path_of},
    practice::{Opening, TestPractice, practice},
    visitor::Visitor,
};

const OURS: &str = "https://practice.example";

/// An address of the program's.
struct Route {
    /// With something in each of its places; what is a client's or the door's exists.
    address: String,
    takes_post: bool,
    /// Where nothing is, whatever is asked there.
    is_nowhere: bool,
}

impl Route {
    /// Behind the sign-in.
    fn is_behind_the_door(&self) -> bool {
        let is_door = ["/admin/session", "/admin/session/code", "/admin/session/forgotten"]
            .contains(&self.address.as_str())
            || self.address.starts_with("/admin/welcome/");
        self.address.starts_with("/admin") && !is_door
    }
}

/// On https, as it is online.
fn online() -> Opening {
    practice().with_config(|config| config.base_url = BaseUrl::parse(OURS))
}

/// Every address, and June's own page.
async fn routes(practice: &TestPractice) -> (Vec<Route>, String) {
    let own_page = practice.has_asked(&JUNE, &TUESDAY).await;
    let on_the_list = practice.joins_the_waitlist(&JUNE).await;
    let welcome = practice.running.welcome.clone().expect("a welcome link");
    let places = [
        ("/admin/welcome/{token}", path_of(&welcome)),
        ("/admin/forms/{token}", "/admin/forms/0123456789abcdef0123456789abcdef"),
        ("/appointments/{token}", &own_page),
        ("/waitlist/{token}", &on_the_list),
        ("/articles/{slug}", "/articles/a-guide-to-neuromuscular-therapy"),
        ("/offices/{slug}", "/offices/mt-shasta"),
        ("/hours/{office}", "/hours/mt-shasta"),
        ("/preview/{kind}", "/preview/confirmed"),
        ("/{date}", "/2026-12-08"),
        ("/{id}", "/1"),
        ("/services/{slug}", "/services/neuromuscular-60"),
        ("/topics/{slug}", "/topics/pain"),
        ("/{name}", "/none"),
        ("/{slug}", "/none"),
        ("/{*rest}", "/no/such/page"),
    ];
    let therapist = practice.therapist().await;
    let mut routes = Vec::new();
    for pattern in patterns() {
        let filled = |address: String, (place, with): &(&str, &str)| address.replace(place, with);
        let address = places.iter().fold(pattern.to_owned(), filled);
        assert!(!address.contains('{'), "what stands in {address}?");
        let takes_post = therapist.may_post_to(&address).await;
        let is_nowhere = ["/{slug}", "/admin/", "/admin/{*rest}"].contains(&pattern);
        routes.push(Route { address, takes_post, is_nowhere });
    }
    assert!(routes.iter().filter(|route| route.takes_post).count() > 25, "POSTs are found");
    assert!(routes.iter().filter(|route| route.is_behind_the_door()).count() > 30, "and the therapist's");
    (routes, own_page)
}

/// The path that was asked for, and what was asked there.
fn asked(page: &Page) -> (&str, &str) {
    let address = page.asked.split_once(' ').map_or("", |(_, address)| address);
    path_of(address).split_once('?').unwrap_or((path_of(address), ""))
}

/// Insists on what every answer carries, whatever it is.
#[track_caller]
fn carries_its_headers(page: &Page) {
    let (path, query) = asked(page);
    let about = &page.asked;
    let is_email =
        path.starts_with("/admin/emails/preview/") && path.ends_with("/html") && page.status == 200;
    let policy = page.header("content-security-policy");
    if is_email {
        assert_eq!(policy, "sandbox; default-src 'none'; style-src 'unsafe-inline'", "{about}");
        assert_eq!(page.header("x-frame-options"), "SAMEORIGIN", "{about}");
    } else {
        for rule in ["default-src 'none'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"]
        {
            assert!(policy.contains(rule), "{about}: {policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{about}: {policy}");
        assert_eq!(policy.contains("script-src"), is_within(path, "/admin"), "{about}: {policy}");
        assert_eq!(page.header("x-frame-options"), "DENY", "{about}");
    }
    let is_picture = path.starts_with("/images/") || path.starts_with("/cards/") || path == "/card.png";
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", if is_picture { "cross-origin" } else { "same-origin" }),
        ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
        ("strict-transport-security", "max-age=31536000"),
        ("server", ""),
        ("x-powered-by", ""),
    ] {
        assert_eq!(page.header(name), value, "{about}: {name}");
    }

    let is_question = path.starts_with("/articles/") && path.contains("/question");
    let of_everybody = ["/appointments", "/appointments/new", "/waitlist"].contains(&path);
    let is_public_form = is_question || of_everybody;
    let is_form =
        is_question || ["/appointments", "/waitlist", "/admin"].iter().any(|room| is_within(path, room));
    let is_found = of_everybody && !query.contains("again=");
    let (kept, found) = (page.header("cache-control"), page.header("x-robots-tag"));
    assert_eq!(kept == "no-store", is_form && !is_public_form, "{about}: {kept}");
    assert_eq!(kept == "private, no-cache", is_public_form, "{about}: {kept}");
    assert_eq!(found == "noindex", is_form && !is_found, "{about}: {found}");

    let kind = page.header("content-type");
    assert!(page.bytes.is_empty() || !kind.is_empty(), "{about} does not say what it is");
    assert!(!kind.starts_with("text/") || kind.contains("; charset=utf-8"), "{about}: {kind}");
    for cookie in page.headers.get_all(header::SET_COOKIE) {
        let cookie = cookie.to_str().expect("a cookie in ASCII");
        assert!(is_within(path, "/admin"), "{about} sets {cookie}");
        assert!(cookie.starts_with("__Host-"), "{about} sets {cookie}");
        for attribute in ["; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"] {
            assert!(cookie.contains(attribute), "{about}: {cookie}");
        }
    }
}

/// Asks, and looks at the headers.
async fn asks(visitor: &Visitor, method: Method, address: &str) -> Page {
    let page = visitor.send(visitor.request(method, address)).await;
    carries_its_headers(&page);
    page
}

/// Insists that HEAD is GET without the body.
async fn heads(visitor: &Visitor, get: &Page, address: &str) {
    let head = asks(visitor, Method::HEAD, address).await;
    assert_eq!((head.status, head.bytes.len()), (get.status, 0), "{address}");
    for name in ["content-type", "content-disposition", "cache-control", "etag", "location", "allow"] {
        assert_eq!(head.header(name), get.header(name), "{address}: {name}");
    }
}

#[tokio::test]
async fn without_a_session_every_admin_page_leads_to_the_sign_in() {
    let practice = online().open().await;
    let (routes, _) = routes(&practice).await;
    let stranger = practice.visitor();
    let behind = routes.iter().filter(|route| route.is_behind_the_door()).map(|route| &*route.address);
    for path in behind.chain(["/admin/appointments/99", "/admin/welcome", "/admin/..%2f..%2fsecret"]) {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE] {
            let page = asks(&stranger, method.clone(), path).await;
            assert!(page.leads_to().starts_with("/admin/session"), "{method} {path}: {}", page.leads_to());
            assert!(page.bytes.is_empty(), "{method} {path} shows something");
        }
    }
    asks(&stranger, Method::GET, "/administrator").await.expect(404);
    practice.close().await;
}

/// What is served where: to the therapist everything is.
#[tokio::test]
async fn every_route_is_read_by_head_too_knows_its_methods_and_overlooks_what_it_does_not_know() {
    let practice = online().open().await;
    let (routes, own_page) = routes(&practice).await;
    let therapist = practice.therapist().await;
    let mut seen = BTreeSet::new();
    for Route { address, takes_post, is_nowhere } in &routes {
        let get = asks(&therapist, Method::GET, address).await;
        assert!([200, 302, 303, 404, 405, 409, 410].contains(&get.status), "{} {}", get.status, get.asked);
        heads(&therapist, &get, address).await;
        let unknown = asks(&therapist, Method::GET, &format!("{address}?nobody=knows&utm_source=x")).await;
        assert_eq!(unknown.status, get.status, "{}", unknown.asked);
        seen.insert(get.status);
        for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::OPTIONS] {
            let page = asks(&therapist, method.clone(), address).await;
            if *is_nowhere {
                page.expect(404);
                continue;
            }
            let page = page.expect(405);
            let allowed: BTreeSet<&str> = page.header("allow").split(',').collect();
            let reads = get.status != 405;
            let known = [("GET", reads), ("HEAD", reads), ("POST", *takes_post)];
            let expected = known.into_iter().filter(|(_, is)| *is).map(|(name, _)| name);
            assert_eq!(allowed, expected.collect(), "{method} {address}");
        }
        if !takes_post && !is_nowhere {
            let page = asks(&therapist, Method::POST, address).await.expect(405);
            assert_eq!(page.header("allow"), "GET,HEAD", "{address}");
        }
    }
    // What needs more than an address, to be there or to be refused.
    let visitor = practice.visitor();
    let stylesheet = visitor.open("/").await.hrefs("link[rel=stylesheet]").remove(0);
    let again = own_page.trim_start_matches("/appointments/");
    for (address, status) in [
        (stylesheet.as_str(), 200),
        ("/images/shoulder-trigger-point.svg", 200),
        ("/appointments/new?service=neuromuscular-60", 200),
        (&format!("/appointments/new?service=neuromuscular-60&again={again}"), 200),
        (&TUESDAY.form(), 409),
        ("/appointments/new?service=a&service=b", 400),
        ("/appointments/new?service=astrology", 422),
        ("/no/such/page", 404),
        ("/%ff", 404),
        ("/appointments/0123456789abcdef0123456789abcdef", 404),
    ] {
        let get = asks(&visitor, Method::GET, address).await;
        assert_eq!(get.status, status, "{address}");
        heads(&visitor, &get, address).await;
        seen.insert(status);
    }
    let tag = visitor.open("/faq").await.header("etag").to_owned();
    let known = visitor.send(visitor.request(Method::GET, "/faq").header(header::IF_NONE_MATCH, tag)).await;
    carries_its_headers(&known.expect(304));
    assert!(seen.is_superset(&[200, 303, 404, 405, 409, 422].into()), "{seen:?}");
    practice.deliver().await;
    practice.close().await;
}

/// What a browser says about where a form stood.
async fn post_from(visitor: &Visitor, address: &str, site: Option<&str>, origin: Option<&str>) -> Page {
    let mut request = visitor.post(address, "email=june");
    if let Some(site) = site {
        request = request.header("sec-fetch-site", site);
    }
    if let Some(origin) = origin {
        request = request.header(header::ORIGIN, origin);
    }
    let page = visitor.send(request).await;
    carries_its_headers(&page);
    page
}

#[tokio::test]
async fn a_form_counts_only_from_our_own_pages() {
    let practice = online().open().await;
    let stranger = practice.visitor();
    let host = format!("http://{}", practice.running.address);
    let table = [
        (Some("same-origin"), Some(OURS), true),
        (Some("same-origin"), None, true),
        (Some("none"), None, true),
        (Some("same-site"), None, false),
        (Some("cross-site"), None, false),
        (Some("cross-site"), Some("https://evil.example"), false),
        (None, Some(OURS), true),
        (None, Some(host.as_str()), true),
        (None, Some("null"), false),
        (None, Some("https://evil.example"), false),
        (None, Some("https://practice.example.evil.example"), false),
        (None, Some("http://practice.example"), false),
        (None, None, true),
    ];
    for Route { address, .. } in routes(&practice).await.0.iter().filter(|route| route.takes_post) {
        for (site, origin, counts) in table {
            let page = post_from(&stranger, address, site, origin).await;
            assert_eq!(page.status != 403, counts, "{address} {site:?} {origin:?}: {}", page.status);
        }
    }
    practice.deliver().await;
    practice.close().await;
}

/// What the therapist sees of everything that a form can change.
async fn all_there_is(therapist: &Therapist) -> Vec<String> {
    let mut pages = Vec::new();
    for address in [
        "/admin",
        "/admin/appointments/1",
        "/admin/clients/1",
        "/admin/history",
        "/admin/hours",
        "/admin/days/2026-12-08",
        "/admin/time-off",
        "/admin/settings",
        "/admin/emails",
        "/admin/numbers/miles",
        "/admin/waitlist",
        "/admin/account",
    ] {
        pages.push(therapist.open(address).await.body_without_keys());
    }
    pages
}

#[tokio::test]
async fn whoever_is_signed_in_does_nothing_by_a_form_from_elsewhere_either() {
    let practice = online().open().await;
    let (routes, own_page) = routes(&practice).await;
    let therapist = practice.therapist().await;
    let before = all_there_is(&therapist).await;
    for Route { address, .. } in routes.iter().filter(|route| route.takes_post) {
        let page = post_from(&therapist, address, Some("cross-site"), None).await.expect(403);
        page.says("This form didn't come from my site").has_a_way_out();
        post_from(&therapist, address, None, Some("https://evil.example")).await.expect(403);
    }
    assert_eq!(all_there_is(&therapist).await, before);
    practice.visitor().open(&own_page).await.says("I'm holding this time for you.");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_or_written_carries_the_same_headers() {
    let practice = online().with_limits(|limits| limits.lock = Duration::from_secs(1)).open().await;
    let (routes, _) = routes(&practice).await;
    let stranger = practice.visitor();
    let mut seen = BTreeSet::new();
    let too_much = "note=".to_owned() + &"x".repeat(70_000);
    let posts = || routes.iter().filter(|route| route.takes_post).map(|route| route.address.as_str());
    for address in posts() {
        let json = stranger.request(Method::POST, address).header(header::CONTENT_TYPE, "application/json");
        for request in [
            stranger.post(address, too_much.clone()),
            stranger.post(address, "name=%ff&name"),
            stranger.post(address, ""),
            json.body("{}"),
        ] {
            let page = stranger.send(request).await;
            carries_its_headers(&page);
            assert!(page.status < 500, "{}: {}", page.asked, page.status);
            seen.insert(page.status);
        }
    }
    assert!(seen.is_superset(&[303, 404, 413, 415, 422].into()), "{seen:?}");
    let request = practice.filled(&JUNE, &TUESDAY.at("2026-11-24T22:00:00Z")).await;
    let mut other = locked(&folder::database(&practice.data_dir())).await;
    carries_its_headers(&stranger.press(&request).await.expect(503));
    asks(&stranger, Method::GET, "/healthz").await.expect(503);
    other.execute("ROLLBACK").await.expect("it lets go");
    stranger.press(&request).await.expect(303);
    practice.deliver().await;
    practice.close().await;
}
