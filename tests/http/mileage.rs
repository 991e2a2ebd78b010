//! The year's sheet: the days with sessions at both offices, ticked by the
//! therapist, and what a mile counts.

use chrono::TimeDelta;
use stillpoint::domain::time::parse_instant;

use crate::support::{
    page::Page,
    people::{JUNE, Opening, PETER, Person, SATURDAY, Therapist, WALT},
    practice::{TestPractice, practice},
};

const SHEET: &str = "/admin/numbers/miles";

/// Visits of one Saturday, each confirmed beforehand and marked afterwards.
async fn has_visits(practice: &TestPractice, therapist: &Therapist, visits: &[(&Person, Opening, &str)]) {
    for (who, opening, _) in visits {
        practice.has_asked(who, opening).await;
        therapist.confirms(who).await;
    }
    let last = visits.iter().map(|(_, opening, _)| opening.start).max().expect("a visit");
    let over = parse_instant(last).expect("an instant") + TimeDelta::hours(2);
    practice.passes(over - practice.running.app().now()).await;
    practice.emails().await;
    for (id, (_, _, mark)) in (1..).zip(visits) {
        let page = therapist.open(&format!("/admin/appointments/{id}")).await;
        if !mark.is_empty() {
            therapist.press_on(&page.form(&format!("/{mark}"))).await;
        }
    }
}

/// In the north at ten, in the south at half past one: the plan of that Saturday is longer.
async fn a_saturday_at_both_offices(practice: &TestPractice, therapist: &Therapist, marks: [&str; 2]) {
    let hours = [("mt-shasta", "9:00 am - 7:00 pm"), ("redding", "9:00 am - 7:00 pm")];
    therapist.plans("2026-11-28", &hours).await;
    let north = SATURDAY.in_office("mt-shasta");
    let south = SATURDAY.at("2026-11-28T21:30:00Z");
    has_visits(practice, therapist, &[(&JUNE, north, marks[0]), (&PETER, south, marks[1])]).await;
}

async fn notes_rate(therapist: &Therapist, from: &str, cents: &str) -> Page {
    let form = therapist.open(SHEET).await.form("/admin/numbers/rates");
    therapist.press(&form.with("from", from).with("rate", cents)).await
}

async fn table(therapist: &Therapist, year: u32) -> String {
    let page = therapist.open(&format!("/admin/numbers/miles.csv?year={year}")).await;
    assert!(page.header("content-disposition").contains(&format!("miles-{year}-")));
    String::from_utf8(page.bytes.clone()).expect("UTF-8")
}

#[tokio::test]
async fn a_day_at_both_offices_counts_once_it_is_ticked() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    a_saturday_at_both_offices(&practice, &therapist, ["arrival", "arrival"]).await;
    notes_rate(&therapist, "2026-01-01", "70").await.expect(303);
    let numbers = therapist.open("/admin/numbers").await;
    let sheet = therapist.open(&numbers.link("Miles")).await;
    sheet
        .says("Saturday, November 28")
        .says("Mt. Shasta → Redding")
        .says("0 of 1 day")
        .says("Ask your tax adviser.");
    assert!(
        table(&therapist, 2026)
            .await
            .contains("2026-11-28,\"Saturday, November 28\",Mt. Shasta → Redding,1,60,no,0.700,\r\n")
    );

    let sheet = therapist.open(SHEET).await;
    let ticked = therapist.press(&sheet.form("/admin/numbers/miles/2026-11-28")).await;
    assert_eq!(ticked.leads_to(), "/admin/numbers/miles?year=2026#d2026-11-28");
    let sheet = therapist.open(SHEET).await;
    sheet.says("1 of 1 day").says("60 miles at 70 cents: $42");
    let rows = table(&therapist, 2026).await;
    assert!(
        rows.contains("1,60,yes,0.700,42.000\r\n") && rows.ends_with("Total,Ticked days: 1,,,60,,,42.00\r\n"),
        "{rows}"
    );

    let form = therapist.open(SHEET).await.form("/admin/numbers/miles/2026-11-28/end");
    therapist.press(&form).await.expect(303);
    therapist.press(&form).await.expect(303);
    therapist.open(SHEET).await.says("0 of 1 day");
    practice.close().await;
}

#[tokio::test]
async fn a_day_at_one_office_or_without_a_mark_counts_nothing() {
    for marks in [["arrival", ""], ["", "arrival"], ["", ""]] {
        let practice = practice().open().await;
        let therapist = practice.therapist().await;
        a_saturday_at_both_offices(&practice, &therapist, marks).await;
        therapist.open(SHEET).await.says("No day in 2026 had sessions at more than one office.");
        let page = therapist.sends("/admin/numbers/miles/2026-11-28", &[("miles", "60")]).await.expect(409);
        page.says("Nothing was ticked");
        practice.close().await;
    }
}

#[tokio::test]
async fn who_did_not_come_was_driven_to_all_the_same() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    a_saturday_at_both_offices(&practice, &therapist, ["arrival", "no-show"]).await;
    therapist.open(SHEET).await.says("Mt. Shasta → Redding");
    practice.close().await;
}

#[tokio::test]
async fn a_page_that_shows_other_miles_ticks_nothing_and_a_tick_that_no_longer_fits_is_said() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let hours = [("mt-shasta", "9:00 am - 7:00 pm"), ("redding", "9:00 am - 7:00 pm")];
    therapist.plans("2026-11-28", &hours).await;
    let north = SATURDAY.in_office("mt-shasta").at("2026-11-28T17:00:00Z");
    let south = SATURDAY.at("2026-11-28T20:30:00Z");
    let back = SATURDAY.in_office("mt-shasta").at("2026-11-29T00:00:00Z");
    let visits = [(&JUNE, north, "arrival"), (&PETER, south, "arrival"), (&WALT, back, "")];
    has_visits(&practice, &therapist, &visits).await;
    let stale = therapist.open(SHEET).await.form("/admin/numbers/miles/2026-11-28");
    therapist.press(&stale).await.expect(303);
    therapist.open(SHEET).await.says("1 of 1 day");
    let arrived = therapist.open("/admin/appointments/3").await.form("/arrival");
    therapist.press_on(&arrived).await;
    let sheet = therapist.open(SHEET).await;
    sheet.says("0 of 1 day").says("You ticked 60 miles. The day has changed since.").says("120");
    let page = therapist.press(&stale).await.expect(409);
    page.says("Saturday, November 28 has changed since you opened the page. Nothing was ticked");
    let form = therapist.open(SHEET).await.form("/admin/numbers/miles/2026-11-28");
    therapist.press_on(&form).await.says("1 of 1 day").says("120");
    practice.close().await;
}

#[tokio::test]
async fn rates_hold_from_their_dates_and_can_be_corrected() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    a_saturday_at_both_offices(&practice, &therapist, ["arrival", "arrival"]).await;
    let tick = therapist.open(SHEET).await.form("/admin/numbers/miles/2026-11-28");
    therapist.press_on(&tick).await.says("60 miles without a rate");
    for (from, cents, words) in [
        ("2026-01-01", "70", "60 miles at 70 cents: $42"),
        ("2026-07-01", "72.5", "60 miles at 72.5 cents: $43.50"),
        ("2026-07-01", "71,5", "60 miles at 71.5 cents: $42.90"),
        ("2026-11-29", "99", "60 miles at 71.5 cents: $42.90"),
    ] {
        notes_rate(&therapist, from, cents).await.expect(303);
        therapist.open(SHEET).await.says(words);
    }
    let sheet = therapist.open(SHEET).await.says("From July 1, 2026: 71.5 cents");
    therapist.press_on(&sheet.form("/admin/numbers/rates/2026-07-01/end")).await.says("60 miles at 70 cents");
    // What can't be read comes back as it was typed.
    for (from, cents, words) in [
        ("2026-01-01", "0.7", "That's less than 2 cents a mile."),
        ("2026-01-01", "a lot", "Please write the rate in cents"),
        ("soon", "70", "Please choose a date."),
        ("", "", "Two things to fix"),
    ] {
        let page = notes_rate(&therapist, from, cents).await.expect(422).says(words);
        assert_eq!(page.form("/admin/numbers/rates").value("rate"), cents);
    }
    therapist.open(SHEET).await.says("60 miles at 70 cents");
    practice.close().await;
}

#[tokio::test]
async fn without_miles_in_the_practice_file_nothing_can_be_ticked_and_it_is_said_why() {
    let practice = practice().with_practice_file(|file| file.replace("miles = 60\n", "")).open().await;
    let therapist = practice.therapist().await;
    a_saturday_at_both_offices(&practice, &therapist, ["arrival", "arrival"]).await;
    let sheet =
        therapist.open(SHEET).await.says("practice.toml doesn't say how far").says("Saturday, November 28");
    assert!(sheet.forms("/admin/numbers/miles").is_empty());
    practice.close().await;
}

#[tokio::test]
async fn a_date_or_a_year_that_is_none_is_told() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.sends("/admin/numbers/miles/2026-02-30", &[("miles", "60")]).await.expect(404);
    therapist.sends("/admin/numbers/rates/soon/end", &[]).await.expect(404);
    therapist.get("/admin/numbers/miles?year=soon").await.expect(404).says("isn't a year I can show");
    therapist.get("/admin/numbers/miles.csv?year=soon").await.expect(404);
    practice.close().await;
}
