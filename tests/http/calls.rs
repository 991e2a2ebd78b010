//! Calls to make: without an email address every email is one, and so is what
//! an email may tell too late, or not at all.

use chrono::TimeDelta;
use stillpoint::domain::appointment::call::Topic;

use crate::support::{
    people::{JUNE, PETER, SATURDAY, THERAPIST, TUESDAY, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// What there is to tell, and to whom.
pub async fn calls(practice: &TestPractice) -> Vec<(Topic, String)> {
    let calls = practice.calls().await;
    calls.into_iter().map(|call| (call.about, call.appointment.name.to_string())).collect()
}

#[tokio::test]
async fn a_client_without_an_address_is_a_call_to_make_until_it_is_made() {
    let practice = practice().open().await;
    practice.asks(&WALT, &TUESDAY).await;
    practice.email_to(THERAPIST).await.says("No email address: please call with your answer.");
    practice.mailbox.is_empty();
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("requested this time");

    therapist.confirms(&WALT).await.says("None. Call with your answer.");
    practice.deliver().await;
    practice.mailbox.is_empty();
    let today = therapist.open("/admin").await.says("doesn't know yet that this is confirmed");
    assert_eq!(today.link("Call (530) 555-0117"), "tel:+15305550117");

    let done = today.form("/done");
    let today = therapist.press_on(&done).await;
    assert!(today.forms("/done").is_empty());
    therapist.press(&done).await.expect(409).says("This call isn't on the list anymore.");
    practice.close().await;
}

#[tokio::test]
async fn the_newest_event_is_the_one_to_tell() {
    let practice = practice().open().await;
    practice.has_asked(&WALT, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&WALT).await;
    therapist.answers(&WALT, "cancellation", "").await.expect(303);
    let today = therapist.open("/admin").await.says("doesn't know yet that this is canceled");
    assert_eq!(today.forms("/done").len(), 1);
    practice.close().await;
}

#[tokio::test]
async fn whoever_cancels_themselves_need_not_be_called() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&WALT, &TUESDAY).await;
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&form).await;
    practice.email_to(THERAPIST).await.says("Walt Brennan canceled");
    assert!(practice.calls().await.is_empty());
    practice.close().await;
}

#[tokio::test]
async fn a_visit_within_a_day_that_the_therapist_calls_off_is_told_by_telephone_as_well() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY.at("2026-11-25T21:00:00Z")).await; // Has no telephone number.
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    therapist.confirms(&PETER).await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(30)).await;
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    therapist.answers(&PETER, "cancellation", "").await.expect(303);
    assert_eq!(calls(&practice).await, [(Topic::Canceled, JUNE.name.to_owned())]);
    let emails = practice.emails().await;
    assert_eq!(emails.iter().filter(|email| email.subject.starts_with("Canceled: ")).count(), 2);
    practice.close().await;
}

#[tokio::test]
async fn a_visit_within_a_day_that_the_therapist_moves_is_told_by_telephone_as_well() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    therapist.moves(&JUNE, &TUESDAY.at("2026-11-24T18:00:00Z")).await; // In 26 hours.
    assert_eq!(calls(&practice).await, []);
    practice.passes(TimeDelta::hours(3)).await;
    therapist.moves(&JUNE, &SATURDAY).await; // The visit that is off was in 23 hours.
    assert_eq!(calls(&practice).await, [(Topic::Changed, JUNE.name.to_owned())]);
    therapist.open("/admin").await.says("this is the new time").says("Saturday, November 28, 10:00 am");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn an_email_that_failed_for_good_is_a_call_to_make_where_there_is_a_number() {
    let practice = practice().open().await;
    practice.mailbox.answers(JUNE.email, 550);
    practice.mailbox.answers(PETER.email, 550);
    practice.asks(&JUNE, &WEDNESDAY).await;
    practice.asks(&PETER, &SATURDAY).await;
    practice.deliver().await;
    assert_eq!(calls(&practice).await, [(Topic::EmailFailed, JUNE.name.to_owned())]);
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says("couldn't be reached by email");
    assert_eq!(today.link("Call (530) 555-0133"), "tel:+15305550133");
    practice.mailbox.answers(THERAPIST, 550);
    let done = today.form("/done");
    therapist.press_on(&done).await;
    practice.asks(&WALT, &TUESDAY).await;
    practice.deliver().await;
    let walt = WALT.name.to_owned();
    assert_eq!(calls(&practice).await, [(Topic::Requested, walt)], "the therapist is not called");
    practice.close().await;
}

#[tokio::test]
async fn what_a_client_does_themselves_leaves_nothing_to_call_about() {
    let thursday = SATURDAY.at("2026-11-26T22:00:00Z");
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.passes(TimeDelta::hours(3)).await;
    for from in [WEDNESDAY.at("2026-11-25T21:00:00Z"), TUESDAY.at("2026-11-24T18:00:00Z"), SATURDAY] {
        therapist.moves(&JUNE, &from).await;
    }
    let moved = [(Topic::Changed, JUNE.name.to_owned())];
    assert_eq!(calls(&practice).await, moved);
    practice.asks_to_move(&page, &thursday).await;
    assert_eq!(calls(&practice).await, [], "she asks for another time, so she knows the one that it has");

    therapist.moves(&JUNE, &TUESDAY.at("2026-11-24T18:00:00Z")).await;
    assert_eq!(calls(&practice).await, moved);
    let client = practice.visitor();
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&form).await;
    assert_eq!(calls(&practice).await, [], "she has canceled");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_has_no_address_is_told_to_call_and_never_to_answer_an_email() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let page = practice.has_asked(&WALT, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    // What is said to whoever gets email, and makes no sense to whoever does not.
    const OF_EMAIL: [&str; 3] = ["I've emailed", "just reply to", "spam"];
    let with_email = client.open(&practice.has_asked(&JUNE, &SATURDAY).await).await.text();
    for email in OF_EMAIL {
        assert!(with_email.contains(email), "{email}\n{with_email}");
    }
    let says = async |expected: &str| {
        let own = client.open(&page).await.says(expected).says("To change anything, call me.");
        let texts = own.link("Text myself this page");
        assert!(texts.starts_with("sms:+15305550117?&body="), "{texts}");
        let address = practice.url(&page).replace(':', "%3A").replace('/', "%2F");
        assert!(texts.ends_with(&address), "{texts}");
        for address in ["", "/cancellation", "/reschedule"] {
            let shown = client.get(&format!("{page}{address}")).await;
            for email in OF_EMAIL {
                assert!(!shown.text().contains(email), "{}: {email}\n{}", shown.asked, shown.text());
            }
        }
    };
    says("I'll call (530) 555-0117 by Tuesday, 8:00 am.").await;
    therapist.confirms(&WALT).await;
    says("If anything changes, I'll call (530) 555-0117.").await;
    practice.deliver().await;
    practice.close().await;
}
