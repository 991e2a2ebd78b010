//! Booking again from the email of an earlier visit: the client is known, and
//! a typed address proves nothing.

use chrono::TimeDelta;

use crate::support::{
    page::Form,
    people::{JUNE, Opening, SESSION, THERAPIST, TUESDAY, WALT, path_of},
    practice::{TestPractice, practice},
};

/// Thursday, December 3, 2:00 pm, in Redding.
const LATER: Opening = Opening { start: "2026-12-03T22:00:00Z", ..TUESDAY };

/// The practice file with whoever books again confirmed at once.
fn again_at_once() -> crate::support::practice::Opening {
    practice()
        .with_practice_file(|file| file.replace("reminder_hours", "book_again = \"at_once\"\nreminder_hours"))
}

/// June has been there on Tuesday; her page, as an email links to it.
async fn after_a_visit(practice: &TestPractice) -> String {
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    let page = path_of(practice.email_to(JUNE.email).await.page()).to_owned();
    practice.passes(TimeDelta::days(2)).await;
    practice.emails().await;
    page
}

/// The form for an opening, by the way that leads from the page of the visit.
async fn form_again(practice: &TestPractice, page: &str) -> Form {
    let client = practice.visitor();
    let openings = client.open(&client.open(page).await.link("Book again")).await;
    client.open(&openings.link("Thursday, December 3, 2:00 pm, Redding")).await.form("/appointments")
}

#[tokio::test]
async fn after_the_visit_the_client_is_asked_neither_name_nor_address() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    let client = practice.visitor();
    let form = form_again(&practice, &page).await;
    let token = page.rsplit('/').next().expect("a token");
    let shown = client.open(&format!("{}&again={token}", LATER.form())).await;
    for asked in ["name", "email", "phone"] {
        assert!(!form.has(asked), "{asked}");
    }
    shown
        .never_says(JUNE.email)
        .never_says("555-0133")
        .says("I know you from your visit on Tuesday, November 24")
        .says("I'll confirm or decline it myself");
    let own = client.press_on(&form.with("note", "As last time.").ticked("agreed")).await;
    assert!(own.title().starts_with("Requested: Thursday, December 3, 2:00 pm"), "{}", own.title());
    own.never_says(JUNE.email);
    let email = practice.email_to(JUNE.email).await;
    assert!(email.subject.starts_with("Requested: "), "{}", email.subject);
    practice.mailbox.one_to(THERAPIST).says(JUNE.name);
    practice.close().await;
}

#[tokio::test]
async fn every_page_on_the_way_carries_the_visit_and_is_kept_by_the_browser_alone() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    let client = practice.visitor();
    let first = client.open(&page).await.link("Book again");
    let again = first.rsplit('&').next().expect("a query").to_owned();
    assert!(again.starts_with("again="), "{first}");
    let mut ways = client.open(&first).await.hrefs("main a[href^='/appointments/new']");
    ways.extend(client.open(&format!("/appointments/new?{again}")).await.hrefs("main a[href*='service=']"));
    let taken = client.get(&format!("{}&{again}", TUESDAY.form())).await.expect(409);
    ways.extend(taken.hrefs("main a[href^='/appointments/new']"));
    assert!(ways.len() > 50, "{ways:?}");
    for way in &ways {
        assert!(way.split(['?', '&']).any(|part| part == again), "{way}");
    }
    for address in [first, format!("{}&{again}", LATER.form())] {
        let shown = client.open(&address).await;
        assert_eq!(shown.header("cache-control"), "private, no-cache");
        assert_eq!(shown.header("x-robots-tag"), "noindex");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_taken_time_loses_neither_the_note_nor_the_visit() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    let client = practice.visitor();
    let form = form_again(&practice, &page).await.with("note", "As last time.").ticked("agreed");
    let taken = client.press(&form.with("start", TUESDAY.start)).await.expect(409);
    let way_out = taken.forms("/appointments").remove(0);
    assert_eq!(way_out.value("note"), "As last time.");
    client.press_on(&way_out).await.says("Requested");
    practice.email_to(JUNE.email).await;
    practice.mailbox.take();
    practice.close().await;
}

#[tokio::test]
async fn where_the_policy_trusts_who_books_again_it_is_confirmed_at_once() {
    let practice = again_at_once().open().await;
    let page = after_a_visit(&practice).await;
    let client = practice.visitor();
    client.open("/policies").await.says("If you book again from my email about an earlier visit");
    let first = client.open(&page).await.link("Book again");
    client.open(&first).await.says("It's confirmed right away.");
    let token = page.rsplit('/').next().expect("a token");
    client.open(&format!("{}&again={token}", LATER.form())).await.says("confirmed right away");
    let own = client.press_on(&form_again(&practice, &page).await.ticked("agreed")).await;
    assert!(own.title().starts_with("Confirmed: Thursday, December 3"), "{}", own.title());
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_typed_address_is_no_proof() {
    let practice = again_at_once().open().await;
    after_a_visit(&practice).await;
    let client = practice.visitor();
    client.open(&LATER.form()).await.says("I'll confirm or decline it myself");
    let own = client.open(&practice.has_asked(&JUNE, &LATER).await).await;
    assert!(own.title().starts_with("Requested: "), "{}", own.title());
    practice.close().await;
}

#[tokio::test]
async fn a_link_that_came_with_a_form_proves_no_more_than_the_form() {
    let practice = again_at_once().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await; // Whoever typed this has no email.
    practice.therapist().await.confirms(&JUNE).await;
    practice.passes(TimeDelta::days(2)).await;
    practice.emails().await;
    let form = form_again(&practice, &page).await.ticked("agreed");
    let own = practice.visitor().press_on(&form).await;
    assert!(own.title().starts_with("Requested: "), "{}", own.title());
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn without_email_the_next_request_is_called_about_as_before() {
    let practice = practice().open().await;
    let page = practice.has_asked(&WALT, &TUESDAY).await;
    practice.therapist().await.confirms(&WALT).await;
    practice.passes(TimeDelta::days(2)).await;
    let form = form_again(&practice, &page).await.ticked("agreed");
    practice.visitor().press_on(&form).await.says("Requested");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_link_that_is_no_visit_brings_the_ordinary_form_with_a_sentence() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    let known = form_again(&practice, &page).await.with("note", "As last time.").ticked("agreed");
    let canceled = practice.has_asked(&JUNE, &LATER).await;
    let client = practice.visitor();
    client.press_on(&client.open(&format!("{canceled}/cancellation")).await.form("/cancellation")).await;
    let spare = LATER.at("2026-12-03T18:00:00Z").form();
    let canceled = canceled.rsplit('/').next().expect("a token").to_owned();
    for again in ["x", "0123456789abcdef0123456789abcdef", &canceled] {
        let list = client.open(&format!("/appointments/new?service={SESSION}&again={again}")).await;
        list.says("has expired or got cut off").never_says(&format!("again={again}"));
        let form = client.open(&format!("{spare}&again={again}")).await.says("has expired or got cut off");
        form.form("/appointments").value("name");
    }
    let back =
        client.press(&known.with("again", &canceled)).await.expect(422).says("has expired or got cut off");
    let back = back.form("/appointments");
    assert_eq!((back.value("name"), back.value("note")), ("", "As last time."));
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn before_the_visit_and_after_a_no_show_nobody_books_again() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    let confirmed = therapist.confirms(&JUNE).await.link("Reschedule").replace("/reschedule", "");
    assert!(!practice.visitor().open(&page).await.text().contains("Book again"));
    practice.passes(TimeDelta::days(2)).await;
    practice.visitor().open(&page).await.link("Book again");
    therapist.press_on(&therapist.open(&confirmed).await.form("/no-show")).await;
    assert!(!practice.visitor().open(&page).await.text().contains("Book again"));
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_service_that_is_confirmed_at_once_says_so_everywhere() {
    let practice = practice().with_practice_file(|file| {
        let slug = r#"slug = "neuromuscular-60""#;
        file.replace(slug, &format!("{slug}\nconfirmation = \"at_once\""))
    });
    let practice = practice.open().await;
    let client = practice.visitor();
    let openings = |service: &str| format!("/appointments/new?service={service}");
    client.open(&openings(SESSION)).await.says("It's confirmed right away.");
    client
        .open(&openings("first-visit"))
        .await
        .says("It's a request until I confirm it. You'll hear from me within 24 hours.");
    client.open("/appointments/new").await.says("It's a request until I confirm it");
    client.open(&TUESDAY.form()).await.says("confirmed right away");
    client
        .open("/policies")
        .await
        .says("Neuromuscular session: confirmed right away.")
        .says("Any other request holds your time for 24 hours");
    let own = client.open(&practice.has_asked(&JUNE, &TUESDAY).await).await;
    assert!(own.title().starts_with("Confirmed: "), "{}", own.title());
    let other = Opening { service: "first-visit", ..LATER };
    let own = client.open(&practice.has_asked(&JUNE, &other).await).await;
    assert!(own.title().starts_with("Requested: "), "{}", own.title());
    practice.close().await;
}
