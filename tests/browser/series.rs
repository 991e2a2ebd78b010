//! A known client on a phone, without script, asks for a series with three conflicts.

use chrono::TimeDelta;

use crate::{
    browser::Browser,
    chromium::PHONE,
    support::{
        people::{JUNE, Opening, PETER, TUESDAY, WALT},
        practice::practice,
    },
};

#[tokio::test]
async fn a_known_client_on_a_phone_without_script_settles_three_conflicts_and_asks_once() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    let page = practice.email_to(JUNE.email).await.page().to_owned();
    practice.passes(TimeDelta::days(2)).await;
    practice.emails().await;
    practice.has_asked(&PETER, &Opening { start: "2026-12-15T17:00:00Z", ..TUESDAY }).await;
    practice.has_asked(&WALT, &Opening { start: "2027-01-05T17:30:00Z", ..TUESDAY }).await;
    practice.therapist().await.plans_nothing("/admin/days/2027-01-26").await;

    let phone = Browser::open(PHONE.without_script()).await;
    phone.goto(&page).await;
    phone.press("Every few weeks").await;
    phone.field("How often").await.select_by_value("3").await.expect("every three weeks");
    phone.field("How many").await.select_by_value("4").await.expect("four visits");
    phone.press("See the dates").await;
    phone.says("Nothing is requested yet.").await;
    phone.says("I'm not in Redding then.").await;
    phone.press("Request 4 visits").await;
    phone.says("Please choose for each date that's still open").await;
    phone.press_at("input[name=line_1][value='redding 2026-12-15T18:30:00Z']").await;
    phone.press_at("input[name=line_2][value='mt-shasta 2027-01-04T23:00:00Z']").await;
    phone.press_at("input[name=line_3][value=out]").await;
    phone.press("Request 4 visits").await;
    phone.says("One of 3 visits. The others:").await;
    phone.says("Monday, January 4, 3:00 pm, Mt. Shasta").await;
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Requested: 3 visits from Tuesday, December 15, 10:30 am, Redding");
    practice.mailbox.take();
    practice.close().await;
}
