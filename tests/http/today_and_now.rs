//! Today and now: what is left of the day is booked, a walk-in is noted, and
//! nobody who was expected is forgotten.

use chrono::TimeDelta;

use crate::support::{
    page::Page,
    people::{JUNE, PETER, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::practice,
};

/// Monday, November 23, in Mt. Shasta, where it is 8:00 am.
const TODAY: &str = "2026-11-23T18:00:00Z";

async fn booking(therapist: &Therapist, start: &'static str) -> Page {
    let address = WEDNESDAY.at(start).form().replace("/appointments/new", "/admin/appointments/new");
    therapist.get(&address).await
}

fn section(today: &Page, words: &str) -> String {
    today.texts("section.date").into_iter().find(|day| day.contains(words)).expect("the day")
}

#[tokio::test]
async fn what_is_left_of_today_is_among_the_openings_and_needs_no_override() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let times = therapist.open("/admin/appointments/new").await;
    let form = therapist.open(&times.link("Monday, November 23, 9:00 am, Mt. Shasta")).await;
    let form = form.never_says("not to use this time").form("/admin/appointments");
    let booked = therapist.press_on(&form.with("name", WALT.name).with("phone", WALT.phone)).await;
    booked.says("Confirmed: Walt Brennan").never_says("You overrode");
    practice.visitor().get(&WEDNESDAY.at(TODAY).form()).await.expect(409);
    practice.close().await;
}

#[tokio::test]
async fn neither_notice_nor_horizon_is_overridden() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for start in [TODAY, "2027-01-25T17:00:00Z", "2029-11-26T17:00:00Z"] {
        let form = booking(&therapist, start).await.expect(200).form("/admin/appointments");
        assert!(!form.has("override"), "{start}");
        let sent = therapist.press(&form.with("name", WALT.name).with("phone", WALT.phone)).await;
        if sent.status == 409 {
            let mut forms = sent.says("same person?").forms("/admin/appointments");
            therapist.press(&forms.remove(0)).await.expect(303);
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn a_walk_in_that_began_is_booked_without_an_email_to_whoever_is_there() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.clock.advance(TimeDelta::minutes(150)); // 10:30 am
    let page = booking(&therapist, TODAY).await.expect(200);
    let form = page.form("/admin/appointments").with("name", JUNE.name).with("email", JUNE.email);
    assert!(!form.has("told") && !form.has("override"));
    let booked = therapist.press_on(&form).await.says("Confirmed: June Okafor");
    booked.never_says("You overrode").form("/arrival");
    practice.deliver().await;
    practice.mailbox.is_empty();
    booking(&therapist, TODAY).await.expect(409).says("Sessions can't overlap.");
    booking(&therapist, "2026-11-22T18:00:00Z").await.expect(409).says("That time is past.");
    practice.close().await;
}

#[tokio::test]
async fn requests_that_hold_a_time_stand_in_their_day() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let own = practice.has_asked(&PETER, &TUESDAY.at("2026-11-26T17:00:00Z")).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&PETER).await;
    practice.asks_to_move(&own, &WEDNESDAY).await;
    practice.emails().await;
    let today = therapist.open("/admin").await;
    let tuesday = section(&today, "Tuesday, November 24");
    assert!(tuesday.contains("June Okafor Requested"), "{tuesday}");
    let wednesday = section(&today, "Wednesday, November 25");
    assert!(wednesday.contains("Peter Lindqvist Requested"), "{wednesday}");
    let thursday = section(&today, "Thursday, November 26");
    assert!(thursday.contains("Peter Lindqvist") && !thursday.contains("Requested"), "{thursday}");
    practice.close().await;
}

#[tokio::test]
async fn past_visits_stay_on_a_list_until_they_are_marked() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&WALT, &TUESDAY.at("2026-11-24T18:30:00Z")).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    therapist.confirms(&WALT).await;
    practice.emails().await;
    practice.clock.advance(TimeDelta::hours(25) + TimeDelta::minutes(30)); // Tuesday, 9:30 am
    therapist.open("/admin").await.never_says("Did they come?");
    practice.clock.advance(TimeDelta::days(20));
    let today = therapist.open("/admin").await.says("Did they come?");
    assert_eq!(today.forms("/arrival").len(), 2);
    therapist.press(&today.forms("/arrival")[0]).await.expect(303);
    let today = therapist.open("/admin").await.says("Did they come?");
    therapist.press(&today.form("/no-show")).await.expect(303);
    therapist.open("/admin").await.never_says("Did they come?");
    practice.emails().await;
    practice.close().await;
}
