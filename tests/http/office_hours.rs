//! The offices' pages show the hours truly: those of every week, those to come,
//! and the dates that differ.

use crate::support::{
    people::{JUNE, TUESDAY},
    practice::practice,
};

#[tokio::test]
async fn hours_to_come_stand_below_those_that_hold() {
    let practice = practice().open().await;
    let client = practice.visitor();
    client.open("/offices/redding").await.never_says("From June 1");
    let summer = [("friday", "8-12"), ("from", "2027-06-01")];
    practice.therapist().await.changes_hours("redding", &summer).await.expect(303);
    for address in ["/offices", "/offices/redding"] {
        let page = client.open(address).await.says("Friday12:00 pm – 6:00 pm").says("From June 1");
        page.says("Friday8:00 am – 12:00 pm");
    }
    client.open("/offices/mt-shasta").await.never_says("From June 1");
    practice.close().await;
}

#[tokio::test]
async fn dates_that_differ_are_named_at_the_offices_that_they_are_about() {
    let practice = practice().open().await;
    let client = practice.visitor();
    client.open("/offices/mt-shasta").await.never_says("Special hours");
    let therapist = practice.therapist().await;
    therapist.plans("2026-12-24", &[]).await;
    therapist.plans("2026-11-30", &[("redding", "10-2")]).await;
    let shasta = client.open("/offices/mt-shasta").await;
    shasta.says("Monday, November 30: closed, I'm in Redding").never_says("December 24");
    let redding = client.open("/offices/redding").await;
    redding.says("Monday, November 30: 10:00 am – 2:00 pm").says("Thursday, December 24: closed");
    client.open("/offices").await.says("Thursday, December 24: closed");
    practice.close().await;
}

#[tokio::test]
async fn time_off_closes_for_days_and_shortens_others() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let therapist = practice.therapist().await;
    therapist.takes_off(&[("from", "2026-12-24"), ("to", "2027-01-02")]).await.expect(303);
    let afternoon = [("from", "2026-12-01"), ("from_time", "1 pm"), ("office", "redding")];
    therapist.takes_off(&afternoon).await.expect(303);
    for address in ["/offices/redding", "/offices/mt-shasta"] {
        client.open(address).await.says("Closed December 24 – January 2");
    }
    client.open("/offices/redding").await.says("Tuesday, December 1: 9:00 am – 1:00 pm");
    client.open("/offices/mt-shasta").await.never_says("December 1:");
    practice.close().await;
}

#[tokio::test]
async fn while_the_practice_is_off_the_form_promises_a_later_answer() {
    let practice = practice().open().await;
    let client = practice.visitor();
    let form = TUESDAY.at("2026-12-01T17:00:00Z").form();
    client.open(&form).await.says("by Tuesday, November 24, 8:00 am");
    let off = [("from", "2026-11-23"), ("from_time", "12:00"), ("to", "2026-11-25"), ("to_time", "12:00")];
    practice.therapist().await.takes_off(&off).await.expect(303);
    let form = client.open(&form).await.says("by Thursday, November 26, 8:00 am");
    let openings = client.open("/appointments/new?service=neuromuscular-60").await;
    openings.says("until I confirm it. You'll hear from me by Thursday, November 26, 8:00 am.");
    let own = client.press_on(&JUNE.fills(form.form("/appointments"))).await;
    own.says("my answer by Thursday, November 26, 8:00 am");
    practice.deliver().await;
    practice.close().await;
}
