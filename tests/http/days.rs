//! The plan of a single date.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, PETER, SATURDAY, TUESDAY, WEDNESDAY},
    practice::practice,
};

/// Tuesday, November 24, when the week has Redding open from 9:00 am to 5:00 pm.
const DAY: &str = "/admin/days/2026-11-24";

#[tokio::test]
async fn another_office_is_one_tap_away_and_so_is_the_way_back() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let client = practice.visitor();
    let page = therapist.open(DAY).await.says("Tuesday, November 24").says("9:00 am – 5:00 pm").says("PST");
    let page = page.says("From your weekly hours.").says("Be in Mt. Shasta instead, 9:00 am – 5:00 pm");
    let page = therapist.press_on(&page.form("/2026-11-24/office")).await;
    let page = page.says("From your plan for this date").says("Be in Redding instead, 9:00 am – 5:00 pm");
    client.get(&TUESDAY.form()).await.expect(409).says("I'm not in that office then.");
    client.open(&TUESDAY.in_office("mt-shasta").form()).await;
    client
        .open("/appointments/new?service=neuromuscular-60")
        .await
        .link("Tuesday, November 24, 9:00 am, Mt. Shasta");
    client.open(&TUESDAY.at("2026-12-01T17:00:00Z").form()).await; // The next Tuesday is as ever.
    therapist.open("/admin/hours").await.link("Tuesday, November 24");

    let page = therapist.press_on(&page.form("/usual")).await.says("From your weekly hours.");
    assert!(page.forms("/usual").is_empty());
    client.open(&TUESDAY.form()).await;
    practice.close().await;
}

#[tokio::test]
async fn a_day_without_hours_is_closed_and_opened_with_the_usual_hours() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let page = therapist.plans_nothing(DAY).await.says("Closed.");
    page.clone().never_says("/closing");
    let client = practice.visitor();
    client.get(&TUESDAY.form()).await.expect(409);
    client.get(&TUESDAY.in_office("mt-shasta").form()).await.expect(409);
    let choices = page.forms("/office");
    assert_eq!(choices.len(), 2);
    assert!(choices.iter().all(|choice| choice.value("windows") == "9:00 am – 5:00 pm"), "{choices:?}");
    therapist.press_on(&choices[1]).await.says("Redding");
    client.open(&TUESDAY.form()).await;
    practice.close().await;
}

#[tokio::test]
async fn two_offices_on_one_day_are_typed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let form = therapist.open(DAY).await.form(DAY);
    assert_eq!((form.value("redding"), form.value("mt-shasta")), ("9:00 am – 5:00 pm", ""));
    let form = form.with("redding", "14-18").with("mt-shasta", "8-12:30");
    let page = therapist.press_on(&form).await.says("8:00 am – 12:30 pm").says("2:00 pm – 6:00 pm");
    page.says("Be in Mt. Shasta only, 8:00 am – 12:30 pm").says("Be in Redding only, 2:00 pm – 6:00 pm");
    let client = practice.visitor();
    client.open(&TUESDAY.in_office("mt-shasta").at("2026-11-24T16:00:00Z").form()).await; // 8:00 am
    client.open(&TUESDAY.at("2026-11-25T01:00:00Z").form()).await; // 5:00 pm
    client.get(&TUESDAY.form()).await.expect(409);

    // 11:30 to 12:30 in the north, the buffer and the drive: 2:00 pm in the south is just reached.
    practice.has_asked(&JUNE, &TUESDAY.in_office("mt-shasta").at("2026-11-24T19:30:00Z")).await;
    client.open(&TUESDAY.at("2026-11-24T22:00:00Z").form()).await;
    practice.has_asked(&PETER, &TUESDAY.at("2026-11-24T23:00:00Z")).await;
    let run = therapist.open(DAY).await.says("Drive to Redding, 1 h 15 min. Leave by 1:45 pm.");
    run.says("June Okafor").says("Peter Lindqvist").says("Requested");
    practice.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_comes_back_and_what_has_passed_cannot_be_changed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let form = therapist.open(DAY).await.form(DAY).with("redding", "all day").with("mt-shasta", "9-11");
    let page = therapist.press(&form).await.expect(422);
    assert_eq!(page.hrefs("[role=alert] a"), ["#redding"]);
    let back = page.form(DAY);
    assert_eq!((back.value("redding"), back.value("mt-shasta")), ("all day", "9-11"));
    therapist.open(DAY).await.says("From your weekly hours.");

    let past = therapist.open("/admin/days/2026-11-22").await.says("Past.");
    assert!(past.forms("/2026-11-22").is_empty() && !past.body().contains("/closing"));
    therapist
        .send(therapist.post("/admin/days/2026-11-22/closing", ""))
        .await
        .expect(409)
        .says("That day is over.");
    therapist.open("/admin/days/2026-11-23").await.says("Today.").link("Close this day");
    for date in ["tomorrow", "2026-11-31", "2026-1-1", "20261124"] {
        therapist.get(&format!("/admin/days/{date}")).await.expect(404);
    }
    let picked = therapist.get("/admin/days?on=2027-01-05").await;
    therapist.follow(&picked).await.says("Tuesday, January 5, 2027").link("Next day");
    practice.close().await;
}

#[tokio::test]
async fn whoever_is_booked_is_shown_first_and_stays() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    for (action, fields) in [("", ""), ("office", "office=mt-shasta&windows=9-17"), ("", "mt-shasta=9-17")] {
        let action = format!("{DAY}/{action}");
        let action = action.trim_end_matches('/');
        let page = therapist.send(therapist.post(action, fields)).await.expect(409);
        let page = page.says("This affects one appointment").says("Confirmed").never_says("Peter");
        therapist.open(DAY).await.says("From your weekly hours.");
        let page = therapist.press_on(&page.form(action)).await.says("From your plan for this date");
        therapist.press_on(&page.form("/usual")).await;
    }
    practice.visitor().open(&own).await.says("Confirmed");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn the_time_that_somebody_asks_to_be_moved_to_is_touched_too() {
    let practice = practice().open().await;
    let own = practice.asks(&JUNE, &TUESDAY.at("2026-11-26T17:00:00Z")).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.asks_to_move(&own, &WEDNESDAY).await;
    practice.emails().await;
    let day = "/admin/days/2026-11-25";
    let plan = therapist.open(day).await.form(day).with("mt-shasta", "");
    let page = therapist.press(&plan).await.expect(409).says("This affects one appointment");
    page.says("Thursday, November 26, 9:00 am")
        .says("Wants Wednesday, November 25, 9:00 am Mt. Shasta instead");
    practice.close().await;
}

#[tokio::test]
async fn a_plan_tells_the_offices_where_the_first_booking_would_decide() {
    let practice =
        practice().with("reminder_hours", "[48, 3]\nfirst_booking_decides = [\"saturday\"]").open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&PETER, &SATURDAY).await;
    let afternoon = SATURDAY.in_office("mt-shasta").at("2026-11-28T20:30:00Z");
    practice.visitor().get(&afternoon.form()).await.expect(409);
    let page = therapist.open("/admin/days/2026-11-28").await.says("The first booking decides");
    therapist.press_on(&page.form("/admin/days/2026-11-28")).await.says("From your plan for this date");
    practice.visitor().open(&afternoon.form()).await;
    practice.passes(TimeDelta::hours(30)).await;
    practice.deliver().await;
    practice.close().await;
}
