//! The story of a late morning, on two phones without script.

use chrono::TimeDelta;

use crate::{
    browser::Browser,
    chromium::PHONE,
    support::{
        people::{JUNE, PETER, TUESDAY},
        practice::practice,
    },
};

#[tokio::test]
async fn on_phones_without_script_the_client_is_late_and_then_the_therapist_is() {
    let practice = practice().open().await;
    let phone = Browser::open(PHONE.without_script()).await;
    let desk = Browser::open(PHONE.without_script()).await;
    desk.signs_in(&practice).await;
    let half_past_ten = TUESDAY.at("2026-11-24T18:30:00Z");
    practice.has_asked(&PETER, &half_past_ten).await;
    practice.therapist().await.confirms(&PETER).await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    let confirmed = practice.email_to(JUNE.email).await;

    practice.reaches(TimeDelta::hours(24)).await; // 8:00 am, an hour before June's visit.
    practice.emails().await;
    phone.goto(confirmed.page()).await;
    phone.press("I'll be there").await;
    phone.says("You told me you'll be there.").await;
    phone.press("Running late?").await;
    phone.press("30 minutes").await;
    phone.says("Come at 9:30 am. We'll have 45 minutes, same price.").await;
    phone.press("Say I'm 30 minutes late").await;
    phone.says("You told me you're running late. Come at 9:30 am.").await;
    desk.goto(&practice.url("/admin")).await;
    desk.says("30 minutes late: 9:30 am – 10:15 am").await;
    practice.emails().await;

    practice.reaches(TimeDelta::hours(25) + TimeDelta::minutes(40)).await; // June is there.
    desk.goto(&practice.url("/admin")).await;
    desk.press("Running late?").await;
    desk.press("20 minutes").await;
    desk.says("10:50 am").await;
    desk.press("Tell them").await;
    desk.says("Running late. Undo until").await;
    practice.passes(TimeDelta::minutes(1)).await;
    let told = practice.email_to(PETER.email).await;
    assert_eq!(told.subject, "Running late: Tuesday, November 24, 10:50 am, Redding");
    phone.goto(told.page()).await;
    phone.says("I'm running late, and I'm sorry. Come at 10:50 am.").await;
    practice.close().await;
}
