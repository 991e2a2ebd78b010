//! Online requests closed: instead of openings the therapist's sentence and the
//! telephone number; nothing that was typed is lost.

use crate::support::{
    page::Page,
    people::{JUNE, SESSION, TUESDAY, Therapist, WEDNESDAY},
    practice::{TestPractice, practice},
};

const SENTENCE: &str = "I am moving house until Friday.";

async fn close(practice: &TestPractice) -> Therapist {
    let therapist = practice.therapist().await;
    therapist.closes_requests(SENTENCE).await;
    therapist
}

fn says_so(page: Page) -> Page {
    let page = page.says(SENTENCE);
    assert_eq!(page.hrefs("main a[href='tel:+15305550100']").len(), 1, "a number to tap");
    assert!(page.hrefs("main a[href*='start=']").is_empty(), "no opening");
    page
}

#[tokio::test]
async fn instead_of_openings_there_are_the_sentence_and_the_number() {
    let practice = practice().open().await;
    let client = practice.visitor();
    client.open("/").await; // Kept from before.
    close(&practice).await;
    for address in ["/", "/appointments/new", &format!("/appointments/new?service={SESSION}")] {
        says_so(client.open(address).await);
    }
    says_so(client.get(&TUESDAY.form()).await.expect(409));
    practice.close().await;
}

#[tokio::test]
async fn pages_about_something_else_say_so_too_and_lead_to_no_openings() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let article = "/articles/headache-relief-with-neuromuscular-massage";
    let pages = [article, "/services", "/services/first-visit", "/offices", "/offices/redding"];
    let ways = |page: &Page| page.hrefs("main a[href^='/appointments/new']").len();
    for address in pages {
        assert!(ways(&client.open(address).await.never_says(SENTENCE)) > 0, "{address}, and kept so");
    }
    let therapist = close(&practice).await;
    for address in pages {
        let page = client.open(address).await.says(SENTENCE);
        assert_eq!(ways(&page), 0, "{address}");
        assert!(!page.hrefs("main a[href='tel:+15305550100']").is_empty(), "{address}");
    }
    let asks = client.open(article).await.never_says("Nothing open right now").link("Ask a question");
    assert_eq!(asks, format!("{article}/question"));
    therapist.opens_requests().await;
    for address in pages {
        assert!(ways(&client.open(address).await.never_says(SENTENCE)) > 0, "{address}, open again");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_request_that_was_on_its_way_is_409_and_keeps_what_was_typed() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await.with("note", "By the door.");
    let therapist = close(&practice).await;
    for start in [TUESDAY.start, "2026-11-24T09:00:00Z"] {
        let page = client.press(&form.clone().with("start", start)).await.expect(409).says(SENTENCE);
        page.link("(530) 555-0100");
        let back = page.form("/appointments");
        for field in ["service", "office", "name", "email", "phone", "note"] {
            assert_eq!(back.value(field), form.value(field), "{field}");
        }
        assert!(back.is_ticked("agreed"));
    }
    assert!(practice.busy().await.all().is_empty(), "no row");
    practice.deliver().await;
    practice.mailbox.is_empty();
    let back = client.press(&form).await.expect(409).form("/appointments");
    therapist.opens_requests().await;
    client.press_on(&back).await.says("Requested");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn when_they_are_open_again_the_openings_are_back() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let therapist = close(&practice).await;
    says_so(client.open("/").await);
    therapist.opens_requests().await;
    for address in ["/", &format!("/appointments/new?service={SESSION}")] {
        let page = client.open(address).await.never_says(SENTENCE);
        assert!(!page.hrefs("main a[href*='start=']").is_empty(), "{address}");
    }
    practice.close().await;
}

#[tokio::test]
async fn an_appointment_cannot_be_moved_meanwhile_but_canceled() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let client = practice.visitor();
    let other = WEDNESDAY.at("2026-11-25T21:00:00Z");
    let question = format!("{page}/reschedule?office={}&start={}", other.office, other.start);
    let form = client.open(&question).await.form("/reschedule");
    close(&practice).await;
    says_so(client.open(&form.action).await);
    says_so(client.get(&question).await.expect(409));
    says_so(client.press(&form).await.expect(409));
    client.press_on(&client.open(&format!("{page}/cancellation")).await.form("/cancellation")).await;
    practice.deliver().await;
    practice.close().await;
}
