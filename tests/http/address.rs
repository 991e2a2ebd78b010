//! A mistyped email address is corrected right after the request, and by
//! nobody who merely got an email.

use crate::support::{
    mailbox::Mood,
    people::{JUNE, Person, THERAPIST, TUESDAY, WALT, path_of},
    practice::practice,
};

const NEW: &str = "june.okafor@example.com";
const JUNE_WITH_A_NOTE: Person = Person { note: "I come by bus.", ..JUNE };

#[tokio::test]
async fn the_email_goes_to_the_corrected_address_and_the_old_emails_link_is_dead() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.asks(&JUNE, &TUESDAY).await;
    let old = practice.email_to(JUNE.email).await;
    practice.mailbox.one_to(THERAPIST);
    client.open(old.page()).await;
    let form = client.open(&page).await.says(JUNE.email).form("/address");
    client.press_on(&form.with("email", NEW)).await.says(NEW);
    let new = practice.email_to(NEW).await;
    assert!(new.subject.starts_with("Requested: "));
    client.open(new.page()).await;
    client.get(old.page()).await.expect(404);
    client.get(&format!("{}/calendar.ics", path_of(old.page()))).await.expect(404);
    let therapist = practice.therapist().await;
    therapist.page_of(&JUNE).await.says(NEW).never_says(">june@example.com<");
    practice.close().await;
}

#[tokio::test]
async fn an_email_that_has_not_left_yet_never_goes_to_the_mistyped_address() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.asks(&JUNE, &TUESDAY).await;
    let form = client.open(&page).await.form("/address");
    client.press_on(&form.with("email", NEW)).await;
    practice.email_to(NEW).await;
    practice.mailbox.one_to(THERAPIST);
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn an_email_under_way_to_the_mistyped_address_is_no_trouble_when_it_is_refused() {
    let practice = practice().open().await;
    let client = practice.visitor();
    practice.mailbox.is(Mood::Ponders);
    let page = practice.asks(&JUNE, &TUESDAY).await;
    let corrects = async {
        practice.mailbox.comes(1).await;
        let form = client.open(&page).await.form("/address");
        client.press_on(&form.with("email", NEW)).await;
        practice.mailbox.is(Mood::Answers(550));
    };
    tokio::join!(practice.deliver(), corrects);
    let today = practice.therapist().await.open("/admin").await;
    today.says("couldn't be reached by email").never_says(JUNE.email);
    practice.close().await;
}

#[tokio::test]
async fn a_correction_that_cannot_be_read_comes_back_with_what_was_typed() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let form = client.open(&page).await.form("/address").with("email", "june@");
    let back = client.press(&form).await.expect(422);
    assert_eq!(back.form("/address").value("email"), "june@");
    assert_eq!(back.texts("#email-error").len(), 1);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn the_same_address_once_more_writes_no_second_email() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let form = client.open(&page).await.form("/address").with("email", NEW);
    client.press_on(&form).await;
    client.press_on(&form).await;
    practice.email_to(NEW).await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_client_without_an_address_may_add_one() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&WALT, &TUESDAY).await;
    assert_eq!(practice.calls().await.len(), 1);
    let form = client.open(&page).await.form("/address").with("email", "walt@example.com");
    client.press_on(&form).await;
    practice.email_to("walt@example.com").await;
    assert!(practice.calls().await.is_empty(), "an email goes instead");
    practice.close().await;
}

#[tokio::test]
async fn after_the_answer_it_is_too_late() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let form = client.open(&page).await.form("/address").with("email", NEW);
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    assert!(client.open(&page).await.forms("/address").is_empty());
    client.press(&form).await.expect(409).says("Nothing was changed.");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_page_reached_from_an_email_shows_nobodys_contact_and_changes_none() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.asks(&JUNE_WITH_A_NOTE, &TUESDAY).await;
    let email = practice.email_to(JUNE.email).await;
    practice.mailbox.one_to(THERAPIST);
    let from_email = client.open(email.page()).await;
    for secret in [JUNE.email, "555-0133", "5550133", JUNE_WITH_A_NOTE.note, "June"] {
        assert!(!from_email.body().contains(secret), "{secret}");
    }
    assert!(from_email.forms("/address").is_empty());
    // The form of the other page, sent to the email's link.
    let mut form = client.open(&page).await.form("/address").with("email", "eve@example.com");
    form.action = format!("{}/address", path_of(email.page()));
    client.press(&form).await.expect(404);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}
