//! What a year comes to, on its page and as a table.

use chrono::TimeDelta;

use crate::support::{
    page::Page,
    people::{JUNE, Opening, PETER, Person, SATURDAY, SESSION, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// The first Tuesday after the practice opens on Monday, December 28.
const LAST_WEEK: Opening = Opening { service: SESSION, office: "redding", start: "2026-12-29T17:00:00Z" };

/// The rows of the year's table, as a reader of CSV has them.
async fn rows(therapist: &Therapist, address: &str) -> Vec<Vec<String>> {
    let page = therapist.open(address).await;
    assert!(page.header("content-type").starts_with("text/csv"));
    assert_eq!(page.header("cache-control"), "no-store");
    let text = String::from_utf8(page.bytes.clone()).expect("UTF-8");
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    assert!(text.ends_with("\r\n"));
    text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

/// A cell of the table by the first two of its row and the head of its column.
fn cell<'t>(rows: &'t [Vec<String>], part: &str, name: &str, column: &str) -> &'t str {
    let at =
        rows[0].iter().position(|head| head == column).unwrap_or_else(|| panic!("{column}: {:?}", rows[0]));
    let row = rows.iter().find(|row| row[0] == part && row[1] == name);
    &row.unwrap_or_else(|| panic!("no {part} {name}: {rows:?}"))[at]
}

/// Asks, is confirmed, and the visit's end comes.
async fn has_a_visit(practice: &TestPractice, therapist: &Therapist, who: &Person, opening: &Opening) {
    practice.has_asked(who, opening).await;
    therapist.confirms(who).await;
    let start = stillpoint::domain::time::parse_instant(opening.start).expect("an instant");
    practice.passes(start + TimeDelta::hours(2) - practice.running.app().now()).await;
    practice.emails().await;
}

async fn marks(therapist: &Therapist, id: u32, what: &str) -> Page {
    let form = therapist.open(&format!("/admin/appointments/{id}")).await.form(&format!("/{what}"));
    therapist.press_on(&form).await
}

#[tokio::test]
async fn only_visits_that_were_marked_count_with_what_was_agreed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let page = therapist.open("/admin/numbers").await.says("Numbers 2026").says("Only what happened counts.");
    assert!(!page.body().contains("style="), "no inline styles");
    has_a_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    has_a_visit(&practice, &therapist, &PETER, &WEDNESDAY).await;
    therapist.open("/admin/numbers").await.says("2 past visits aren't marked yet");
    let before = rows(&therapist, "/admin/numbers.csv?year=2026").await;
    assert_eq!(cell(&before, "Year", "2026", "Visits"), "0");
    assert_eq!(cell(&before, "Year", "2026", "Not marked yet"), "2");

    marks(&therapist, 1, "arrival").await;
    marks(&therapist, 2, "no-show").await;
    let page = therapist.open("/admin/numbers?year=2026").await;
    page.says("1 used of").says("1 new, 0 returning").says("$95");
    let table = rows(&therapist, "/admin/numbers.csv").await;
    for (column, expected) in [
        ("Visits", "1"),
        ("Agreed", "95.00"),
        ("No-shows", "1"),
        ("Fees asked", "47.50"),
        ("Hours used", "1.00"),
        ("New clients", "1"),
        ("Visits without a payment", "1"),
    ] {
        assert_eq!(cell(&table, "Year", "2026", column), expected, "{column}");
        assert_eq!(cell(&table, "Month", "2026-11", column), expected, "{column}");
    }
    assert_eq!(cell(&table, "Office", "Redding", "Agreed"), "95.00");
    assert_eq!(cell(&table, "Office", "Mt. Shasta", "Visits"), "0");
    assert_eq!(cell(&table, "Service", "Neuromuscular session", "Visits"), "1");
    practice.close().await;
}

#[tokio::test]
async fn a_year_ends_at_midnight_in_the_practice() {
    // Open late on New Year's Eve: the visit is over in the new year of UTC.
    let practice = practice().at("2026-12-28T16:00:00Z").open().await;
    let therapist = practice.therapist().await;
    therapist.plans("2026-12-31", &[("redding", "9:00 am - 11:00 pm")]).await;
    therapist.plans("2027-01-01", &[("redding", "9:00 am - 5:00 pm")]).await;
    let eve = LAST_WEEK.at("2027-01-01T05:00:00Z");
    let noon = LAST_WEEK.at("2027-01-01T20:00:00Z");
    has_a_visit(&practice, &therapist, &JUNE, &eve).await;
    marks(&therapist, 1, "arrival").await;
    has_a_visit(&practice, &therapist, &JUNE, &noon).await;
    marks(&therapist, 2, "arrival").await;
    let old = rows(&therapist, "/admin/numbers.csv?year=2026").await;
    assert_eq!(cell(&old, "Month", "2026-12", "Visits"), "1");
    assert_eq!(cell(&old, "Year", "2026", "New clients"), "1");
    let new = rows(&therapist, "/admin/numbers.csv").await;
    assert_eq!(cell(&new, "Month", "2027-01", "Visits"), "1");
    assert_eq!(cell(&new, "Year", "2027", "New clients"), "0");
    assert_eq!(cell(&new, "Year", "2027", "Returning clients"), "1");
    // The year before is a link away.
    let page = therapist.open("/admin/numbers").await.says("January 1 through today");
    therapist.open(&page.link("2026")).await.says("The whole year.");
    practice.close().await;
}

#[tokio::test]
async fn hours_offered_follow_the_plan_that_held_and_time_off_takes_from_them() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let offered = async || {
        let table = rows(&therapist, "/admin/numbers.csv").await;
        let of = |part, name| cell(&table, part, name, "Hours offered").to_owned();
        [of("Month", "2026-11"), of("Office", "Mt. Shasta"), of("Office", "Redding")]
    };
    assert_eq!(offered().await, ["0.00"; 3], "nothing is on record yet");
    // Until Tuesday, 11 am.
    has_a_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    assert_eq!(offered().await, ["2.00", "0.00", "2.00"]);
    let thursday =
        [("from", "2026-11-26"), ("from_time", "12:00"), ("to", "2026-11-26"), ("to_time", "17:00")];
    therapist.takes_off(&thursday).await.expect(303);
    // Until Monday, 11 am: Wednesday and two hours of Monday in the north, Thursday until noon
    // and Friday in the south, and on Saturday four hours that both have, and the therapist once.
    practice.passes(TimeDelta::days(6)).await;
    let now = practice.running.app().now();
    practice
        .clock
        .advance(stillpoint::domain::time::parse_instant("2026-11-30T19:00:00Z").expect("an instant") - now);
    assert_eq!(offered().await, ["31.00", "14.00", "21.00"]);
    // What holds from today on changes nothing that was.
    let shorter =
        [("tuesday", ""), ("thursday", ""), ("friday", ""), ("saturday", ""), ("monday", "1 pm - 2 pm")];
    therapist.changes_hours("redding", &shorter).await.expect(303);
    assert_eq!(offered().await, ["31.00", "14.00", "21.00"]);
    practice.clock.advance(TimeDelta::hours(4));
    assert_eq!(offered().await, ["35.00", "18.00", "22.00"]);
    therapist.open("/admin/numbers").await.says("counts that time once").says("0 used of 35 offered");
    practice.close().await;
}

#[tokio::test]
async fn merged_clients_are_one_and_erased_ones_still_count() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    has_a_visit(&practice, &therapist, &JUNE, &TUESDAY).await;
    marks(&therapist, 1, "arrival").await;
    has_a_visit(&practice, &therapist, &PETER, &WEDNESDAY).await;
    marks(&therapist, 2, "arrival").await;
    has_a_visit(&practice, &therapist, &WALT, &SATURDAY).await;
    marks(&therapist, 3, "arrival").await;
    let people = async || {
        let table = rows(&therapist, "/admin/numbers.csv").await;
        cell(&table, "Year", "2026", "New clients").to_owned()
    };
    assert_eq!(people().await, "3");
    let form = therapist.open("/admin/clients/1/merge?with=2").await.form("/admin/clients/1/merge");
    therapist.press_on(&form).await;
    assert_eq!(people().await, "2");
    let form = therapist.open("/admin/clients/3/erasure").await.form("/admin/clients/3/erasure");
    therapist.press(&form).await.expect(303);
    assert_eq!(people().await, "2");
    for address in ["/admin/numbers", "/admin/numbers.csv"] {
        let page = therapist.open(address).await;
        assert!(!page.text().contains("Walt") && !page.text().contains("Okafor"), "{address} names nobody");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_year_without_data_and_one_that_is_none_get_a_clear_page() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for year in ["2019", "2031"] {
        let page = therapist.open(&format!("/admin/numbers?year={year}")).await;
        page.says(&format!("Nothing is on record for {year}."));
    }
    for year in ["20x6", "26", "-1", "99999", "%3Cb%3E"] {
        let page = therapist.get(&format!("/admin/numbers?year={year}")).await.expect(404);
        page.says("isn't a year I can show").says("See 2026");
        therapist.get(&format!("/admin/numbers.csv?year={year}")).await.expect(404);
    }
    practice.close().await;
}
