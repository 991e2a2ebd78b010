//! The offices' pages show the hours truly: those of every week, those to come,
//! and the dates that differ.

use chrono::Weekday;
use stillpoint::{
    booking::{change_hours, plan_day, take_time_off},
    domain::{
        ids::OfficeSlug,
        interval::Interval,
        opening_hours::{OpeningHours, TimeOfDay, Window},
        time,
        timetable::Plan,
    },
};

use crate::support::{
    people::{JUNE, TUESDAY},
    practice::{TestPractice, practice},
};

fn office(slug: &str) -> OfficeSlug {
    OfficeSlug::parse(slug).expect("a slug")
}

fn window(from: &str, to: &str) -> Window {
    let time = |text| TimeOfDay::parse(text).expect("a time");
    Window::new(time(from), time(to)).expect("a window")
}

fn date(text: &str) -> chrono::NaiveDate {
    time::parse_date(text).expect("a date")
}

async fn off(practice: &TestPractice, at: Option<&str>, from: &str, to: &str) {
    let instant = |text| time::parse_instant(text).expect("an instant");
    let span = Interval::new(instant(from), instant(to));
    take_time_off::take_time_off(&practice.running.app(), at.map(office), span, None, &[])
        .await
        .expect("time off");
}

#[tokio::test]
async fn hours_to_come_stand_below_those_that_hold() {
    let practice = practice().open().await;
    let client = practice.visitor();
    client.open("/offices/redding").await.never_says("From June 1");
    let mut summer = OpeningHours::default();
    summer.add(Weekday::Fri, window("08:00", "12:00"));
    change_hours::change_hours(&practice.running.app(), &office("redding"), date("2027-06-01"), &summer, &[])
        .await
        .expect("hours");
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
    client.open("/offices/mt-shasta").await.never_says("Days that differ");
    let at_redding = Plan::closed().with(office("redding"), [window("10:00", "14:00")]);
    for (on, plan) in [("2026-12-24", Plan::closed()), ("2026-11-30", at_redding)] {
        plan_day::plan_day(&practice.running.app(), date(on), Some(plan), &[]).await.expect("a plan");
    }
    let shasta = client.open("/offices/mt-shasta").await;
    shasta.says("Monday, November 30: closed, I am in Redding").never_says("December 24");
    let redding = client.open("/offices/redding").await;
    redding.says("Monday, November 30: 10:00 am – 2:00 pm").says("Thursday, December 24: closed");
    client.open("/offices").await.says("Thursday, December 24: closed");
    practice.close().await;
}

#[tokio::test]
async fn time_off_closes_for_days_and_shortens_others() {
    let practice = practice().open().await;
    let client = practice.visitor();
    off(&practice, None, "2026-12-24T08:00:00Z", "2027-01-03T08:00:00Z").await;
    off(&practice, Some("redding"), "2026-12-01T21:00:00Z", "2026-12-02T08:00:00Z").await;
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
    client.open(&form).await.says("at the latest by Tuesday, November 24, 8:00 am");
    off(&practice, None, "2026-11-23T20:00:00Z", "2026-11-25T20:00:00Z").await;
    let form = client.open(&form).await.says("at the latest by Thursday, November 26, 8:00 am");
    let openings = client.open("/appointments/new?service=neuromuscular-60").await;
    openings.says("until I confirm it, by Thursday, November 26, 8:00 am.");
    let own = client.press_on(&JUNE.fills(form.form("/appointments"))).await;
    own.says("my answer by Thursday, November 26, 8:00 am");
    practice.deliver().await;
    practice.close().await;
}
