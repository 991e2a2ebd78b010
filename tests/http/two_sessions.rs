//! Two sessions in one request, one right after the other: both, or none.

use chrono::TimeDelta;

use crate::support::{
    page::{Form, Page},
    people::{JUNE, Opening, PETER, Person, THERAPIST, TUESDAY, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// Tuesday, November 24, in Redding: 11:00 am, and what is right before and right after.
const ELEVEN: Opening = Opening { start: "2026-11-24T19:00:00Z", ..TUESDAY };
const BEFORE: &str = "2026-11-24T17:30:00Z";
const AFTER: &str = "2026-11-24T20:30:00Z";
const BEN: &str = "Ben Ray";

/// The form for eleven, filled in by somebody who wants a second session for Ben.
async fn with_second(practice: &TestPractice, person: &Person, second: &str) -> Form {
    practice.filled(person, &ELEVEN).await.choosing("second", second).with("second_for", BEN)
}

async fn is_free(practice: &TestPractice, start: &'static str) -> bool {
    practice.visitor().get(&ELEVEN.at(start).form()).await.status == 200
}

/// The forms of a page with nearby times, as far as they ask for both.
fn pairs(page: &Page) -> Vec<Form> {
    page.forms("/appointments").into_iter().filter(|form| form.has("second")).collect()
}

#[tokio::test]
async fn both_are_one_request_with_one_email_a_side_and_one_answer() {
    let practice = practice().with("open_requests_per_contact", "2").open().await;
    let client = practice.visitor();
    let shown = client.open(&ELEVEN.form()).await.says("another $95");
    shown.says("Right before, at 9:30 am").says("Right after, at 12:30 pm");
    let own = client.press_on(&with_second(&practice, &JUNE, AFTER).await).await;
    assert!(own.title().starts_with("Requested: Tuesday, November 24, 11:00 am"), "{}", own.title());
    own.says("One of 2 visits").says("Tuesday, November 24, 12:30 pm");
    let emails = practice.emails().await;
    let mut to: Vec<_> = emails.iter().map(|email| email.to.as_str()).collect();
    to.sort_unstable();
    assert_eq!(to, [THERAPIST, JUNE.email]);
    for email in &emails {
        email.says("11:00 am");
        email.says("12:30 pm");
        email.says("Ben");
    }
    // The two count as one of the two requests that may be open.
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await;
    let one = today.forms("/confirmation").into_iter().next().expect("a request");
    therapist.press_on(&one).await;
    let confirmed = practice.emails().await;
    assert_eq!(confirmed.iter().filter(|email| email.to == JUNE.email).count(), 1, "{confirmed:?}");
    confirmed[0].says("12:30 pm");
    let page = therapist.client_page(&JUNE).await.says("Confirmed");
    page.says("Tuesday, November 24, 11:00 am").says("Tuesday, November 24, 12:30 pm");
    practice.close().await;
}

#[tokio::test]
async fn the_second_session_can_be_the_earlier_one_and_for_the_same_person() {
    let practice = practice().open().await;
    let form = with_second(&practice, &JUNE, BEFORE).await.with("second_for", "");
    let own = practice.visitor().press_on(&form).await;
    assert!(own.title().starts_with("Requested: Tuesday, November 24, 11:00 am"), "{}", own.title());
    own.says("Tuesday, November 24, 9:30 am").never_says("s visit");
    assert!(!is_free(&practice, BEFORE).await);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn where_the_second_is_gone_nothing_is_written_and_what_was_typed_goes_along() {
    let practice = practice().open().await;
    let form = with_second(&practice, &JUNE, AFTER).await.with("note", "Ground floor, please.");
    practice.has_asked(&PETER, &ELEVEN.at(AFTER)).await;
    let client = practice.visitor();
    let refused = client.press(&form).await.expect(409).says("only one of those two times is open");
    assert!(is_free(&practice, ELEVEN.start).await, "both, or none");
    let alone = refused.forms("/appointments").into_iter().find(|form| !form.has("second"));
    let alone = alone.expect("the first alone");
    assert_eq!((alone.value("start"), alone.value("note")), (ELEVEN.start, "Ground floor, please."));
    assert!(!alone.has("second_for"), "nobody comes to a session that isn't asked for");
    let both = pairs(&refused);
    assert!(both.iter().all(|form| form.value("second_for") == BEN && form.value("name") == JUNE.name));
    assert!(both.iter().all(|form| form.value("start") < form.value("second")), "still right after");
    let own = client.press_on(both.first().expect("two in a row")).await;
    own.says("One of 2 visits");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn where_the_second_is_gone_the_first_alone_is_one_press_away() {
    let practice = practice().open().await;
    let form = with_second(&practice, &JUNE, AFTER).await;
    practice.has_asked(&PETER, &ELEVEN.at(AFTER)).await;
    let client = practice.visitor();
    let refused = client.press(&form).await.expect(409).says("Request just this one");
    let alone = refused.forms("/appointments").into_iter().find(|form| !form.has("second"));
    let own = client.press_on(&alone.expect("the first alone")).await.never_says("One of");
    assert!(own.title().starts_with("Requested: Tuesday, November 24, 11:00 am"), "{}", own.title());
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn where_the_first_is_gone_two_in_a_row_are_close_by() {
    let practice = practice().open().await;
    let form = with_second(&practice, &JUNE, BEFORE).await;
    practice.has_asked(&PETER, &ELEVEN).await;
    let client = practice.visitor();
    let refused = client.press(&form).await.expect(409).says("Sorry, that time's taken.");
    assert!(refused.forms("/appointments").iter().all(|form| form.has("second")), "both, or none");
    let both = pairs(&refused);
    assert!(both.iter().all(|form| form.value("second") < form.value("start")), "still right before");
    client.press_on(both.first().expect("two in a row")).await.says("One of 2 visits");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_second_session_that_is_not_beside_the_first_is_refused_and_holds_nothing() {
    let practice = practice().open().await;
    let client = practice.visitor();
    for second in [WEDNESDAY.start, "2026-11-24T22:00:00Z", ELEVEN.start, "2026-11-24T20:00:00Z"] {
        let form = practice.filled(&JUNE, &ELEVEN).await.choosing("second", AFTER);
        client.press(&form.with("second", second)).await.expect(409);
        assert!(is_free(&practice, ELEVEN.start).await, "{second}");
    }
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_is_wrong_with_it_comes_back_with_everything_that_was_typed() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &ELEVEN).await.with("second_for", BEN);
    let wrong = client.press(&form).await.expect(422).says("right before or right after? Please choose one.");
    let again = wrong.form("/appointments");
    assert_eq!((again.value("second_for"), again.value("name")), (BEN, JUNE.name));
    let form = again.choosing("second", "half past noon").ticked("agreed");
    let wrong = client.press(&form).await.expect(422).says("couldn't read the time of the second session");
    let form =
        wrong.form("/appointments").choosing("second", AFTER).with("second_for", "<b>").ticked("agreed");
    let wrong = client.press(&form).await.expect(422);
    let again = wrong.form("/appointments");
    assert_eq!((again.value("second"), again.value("second_for")), (AFTER, "<b>"));
    client.press_on(&again.with("second_for", BEN).ticked("agreed")).await.says("One of 2 visits");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_was_chosen_stands_in_the_form_although_it_has_gone_meanwhile() {
    let practice = practice().open().await;
    let form = with_second(&practice, &JUNE, AFTER).await.with("name", "");
    practice.has_asked(&PETER, &ELEVEN.at(AFTER)).await;
    let wrong = practice.visitor().press(&form).await.expect(422);
    assert_eq!(wrong.form("/appointments").value("second"), AFTER);
    practice.close().await;
}

#[tokio::test]
async fn a_slip_in_the_address_and_a_second_request_carry_it_along() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = with_second(&practice, &JUNE, AFTER).await.with("email", "june@gmial.com");
    let question = client.press(&form).await.expect(200).says("Nothing's been sent yet");
    for form in question.forms("/appointments") {
        assert_eq!((form.value("second"), form.value("second_for")), (AFTER, BEN));
    }
    let form = with_second(&practice, &JUNE, AFTER).await;
    client.press(&form).await.expect(303);
    // After Back the same form asks for two on another day.
    let there = form.with("office", WEDNESDAY.office).with("start", WEDNESDAY.start);
    let there = there.with("second", "2026-11-25T18:30:00Z");
    let question = client.press(&there).await.expect(200).says("As well, or instead?");
    let question = question.says("right after, at 10:30 am").says("I can't move two sessions at once here");
    let own = client.press_on(&question.form("/appointments")).await.says("One of 2 visits");
    assert!(own.title().contains("Wednesday, November 25, 9:00 am"), "{}", own.title());
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn beyond_the_ceiling_both_wait_for_the_same_proof() {
    let practice = practice().with("unproven_holds_per_day", "2").open().await;
    practice.has_asked(&PETER, &TUESDAY.at("2026-11-24T23:00:00Z")).await;
    let client = practice.visitor();
    // There is room for one more, and two are asked for.
    let form = with_second(&practice, &JUNE, AFTER).await;
    client.press_on(&form).await.says("Not requested yet").says("a second session right after, at 12:30 pm");
    assert!(is_free(&practice, ELEVEN.start).await && is_free(&practice, AFTER).await);
    let email = practice.email_to(JUNE.email).await;
    email.says("right after, at 12:30 pm");
    let own = client.press_on(&client.open(email.page()).await.form("/proof")).await;
    own.says("One of 2 visits").says("12:30 pm");
    assert!(!is_free(&practice, ELEVEN.start).await && !is_free(&practice, AFTER).await);
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 2, "{emails:?}");
    emails.iter().for_each(|email| email.says("Ben"));
    practice.close().await;
}

#[tokio::test]
async fn where_the_second_is_gone_by_the_proof_both_close_by_are_one_press_away() {
    let practice = practice().with("unproven_holds_per_day", "1").open().await;
    practice.has_asked(&WALT, &TUESDAY.at("2026-11-24T23:00:00Z")).await;
    let client = practice.visitor();
    client.press_on(&with_second(&practice, &JUNE, BEFORE).await).await.says("Not requested yet");
    let email = practice.email_to(JUNE.email).await;
    client.press_on(&practice.filled(&PETER, &ELEVEN.at(BEFORE)).await).await;
    let peters = practice.email_to(PETER.email).await;
    client.press_on(&client.open(peters.page()).await.form("/proof")).await.says("Requested");
    practice.emails().await;
    let button = client.open(email.page()).await.form("/proof");
    let refused = client.press(&button).await.expect(409).says("only one of those two times is open");
    assert!(is_free(&practice, ELEVEN.start).await, "both, or none");
    let both = refused.forms("/proof").into_iter().find(|form| form.has("second"));
    client.press_on(&both.expect("two in a row")).await.says("One of 2 visits").says("Ben");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_left_a_number_alone_is_called_about_both_and_both_are_taken_up() {
    let practice = practice().with("unproven_holds_per_day", "1").open().await;
    practice.has_asked(&PETER, &TUESDAY.at("2026-11-24T23:00:00Z")).await;
    practice.visitor().press_on(&with_second(&practice, &WALT, AFTER).await).await.says("Not requested yet");
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says("a second session right after, at 12:30 pm");
    let take = today.forms("/proof").into_iter().find(|form| form.action.contains("/unproven-requests/"));
    therapist.press_on(&take.expect("a request to take")).await;
    assert!(!is_free(&practice, ELEVEN.start).await && !is_free(&practice, AFTER).await);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_corrected_address_and_a_proof_are_for_both() {
    let practice = practice().with("unproven_holds_per_day", "2").open().await;
    let client = practice.visitor();
    let page = client.press(&with_second(&practice, &JUNE, AFTER).await).await.leads_to();
    practice.emails().await;
    // Both are held, and nobody has proved their email: there is no room for one more.
    client.press_on(&practice.filled(&PETER, &TUESDAY).await).await.says("Not requested yet");
    practice.emails().await;
    let form = client.open(&page).await.form("/address").with("email", "june.okafor@example.com");
    client.press_on(&form).await.says("june.okafor@example.com");
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 1, "{emails:?}");
    emails[0].says("12:30 pm");
    // Whoever cancels one of them from that email has shown that they read it.
    let links: Vec<_> = emails[0].links().iter().map(|link| (*link).to_owned()).collect();
    assert!(!links.is_empty());
    let cancel = format!("{}/cancellation", emails[0].page());
    client.press_on(&client.open(&cancel).await.form("/cancellation")).await.says("canceled");
    practice.emails().await;
    client.press_on(&practice.filled(&WALT, &TUESDAY).await).await.says("I'm holding this time");
    let therapist = practice.therapist().await;
    assert!(therapist.has_on_file(&JUNE).await);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn two_in_a_row_are_no_series_that_ends() {
    let practice = practice().open().await;
    practice.visitor().press_on(&with_second(&practice, &JUNE, AFTER).await).await;
    practice.emails().await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    let therapist = practice.therapist().await;
    // Ten past noon: the first is over, and the second is to come.
    practice.reaches(TimeDelta::minutes(28 * 60 + 10)).await;
    practice.emails().await;
    therapist.open("/admin").await.says("12:30 pm").never_says("Book on?").never_says("the series ends");
    practice.close().await;
}

#[tokio::test]
async fn a_blocked_client_reads_the_same_and_holds_neither() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    therapist.blocks(&JUNE).await;
    let own = practice.visitor().press_on(&with_second(&practice, &JUNE, AFTER).await).await;
    own.says("I'm holding this time for you.").says("One of 2 visits");
    assert!(is_free(&practice, ELEVEN.start).await && is_free(&practice, AFTER).await);
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn where_requests_are_confirmed_at_once_both_are() {
    let practice = practice().with("confirmation", r#""at_once""#).open().await;
    let own = practice.visitor().press_on(&with_second(&practice, &JUNE, AFTER).await).await;
    assert!(own.title().starts_with("Confirmed: "), "{}", own.title());
    let emails = practice.emails().await;
    assert_eq!(emails.iter().filter(|email| email.to == JUNE.email).count(), 1, "{emails:?}");
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_in_a_row_and_one_of_them_at_once_one_counts_and_never_a_half() {
    for peters in [ELEVEN, ELEVEN.at(AFTER), ELEVEN, ELEVEN.at(AFTER)] {
        let practice = practice().open().await;
        let both = with_second(&practice, &JUNE, AFTER).await;
        let one = practice.filled(&PETER, &peters).await;
        let (june, peter) = (practice.visitor(), practice.visitor());
        let (both, one) = tokio::join!(june.press(&both), peter.press(&one));
        let taken = (!is_free(&practice, ELEVEN.start).await, !is_free(&practice, AFTER).await);
        match (both.status, one.status) {
            (303, 409) => assert_eq!(taken, (true, true), "both are June's"),
            (409, 303) => assert_eq!(taken, (peters.start == ELEVEN.start, peters.start == AFTER)),
            _ => panic!("{} and {}", both.status, one.status),
        }
        practice.emails().await;
        practice.close().await;
    }
}
