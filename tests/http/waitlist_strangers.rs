//! The waitlist and whoever isn't who they seem: a number that was typed shows nothing, two who
//! share one stay two, and what the therapist takes back leaves everybody where they were.

use chrono::TimeDelta;

use super::waitlist::{
    DATE, INES, PHRASE, ROSA, form, full, joins, june_cancels, offered, page_of,
    peter_hopes_for_another_time, takes, waits,
};
use crate::support::{
    mailbox::subjects,
    people::{JUNE, Opening, PETER, Person, TUESDAY},
    practice::practice,
};

#[tokio::test]
async fn a_number_that_was_typed_makes_nobody_known() {
    let (practice, therapist) = full().await;
    let known = Person { phone: "(530) 555-0188", ..ROSA };
    practice.has_asked(&known, &TUESDAY).await;
    therapist.confirms(&known).await;
    practice.passes(TimeDelta::days(2)).await;
    practice.emails().await;
    // Somebody else types her name and number, with a mailbox of their own.
    let stranger = Person { email: "mallory@example.com", ..known };
    waits(&practice, &stranger).await;
    june_cancels(&practice, &therapist).await;
    let email = offered(&practice, &stranger).await;
    email.says("It is not confirmed until I answer.");
    let taken = takes(&practice, &email).await;
    let own = practice.visitor().follow(&taken).await;
    assert!(own.title().starts_with("Requested: "), "{}", own.title());
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_yes_to_what_is_a_request_first_reads_as_one() {
    let (practice, therapist) = full().await;
    waits(&practice, &ROSA).await;
    june_cancels(&practice, &therapist).await;
    let email = offered(&practice, &ROSA).await;
    takes(&practice, &email).await.expect(303);
    page_of(&practice, &email).await.says("You said yes").says("It is not confirmed yet.");
    therapist.confirms(&ROSA).await;
    page_of(&practice, &email).await.says("It's confirmed.");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_request_that_could_not_be_answered_in_time_is_offered_to_nobody() {
    const ELEVEN: Opening = Opening { start: "2026-12-01T19:00:00Z", ..TUESDAY };
    for (answer_before_hours, is_offered) in [("2", false), ("0", true)] {
        let practice = practice().with("answer_before_hours", answer_before_hours).open().await;
        let therapist = practice.therapist().await;
        therapist.plans(DATE, &[("redding", "11:00-12:00")]).await;
        practice.has_asked(&JUNE, &ELEVEN).await;
        therapist.confirms(&JUNE).await;
        practice.emails().await;
        waits(&practice, &ROSA).await;
        practice.reaches(TimeDelta::days(8) + TimeDelta::minutes(10)).await; // Tuesday, 8:10 am.
        practice.emails().await;
        june_cancels(&practice, &therapist).await;
        let emails = practice.emails().await;
        let is_told = emails.iter().any(|email| email.to == ROSA.email);
        assert_eq!(is_told, is_offered, "{answer_before_hours}: {:?}", subjects(&emails));
        practice.close().await;
    }
}

#[tokio::test]
async fn a_cancellation_that_is_undone_leaves_whoever_wanted_another_time_on_the_list() {
    let (practice, therapist) = full().await;
    let form_page = peter_hopes_for_another_time(&practice, &therapist).await;
    let client = practice.visitor();
    let swap = form_page.form("/waitlist").ticked_only("office", &["redding"]);
    client.press_on(&swap.with("from", DATE).with("to", DATE)).await.says("You're on the waitlist");
    practice.emails().await;

    let hurried = practice.therapist().await.in_a_hurry();
    hurried.answers(&PETER, "cancellation", "").await.expect(303);
    practice.offers().await;
    hurried.undoes(&hurried.open("/admin").await).await;
    practice.offers().await;
    june_cancels(&practice, &therapist).await;
    let email = offered(&practice, &PETER).await;
    let moved = takes(&practice, &email).await;
    let own = client.follow(&moved).await;
    assert!(own.title().starts_with(&format!("Confirmed: {PHRASE}")), "{}", own.title());
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_is_blocked_while_something_is_offered_to_them_finds_it_gone() {
    let (practice, therapist) = full().await;
    practice.has_asked(&ROSA, &TUESDAY).await;
    therapist.confirms(&ROSA).await;
    practice.emails().await;
    waits(&practice, &ROSA).await;
    june_cancels(&practice, &therapist).await;
    let email = offered(&practice, &ROSA).await;
    therapist.blocks(&ROSA).await;
    takes(&practice, &email).await.expect(410).says("that time isn't open anymore");
    waits(&practice, &PETER).await;
    offered(&practice, &PETER).await;
    // The place runs out like any other.
    practice.passes(TimeDelta::days(31)).await;
    let emails = practice.emails().await;
    assert!(emails.iter().any(|email| email.to == ROSA.email && email.kind() == "waitlist_over"));
    practice.close().await;
}

#[tokio::test]
async fn two_who_share_a_number_stay_two() {
    let (practice, therapist) = full().await;
    let rosa = Person { phone: "(530) 555-0188", ..ROSA };
    let ines = Person { phone: "(530) 555-0188", ..INES };
    practice.has_asked(&rosa, &TUESDAY).await;
    therapist.answers(&rosa, "decline", "").await.expect(303);
    practice.emails().await;
    let theirs = waits(&practice, &ines).await;
    let record = therapist.client_page(&rosa).await.link("Download everything on file");
    therapist.open(&record).await.never_says("Ines Costa").never_says(ines.email);
    therapist.erases(&rosa).await;
    practice.visitor().open(&theirs).await.says("You're on the waitlist");
    practice.close().await;
}

#[tokio::test]
async fn what_strangers_start_with_an_address_keeps_its_owner_out_for_a_day_at_the_most() {
    let practice = practice().open().await;
    for _ in 0..3 {
        joins(&practice, &ROSA).await;
    }
    let client = practice.visitor();
    client.press(&form(&practice, &ROSA).await).await.expect(429).says("as many spots on the waitlist");
    let email = practice.emails().await.pop().expect("an email");
    // Its owner ends it.
    let gone = client.press_on(&client.open(email.page()).await.form("/end")).await;
    gone.says("You're off the waitlist");
    waits(&practice, &ROSA).await;
    practice.passes(TimeDelta::days(1)).await;
    practice.emails().await;
    client.press(&form(&practice, &ROSA).await).await.expect(303);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn the_days_count_from_the_button_and_to_the_end_of_the_last() {
    let practice = practice().open().await;
    joins(&practice, &ROSA).await;
    let email = practice.email_to(ROSA.email).await;
    practice.passes(TimeDelta::days(20)).await;
    let client = practice.visitor();
    let page = client.press_on(&client.open(email.page()).await.form("/confirmation")).await;
    page.says("through Tuesday, January 12");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn the_same_form_with_other_wishes_is_another_place() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let first = form(&practice, &ROSA).await;
    let page = client.press(&first).await.leads_to();
    let other = client.press(&first.with("to", "2026-12-04")).await.leads_to();
    assert_ne!(other, page);
    assert_eq!(practice.emails().await.len(), 2);
    practice.close().await;
}

#[tokio::test]
async fn whoever_never_answers_is_asked_once_a_day() {
    let (practice, therapist) = full().await;
    therapist.plans("2026-12-02", &[("redding", "9:00-16:00")]).await;
    let client = practice.visitor();
    client.press(&form(&practice, &INES).await.with("from", "2026-12-02").with("to", "2026-12-02")).await;
    let email = practice.email_to(INES.email).await;
    client.press_on(&client.open(email.page()).await.form("/confirmation")).await;
    let mut offers = Vec::new();
    for hour in 0..48 {
        practice.passes(TimeDelta::hours(1)).await;
        for email in practice.emails().await.into_iter().filter(|email| email.to == INES.email) {
            offers.push((hour, email.subject));
        }
    }
    assert!((3..=4).contains(&offers.len()), "two that were let pass, and one a day then: {offers:?}");
    assert!(offers.iter().all(|(_, subject)| subject.starts_with("Opening: ")), "{offers:?}");
    practice.close().await;
}
