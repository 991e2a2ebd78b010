//! Today's page: what stands on it, in which order, and in how many taps it is done.

use chrono::TimeDelta;

use crate::support::{
    page::Page,
    people::{JUNE, Opening, PETER, Person, TUESDAY, Therapist, WALT},
    practice::{TestPractice, practice},
};

/// Tuesday, November 24, at both offices: 9:00 am and 10:30 am in Redding.
const LATER: Opening = Opening { start: "2026-11-24T18:30:00Z", ..TUESDAY };

async fn booked(practice: &TestPractice, therapist: &Therapist, people: &[(&Person, &Opening)]) {
    for (person, opening) in people {
        practice.has_asked(person, opening).await;
        therapist.confirms(person).await;
    }
    practice.emails().await;
}

#[track_caller]
fn in_order(page: &Page, words: &[&str]) {
    let text = page.text();
    let mut at = 0;
    for word in words {
        let found = text[at..].find(word);
        at += found.unwrap_or_else(|| panic!("“{word}” does not follow:\n{}\n\nin\n\n{text}", &text[at..]));
    }
}

#[tokio::test]
async fn with_nothing_to_do_it_says_so_and_leads_on() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await;
    in_order(
        &today,
        &[
            "Next",
            "Nobody is booked",
            "No requests to answer",
            "The rest of today",
            "Tomorrow",
            "The coming days",
        ],
    );
    today.never_says("Did they come?");
    practice.close().await;
}

#[tokio::test]
async fn all_of_it_stands_in_one_order() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await.in_a_hurry();
    booked(&practice, &therapist, &[(&JUNE, &TUESDAY), (&WALT, &LATER)]).await;
    practice.clock.advance(TimeDelta::hours(26)); // Tuesday, 10:02 am
    let note = Person { note: "My left shoulder, please.", ..PETER };
    practice.has_asked(&note, &TUESDAY.at("2026-11-26T17:00:00Z")).await;
    therapist.closes_requests("Back in January.").await;
    practice.emails().await;
    let today = therapist.open("/admin").await;
    therapist.press_on(&today.form("/admin/appointments/1/arrival")).await;
    let today = therapist.open("/admin").await;
    in_order(
        &today,
        &[
            "Undo until",
            "Online booking is paused.",
            "Next",
            "Walt Brennan",
            "One request to answer",
            "first visit",
            "My left shoulder, please.",
            "The rest of today",
            "Walt Brennan",
            "Who came",
            "Earlier today",
            "June Okafor Arrived",
            "Tomorrow",
            "Wednesday, November 25",
            "The coming days",
        ],
    );
    practice.emails().await;
    practice.mailbox.take();
    practice.close().await;
}

#[tokio::test]
async fn arrived_and_cash_are_two_taps() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    booked(&practice, &therapist, &[(&JUNE, &TUESDAY)]).await;
    practice.clock.advance(TimeDelta::hours(25)); // Tuesday, 9:00 am
    practice.emails().await;
    let today = therapist.open("/admin").await.says("Now").says("Text").says("Map");
    assert!(today.link("Text").starts_with("sms:+15305550133?&body=Hi%20June%2C%20it%27s%20Dustin"));
    let arrived = therapist.press(&today.form("/arrival")).await;
    assert_eq!(arrived.leads_to(), "/admin#visit-1", "one stays on today's page");
    let today = therapist.follow(&arrived).await.says("June Okafor Arrived");
    let cash = today.forms("/payment").into_iter().find(|form| form.value("method") == "cash");
    therapist.press_on(&cash.expect("cash")).await.says("Paid $95 in cash. Change");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn two_requests_are_confirmed_and_one_is_declined_with_their_notes_read_in_four_taps() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let notes = ["Back.", "Neck.", "Both knees."];
    let openings = [TUESDAY, LATER, TUESDAY.at("2026-11-26T17:00:00Z")];
    for ((person, note), opening) in [JUNE, WALT, PETER].into_iter().zip(notes).zip(openings) {
        practice.has_asked(&Person { note, ..person }, &opening).await;
    }
    let today = therapist.open("/admin").await;
    for note in notes {
        assert!(today.text().contains(note), "{note}");
    }
    let first = today.forms("/confirmation").remove(0);
    let today = therapist.press_on(&first).await.says("2 requests to answer");
    let second = today.forms("/confirmation").remove(0);
    let today = therapist.press_on(&second).await.says("One request to answer");
    let declining = therapist.open(&today.link("Decline…")).await;
    therapist.press(&declining.form("/decline")).await.expect(303);
    therapist.open("/admin").await.says("No requests to answer");
    practice.emails().await;
    practice.mailbox.take();
    practice.close().await;
}

#[tokio::test]
async fn everyone_came_marks_a_day_and_is_undone_as_one() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    booked(&practice, &therapist, &[(&JUNE, &TUESDAY), (&WALT, &LATER)]).await;
    practice.clock.advance(TimeDelta::hours(28));
    practice.emails().await;
    let therapist = therapist.in_a_hurry();
    let today = therapist.open("/admin").await.says("Earlier today");
    let marked = therapist.press_on(&today.form("/arrivals")).await;
    let marked = marked.says("June Okafor and Walt Brennan: Arrived. Undo until");
    assert!(marked.forms("/arrivals").is_empty() && marked.forms("/arrival").is_empty());
    assert_eq!(marked.forms("/payment").len(), 8, "each can be noted as paid");
    let undone = therapist.undoes(&marked).await;
    assert_eq!(undone.forms("/arrival").len(), 2);
    // Whoever was marked otherwise meanwhile stays so.
    let stale = undone.form("/arrivals");
    therapist.press_on(&undone.forms("/no-show").remove(0)).await.says("No-show");
    therapist.press_on(&stale).await.says("No-show").says("Arrived");
    therapist.press(&stale).await.expect(303);
    practice.clock.advance(TimeDelta::minutes(1));
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn somebody_new_brings_the_page_back_and_marks_nobody() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let third = TUESDAY.at("2026-11-24T20:00:00Z"); // 12:00 pm
    booked(&practice, &therapist, &[(&JUNE, &TUESDAY), (&WALT, &LATER), (&PETER, &third)]).await;
    practice.clock.advance(TimeDelta::hours(28)); // 12:00 pm
    practice.emails().await;
    let stale = therapist.open("/admin").await.form("/arrivals");
    practice.clock.advance(TimeDelta::hours(1));
    let back = therapist.press(&stale).await.expect(409).says("Somebody new is on the list");
    assert_eq!(back.forms("/arrival").len(), 3, "nobody was marked");
    let marked = therapist.press_on(&back.form("/arrivals")).await;
    assert!(marked.forms("/arrival").is_empty());
    therapist.sends("/admin/days/2026-02-30/arrivals", &[]).await.expect(404);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn one_leaves_in_time_for_a_visit_at_the_other_office() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    // Saturday: both offices are open.
    let morning = Opening { start: "2026-11-28T18:00:00Z", ..TUESDAY };
    let afternoon = Opening { office: "mt-shasta", start: "2026-11-28T21:00:00Z", ..TUESDAY };
    booked(&practice, &therapist, &[(&JUNE, &morning), (&WALT, &afternoon)]).await;
    therapist.open("/admin").await.says("Drive to Mt. Shasta, 1 h 15 min. Leave by 11:45 am.");
    practice.clock.advance(TimeDelta::days(5) + TimeDelta::minutes(190)); // Saturday, 11:10 am
    practice.emails().await;
    therapist.open("/admin").await.says("Next: Leave by 11:45 am").says("Walt Brennan");
    practice.mailbox.take();
    practice.close().await;
}
