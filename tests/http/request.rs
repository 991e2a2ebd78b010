//! `POST /appointments`: the form, what is wrong with it, and that it counts once.

use stillpoint::domain::client::Name;

use crate::support::{
    page::{Form, Page},
    people::{JUNE, Person, TUESDAY, WALT},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

/// The form comes back: 422, a message at the field, a link to it at the head, all that was typed.
fn comes_back_with_a_message_at(field: &str, page: Page, sent: &Form) {
    let page = page.expect(422);
    let summary = page.hrefs("[role=alert] a");
    assert!(summary.contains(&format!("#{field}")), "{summary:?}");
    assert_eq!(page.texts(&format!("#{field}-error")).len(), 1, "a message at the field {field}");
    assert!(page.texts(&format!("#{field}[aria-describedby~={field}-error]")).len() == 1);
    let back = page.form("/appointments");
    for name in ["service", "office", "start", "name", "email", "phone", "note", "website"] {
        assert_eq!(back.value(name), sent.value(name).replace("\r\n", "\n"), "{name}");
    }
    assert_eq!(back.is_ticked("agreed"), sent.is_ticked("agreed"));
    assert_ne!(back.value("request_key"), sent.value("request_key"), "a fresh key");
}

#[tokio::test]
async fn a_wrong_field_comes_back_with_what_was_typed_and_a_message() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let long = "x".repeat(1001);
    let wrong = [
        ("name", ""),
        ("name", " \u{a0} "),
        ("name", "12345"),
        ("name", "See www.example.com"),
        ("name", "evil.example/login"),
        ("name", "https://evil.example"),
        ("name", "\u{3164}"),
        ("name", "June 530-555-0133"),
        ("name", "June\r\nBcc: all@example.com"),
        ("name", &long),
        ("email", "june"),
        ("email", "june@example"),
        ("email", "june@example.com, peter@example.com"),
        ("email", "june@example.com\r\nBcc: peter@example.com"),
        ("phone", "call me"),
        ("phone", "555"),
        ("note", &long),
        ("website", "https://robots.example"),
    ];
    for (field, typed) in wrong {
        let form = practice.filled(&JUNE, &TUESDAY).await.with(field, typed);
        comes_back_with_a_message_at(field, client.press(&form).await, &form);
    }
    let nowhere = practice.filled(&JUNE, &TUESDAY).await.with("email", "").with("phone", " ");
    comes_back_with_a_message_at("email", client.press(&nowhere).await, &nowhere);
    let unagreed = practice.filled(&JUNE, &TUESDAY).await.unticked("agreed");
    comes_back_with_a_message_at("agreed", client.press(&unagreed).await, &unagreed);
    practice.close().await;
}

#[tokio::test]
async fn a_form_that_came_back_can_be_mended_and_sent() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let fresh = client.open(&TUESDAY.form()).await;
    assert_eq!(fresh.texts("[aria-hidden=true] #website").len(), 1, "nobody need see the honeypot");
    let wrong = JUNE.fills(fresh.form("/appointments")).with("email", "june").with("website", "filled");
    let back = client.press(&wrong).await.expect(422);
    assert!(back.title().starts_with("Not sent: Request this time: "), "{}", back.title());
    assert!(back.texts("[aria-hidden=true] #website").is_empty(), "the honeypot is shown");
    let fixed = back.form("/appointments").with("email", JUNE.email).with("website", "");
    client.press_on(&fixed).await.says("Requested");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_service_or_office_that_does_not_exist_is_no_form_of_ours() {
    let practice = practice().open().await;
    let client = practice.visitor();
    for (field, value) in
        [("service", "astrology"), ("service", ""), ("office", "atlantis"), ("office", "../x")]
    {
        let form = practice.filled(&JUNE, &TUESDAY).await.with(field, value);
        let page = client.press(&form).await.expect(422);
        page.has_a_way_out();
    }
    client.get("/appointments/new?service=astrology").await.expect(422).link("Neuromuscular session");
    client
        .get("/appointments/new?service=neuromuscular-60&office=atlantis&start=2026-11-24T17:00:00Z")
        .await
        .expect(422);
    practice.close().await;
}

#[tokio::test]
async fn a_start_that_cannot_be_read_is_422_in_the_form_and_in_the_address() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let malformed = [
        "",
        "tomorrow",
        "2026-11-24",
        "2026-11-24T17:00Z",
        "2026-11-24T17:00:00",
        "2026-11-24T17:00:00+00:00",
        "2026-11-24 17:00:00Z",
        "2026-11-24T17:00:00.000Z",
        " 2026-11-24T17:00:00Z",
        "2026-11-24t17:00:00z",
        "2026-02-30T17:00:00Z",
        "2026-11-24T24:00:00Z",
        "2026-11-24T17:00:60Z",
        "2026-1-24T17:00:00Z",
        "1795539600",
        "-2026-11-24T17:00:00Z",
        "+12026-11-24T17:00:00Z",
    ];
    for start in malformed {
        let form = practice.filled(&JUNE, &TUESDAY).await.with("start", start);
        client.press(&form).await.expect(422);
        let asked = TUESDAY.form().replace(TUESDAY.start, &start.replace('+', "%2B").replace(' ', "%20"));
        client.get(&asked).await.expect(422).link("Neuromuscular session");
    }
    practice.close().await;
}

#[tokio::test]
async fn what_was_typed_is_kept_although_the_time_could_not_be_read() {
    let practice = practice().open().await;
    let client = practice.visitor();
    for (field, value) in [("start", "tomorrow"), ("service", "astrology"), ("office", "atlantis")] {
        let form = practice.filled(&JUNE, &TUESDAY).await.with(field, value);
        let back = client.press(&form).await.expect(422).form("/appointments");
        for typed in ["name", "email", "phone"] {
            assert_eq!(back.value(typed), form.value(typed), "{field}");
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn the_same_form_twice_is_one_request() {
    let practice = practice().open().await;
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let first = practice.visitor().press(&form).await.leads_to();
    let again = practice.visitor().press(&form).await.leads_to();
    assert_eq!(first, again);
    assert_eq!(practice.emails().await.len(), 2, "one to each side");
    practice.close().await;
}

#[tokio::test]
async fn the_same_form_after_a_cancellation_is_still_the_same_request() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let page = client.press(&form).await.leads_to();
    let cancellation = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&cancellation).await;
    assert_eq!(client.press(&form).await.leads_to(), page);
    client.open(&page).await.says("Canceled");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn the_same_form_fifty_times_at_once_is_one_request() {
    let practice = practice().open().await;
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let answers = at_once(&practice, (0..50).map(|_| form.clone())).await;
    let pages: Vec<String> = answers.iter().map(Page::leads_to).collect();
    assert!(pages.iter().all(|page| *page == pages[0]), "{pages:?}");
    assert_eq!(practice.emails().await.len(), 2, "one to each side");
    practice.close().await;
}

#[tokio::test]
async fn a_key_that_no_page_of_ours_has_drawn_is_422() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let long = "a".repeat(65);
    for key in ["", "short", "spaces are no part of a key", "ümläuts-ümläuts-ümläuts", &long] {
        let form = practice.filled(&JUNE, &TUESDAY).await.with("request_key", key);
        let back = client.press(&form).await.expect(422);
        assert_eq!(back.hrefs("[role=alert] a"), ["#request_key"]);
    }
    practice.close().await;
}

#[tokio::test]
async fn every_form_has_a_key_of_its_own() {
    let practice = practice().open().await;
    let one = practice.filled(&JUNE, &TUESDAY).await;
    let other = practice.filled(&JUNE, &TUESDAY).await;
    assert_ne!(one.value("request_key"), other.value("request_key"));
    practice.close().await;
}

#[tokio::test]
async fn a_client_may_leave_a_telephone_number_only() {
    let practice = practice().open().await;
    let page = practice.asks(&WALT, &TUESDAY).await;
    practice.visitor().open(&page).await.says("I'll call (530) 555-0117 by Tuesday, 7:00 am.");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn names_of_all_kinds_survive_on_every_page_and_in_every_email() {
    const NAMES: [(&str, &str); 4] = [
        ("Ann O'Brien", "o'brien@example.org"),
        ("Zoë 🌿 Müller-Lüdenscheid", "zoe+booking@example.org"),
        ("יעל כהן", "yael@example.org"),
        ("Tom & \"Jerry\" ; rm -rf", "tom@example.org"),
    ];
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let starts =
        ["2026-11-24T17:00:00Z", "2026-11-24T19:00:00Z", "2026-11-24T21:00:00Z", "2026-11-24T23:00:00Z"];
    for ((name, email), start) in NAMES.into_iter().zip(starts) {
        let person = Person { name, email, ..JUNE };
        let person = Person { phone: "", ..person };
        practice.asks(&person, &TUESDAY.at(start)).await;
        let received = practice.email_to(email).await;
        assert!(received.text.starts_with("Hi "), "{}", received.text);
        let arrived = practice.mailbox.one_to("dustin@example.com");
        // As it stands in a sentence: one from right to left reorders nothing around it.
        let name = Name::stored(name.to_owned()).to_string();
        assert!(arrived.subject.starts_with(&format!("Requested: {name}, ")), "{}", arrived.subject);
        therapist.open(arrived.page()).await.says(&name).says(email);
        therapist.open("/admin").await.link(&name);
    }
    practice.close().await;
}

/// Everybody presses at the same moment.
pub async fn at_once(practice: &TestPractice, forms: impl Iterator<Item = Form>) -> Vec<Page> {
    let mut presses = tokio::task::JoinSet::new();
    for form in forms {
        let visitor: Visitor = practice.visitor();
        presses.spawn(async move { visitor.press(&form).await });
    }
    presses.join_all().await
}
