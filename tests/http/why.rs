//! Check a time: what is offered, and why the rest is not.

use std::collections::BTreeSet;

use stillpoint::domain::time::{self, parse_instant};

use crate::support::{
    page::Page,
    people::{JUNE, SATURDAY, SESSION, TUESDAY, WEDNESDAY},
    practice::{TestPractice, practice},
};

fn why(service: &str, on: &str) -> String {
    format!("/admin/why?service={service}&on={on}")
}

#[tokio::test]
async fn every_rule_is_named_with_what_is_behind_it() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &SATURDAY).await; // 10:00 to 11:00 am in Redding.
    let therapist = practice.therapist().await;
    let off = [("from", "2026-11-26"), ("from_time", "13:00"), ("to_time", "14:00")];
    therapist.takes_off(&off).await.expect(303);
    therapist.plans("2026-12-01", &[]).await;

    let of = async |on: &str| therapist.open(&why("neuromuscular-60", on)).await;
    let tuesday = of("2026-11-24").await.says("Tuesday, November 24").says("PST");
    let tuesday =
        tuesday.says("12:00 am – 8:30 am outside opening hours (Redding is open 9:00 am – 5:00 pm)");
    let tuesday = tuesday.says("9:00 am – 4:00 pm: available").says("4:30 pm 60 minutes don't fit");
    tuesday.says("12:00 am – 11:30 pm outside opening hours (Mt. Shasta is closed)");
    let today = of("2026-11-23").await.says("already past");
    today.says("less than 12 hours ahead (settings)");
    let thursday = of("2026-11-26").await;
    thursday.says("12:30 pm – 1:30 pm time off (Thursday, November 26, 1:00 pm – 2:00 pm)");
    let saturday = of("2026-11-28").await;
    let june = "June Okafor, Saturday, November 28, 10:00 am – 11:00 am";
    let saturday = saturday.says(&format!("10:00 am – 10:30 am taken ({june})"));
    let saturday = saturday.says(&format!("11:00 am too close, inside the buffer ({june})"));
    let saturday =
        saturday.says(&format!("not enough time for the drive between Mt. Shasta and Redding ({june})"));
    therapist.open(&saturday.link(june)).await.says("June Okafor");
    of("2026-12-01").await.says("Redding is closed, from your plan for this date").link("from your plan");
    of("2027-02-01").await.says("more than 60 days ahead (settings)");
    practice.close().await;
}

#[tokio::test]
async fn the_time_that_somebody_asks_to_be_moved_to_is_named_as_such() {
    let practice = practice().open().await;
    let own = practice.asks(&JUNE, &TUESDAY.at("2026-11-26T17:00:00Z")).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.asks_to_move(&own, &WEDNESDAY).await;
    practice.emails().await;
    let wednesday = therapist.open(&why("neuromuscular-60", "2026-11-25")).await;
    wednesday.says("taken (June Okafor, who wants Wednesday, November 25, 9:00 am – 10:00 am)");
    let thursday = therapist.open(&why("neuromuscular-60", "2026-11-26")).await;
    thursday.says("taken (June Okafor, Thursday, November 26, 9:00 am – 10:00 am)");
    practice.close().await;
}

#[tokio::test]
async fn the_first_booking_is_named_where_it_has_decided() {
    let practice =
        practice().with("reminder_hours", "[48, 3]\nfirst_booking_decides = [\"saturday\"]").open().await;
    practice.has_asked(&JUNE, &SATURDAY).await;
    let therapist = practice.therapist().await;
    let page = therapist.open(&why("neuromuscular-60", "2026-11-28")).await;
    page.says("the first booking that day is in Redding (June Okafor,");
    practice.close().await;
}

#[tokio::test]
async fn a_service_that_is_not_given_says_so() {
    let practice = practice().with_practice_file(|file| {
        let (before, after) = file.split_once(r#"slug = "craniosacral-60""#).expect("the last service");
        let after = after.replace(r#"["mt-shasta", "redding"]"#, r#"["redding"]"#);
        let file = format!(r#"{before}slug = "craniosacral-60"{after}"#);
        file.replace(r#"slug = "first-visit""#, "slug = \"first-visit\"\nretired = true")
    });
    let practice = practice.open().await;
    let therapist = practice.therapist().await;
    therapist.open(&why("craniosacral-60", "2026-11-24")).await.says("not offered in Mt. Shasta");
    therapist.open(&why("first-visit", "2026-11-24")).await.says("this session is no longer offered");
    practice.close().await;
}

/// The starts that clients are offered on a date at an office.
async fn offered(practice: &TestPractice, date: &str, office: &str) -> BTreeSet<String> {
    let zone = practice.running.app().practice().zone;
    let page = practice.visitor().open(&format!("/appointments/new?service={SESSION}&from={date}")).await;
    let links = page.hrefs(&format!(".day a[href*='office={office}&start=']"));
    let starts = links.iter().map(|link| {
        let start = link.split("start=").nth(1).expect("a start");
        parse_instant(start).expect("an instant")
    });
    let of_the_date = starts.filter(|start| time::date(zone, *start).to_string() == date);
    of_the_date.map(|start| time::time_words(zone, start)).collect()
}

/// The starts that the therapist's page calls offered, spelled out one by one.
fn called_offered(page: &Page, office: &str) -> BTreeSet<String> {
    let steps: Vec<String> = (0..48).map(half_hour).collect();
    let at = |time: &str| steps.iter().position(|step| step == time).unwrap_or_else(|| panic!("{time}"));
    let lines = page.texts(&format!(".places [aria-labelledby='{office}'] li"));
    assert!(!lines.is_empty(), "nothing is said of {office}: {}", page.text());
    let ranges = lines.iter().filter_map(|line| line.strip_suffix(": available"));
    let starts = ranges.flat_map(|range| {
        let (first, last) = range.split_once(" – ").unwrap_or((range, range));
        steps[at(first)..=at(last)].to_vec()
    });
    starts.collect()
}

/// The half hours of a day, as the practice of the tests steps through it: `12:00 am`, `12:30 am`.
fn half_hour(step: usize) -> String {
    let (hour, half) = (step / 2, ["00", "30"][step % 2]);
    let on_the_clock = (hour + 11) % 12 + 1;
    format!("{on_the_clock}:{half} {}", if hour < 12 { "am" } else { "pm" })
}

#[tokio::test]
async fn a_time_is_offered_exactly_where_no_rule_is_named() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&JUNE, &SATURDAY).await;
    let therapist = practice.therapist().await;
    let mut count = 0;
    for date in ["2026-11-23", "2026-11-24", "2026-11-25", "2026-11-28"] {
        let page = therapist.open(&why(SESSION, date)).await;
        for office in ["mt-shasta", "redding"] {
            let offered = offered(&practice, date, office).await;
            assert_eq!(called_offered(&page, office), offered, "{date}, {office}");
            count += offered.len();
        }
        for line in page.texts(".places li") {
            let is_offered = line.ends_with(": available");
            assert!(is_offered != line.contains('('), "{date}: {line}");
        }
    }
    assert!(count > 30, "{count} openings are enough to compare");
    let page = therapist.open(&why(SESSION, "2026-11-24")).await;
    page.says("10:30 am – 4:00 pm: available");
    practice.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_brings_the_form_back() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.open("/admin/why").await.says("Monday, November 23").says("First visit");
    for (query, field) in [
        ("service=none&on=2026-11-24", "#service"),
        ("service=neuromuscular-60&on=tomorrow", "#on"),
        ("service=&on=", "#service"),
    ] {
        let page = therapist.get(&format!("/admin/why?{query}")).await.expect(422);
        assert_eq!(page.hrefs("[role=alert] a"), [field]);
        assert_eq!(page.texts("select[name=service]").len(), 1, "{query}");
    }
    practice.close().await;
}
