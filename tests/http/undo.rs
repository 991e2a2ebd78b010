//! For a minute the therapist can undo what they did: until then nobody hears of
//! it, nothing is free, and afterwards it is as if it had not been.

use chrono::TimeDelta;

use crate::support::{
    mailbox::Mood,
    page::Page,
    people::{JUNE, Opening, PETER, SATURDAY, TUESDAY, Therapist, WALT, WEDNESDAY, path_of},
    practice::{TestPractice, practice},
};

const LATER: Opening = Opening { start: "2026-11-24T19:00:00Z", ..TUESDAY };

async fn hurried(practice: &TestPractice) -> Therapist {
    practice.therapist().await.in_a_hurry()
}

fn seconds(practice: &TestPractice, seconds: i64) {
    practice.clock.advance(TimeDelta::seconds(seconds));
}

async fn nobody_hears(practice: &TestPractice) {
    practice.deliver_now().await;
    practice.mailbox.is_empty();
}

/// The client's own page, and their calendar file.
async fn own(practice: &TestPractice, page: &str) -> (String, String) {
    let visitor = practice.visitor();
    let file = visitor.open(&format!("{page}/calendar.ics")).await.body();
    (visitor.open(page).await.title(), file)
}

fn undo_forms(page: &Page) -> usize {
    page.forms("").iter().filter(|form| form.action.starts_with("/admin/undo/")).count()
}

#[tokio::test]
async fn what_was_declined_is_undone_within_the_minute_and_nobody_hears_of_it() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let before = own(&practice, &page).await;
    let therapist = hurried(&practice).await;
    let declined = therapist.press_on(&therapist.declining(&JUNE).await).await;
    declined.says("Declined. Undo until 8:01:00.");
    therapist.open("/admin").await.says("June Okafor: Declined. Undo until 8:01:00.");
    seconds(&practice, 59);
    nobody_hears(&practice).await;
    assert_eq!(own(&practice, &page).await, before, "the client sees it as it was");
    let today = therapist.open("/admin").await;
    therapist.undoes(&today).await.says("Requested: June Okafor").never_says("Undo until");
    seconds(&practice, 600);
    nobody_hears(&practice).await;
    therapist.open("/admin").await.says("One request to answer").says("22 h 49 min left");
    therapist.press_on(&therapist.page_of(&JUNE).await.form("/confirmation")).await;
    practice.email_to(JUNE.email).await.says("You're confirmed.");
    practice.close().await;
}

#[tokio::test]
async fn what_is_not_undone_goes_out_when_the_minute_ends_and_no_button_sends_it_sooner() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = hurried(&practice).await;
    let confirmed = therapist.press_on(&therapist.page_of(&JUNE).await.form("/confirmation")).await;
    let undo = confirmed.forms("").into_iter().find(|form| form.action.starts_with("/admin/undo/"));
    let undo = undo.expect("a way to undo it");
    nobody_hears(&practice).await;
    seconds(&practice, 59);
    therapist.sends("/admin/emails/retry", &[]).await.expect(303);
    nobody_hears(&practice).await;
    seconds(&practice, 1);
    assert_eq!(undo_forms(&therapist.page_of(&JUNE).await), 0);
    practice.deliver_now().await;
    practice.mailbox.one_to(JUNE.email).says("You're confirmed.");
    let late = therapist.press(&undo).await.expect(409).says("The minute to undo this is over.");
    late.says("Confirmed: June Okafor");
    therapist.press(&undo).await.expect(409);
    therapist.sends("/admin/undo/77", &[]).await.expect(404);
    practice.visitor().sends(&undo.action, &[]).await.expect(303).says("");
    practice.close().await;
}

#[tokio::test]
async fn undone_twice_is_undone_once() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = hurried(&practice).await;
    let confirmed = therapist.press_on(&therapist.page_of(&JUNE).await.form("/confirmation")).await;
    let undo = confirmed.forms("").into_iter().find(|form| form.action.starts_with("/admin/undo/"));
    let undo = undo.expect("a way to undo it");
    let (one, other) = tokio::join!(therapist.press(&undo), therapist.press(&undo));
    assert_eq!((one.status, other.status), (303, 303));
    seconds(&practice, 120);
    therapist.press_on(&undo).await.says("Requested: June Okafor");
    nobody_hears(&practice).await;
    practice.close().await;
}

#[tokio::test]
async fn what_was_freed_is_free_when_the_minute_ends() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let spare = practice.filled(&PETER, &WEDNESDAY).await;
    let spare = spare.with("start", TUESDAY.start).with("office", TUESDAY.office);
    let therapist = hurried(&practice).await;
    therapist.press_on(&therapist.declining(&JUNE).await).await;
    practice.visitor().get(&TUESDAY.form()).await.expect(409);
    practice.visitor().press(&spare).await.expect(409);
    let booking = TUESDAY.form().replace("/appointments/new", "/admin/appointments/new");
    let taken = therapist.get(&booking).await.expect(409);
    taken.says("It overlaps June Okafor's visit that you can still undo, 9:00 am to 10:00 am.");
    seconds(&practice, 60);
    practice.visitor().press(&spare).await.expect(303);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_canceled_visit_stands_again_with_its_terms_and_its_place() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = hurried(&practice).await;
    therapist
        .press_on(&therapist.page_of(&JUNE).await.form("/confirmation").with("sentence", "Ring twice."))
        .await;
    practice.emails().await;
    let before = own(&practice, &page).await;
    let canceled = therapist.answers(&JUNE, "cancellation", "The road is snowed in.").await;
    let canceled = therapist.follow(&canceled).await.says("Canceled. Undo until");
    assert_eq!(own(&practice, &page).await, before);
    let again = therapist.undoes(&canceled).await.says("Confirmed: June Okafor").says("Ring twice.");
    again.never_says("snowed in");
    practice.visitor().open(&page).await.says("Free to cancel until").says("Ring twice.");
    seconds(&practice, 61);
    nobody_hears(&practice).await;
    practice.close().await;
}

#[tokio::test]
async fn a_move_there_and_back_within_a_minute_is_no_news() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    let therapist = hurried(&practice).await;
    let (title, _) = own(&practice, &page).await;
    therapist.moves(&JUNE, &LATER).await.says("Rescheduled. Undo until");
    seconds(&practice, 25);
    assert_eq!(own(&practice, &page).await.0, title);
    therapist.moves(&JUNE, &TUESDAY.at("2026-11-24T21:00:00Z")).await.says("Rescheduled. Undo until");
    seconds(&practice, 25);
    assert_eq!(own(&practice, &page).await.0, title);
    let back = therapist.moves(&JUNE, &TUESDAY).await.never_says("Undo until");
    assert!(
        back.title().starts_with("Confirmed: June Okafor, Tuesday, November 24, 9:00 am"),
        "{}",
        back.title()
    );
    for _ in 0..10 {
        seconds(&practice, 20);
        practice.passes(TimeDelta::zero()).await;
        nobody_hears(&practice).await;
        assert_eq!(own(&practice, &page).await.0, title);
    }
    practice.close().await;
}

#[tokio::test]
async fn a_move_there_and_back_makes_no_call_and_drops_none() {
    let practice = practice().open().await;
    practice.has_asked(&WALT, &TUESDAY).await;
    practice.therapist().await.confirms(&WALT).await;
    let before = practice.calls().await;
    let therapist = hurried(&practice).await;
    for to in [LATER, TUESDAY] {
        therapist.moves(&WALT, &to).await;
    }
    seconds(&practice, 61);
    let calls = practice.calls().await;
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].id, calls[0].about), (before[0].id, before[0].about));
    practice.close().await;
}

#[tokio::test]
async fn a_booking_that_is_moved_within_its_minute_is_confirmed_where_it_is() {
    let practice = practice().open().await;
    let therapist = hurried(&practice).await;
    let booking = TUESDAY.form().replace("/appointments/new", "/admin/appointments/new");
    let form = therapist.open(&booking).await.form("/admin/appointments");
    let form = form.with("name", PETER.name).with("email", PETER.email).ticked("told");
    therapist.press_on(&form).await;
    therapist.moves(&PETER, &LATER).await;
    let email = practice.email_to(PETER.email).await;
    assert_eq!(email.subject, "Confirmed: Tuesday, November 24, 11:00 am, Redding");
    assert!(!email.text.contains("9:00 am"), "{}", email.text);
    practice.close().await;
}

#[tokio::test]
async fn the_newest_act_is_undone_first() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = hurried(&practice).await;
    therapist.press_on(&therapist.page_of(&JUNE).await.form("/confirmation")).await;
    let confirmed = therapist.page_of(&JUNE).await.forms("");
    let first = confirmed.into_iter().find(|form| form.action.starts_with("/admin/undo/")).expect("an undo");
    therapist.moves(&JUNE, &LATER).await;
    therapist.press_on(&therapist.declining(&PETER).await).await;
    let today =
        therapist.open("/admin").await.says("Peter Lindqvist: Declined.").says("June Okafor: Rescheduled.");
    let today = today.says("June Okafor: Confirmed. To undo this, undo the newer one first.");
    assert_eq!(undo_forms(&today), 2);
    assert!(today.text().find("Peter Lindqvist: Declined.") < today.text().find("June Okafor: Rescheduled."));
    therapist.press(&first).await.expect(409).says("Undo that first.");

    let moved = therapist.page_of(&JUNE).await;
    let back = therapist.undoes(&moved).await;
    assert!(back.title().contains("9:00 am"), "{}", back.title());
    therapist.undoes(&back).await.says("Requested: June Okafor");
    seconds(&practice, 61);
    practice.deliver_now().await;
    assert!(practice.mailbox.one_to(PETER.email).subject.starts_with("Declined: "));
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn what_an_act_has_superseded_comes_back_with_its_undoing() {
    let practice = practice().open().await;
    practice.mailbox.answers(JUNE.email, 451);
    let page = practice.asks(&JUNE, &TUESDAY).await;
    practice.emails().await;
    practice.mailbox.answers(JUNE.email, 250);
    let therapist = hurried(&practice).await;
    let confirmed = therapist.press_on(&therapist.page_of(&JUNE).await.form("/confirmation")).await;
    seconds(&practice, 30);
    nobody_hears(&practice).await;
    therapist.undoes(&confirmed).await;
    seconds(&practice, 31);
    practice.deliver_now().await;
    let email = practice.mailbox.one_to(JUNE.email);
    assert!(email.subject.starts_with("Requested: "), "{}", email.subject);
    practice.visitor().open(email.page()).await.says("Requested");
    assert_ne!(path_of(email.page()), page);
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_call_waits_the_minute_too() {
    let practice = practice().open().await;
    practice.has_asked(&WALT, &TUESDAY).await;
    let therapist = hurried(&practice).await;
    therapist.open("/admin").await.says("requested this time and has no email");
    let declined = therapist.press_on(&therapist.declining(&WALT).await).await;
    let today = therapist.open("/admin").await;
    today
        .never_says("doesn't know yet that this is declined")
        .never_says("requested this time and has no email");
    therapist.undoes(&declined).await;
    therapist.open("/admin").await.says("requested this time and has no email");
    therapist.press_on(&therapist.declining(&WALT).await).await;
    seconds(&practice, 60);
    let today = therapist.open("/admin").await.says("doesn't know yet that this is declined");
    today.never_says("requested this time and has no email");
    practice.close().await;
}

#[tokio::test]
async fn another_time_that_was_declined_or_confirmed_waits_again() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.asks_to_move(&page, &TUESDAY).await;
    practice.emails().await;
    let therapist = hurried(&practice).await;
    let before = own(&practice, &page).await;
    let declined = therapist.answers(&JUNE, "decline", "").await;
    let declined = therapist.follow(&declined).await.says("New time declined. Undo until");
    assert_eq!(own(&practice, &page).await, before);
    practice.visitor().open(&page).await.says("You asked to reschedule");
    practice.visitor().get(&TUESDAY.form()).await.expect(409);
    therapist.undoes(&declined).await.says("Requested instead");
    let confirmed = therapist.press_on(&therapist.page_of(&JUNE).await.form("/confirmation")).await;
    let confirmed = confirmed.says("New time confirmed. Undo until");
    assert_eq!(own(&practice, &page).await.0, before.0);
    practice.visitor().get(&WEDNESDAY.form()).await.expect(409);
    therapist.undoes(&confirmed).await.says("Requested instead");
    seconds(&practice, 61);
    nobody_hears(&practice).await;
    therapist.press_on(&therapist.page_of(&JUNE).await.form("/confirmation")).await;
    practice.email_to(JUNE.email).await.says("It was Wednesday, November 25, 9:00 am, Mt. Shasta");
    practice.close().await;
}

#[tokio::test]
async fn a_booking_that_is_undone_gives_its_time_back_and_nobody_hears_of_it() {
    let practice = practice().open().await;
    let therapist = hurried(&practice).await;
    let booking = TUESDAY.form().replace("/appointments/new", "/admin/appointments/new");
    let form = therapist.open(&booking).await.form("/admin/appointments");
    let form = form.with("name", PETER.name).with("email", PETER.email).ticked("told");
    let booked = therapist.press_on(&form).await.says("Booked. Undo until");
    therapist.undoes(&booked).await.says("Canceled: Peter Lindqvist");
    practice.visitor().open(&TUESDAY.form()).await;
    seconds(&practice, 61);
    nobody_hears(&practice).await;
    practice.close().await;
}

#[tokio::test]
async fn whoever_was_to_hear_of_a_new_address_does_not_once_that_is_undone() {
    let practice = practice().open().await;
    for (person, opening) in [(&JUNE, TUESDAY), (&PETER, SATURDAY)] {
        practice.has_asked(person, &opening).await;
        practice.therapist().await.confirms(person).await;
    }
    practice.emails().await;
    practice.rewrites("practice.toml", |file| file.replace("200 Example Avenue", "7 Pine Street")).await;
    let therapist = hurried(&practice).await;
    let asked = therapist.open("/admin").await.form("/new-address/emails");
    let today = therapist.press_on(&asked).await.says("Redding: New address emailed. Undo until");
    nobody_hears(&practice).await;
    assert!(today.forms("/new-address/emails").is_empty());
    therapist.undoes(&today).await.form("/new-address/emails");
    seconds(&practice, 61);
    nobody_hears(&practice).await;
    therapist.press_on(&asked).await;
    assert_eq!(practice.emails().await.len(), 2, "each of them once");
    practice.close().await;
}

#[tokio::test]
async fn an_arrival_is_undone_too() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    let therapist = hurried(&practice).await;
    let missed = therapist.press_on(&therapist.page_of(&JUNE).await.form("/no-show")).await;
    therapist.undoes(&missed.says("No-show. Undo until")).await.says("Confirmed: June Okafor");
    practice.close().await;
}

async fn cancels(practice: &TestPractice, page: &str) -> Page {
    let client = practice.visitor();
    let form = client.open(&format!("{page}/cancellation")).await.form("/cancellation");
    client.press(&form).await
}

#[tokio::test]
async fn a_client_who_cancels_a_request_that_was_just_confirmed_owes_nothing() {
    let practice = practice().with("late_fee_percent", "50").open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = hurried(&practice).await;
    practice.passes(TimeDelta::hours(12)).await;
    practice.emails().await;
    let confirmed = therapist.press_on(&therapist.page_of(&JUNE).await.form("/confirmation")).await;
    cancels(&practice, &page).await.expect(303);
    let own = practice.visitor().open(&page).await.says("Your request is canceled.");
    own.never_says("$47.50");
    let undo = confirmed.forms("").into_iter().find(|form| form.action.starts_with("/admin/undo/"));
    let refused = therapist.press(&undo.expect("an undo")).await.expect(409);
    refused.says("it can't be undone").says("Canceled: June Okafor");
    let emails = practice.emails().await;
    assert!(emails.iter().all(|email| email.subject.starts_with("Canceled: ")), "{emails:?}");
    assert_eq!(emails.len(), 2);
    practice.close().await;
}

#[tokio::test]
async fn a_client_who_cancels_what_the_therapist_has_just_canceled_owes_nothing() {
    let practice = practice().with("late_fee_percent", "50").open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(12)).await;
    practice.emails().await;
    let therapist = hurried(&practice).await;
    let canceled = therapist.answers(&JUNE, "cancellation", "").await;
    let canceled = therapist.follow(&canceled).await;
    cancels(&practice, &page).await.expect(303);
    practice.visitor().open(&page).await.says("I had to cancel this appointment").never_says("$47.50");
    nobody_hears(&practice).await;
    let undo = canceled.forms("").into_iter().find(|form| form.action.starts_with("/admin/undo/"));
    therapist.press(&undo.expect("an undo")).await.expect(409).says("it can't be undone");
    seconds(&practice, 60);
    practice.email_to(JUNE.email).await.says("I have to cancel this appointment.");
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_client_who_moves_a_request_that_was_just_answered_asks_for_the_new_time() {
    for answer in ["confirmation", "decline"] {
        let practice = practice().open().await;
        let page = practice.has_asked(&JUNE, &TUESDAY).await;
        let therapist = hurried(&practice).await;
        let answered = therapist.answers(&JUNE, answer, "").await;
        let answered = therapist.follow(&answered).await;
        practice.asks_to_move(&page, &LATER).await.says("Requested").says("11:00 am");
        let undo = answered.forms("").into_iter().find(|form| form.action.starts_with("/admin/undo/"));
        therapist.press(&undo.expect("an undo")).await.expect(409);
        therapist.page_of(&JUNE).await.says("Requested: June Okafor");
        let emails = practice.emails().await;
        assert!(emails.iter().all(|email| email.subject.contains("11:00 am")), "{emails:?}");
        assert_eq!(emails.len(), 2);
        practice.close().await;
    }
}

#[tokio::test]
async fn a_client_does_not_move_what_the_therapist_has_just_moved_or_canceled() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    let client = practice.visitor();
    let question = format!("{page}/reschedule?office={}&start={}", SATURDAY.office, SATURDAY.start);
    let form = client.open(&question).await.form("/reschedule");
    let therapist = hurried(&practice).await;
    let moved = therapist.moves(&JUNE, &TUESDAY).await;
    client.press(&form).await.expect(409).says("Please look again in a minute.");
    therapist.undoes(&moved).await;
    let canceled = therapist.answers(&JUNE, "cancellation", "").await;
    client.press(&form).await.expect(409);
    let canceled = therapist.follow(&canceled).await;
    therapist.undoes(&canceled).await.says("Confirmed: June Okafor");
    seconds(&practice, 61);
    nobody_hears(&practice).await;
    practice.close().await;
}

#[tokio::test]
async fn a_minute_survives_the_end_of_the_program() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = hurried(&practice).await;
    therapist.press_on(&therapist.declining(&JUNE).await).await;
    therapist.press_on(&therapist.page_of(&PETER).await.form("/confirmation")).await;
    let practice = practice.opened_again(|file| file).await;
    nobody_hears(&practice).await;
    let therapist = hurried(&practice).await;
    practice.visitor().open(&page).await.says("Requested");
    let declined = therapist.open("/admin/appointments/1").await.forms("");
    let undo = declined.iter().find(|form| form.action.starts_with("/admin/undo/")).expect("an undo");
    therapist.press_on(undo).await.says("Requested: June Okafor");
    seconds(&practice, 60);
    let practice = practice.opened_again(|file| file).await;
    practice.deliver_now().await;
    practice.mailbox.one_to(PETER.email).says("You're confirmed.");
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn a_hold_that_has_run_out_meanwhile_expires_as_usual() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &SATURDAY).await;
    let therapist = hurried(&practice).await;
    practice.passes(TimeDelta::hours(24) - TimeDelta::seconds(30)).await;
    practice.emails().await;
    let declined = therapist.press_on(&therapist.declining(&JUNE).await).await;
    practice.passes(TimeDelta::seconds(40)).await;
    therapist.undoes(&declined).await.says("Requested: June Okafor");
    practice.passes(TimeDelta::seconds(10)).await;
    practice.deliver_now().await;
    let email = practice.mailbox.one_to(JUNE.email);
    assert!(email.subject.starts_with("Expired: "), "{}", email.subject);
    practice.close().await;
}

#[tokio::test]
async fn no_reminder_tells_of_what_may_still_be_undone() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    let therapist = hurried(&practice).await;
    // The reminder of Wednesday is due three hours before it.
    practice.passes(TimeDelta::hours(45) + TimeDelta::minutes(58)).await;
    practice.emails().await;
    let canceled = therapist.answers(&JUNE, "cancellation", "").await;
    let canceled = therapist.follow(&canceled).await;
    practice.passes(TimeDelta::seconds(59)).await;
    nobody_hears(&practice).await;
    therapist.undoes(&canceled).await;
    practice.passes(TimeDelta::minutes(1)).await;
    practice.email_to(JUNE.email).await.says("See you");
    practice.close().await;
}

#[tokio::test]
async fn a_mail_server_that_is_down_changes_nothing_of_it() {
    let practice = practice().open().await;
    practice.mailbox.is(Mood::HangsUp);
    let page = practice.asks(&JUNE, &TUESDAY).await;
    practice.deliver_now().await;
    let therapist = hurried(&practice).await;
    let confirmed = therapist.press_on(&therapist.page_of(&JUNE).await.form("/confirmation")).await;
    practice.deliver_now().await;
    therapist.undoes(&confirmed).await;
    practice.mailbox.is(Mood::Kind);
    seconds(&practice, 120);
    practice.deliver_now().await;
    practice.mailbox.one_to(JUNE.email).says("It is not confirmed yet.");
    practice.visitor().open(&page).await.says("Requested");
    practice.emails().await;
    practice.close().await;
}

/// June's details with another address.
async fn readdresses(therapist: &Therapist, email: &str) {
    let form = therapist.client_page(&JUNE).await.form("/details").with("email", email);
    therapist.press_on(&form.with("name", "June O. Okafor")).await;
}

#[tokio::test]
async fn a_clients_details_are_corrected_within_the_minute_and_the_act_is_undone_all_the_same() {
    for answer in ["confirmation", "decline"] {
        let practice = practice().open().await;
        let own = practice.asks(&JUNE, &TUESDAY).await;
        let therapist = practice.therapist().await.in_a_hurry();
        therapist.answers(&JUNE, answer, "").await.expect(303);
        readdresses(&therapist, "june@okafor.example").await;
        therapist.undoes(&therapist.open("/admin").await).await;
        therapist.open("/admin").await.says("One request to answer").says("June O. Okafor");
        // What it had set aside is on its way again, and goes where they are now.
        let emails = practice.emails().await;
        let to: Vec<&str> = emails.iter().map(|email| email.to.as_str()).collect();
        assert!(to.contains(&"june@okafor.example") && !to.contains(&JUNE.email), "{answer}: {to:?}");
        practice.visitor().get(&own).await.expect(404);
        practice.close().await;
    }
}

#[tokio::test]
async fn an_act_whose_email_went_with_the_address_is_not_undone_and_the_reason_is_the_true_one() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await.in_a_hurry();
    therapist.answers(&JUNE, "confirmation", "").await.expect(303);
    readdresses(&therapist, "").await;
    let undo = therapist.open("/admin").await.form("/admin/undo/1");
    therapist.press(&undo).await.expect(409).says("has changed again since").never_says("client has");
    practice.close().await;
}
