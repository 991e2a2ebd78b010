//! The therapist moves an appointment, and answers what has become harder to
//! say yes to: late, or with something in the way.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, Opening, PETER, Person, SATURDAY, TUESDAY, Therapist, WEDNESDAY},
    practice::practice,
};

/// The therapist has booked somebody by telephone, against whatever stood in the way.
async fn has_booked(therapist: &Therapist, person: &Person, at: &Opening) {
    let form = therapist.open(&at.form().replace("/appointments", "/admin/appointments")).await;
    let form = form.form("/admin/appointments").with("name", person.name).with("phone", "(530) 555-0158");
    let form = form.unticked("told");
    let form = if form.has("override") { form.ticked("override") } else { form };
    therapist.press(&form).await.expect(303);
}

#[tokio::test]
async fn a_visit_moves_at_once_and_a_change_of_office_is_said_first() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    let times = therapist
        .open(&therapist.page_of(&JUNE).await.link("Reschedule"))
        .await
        .says("Reschedule June Okafor");
    let form = therapist.open(&times.link("Tuesday, November 24, 9:00 am, Redding")).await;
    let form = form.says("From").says("To").form("/reschedule").with("sentence", "The heating is out.");
    let moved = therapist.press_on(&form).await.says("Confirmed: June Okafor");
    assert!(moved.title().contains("Tuesday, November 24, 9:00 am"), "{}", moved.title());
    let email = practice.email_to(JUNE.email).await;
    let first = "Changed: Redding instead of Mt. Shasta";
    assert!(email.subject.starts_with(first), "{}", email.subject);
    email.says("The heating is out.");
    practice.visitor().open(&WEDNESDAY.form()).await;
    practice.visitor().get(&TUESDAY.form()).await.expect(409);
    practice.close().await;
}

#[tokio::test]
async fn a_request_is_confirmed_by_moving_it_and_so_is_an_expired_one() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.moves(&JUNE, &SATURDAY).await.says("Confirmed: June Okafor");
    practice.emails().await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    let thursday = TUESDAY.at("2026-11-26T17:00:00Z");
    therapist.moves(&PETER, &thursday).await.says("Confirmed: Peter Lindqvist");
    practice.email_to(PETER.email).await;
    practice.close().await;
}

#[tokio::test]
async fn a_move_against_the_rules_asks_and_the_drive_asks_twice() {
    let practice = practice().open().await;
    practice.has_asked(&PETER, &TUESDAY).await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let north = TUESDAY.at("2026-11-24T18:30:00Z").in_office("mt-shasta");
    let form = therapist.moving(&JUNE, &north).await.with("sentence", "Bring the dog.");
    let page = therapist.press(&form).await.expect(409).says("there are only 15.");
    let page = therapist.press(&page.form("/reschedule").ticked("override")).await.expect(409);
    let form = page.form("/reschedule");
    assert_eq!(form.value("sentence"), "Bring the dog.");
    let moved = therapist.press_on(&form.ticked("override_travel")).await;
    moved.says("You overrode: opening hours, the drive");
    practice.email_to(JUNE.email).await.says("Bring the dog.");
    practice.close().await;
}

#[tokio::test]
async fn a_move_onto_another_session_is_refused_and_the_nearest_openings_keep_the_sentence() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let form = therapist.moving(&JUNE, &TUESDAY).await.with("sentence", "The heating is out.");
    practice.has_asked(&PETER, &TUESDAY).await;
    let page = therapist.press(&form).await.expect(409).says("It overlaps Peter Lindqvist's request");
    let nearest = page.forms("/reschedule");
    assert_eq!(nearest[0].value("sentence"), "The heating is out.");
    therapist.press_on(&nearest[0]).await.says("Confirmed: June Okafor");
    practice.email_to(JUNE.email).await.says("The heating is out.");
    practice.close().await;
}

#[tokio::test]
async fn what_has_changed_since_it_was_seen_is_shown_again() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let yes = therapist.open("/admin").await.form("/confirmation");
    let no = therapist.declining(&JUNE).await.with("sentence", "I am away on Wednesday.");
    let move_it = therapist.moving(&JUNE, &SATURDAY).await.with("sentence", "Saturday then?");
    practice.asks_to_move(&page, &TUESDAY).await;
    let again = therapist
        .press(&yes)
        .await
        .expect(409)
        .says("This appointment has changed since you opened the page: it's requested now.");
    assert!(again.title().contains("Tuesday, November 24, 9:00 am"), "{}", again.title());
    let again = therapist.press(&no).await.expect(409);
    assert_eq!(again.form("/decline").value("sentence"), "I am away on Wednesday.");
    let again = therapist.press(&move_it).await.expect(409).says("This appointment has changed since");
    let form = again.form("/reschedule");
    assert_eq!(form.value("sentence"), "Saturday then?");
    therapist.press_on(&form).await.says("Confirmed: June Okafor");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_has_changed_since_is_said_whatever_else_stands_against_the_move() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let onto_another = therapist.moving(&JUNE, &TUESDAY).await.with("sentence", "Tuesday then?");
    let against_the_hours = therapist.moving(&JUNE, &TUESDAY.at("2026-11-24T15:00:00Z")).await;
    let too_long = "x".repeat(1001);
    let unreadable = onto_another.clone().with("sentence", &too_long);
    practice.asks_to_move(&page, &SATURDAY).await;
    practice.has_asked(&PETER, &TUESDAY).await;
    let changed = "This appointment has changed since you opened the page: it's requested now.";
    therapist.press(&unreadable).await.expect(422).says(changed);
    therapist.press(&against_the_hours).await.expect(409).says(changed).says("Outside opening hours");
    let again =
        therapist.press(&onto_another).await.expect(409).says("It overlaps Peter Lindqvist's request");
    let form = again.says(changed).forms("/reschedule").remove(0);
    assert_eq!(form.value("sentence"), "Tuesday then?");
    therapist.press_on(&form).await.says("Confirmed: June Okafor");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_session_that_has_begun_is_not_moved() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    let form = therapist.moving(&JUNE, &SATURDAY).await;
    practice.passes(TimeDelta::hours(49)).await;
    practice.emails().await;
    therapist.press(&form).await.expect(409).says("The session has already started.");
    therapist.get(&form.action).await.expect(409);
    practice.close().await;
}

#[tokio::test]
async fn a_change_is_answered_on_todays_page_with_both_times_in_sight() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &SATURDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.asks_to_move(&page, &TUESDAY.at("2026-11-26T17:00:00Z")).await;
    practice.emails().await;
    let today = therapist.open("/admin").await.says("One reschedule to answer");
    let today = today.says("Wants to reschedule from Saturday, November 28, 10:00 am Redding to");
    let today = today.says("Thursday, November 26, 9:00 am – 10:00 am").says("1 day left");
    let asked = therapist.page_of(&JUNE).await.says("Requested instead").says("1 day left");
    therapist.open(&asked.link("Decline the new time")).await.form("/decline");
    therapist.press_on(&today.form("/confirmation")).await.says("No requests to answer");
    let moved = therapist.page_of(&JUNE).await;
    assert!(moved.title().starts_with("Confirmed: June Okafor, Thursday, November 26"), "{}", moved.title());
    practice.email_to(JUNE.email).await;

    practice.asks_to_move(&page, &SATURDAY).await;
    practice.emails().await;
    let declined = therapist.answers(&JUNE, "decline", "Thursday is better.").await;
    let stands = therapist.follow(&declined).await.never_says("Requested instead");
    assert!(stands.title().starts_with("Confirmed: June Okafor, Thursday"), "{}", stands.title());
    practice.email_to(JUNE.email).await;
    practice.close().await;
}

#[tokio::test]
async fn a_late_yes_within_a_buffer_is_asked_about() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    has_booked(&therapist, &PETER, &WEDNESDAY.at("2026-11-25T18:00:00Z")).await;
    let page = therapist.answers(&JUNE, "confirmation", "See you!").await.expect(409);
    let page =
        page.says("Peter Lindqvist's visit starts at 10:00 am, and this session needs a 15 min buffer");
    page.link("Peter Lindqvist, 10:00 am to 11:00 am, Mt. Shasta");
    let form = page.says("Put it back anyway").form("/confirmation");
    assert_eq!((form.value("sentence"), form.value("override")), ("See you!", "buffer"));
    let confirmed = therapist.press_on(&form).await.says("Confirmed: June Okafor");
    confirmed.says("You overrode: buffer");
    practice.email_to(JUNE.email).await.says("See you!");
    practice.close().await;
}

#[tokio::test]
async fn a_late_yes_against_the_drive_is_asked_about_twice() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    has_booked(&therapist, &PETER, &WEDNESDAY.at("2026-11-25T18:30:00Z").in_office("redding")).await;
    let page = therapist.answers(&JUNE, "confirmation", "").await.expect(409);
    let page =
        page.says("The drive to Redding before Peter Lindqvist's visit takes 75 min, and there are only 15.");
    let page = therapist.press(&page.form("/confirmation")).await.expect(409);
    let form = page.form("/confirmation");
    assert!(!form.is_ticked("override_travel"));
    therapist.press(&form).await.expect(409);
    let confirmed = therapist.press_on(&form.ticked("override_travel")).await;
    confirmed.says("You overrode: the drive");
    practice.email_to(JUNE.email).await;
    practice.close().await;
}

#[tokio::test]
async fn a_late_yes_to_a_time_that_is_taken_leads_on_to_another() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    practice.passes(TimeDelta::hours(25)).await;
    practice.emails().await;
    let yes = therapist.page_of(&JUNE).await.form("/confirmation").with("sentence", "See you!");
    has_booked(&therapist, &PETER, &WEDNESDAY.at("2026-11-25T17:30:00Z")).await;
    assert!(therapist.page_of(&JUNE).await.forms("/confirmation").is_empty(), "it is no time to put it back");
    let page = therapist.press(&yes).await.expect(409);
    let page = page.says("It overlaps Peter Lindqvist's visit, 9:30 am to 10:30 am.");
    let form = page.form("/confirmation");
    assert_eq!(form.value("sentence"), "See you!");
    assert!(!form.has("override"), "two sessions never overlap");
    therapist.open(&page.link("Reschedule to another time")).await.says("Reschedule June Okafor");
    practice.close().await;
}

#[tokio::test]
async fn a_change_that_has_run_out_holds_up_a_cancellation_once() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    practice.asks_to_move(&page, &SATURDAY).await;
    let form = therapist.page_of(&JUNE).await.form("/cancellation");
    practice.clock.advance(TimeDelta::hours(25));
    let refused = therapist.press(&form).await.expect(409).says("This appointment has changed since");
    therapist.press_on(&refused.form("/cancellation")).await.says("Canceled: June Okafor");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_visit_that_its_client_has_moved_meanwhile_is_not_called_off() {
    let practice = practice().with("confirmation", "\"at_once\"").open().await;
    let page = practice.asks(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let form =
        therapist.page_of(&JUNE).await.form("/cancellation").with("sentence", "I am ill on Wednesday.");
    practice.asks_to_move(&page, &SATURDAY).await;
    practice.emails().await;
    let refused = therapist.press(&form).await.expect(409);
    let refused = refused.says("This appointment has changed since you opened the page: it's confirmed now.");
    let refused = refused.says("Saturday, November 28, 10:00 am");
    practice.deliver().await;
    practice.mailbox.is_empty();
    let form = refused.form("/cancellation");
    assert_eq!(form.value("sentence"), "I am ill on Wednesday.");
    therapist.press_on(&form).await.says("Canceled: June Okafor");
    practice.emails().await;
    practice.close().await;
}
