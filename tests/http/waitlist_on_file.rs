//! Whoever waits is somebody on file: their place stands on their page and in the archive, and
//! goes along when how they are reached is corrected.

use super::{
    exports,
    waitlist::{PHRASE, full, joins, june_cancels, offered, page_of, takes, waits},
};
use crate::support::{
    people::{Opening, PETER, Person, TUESDAY, Therapist},
    practice::TestPractice,
};

/// Peter after his address was corrected.
const CORRECTED: Person = Person { email: "peter@lindqvist.example", ..PETER };

/// June has the only hour that Peter waits for, and Peter is somebody on file.
async fn peter_waits() -> (TestPractice, Therapist) {
    let (practice, therapist) = full().await;
    practice.has_asked(&PETER, &Opening { start: "2026-12-03T18:00:00Z", ..TUESDAY }).await;
    therapist.confirms(&PETER).await;
    practice.emails().await;
    waits(&practice, &PETER).await;
    practice.emails().await;
    (practice, therapist)
}

async fn corrects(therapist: &Therapist) {
    let form = therapist.client_page(&PETER).await.form("/details");
    therapist.press_on(&form.with("email", CORRECTED.email)).await;
}

#[tokio::test]
async fn what_somebody_waits_for_stands_on_their_page_and_in_the_archive() {
    let (practice, therapist) = peter_waits().await;
    let page = therapist.client_page(&PETER).await.says("On the waitlist").says("Waiting since November 23");
    page.says("in Redding").link("See the waitlist");
    let archive = exports::archive(&therapist).await;
    let mine = archive.iter().find(|(_, text)| text.contains("Waiting since November 23"));
    let (name, text) = mine.expect("a page that says so");
    assert!(name.starts_with("clients/") && text.contains("Peter Lindqvist"), "{name}");
    practice.close().await;
}

#[tokio::test]
async fn an_offer_goes_to_the_corrected_address_and_the_old_one_opens_nothing() {
    let (practice, therapist) = peter_waits().await;
    june_cancels(&practice, &therapist).await;
    let old = offered(&practice, &PETER).await;
    corrects(&therapist).await;
    practice.visitor().get(old.page()).await.expect(404);
    practice.offers().await;
    let new = offered(&practice, &CORRECTED).await;
    page_of(&practice, &new).await.says(PHRASE);
    takes(&practice, &new).await.expect(303);
    let confirmed = practice.email_to(CORRECTED.email).await;
    assert!(confirmed.subject.contains(PHRASE), "{}", confirmed.subject);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_place_that_nobody_has_shown_to_be_theirs_stays_as_it_was_typed() {
    let (practice, therapist) = full().await;
    practice.has_asked(&PETER, &Opening { start: "2026-12-03T18:00:00Z", ..TUESDAY }).await;
    therapist.confirms(&PETER).await;
    practice.emails().await;
    joins(&practice, &PETER).await;
    let asks = practice.email_to(PETER.email).await;
    corrects(&therapist).await;
    practice.emails().await;
    // Whoever reads the address that was typed presses the button, and is who is written to.
    let client = practice.visitor();
    client
        .press_on(&client.open(asks.page()).await.form("/confirmation"))
        .await
        .says("You're on the waitlist");
    june_cancels(&practice, &therapist).await;
    offered(&practice, &PETER).await;
    practice.close().await;
}
