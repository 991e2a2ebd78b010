//! What was paid for a visit: the agreed amount in one tap, any other with a tip,
//! all of it correctable; late fees, and letting them go. Nobody is written to.

use chrono::TimeDelta;

use crate::support::{
    page::{Form, Page},
    people::{JUNE, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

const JUNES: &str = "/admin/appointments/1";

/// June's visit, over.
async fn junes_visit() -> (TestPractice, Therapist) {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.passes(TimeDelta::hours(26)).await;
    practice.emails().await;
    (practice, therapist)
}

/// The same, and she came.
async fn june_came() -> (TestPractice, Therapist) {
    let (practice, therapist) = junes_visit().await;
    therapist.press_on(&therapist.page_of(&JUNE).await.form("/arrival")).await.says("Arrived: June Okafor");
    (practice, therapist)
}

/// The same, and she did not come.
async fn june_missed_it() -> (TestPractice, Therapist) {
    let (practice, therapist) = junes_visit().await;
    therapist.press_on(&therapist.page_of(&JUNE).await.form("/no-show")).await.says("No-show: June Okafor");
    (practice, therapist)
}

async fn ends(practice: TestPractice) {
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

/// The one-tap form of a method; of the forms on the page, the last is for any other amount.
fn tap(page: &Page, method: &str) -> Form {
    let forms = page.forms("/payment");
    let found = forms.iter().find(|form| form.value("method") == method);
    found.cloned().unwrap_or_else(|| panic!("no {method}:\n{}", page.text()))
}

fn other(page: &Page) -> Form {
    page.forms("/payment").pop().expect("the form for any other amount")
}

#[tokio::test]
async fn the_agreed_amount_is_noted_by_one_tap_and_all_of_it_can_be_corrected() {
    let (practice, therapist) = june_came().await;
    let page = therapist.open(JUNES).await;
    for method in ["cash", "check", "card", "other"] {
        assert_eq!(tap(&page, method).value("amount"), "95");
    }
    let page = therapist.press_on(&tap(&page, "cash")).await.says("Paid $95 in cash.");
    assert_eq!(page.forms("/payment").len(), 1, "there is nothing to tap any more");
    let form = other(&page);
    assert_eq!((form.value("amount"), form.value("tip")), ("95", ""));
    let form = form.with("method", "card").with("amount", "$90.50").with("tip", "10");
    let page = therapist.press_on(&form).await.says("Paid $90.50 by card, and a $10 tip.");
    let form = page.form("/payment/end");
    therapist.press_on(&form).await.never_says("Paid $");
    ends(practice).await;
}

#[tokio::test]
async fn what_cannot_be_read_comes_back_as_it_was_typed() {
    let (practice, therapist) = june_came().await;
    let form = other(&therapist.open(JUNES).await).with("amount", "ninety").with("tip", "-5");
    let page = therapist.press(&form).await.expect(422);
    let page = page.says("Please choose how it was paid.").says("Please write the amount like 95 or 95.50.");
    let form = other(&page.says("Please write the tip like 10 or 10.50."));
    assert_eq!((form.value("amount"), form.value("tip")), ("ninety", "-5"));
    let form = form.with("method", "check").with("tip", "");
    for (amount, says) in [
        ("", "Please enter the amount. Nothing? Enter 0."),
        ("1,000,000.01", "That's more than can be noted for one visit."),
        ("95.555", "Please write the amount like 95 or 95.50."),
    ] {
        therapist.press(&form.clone().with("amount", amount)).await.expect(422).says(says);
    }
    therapist.open(JUNES).await.never_says("Paid $");
    therapist.press_on(&form.with("amount", "0")).await.says("Paid $0 by check.");
    ends(practice).await;
}

#[tokio::test]
async fn a_stale_page_overwrites_nothing_and_the_same_tap_twice_is_once() {
    let (practice, therapist) = june_came().await;
    let stale = therapist.open(JUNES).await;
    let tip = other(&stale).with("method", "cash").with("tip", "15");
    therapist.press_on(&tip).await.says("Paid $95 in cash, and a $15 tip.");
    therapist.press(&tip).await.expect(303);
    let refused = therapist.press(&tap(&stale, "card")).await.expect(409);
    refused
        .says("Something else was noted here since you opened the page.")
        .says("$95 in cash, and a $15 tip");
    let noted = therapist.open(JUNES).await;
    therapist.press_on(&other(&noted).with("tip", "20")).await.says("and a $20 tip");
    therapist.press(&noted.form("/payment/end")).await.expect(409).says("and a $20 tip");
    ends(practice).await;
}

#[tokio::test]
async fn nothing_is_paid_for_a_visit_to_come_or_for_none_at_all() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let cash = [("method", "cash"), ("amount", "95")];
    let page = therapist.sends("/admin/appointments/1/payment", &cash).await.expect(409);
    page.says("There's nothing to pay here").never_says("Paid $");
    therapist.confirms(&JUNE).await;
    assert!(therapist.open(JUNES).await.forms("/payment").is_empty());
    therapist.sends("/admin/appointments/1/payment", &cash).await.expect(409);
    therapist.sends("/admin/appointments/1/fee-waiver", &[]).await.expect(409).says("no late fee");
    for address in ["/payment", "/payment/end", "/fee-waiver", "/fee-waiver/end"] {
        let address = format!("/admin/appointments/77{address}");
        therapist.sends(&address, &cash).await.expect(404);
    }
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_no_show_shows_the_fee_as_agreed_which_is_paid_or_waived_and_writes_nothing() {
    let (practice, therapist) = june_missed_it().await;
    let page = therapist.open(JUNES).await.says("The late fee is $47.50 (half the session).");
    assert_eq!(tap(&page, "check").value("amount"), "47.50");
    let waive = page.form("/fee-waiver");
    let waived = therapist.press_on(&waive).await.says("You've waived it.");
    assert!(waived.forms("/payment").is_empty());
    therapist.press(&waive).await.expect(303);
    therapist.press(&tap(&page, "cash")).await.expect(409).says("You've waived this fee.");
    let page = therapist.press_on(&waived.form("/fee-waiver/end")).await.never_says("You've waived it.");
    therapist.press_on(&tap(&page, "cash")).await.says("Paid $47.50 in cash.").never_says("Waive the fee");
    therapist.press(&waive).await.expect(409).says("This fee is already paid.");
    ends(practice).await;
}

#[tokio::test]
async fn a_late_cancellation_shows_its_fee_and_one_in_time_shows_none() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.has_asked(&WALT, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    therapist.confirms(&WALT).await;
    practice.passes(TimeDelta::hours(2)).await;
    for (person, fee) in [(&JUNE, false), (&WALT, true)] {
        let form = therapist.page_of(person).await.form("/client-cancellation");
        let page = therapist.press_on(&form).await;
        assert_eq!(page.text().contains("The late fee is $47.50"), fee, "{}", page.text());
        assert_eq!(page.forms("/fee-waiver").len(), usize::from(fee));
    }
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn where_no_fee_was_agreed_a_no_show_asks_for_nothing() {
    let practice = practice().with("late_fee_percent", "0").open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.passes(TimeDelta::hours(26)).await;
    practice.emails().await;
    let page = therapist.press_on(&therapist.page_of(&JUNE).await.form("/no-show")).await;
    assert!(page.forms("/payment").is_empty() && page.forms("/fee-waiver").is_empty());
    ends(practice).await;
}

#[tokio::test]
async fn an_arrival_that_is_undone_takes_its_payment_with_it() {
    let (practice, therapist) = junes_visit().await;
    let therapist = therapist.in_a_hurry();
    let page = therapist.press_on(&therapist.open(JUNES).await.form("/arrival")).await;
    therapist.press_on(&tap(&page, "cash")).await.says("Paid $95 in cash.");
    let page = therapist.undoes(&therapist.open(JUNES).await).await.says("Confirmed: June Okafor");
    page.never_says("Paid $");
    let page = therapist.press_on(&therapist.open(JUNES).await.form("/arrival")).await;
    page.never_says("Paid $").says("Payment");
    ends(practice).await;
}

#[tokio::test]
async fn what_was_paid_for_a_session_is_not_the_fee_of_a_no_show_and_comes_back_when_that_is_undone() {
    let (practice, therapist) = june_came().await;
    let tip = other(&therapist.open(JUNES).await).with("method", "card").with("tip", "20");
    let page = therapist.press_on(&tip).await.says("Paid $95 by card, and a $20 tip.");
    let therapist = therapist.in_a_hurry();
    let page = therapist.press_on(&page.form("/no-show")).await.never_says("Paid $");
    let page = page.says("The late fee is $47.50");
    let page = therapist.press_on(&page.form("/fee-waiver")).await.says("You've waived it.");
    let page = therapist.undoes(&page).await.says("Arrived: June Okafor");
    page.says("Paid $95 by card, and a $20 tip.").never_says("You've waived it");
    // A minute later it is gone for good, and the fee is asked for anew.
    let page = therapist.press_on(&therapist.open(JUNES).await.form("/no-show")).await;
    practice.clock.advance(TimeDelta::seconds(61));
    therapist.press_on(&page.form("/arrival")).await.never_says("Paid $");
    ends(practice).await;
}

#[tokio::test]
async fn what_an_erased_client_paid_stays_as_a_number_without_a_person() {
    let (practice, therapist) = june_came().await;
    therapist.press_on(&tap(&therapist.open(JUNES).await, "cash")).await.says("Paid $95 in cash.");
    let record = therapist.open("/admin/clients/1/record.json").await;
    assert!(record.body().contains("\"paid\""), "{}", record.body());
    let erasure = therapist.open("/admin/clients/1/erasure").await.form("/erasure");
    therapist.press(&erasure).await.expect(303);
    therapist.open(JUNES).await.says("Paid $95 in cash.").never_says("Okafor");
    ends(practice).await;
}
