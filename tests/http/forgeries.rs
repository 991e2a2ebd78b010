//! Requests that no page of ours makes: with sessions and tokens that were made up, with
//! other methods and bodies. What holds at every address is told in `every_route.rs`.

use reqwest::{Method, header};

use crate::support::{
    people::{JUNE, TUESDAY},
    practice::practice,
};

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
