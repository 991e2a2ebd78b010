//! A blocked client: what they ask for reads like any other request, holds no time,
//! and is declined by itself some hours later.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, Opening, PETER, Person, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// Thursday, December 3, 2:00 pm, in Redding.
const LATER: Opening = Opening { start: "2026-12-03T22:00:00Z", ..TUESDAY };

/// June has been confirmed for Tuesday, and is blocked since.
async fn june_is_blocked() -> (TestPractice, Therapist) {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    therapist.blocks(&JUNE).await.says("Tuesday, November 24, 9:00 am");
    (practice, therapist)
}

#[tokio::test]
async fn a_blocked_clients_request_is_answered_like_any_other_and_holds_nothing() {
    let (practice, therapist) = june_is_blocked().await;
    let own = practice.asks(&JUNE, &LATER).await;
    let visitor = practice.visitor();
    let page = visitor.open(&own).await.says("I'm holding this time for you");
    assert!(page.title().starts_with("Requested: Thursday, December 3"), "{}", page.title());
    let file = visitor.open(&page.hrefs("a[href$='.ics']")[0]).await;
    assert!(file.body().contains("STATUS:TENTATIVE"), "{}", file.body());
    // The therapist hears nothing; the client reads what anybody reads.
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 1, "{emails:?}");
    assert_eq!(emails[0].to, JUNE.email);
    assert!(emails[0].subject.starts_with("Requested: Thursday, December 3"), "{}", emails[0].subject);
    // Folded away on Today, and nothing to answer there.
    let today = therapist.open("/admin").await.says("One request from somebody you blocked");
    assert_eq!(today.texts("details.blocked .visits a"), [JUNE.name]);
    assert!(today.forms("/confirmation").is_empty(), "nothing is to be answered");
    therapist.client_page(&JUNE).await.says("Requested while blocked").says("Not answered yet");
    // Somebody else gets the time.
    practice.has_asked(&PETER, &LATER).await;
    therapist.confirms(&PETER).await;
    practice.emails().await;
    visitor.open(&own).await.says("I'm holding this time for you");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn hours_later_it_gets_the_ordinary_declined_email_without_other_times() {
    let (practice, therapist) = june_is_blocked().await;
    let own = practice.has_asked(&JUNE, &LATER).await;
    practice.passes(TimeDelta::minutes(90)).await;
    assert!(practice.emails().await.is_empty(), "nobody answers that soon");
    practice.passes(TimeDelta::hours(23)).await;
    let emails = practice.emails().await;
    let email = emails.iter().find(|email| email.subject.starts_with("Declined: ")).expect("declined");
    assert_eq!(email.to, JUNE.email);
    assert!(!email.text.contains("/appointments/new"), "no other times: {}", email.text);
    assert!(emails.iter().all(|email| !email.subject.contains("Expired")), "{emails:?}");
    let page = practice.visitor().open(&own).await;
    assert!(page.title().starts_with("Declined: "), "{}", page.title());
    therapist.open("/admin").await.never_says("somebody you blocked");
    therapist.client_page(&JUNE).await.says("Requested while blocked").says("Declined");
    practice.close().await;
}

#[tokio::test]
async fn a_blocked_client_takes_back_and_corrects_what_they_asked_for_as_anybody_does() {
    let (practice, therapist) = june_is_blocked().await;
    let own = practice.has_asked(&JUNE, &LATER).await;
    let visitor = practice.visitor();
    let corrected = visitor.open(&own).await.form("/address").with("email", "june@okafor.example");
    visitor.press_on(&corrected).await.says("june@okafor.example");
    let email = practice.email_to("june@okafor.example").await;
    assert!(email.subject.starts_with("Requested: "), "{}", email.subject);
    // The link of that email takes the request back.
    let page = visitor.open(email.page()).await;
    let form = visitor.open(&page.link("Cancel")).await.form("/cancellation");
    visitor.press_on(&form).await.says("Your request is canceled");
    let email = practice.email_to("june@okafor.example").await;
    assert!(email.subject.starts_with("Canceled: "), "{}", email.subject);
    practice.passes(TimeDelta::hours(24)).await;
    assert!(practice.emails().await.iter().all(|email| !email.subject.starts_with("Declined: ")));
    therapist.open("/admin").await.never_says("somebody you blocked");
    practice.close().await;
}

#[tokio::test]
async fn the_same_form_twice_is_one_request_and_no_more_are_open_than_of_anybody() {
    let (practice, _) = june_is_blocked().await;
    let visitor = practice.visitor();
    let form = practice.filled(&JUNE, &LATER).await;
    let first = visitor.press(&form).await.expect(303).leads_to();
    assert_eq!(visitor.press(&form).await.expect(303).leads_to(), first);
    // The time that they wait for is taken to them, by another form too.
    let again = visitor.press(&practice.filled(&JUNE, &LATER).await).await;
    again.expect(409).says("Sorry, that time's taken");
    visitor.press(&practice.filled(&JUNE, &WEDNESDAY).await).await.expect(303);
    let third = Opening { start: "2026-12-03T18:00:00Z", ..TUESDAY };
    visitor.press(&practice.filled(&JUNE, &third).await).await.expect(303);
    let fourth = Opening { start: "2026-12-01T18:00:00Z", ..TUESDAY };
    visitor.press(&practice.filled(&JUNE, &fourth).await).await.expect(429);
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn after_back_they_move_what_they_asked_for_and_the_therapist_hears_nothing() {
    let (practice, therapist) = june_is_blocked().await;
    let visitor = practice.visitor();
    let form = practice.filled(&JUNE, &LATER).await;
    let own = visitor.press(&form).await.expect(303).leads_to();
    practice.emails().await;
    let other = form.with("office", WEDNESDAY.office).with("start", WEDNESDAY.start);
    let question = visitor.press(&other).await.expect(200).says("As well, or instead?");
    let moved = visitor.press_on(&question.form("/reschedule")).await;
    moved.says("Requested").says("Wednesday, November 25, 9:00 am");
    visitor.open(&own).await.says("Wednesday, November 25, 9:00 am");
    let emails = practice.emails().await;
    assert_eq!(emails.iter().map(|email| email.to.as_str()).collect::<Vec<_>>(), [JUNE.email]);
    therapist.open("/admin").await.says("Wednesday, November 25, 9:00 am");
    practice.has_asked(&PETER, &WEDNESDAY).await;
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn who_shares_an_address_is_not_blocked_and_whoever_is_unblocked_asks_as_before() {
    let (practice, therapist) = june_is_blocked().await;
    let wife = Person { name: "Ada Okafor", ..JUNE };
    practice.has_asked(&wife, &WEDNESDAY).await;
    therapist.open("/admin").await.says("Ada Okafor").never_says("somebody you blocked");
    let stale = therapist.client_page(&JUNE).await;
    therapist.press_on(&stale.form("/unblock")).await.never_says("Blocked since");
    therapist.press(&stale.form("/unblock")).await.expect(409).says("changed since you opened the page");
    practice.has_asked(&JUNE, &LATER).await;
    therapist.confirms(&JUNE).await;
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn an_erased_client_leaves_nothing_of_what_they_asked_for_while_blocked() {
    let (practice, therapist) = june_is_blocked().await;
    practice.passes(TimeDelta::days(3)).await;
    let own = practice.has_asked(&JUNE, &LATER).await;
    let record = therapist.client_page(&JUNE).await;
    let record = therapist.open(&record.hrefs("a[href$='record.json']")[0]).await.body();
    assert!(record.contains("Thursday, December 3") && !record.contains("locked"), "{record}");
    let client = therapist.client_page(&JUNE).await;
    let erasure = therapist.open(&client.link("Erase this client")).await;
    therapist.press_on(&erasure.form("/erasure")).await;
    practice.visitor().get(&own).await.expect(404);
    therapist.open("/admin").await.never_says("somebody you blocked").never_says(JUNE.name);
    therapist.open("/admin/emails").await.never_says(JUNE.email);
    // The same address comes back as somebody new.
    practice.has_asked(&JUNE, &LATER).await;
    therapist.confirms(&JUNE).await;
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn whoever_left_a_number_alone_asks_as_anybody_does_and_is_on_no_list_of_calls() {
    let practice = practice().open().await;
    practice.has_asked(&WALT, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&WALT).await;
    practice.emails().await;
    therapist.blocks(&WALT).await;
    let before = practice.calls().await.len();
    let own = practice.asks(&WALT, &LATER).await;
    practice.visitor().open(&own).await.says("I'm holding this time for you");
    practice.passes(TimeDelta::hours(24)).await;
    let page = practice.visitor().open(&own).await;
    assert!(page.title().starts_with("Declined: "), "{}", page.title());
    assert_eq!(practice.calls().await.len(), before);
    practice.close_with_emails_unsent().await;
}
