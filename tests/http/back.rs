//! Back, and the same form again: it leads to what it has made, and never makes
//! a second request with one press.

use chrono::TimeDelta;

use crate::support::{
    page::Page,
    people::{JUNE, Opening, PETER, Person, TUESDAY, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// What every taken time says, whoever holds it.
const TAKEN: &str = "Sorry, that time's taken. Already have an email from me about it, or a page that says \
                     Requested? Then it's yours and there's nothing more to do. If not, it is not booked. \
                     Here's what's close:";

/// What can be read of a 409, which must tell nobody who holds the time.
fn refused(page: Page) -> String {
    page.expect(409).says(TAKEN).text()
}

/// The form of a 409 for an opening.
fn way_out(page: &Page, opening: &Opening) -> crate::support::page::Form {
    let forms = page.forms("/appointments").into_iter();
    let mut forms = forms.filter(|form| form.value("start") == opening.start);
    forms.find(|form| form.value("office") == opening.office).expect("that opening is close")
}

/// Tuesday, November 24, 10:30 am: what is close once 9:00 is taken.
const NEAR: Opening = Opening { start: "2026-11-24T18:30:00Z", ..TUESDAY };
/// Tuesday, noon.
const NOON: Opening = Opening { start: "2026-11-24T20:00:00Z", ..TUESDAY };

#[tokio::test]
async fn the_same_form_with_the_same_email_or_phone_leads_to_what_it_made_whatever_else_was_edited() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let page = client.press(&form).await.leads_to();
    for (field, value) in [
        ("name", "June A. Okafor"),
        ("name", "Somebody Else"),
        ("note", "A room on the ground floor, please."),
        ("email", "JUNE@EXAMPLE.COM"),
        ("email", "other@example.com"),
        ("email", ""),
        ("phone", ""),
        ("phone", "530 555 0199"),
        ("phone", "530.555.0133"),
        ("terms", ""),
    ] {
        let edited = form.clone().with(field, value);
        assert_eq!(client.press(&edited).await.leads_to(), page, "{field}: {value}");
    }
    assert_eq!(practice.emails().await.len(), 2, "one to each side");
    practice.close().await;
}

#[tokio::test]
async fn a_phone_alone_is_enough_to_be_led_back() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&WALT, &TUESDAY).await;
    let page = client.press(&form).await.leads_to();
    assert_eq!(client.press(&form.with("note", "By bus.")).await.leads_to(), page);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_corrected_address_and_the_mistyped_one_both_lead_back() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let person = Person { email: "jun@example.com", phone: "", ..JUNE };
    let form = practice.filled(&person, &TUESDAY).await;
    let page = client.press(&form).await.leads_to();
    let correction = client.open(&page).await.form("/address").with("email", JUNE.email);
    client.press_on(&correction).await;
    for email in ["jun@example.com", JUNE.email] {
        assert_eq!(client.press(&form.clone().with("email", email)).await.leads_to(), page, "{email}");
    }
    client.press(&form.with("email", "jane@example.com")).await.expect(409);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn every_409_for_a_taken_time_reads_alike_whoever_holds_it() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let first = client.press(&form).await.leads_to();
    let stranger = Person { note: "", ..PETER };
    let late = practice.filled(&JUNE, &WEDNESDAY).await.with("office", TUESDAY.office);
    let of_another_form = refused(client.press(&late.with("start", TUESDAY.start)).await);
    let by_a_stranger = practice.filled(&stranger, &WEDNESDAY).await.with("office", TUESDAY.office);
    let by_a_stranger = refused(client.press(&by_a_stranger.with("start", TUESDAY.start)).await);
    let same_key = PETER.fills(form);
    let page = client.press(&same_key).await.never_says(&first).never_says(JUNE.name);
    assert_eq!(refused(page), of_another_form);
    assert_eq!(by_a_stranger, of_another_form);
    let link = client.get(&TUESDAY.form()).await.expect(409);
    link.says(TAKEN);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn with_both_contacts_different_it_is_taken_although_it_was_canceled() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let page = client.press(&form).await.leads_to();
    let cancellation = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&cancellation).await;
    client.press(&form.clone().with("email", PETER.email).with("phone", "")).await.expect(409);
    assert_eq!(client.press(&form).await.leads_to(), page);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn the_forms_of_a_409_are_the_form_that_they_come_from() {
    let practice = practice().open().await;
    let client = practice.visitor();
    practice.has_asked(&PETER, &TUESDAY).await;
    let form = practice.filled(&JUNE, &NOON).await.with("start", TUESDAY.start);
    let taken = client.press(&form).await.expect(409);
    let ways_out = taken.forms("/appointments");
    assert!(ways_out.len() > 1, "{}", taken.text());
    for way_out in ways_out {
        assert_eq!(way_out.value("request_key"), form.value("request_key"));
    }
    // None of them has made anything yet: the first press books.
    client.press_on(&way_out(&taken, &NEAR)).await.says("Requested");
    practice.deliver().await;
    practice.close().await;
}

/// June has asked for 10:30 over the 409 for 9:00, and presses another time on it after Back.
async fn after_back(practice: &TestPractice) -> (String, Page) {
    practice.has_asked(&PETER, &TUESDAY).await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &NOON).await.with("start", TUESDAY.start).with("note", "By bus.");
    let taken = client.press(&form).await.expect(409);
    let page = client.press(&way_out(&taken, &NEAR)).await.leads_to();
    practice.emails().await;
    let question = client.press(&way_out(&taken, &WEDNESDAY)).await.expect(200);
    assert_eq!(practice.emails().await.len(), 0, "nothing is written");
    assert_eq!(practice.busy().await.all().len(), 2, "nor held");
    (page, question)
}

#[tokio::test]
async fn another_time_first_asks_as_well_or_instead() {
    let practice = practice().open().await;
    let (page, question) = after_back(&practice).await;
    let question = question.says("As well, or instead?");
    let question = question.says("Tuesday, November 24, 10:30 am").says("Wednesday, November 25, 9:00 am");
    assert_eq!(question.header("cache-control"), "private, no-cache");
    assert!(question.hrefs("main a").contains(&page), "the way to what they have");
    practice.close().await;
}

#[tokio::test]
async fn as_well_is_a_second_request_and_stays_one_however_often_it_is_pressed() {
    let practice = practice().open().await;
    let (page, question) = after_back(&practice).await;
    let client = practice.visitor();
    let as_well = question.form("/appointments");
    for (field, value) in [("name", JUNE.name), ("email", JUNE.email), ("note", "By bus.")] {
        assert_eq!(as_well.value(field), value);
    }
    let second = client.press(&as_well).await.leads_to();
    assert_ne!(second, page);
    assert_eq!(client.press(&as_well).await.leads_to(), second);
    client.open(&second).await.says("Wednesday, November 25, 9:00 am");
    client.open(&page).await.says("Tuesday, November 24, 10:30 am");
    assert_eq!(practice.emails().await.len(), 2, "one to each side");
    practice.close().await;
}

#[tokio::test]
async fn instead_moves_the_request_and_gives_the_first_time_back() {
    let practice = practice().open().await;
    let (page, question) = after_back(&practice).await;
    let client = practice.visitor();
    let moved = client.press_on(&question.form("/reschedule")).await;
    moved.says("Requested").says("Wednesday, November 25, 9:00 am");
    assert_eq!(practice.busy().await.all().len(), 2, "Peter's, and the one");
    client.open(&NEAR.form()).await;
    // The 409 once more: it leads to what it has made, where that is now.
    let form = question.form("/appointments");
    let again = practice.filled(&JUNE, &WEDNESDAY.at("2026-11-25T19:00:00Z")).await;
    let again = again.with("request_key", form.value("request_key"));
    client.press(&again.with("start", WEDNESDAY.start)).await.expect(409);
    practice.deliver().await;
    client.open(&page).await.says("Wednesday, November 25, 9:00 am");
    practice.close().await;
}

#[tokio::test]
async fn a_time_that_only_the_first_stands_in_the_way_of_can_be_had_instead() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let page = client.press(&form).await.leads_to();
    let overlapping = form.clone().with("start", "2026-11-24T17:30:00Z");
    let question = client.press(&overlapping).await.expect(200).says("too close together for both");
    assert_eq!(question.forms("/appointments").len(), 0);
    client.press_on(&question.form("/reschedule")).await.says("Tuesday, November 24, 9:30 am");
    // What somebody else has is taken, and so is what is not offered to anybody.
    practice.has_asked(&PETER, &NOON).await;
    client.press(&form.clone().with("start", NOON.start)).await.expect(409);
    client.press(&form.clone().with("start", "2026-11-24T17:10:00Z")).await.expect(409);
    let other_service = form.with("start", "2026-11-24T18:00:00Z").with("service", "neuromuscular-90");
    client.press(&other_service.with("terms", "")).await.expect(409);
    client.open(&page).await.says("Tuesday, November 24, 9:30 am");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_time_that_it_was_moved_to_leads_to_it_as_well() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let page = client.press(&form).await.leads_to();
    practice.asks_to_move(&page, &NOON).await;
    assert_eq!(client.press(&form).await.leads_to(), page, "what it asked for");
    assert_eq!(client.press(&form.with("start", NOON.start)).await.leads_to(), page, "where it is");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn instead_of_an_appointment_asks_to_move_it_and_too_late_says_to_call() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &WEDNESDAY).await;
    let page = client.press(&form).await.leads_to();
    practice.therapist().await.confirms(&JUNE).await;
    let other = form.clone().with("office", NOON.office).with("start", "2026-12-01T20:00:00Z");
    let question = client.press(&other).await.expect(200).says("stays yours until I answer");
    client.press_on(&question.form("/reschedule")).await.says("Tuesday, December 1, 12:00 pm");
    // What is asked for is theirs, too.
    assert_eq!(client.press(&other).await.leads_to(), page);
    practice.passes(TimeDelta::hours(36)).await;
    practice.emails().await;
    let late = form.with("office", NOON.office).with("start", "2026-12-03T20:00:00Z");
    let question = client.press(&late).await.expect(200).says("Please call me");
    assert_eq!(question.forms("/reschedule").len(), 0);
    assert_eq!(question.forms("/appointments").len(), 1, "as well is possible");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn somebody_else_with_the_same_form_learns_nothing_of_the_first() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let first = client.press(&form).await.leads_to();
    let other = PETER.fills(form).with("start", NOON.start);
    let question = client.press(&other).await.expect(200).says("As well, or instead?");
    let question = question.never_says(&first).never_says(JUNE.name).never_says("9:00 am");
    assert_eq!(question.forms("/reschedule").len(), 0);
    client.press_on(&question.form("/appointments")).await.says("Requested");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_form_whose_request_is_over_asks_nothing() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let page = client.press(&form).await.leads_to();
    let cancellation = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press_on(&cancellation).await;
    client.press_on(&form.with("start", NOON.start)).await.says("Requested");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_form_that_came_back_wrong_after_it_has_asked_is_the_same_form_still() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = practice.filled(&JUNE, &TUESDAY).await;
    let page = client.press(&form).await.leads_to();
    let back = client.press(&form.with("name", "")).await.expect(422).form("/appointments");
    assert_eq!(client.press(&back.with("name", JUNE.name)).await.leads_to(), page);
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn public_forms_and_what_comes_of_them_are_for_the_browser_to_bring_back() {
    let practice = practice().with("per_address_hour", "4").open().await;
    let client = practice.visitor();
    practice.has_asked(&PETER, &TUESDAY).await;
    let form = practice.filled(&JUNE, &NOON).await;
    let pages = [
        (200, client.get(&NOON.form()).await),
        (409, client.get(&TUESDAY.form()).await),
        (422, client.press(&form.clone().with("email", "june")).await),
        (409, client.press(&form.clone().with("start", TUESDAY.start)).await),
        (200, client.press(&form.clone().with("email", "june@gmial.com")).await),
        (429, client.press(&form).await),
    ];
    for (status, page) in pages {
        let page = page.expect(status);
        assert_eq!(page.header("cache-control"), "private, no-cache", "{status}");
    }
    practice.close().await;
}
