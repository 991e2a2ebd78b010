//! Hours that go on past midnight: a session may lie across.

use crate::support::{
    people::{JUNE, Opening, SESSION},
    practice::practice,
};

/// Friday, November 27, 11:30 pm.
const LATE: Opening = Opening { service: SESSION, office: "redding", start: "2026-11-28T07:30:00Z" };

#[tokio::test]
async fn hours_that_go_on_past_midnight_are_one_window() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.plans("2026-11-27", &[("redding", "8 pm – midnight")]).await;
    therapist.plans("2026-11-28", &[("redding", "midnight – 2 am")]).await;
    let openings =
        practice.visitor().open(&format!("/appointments/new?service={SESSION}&from=2026-11-27")).await;
    for start in ["2026-11-28T07:30:00Z", "2026-11-28T08:30:00Z", "2026-11-28T09:00:00Z"] {
        assert!(openings.body().contains(start), "{start}: {}", openings.text());
    }
    assert!(!openings.body().contains("2026-11-28T09:30:00Z"), "1:30 to 2:30 am");
    practice.has_asked(&JUNE, &LATE).await;
    therapist.confirms(&JUNE).await.says("Friday, November 27, 11:30 pm");

    let why = |on: &str| format!("/admin/why?service={SESSION}&on={on}");
    let friday = therapist.open(&why("2026-11-27")).await;
    let friday = friday.says("8:00 pm – 10:00 pm: available").says("Redding is open 8:00 pm – 2:00 am");
    friday.says("11:00 pm – 11:30 pm taken");
    let saturday = therapist.open(&why("2026-11-28")).await;
    saturday.says("1:30 am 60 minutes don't fit before closing (Redding is open 8:00 pm – 2:00 am");

    // What the night loses, she stands in.
    let day = therapist.open("/admin/days/2026-11-28").await.form("/admin/days/2026-11-28");
    therapist.press(&day.with("redding", "1 am – 2 am")).await.expect(409).says("June Okafor");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_week_whose_hours_touch_at_midnight_is_open_across_it() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let page = therapist.open("/admin/hours").await.says("A session can run across");
    page.form("/admin/hours/redding");
    let week = [("friday", "20:00-24:00"), ("saturday", "0:00-2:00")];
    therapist.changes_hours("redding", &week).await.expect(303);
    practice.has_asked(&JUNE, &LATE).await;
    therapist
        .changes_hours("redding", &[("friday", "8 pm - 2 am")])
        .await
        .expect(422)
        .says("Open past midnight?");
    practice.close().await;
}
