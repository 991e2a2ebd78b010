//! Requests that no page of ours makes: from other sites, without a session,
//! with other methods and bodies.

use reqwest::{Method, header};

use stillpoint::web::router::patterns;

use crate::support::{
    page::Page,
    people::{JUNE, TUESDAY, path_of},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

/// An address of the program's.
struct Route {
    /// With something in each of its places; what is a client's or the door's exists.
    address: String,
    takes_post: bool,
}

/// Every address of the program's, as the router has it: a new one is here by itself.
async fn routes(practice: &TestPractice) -> Vec<Route> {
    let own_page = practice.has_asked(&JUNE, &TUESDAY).await;
    let welcome = practice.running.welcome.clone().expect("a welcome link");
    let places = [
        ("/admin/welcome/{token}", path_of(&welcome)),
        ("/admin/forms/{token}", "/admin/forms/0123456789abcdef0123456789abcdef"),
        ("/appointments/{token}", &own_page),
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
        routes.push(Route { address, takes_post });
    }
    assert!(routes.iter().filter(|route| route.takes_post).count() > 25, "POSTs are found");
    routes
}

/// Every address that takes a POST.
async fn posts(practice: &TestPractice) -> Vec<String> {
    let routes = routes(practice).await.into_iter();
    routes.filter(|route| route.takes_post).map(|route| route.address).collect()
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
    visitor.send(request).await
}

#[tokio::test]
async fn a_form_counts_only_from_our_own_pages() {
    const OURS: &str = "https://practice.example";
    let practice = practice();
    let base = stillpoint::urls::BaseUrl::parse(OURS);
    let practice = practice.with_config(|config| config.base_url = base).open().await;
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
    for address in posts(&practice).await {
        for (site, origin, counts) in table {
            let page = post_from(&stranger, &address, site, origin).await;
            assert_eq!(page.status != 403, counts, "{address} {site:?} {origin:?}: {}", page.status);
        }
    }
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_form_from_elsewhere_changes_nothing_and_is_told_what_to_do() {
    let practice = practice().open().await;
    let own_page = practice.has_asked(&JUNE, &TUESDAY).await;
    let visitor = practice.visitor();
    let cancellation = format!("{own_page}/cancellation");
    let page = post_from(&visitor, &cancellation, Some("cross-site"), None).await.expect(403);
    page.says("This form didn't come from my site").has_a_way_out();
    visitor.open(&own_page).await.says("I'm holding this time for you.");
    practice.close().await;
}

#[tokio::test]
async fn whoever_is_signed_in_does_nothing_by_a_form_from_elsewhere_either() {
    let practice = practice().open().await;
    let posts = posts(&practice).await;
    let therapist = practice.therapist().await;
    for address in posts {
        post_from(&therapist, &address, Some("cross-site"), None).await.expect(403);
    }
    therapist.page_of(&JUNE).await.says("Requested: June Okafor");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

fn is_door(path: &str) -> bool {
    ["/admin/session", "/admin/session/code", "/admin/session/forgotten"].contains(&path)
        || path.starts_with("/admin/welcome/")
}

#[tokio::test]
async fn without_a_session_every_admin_page_leads_to_the_sign_in() {
    let practice = practice().open().await;
    let stranger = practice.visitor();
    let mut paths: Vec<String> = routes(&practice).await.into_iter().map(|route| route.address).collect();
    paths.retain(|path| path.starts_with("/admin"));
    // The door itself: they are for whoever is not signed in.
    let doors = paths.iter().filter(|path| is_door(path)).count();
    assert_eq!(doors, 4, "{paths:?}");
    paths.retain(|path| !is_door(path));
    let made_up = ["/admin/appointments/99", "/admin/welcome", "/admin/..%2f..%2fsecret"];
    paths.extend(made_up.map(str::to_owned));
    assert!(paths.len() > 30, "{paths:?}");
    for path in &paths {
        for method in [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::DELETE] {
            let page = stranger.send(stranger.request(method.clone(), path)).await;
            assert!(page.leads_to().starts_with("/admin/session"), "{method} {path}: {}", page.leads_to());
            assert!(page.bytes.is_empty(), "{method} {path} shows something");
        }
    }
    stranger.get("/administrator").await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn a_made_up_session_opens_nothing() {
    let practice = practice().open().await;
    practice.therapist().await;
    let stranger = practice.visitor();
    for cookie in ["session=", "session=0123456789abcdef0123456789abcdef", "session=../../x", "session=%00"] {
        let request = stranger.request(Method::GET, "/admin").header(header::COOKIE, cookie);
        assert_eq!(stranger.send(request).await.leads_to(), "/admin/session");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_token_that_was_guessed_shows_nobody() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let stranger = practice.visitor();
    for token in ["1", "0123456789abcdef0123456789abcdef", "' OR 1=1 --", "..%2fadmin", "%00", "ä"] {
        for rest in ["", "/calendar.ics", "/cancellation"] {
            stranger.get(&format!("/appointments/{token}{rest}")).await.expect(404).has_a_way_out();
        }
        stranger.send(stranger.post(&format!("/appointments/{token}/cancellation"), "")).await.expect(404);
        stranger
            .send(stranger.post(&format!("/appointments/{token}/address"), "email=a@b.cd"))
            .await
            .expect(404);
    }
    practice.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_is_a_page_with_a_way_out() {
    let practice = practice().open().await;
    let stranger = practice.visitor();
    let text =
        stranger.request(Method::POST, "/appointments").header(header::CONTENT_TYPE, "application/json");
    let too_much = "note=".to_owned() + &"x".repeat(70_000);
    let upload = stranger.request(Method::POST, "/appointments");
    let upload = upload.header(header::CONTENT_TYPE, "multipart/form-data; boundary=x").body("--x--");
    for (request, status) in [
        (stranger.request(Method::GET, "/no/such/page"), 404),
        (stranger.request(Method::GET, "/services/astrology"), 404),
        (stranger.request(Method::GET, "/%ff"), 404),
        (stranger.request(Method::GET, "/appointments/new?service=a&service=b"), 400),
        (stranger.request(Method::GET, "/appointments"), 405),
        (stranger.request(Method::POST, "/faq"), 405),
        (stranger.request(Method::DELETE, "/appointments"), 405),
        (stranger.post("/appointments", too_much), 413),
        (text.body("{}"), 415),
        (upload, 415),
        (stranger.request(Method::POST, "/appointments"), 415),
        (stranger.post("/appointments", "name=%ff&name"), 422),
        (stranger.post("/appointments", ""), 422),
    ] {
        let page = stranger.send(request).await.expect(status);
        assert!(page.title().contains("Dustin"), "{}", page.title());
        page.has_a_way_out();
    }
    practice.close().await;
}

#[tokio::test]
async fn no_public_page_tells_of_a_client() {
    let practice = practice().open().await;
    let client = practice.visitor();
    practice.has_asked(&JUNE, &TUESDAY).await;
    let mut pages = client.open("/sitemap.xml").await.locations();
    assert!(pages.len() > 10, "{pages:?}");
    pages
        .extend(["/appointments/new?service=neuromuscular-60", "/healthz", "/robots.txt"].map(str::to_owned));
    for page in pages {
        client.open(&page).await.never_says("Okafor").never_says(JUNE.email).never_says("555-0133");
    }
    client.get(&TUESDAY.form()).await.expect(409).never_says("Okafor");
    practice.close().await;
}

#[tokio::test]
async fn signed_in_what_does_not_exist_is_a_page_with_a_way_out() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    for (method, path, status) in [
        (Method::GET, "/admin/appointments/99", 404),
        (Method::GET, "/admin/appointments/one", 404),
        (Method::GET, "/admin/no/such/page", 404),
        (Method::GET, "/admin/appointments/1/confirmation", 405),
        (Method::GET, "/admin/appointments/99/reschedule", 404),
        (Method::POST, "/admin/appointments/new", 405),
        (Method::POST, "/admin", 405),
    ] {
        let page = therapist.send(therapist.request(method, path)).await.expect(status);
        page.has_a_way_out();
    }
    therapist.send(therapist.post("/admin/appointments/99/confirmation", "sentence=")).await.expect(404);
    therapist.send(therapist.post("/admin/calls/99/done", "")).await.expect(409);
    practice.close().await;
}

#[tokio::test]
async fn what_is_typed_never_becomes_markup() {
    const MARKUP: &str = "\"><script>alert('x')</script>";
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    for field in ["name", "email", "phone", "website"] {
        let back = client.press(&form.clone().with(field, MARKUP)).await.expect(422);
        back.clone().never_says("<script").form("/appointments");
        assert_eq!(back.form("/appointments").value(field), MARKUP);
    }
    client.press(&form.with("note", MARKUP)).await.expect(303);
    let therapist = practice.therapist().await;
    therapist.page_of(&JUNE).await.says(MARKUP).never_says("<script>");
    client.get("/appointments/new?service=%22%3E%3Cscript%3E").await.expect(422).never_says("<script>");
    client.get("/admin/session?to=%22%3E%3Cscript%3E").await.expect(200).never_says("<script>");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_forged_host_gets_into_no_email() {
    let practice = practice().open().await;
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let visitor = practice.visitor();
    let forged = visitor.post(&form.action, form.encoded()).header(header::HOST, "evil.example");
    visitor.send(forged.header("x-forwarded-host", "evil.example")).await.expect(303);
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 2, "one to each side");
    for email in emails {
        assert!(
            !email.raw.contains("evil") && email.page().starts_with(&practice.url("/")),
            "{}",
            email.text
        );
    }
    practice.close().await;
}
