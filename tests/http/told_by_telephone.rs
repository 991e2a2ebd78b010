//! What one act within a minute makes of another for a client without an email address: their
//! page and the call tell the difference from what they know, as an email would.

use chrono::TimeDelta;
use stillpoint::domain::appointment::call::Topic;

use crate::support::{
    people::{JUNE, Opening, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// Tuesday, November 24, 11:00 am.
const LATER: Opening = Opening { start: "2026-11-24T19:00:00Z", ..TUESDAY };
const CLOSING: &str = "/admin/days/2026-11-24/closing";

/// Walt has asked; the therapist is in a hurry.
async fn asked(practice: &TestPractice) -> (String, Therapist) {
    let page = practice.has_asked(&WALT, &TUESDAY).await;
    (page, practice.therapist().await.in_a_hurry())
}

/// Walt is confirmed and was called about it; the therapist is in a hurry.
async fn confirmed(practice: &TestPractice) -> (String, Therapist) {
    let (page, therapist) = asked(practice).await;
    therapist.confirms(&WALT).await;
    called(practice, &therapist).await;
    (page, therapist)
}

/// The minute passes, and every call on the list is made.
async fn called(practice: &TestPractice, therapist: &Therapist) {
    practice.clock.advance(TimeDelta::seconds(60));
    while let Some(done) = therapist.open("/admin").await.forms("/done").into_iter().next() {
        therapist.press_on(&done).await;
    }
}

/// What there is to call about once the minute is over, and where the visit is of which that is said.
async fn to_call(practice: &TestPractice) -> Vec<(Topic, String)> {
    practice.clock.advance(TimeDelta::seconds(60));
    practice.deliver_now().await;
    practice.mailbox.is_empty();
    let said = |call: &stillpoint::store::Call| (call.about, call.appointment.span.start.to_string());
    practice.calls().await.iter().map(said).collect()
}

/// The first words of Walt's own page.
async fn own(practice: &TestPractice, page: &str) -> String {
    practice.visitor().open(page).await.title().split(" · ").next().expect("a title").to_owned()
}

#[tokio::test]
async fn a_request_that_was_confirmed_and_canceled_within_the_minute_is_declined() {
    for answer in ["cancellation", "closing"] {
        let practice = practice().open().await;
        let (page, therapist) = asked(&practice).await;
        therapist.confirms(&WALT).await;
        match answer {
            "closing" => therapist.press(&therapist.open(CLOSING).await.form("/closing")).await.expect(303),
            _ => therapist.answers(&WALT, answer, "I have a class then.").await.expect(303),
        };
        assert!(own(&practice, &page).await.starts_with("Requested: "));
        let calls = to_call(&practice).await;
        assert_eq!(calls.iter().map(|call| call.0).collect::<Vec<_>>(), [Topic::Declined], "{answer}");
        let own = practice.visitor().open(&page).await.never_says("Canceled").never_says("look forward");
        assert_eq!(own.title().split(" · ").next(), Some("Declined: Tuesday, November 24, 9:00 am, Redding"));
        therapist.open("/admin").await.says("doesn't know yet that this is declined");
        practice.close().await;
    }
}

#[tokio::test]
async fn what_followed_an_unheard_yes_is_undone_and_the_yes_is_to_be_told() {
    let practice = practice().open().await;
    let (page, therapist) = asked(&practice).await;
    therapist.confirms(&WALT).await;
    therapist.answers(&WALT, "cancellation", "").await.expect(303);
    therapist.undoes(&therapist.open("/admin").await).await;
    assert!(own(&practice, &page).await.starts_with("Requested: "));
    assert_eq!(to_call(&practice).await.len(), 1);
    therapist.open("/admin").await.says("doesn't know yet that this is confirmed");
    assert!(own(&practice, &page).await.starts_with("Confirmed: "));
    practice.close().await;
}

#[tokio::test]
async fn what_their_page_has_called_confirmed_is_canceled_whether_they_were_called_or_not() {
    for is_called in [true, false] {
        let practice = practice().open().await;
        let (page, therapist) = asked(&practice).await;
        therapist.confirms(&WALT).await;
        if is_called {
            called(&practice, &therapist).await;
        } else {
            practice.clock.advance(TimeDelta::seconds(60));
        }
        therapist.answers(&WALT, "cancellation", "").await.expect(303);
        assert_eq!(to_call(&practice).await[0].0, Topic::Canceled);
        assert!(own(&practice, &page).await.starts_with("Canceled: "));
        practice.close().await;
    }
}

#[tokio::test]
async fn what_was_moved_and_canceled_within_the_minute_is_over_where_they_know_it() {
    for (is_confirmed, topic, word) in
        [(true, Topic::Canceled, "Canceled"), (false, Topic::Declined, "Declined")]
    {
        let practice = practice().open().await;
        let (page, therapist) =
            if is_confirmed { confirmed(&practice).await } else { asked(&practice).await };
        therapist.moves(&WALT, &LATER).await;
        therapist.answers(&WALT, "cancellation", "").await.expect(303);
        let start = practice_time(&TUESDAY);
        assert_eq!(to_call(&practice).await, [(topic, start)]);
        let expected = format!("{word}: Tuesday, November 24, 9:00 am, Redding");
        assert_eq!(own(&practice, &page).await, expected);
        practice.close().await;
    }
}

/// A start as `to_call` says it.
fn practice_time(opening: &Opening) -> String {
    let start: chrono::DateTime<chrono::Utc> = opening.start.parse().expect("a time");
    start.to_string()
}

#[tokio::test]
async fn what_was_moved_and_moved_back_within_the_minute_is_nothing_to_call_about() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice).await;
    therapist.moves(&WALT, &LATER).await;
    therapist.moves(&WALT, &TUESDAY).await;
    assert_eq!(to_call(&practice).await, []);
    assert!(own(&practice, &page).await.starts_with("Confirmed: Tuesday, November 24, 9:00 am"));
    practice.close().await;
}

#[tokio::test]
async fn a_request_that_was_moved_and_moved_back_within_the_minute_is_confirmed() {
    let practice = practice().open().await;
    let (_, therapist) = asked(&practice).await;
    therapist.confirms(&WALT).await;
    therapist.moves(&WALT, &LATER).await;
    therapist.moves(&WALT, &TUESDAY).await;
    assert_eq!(to_call(&practice).await, [(Topic::Confirmed, practice_time(&TUESDAY))]);
    practice.close().await;
}

#[tokio::test]
async fn what_was_booked_while_they_were_on_the_telephone_was_heard_there() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await.in_a_hurry();
    let booking = TUESDAY.form().replace("/appointments/new", "/admin/appointments/new");
    let form = therapist.open(&booking).await.form("/admin/appointments");
    therapist.press_on(&form.with("name", WALT.name).with("phone", WALT.phone)).await.says("Booked.");
    therapist.moves(&WALT, &LATER).await;
    therapist.moves(&WALT, &TUESDAY).await;
    assert_eq!(to_call(&practice).await, []);
    therapist.moves(&WALT, &LATER).await;
    assert_eq!(to_call(&practice).await, [(Topic::Changed, practice_time(&LATER))]);
    practice.close().await;
}

#[tokio::test]
async fn another_time_that_was_confirmed_and_taken_back_within_the_minute_is_answered_with_no() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice).await;
    practice.asks_to_move(&page, &LATER).await;
    practice.emails().await;
    therapist.confirms(&WALT).await;
    therapist.moves(&WALT, &TUESDAY).await;
    assert_eq!(to_call(&practice).await, [(Topic::RescheduleRequestDeclined, practice_time(&TUESDAY))]);
    practice.close().await;
}

#[tokio::test]
async fn a_sentence_that_nobody_has_read_goes_with_the_newer_answer() {
    let practice = practice().open().await;
    let (page, therapist) = asked(&practice).await;
    therapist.answers(&WALT, "confirmation", "Please use the back door.").await.expect(303);
    therapist.moves(&WALT, &LATER).await;
    practice.clock.advance(TimeDelta::seconds(60));
    practice.visitor().open(&page).await.says("back door");
    therapist.moves(&WALT, &TUESDAY).await;
    practice.clock.advance(TimeDelta::seconds(60));
    practice.visitor().open(&page).await.never_says("back door");
    practice.close().await;
}

#[tokio::test]
async fn what_was_put_back_and_canceled_within_the_minute_is_over_as_before() {
    for (answer, word, topic) in
        [("decline", "Declined", Topic::Declined), ("cancellation", "Canceled", Topic::Canceled)]
    {
        for is_called in [true, false] {
            let practice = practice().open().await;
            let (page, therapist) =
                if answer == "decline" { asked(&practice).await } else { confirmed(&practice).await };
            therapist.answers(&WALT, answer, "I have a class then.").await.expect(303);
            if is_called {
                called(&practice, &therapist).await;
            } else {
                practice.clock.advance(TimeDelta::seconds(60));
            }
            let back = therapist.open("/admin/appointments/1").await.form("/put-back");
            therapist.press_on(&back).await;
            therapist.answers(&WALT, "cancellation", "").await.expect(303);
            // Whoever was called about the end knows it.
            let expected = if is_called { vec![] } else { vec![(topic, practice_time(&TUESDAY))] };
            assert_eq!(to_call(&practice).await, expected, "{answer}");
            let own = practice.visitor().open(&page).await.says("I have a class then.");
            assert!(own.title().starts_with(word), "{}", own.title());
            practice.close().await;
        }
    }
}

#[tokio::test]
async fn who_reads_that_a_request_was_declined_reads_so_after_it_was_put_back_and_canceled_unheard() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await.in_a_hurry();
    therapist.answers(&JUNE, "decline", "I have a class then.").await.expect(303);
    practice.email_to(JUNE.email).await.says("I have a class then.");
    let back = therapist.open("/admin/appointments/1").await.form("/put-back");
    therapist.press_on(&back).await;
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    practice.clock.advance(TimeDelta::seconds(60));
    practice.deliver_now().await;
    practice.mailbox.is_empty();
    let own = practice.visitor().open(&page).await.says("I have a class then.");
    assert!(own.title().starts_with("Declined: "), "{}", own.title());
    practice.close().await;
}
