//! Starts that can be written but not had: 409, and the nearest openings.

use crate::support::{
    page::{Form, Page},
    people::{JUNE, Opening, PETER, SATURDAY, TUESDAY, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// A time that nothing here takes: Thursday, November 26, 2:00 pm.
const SPARE: Opening = Opening { start: "2026-11-26T22:00:00Z", ..TUESDAY };

/// Asks for a start that is not offered, by the form and by the address.
/// Returns the page that the form brought.
async fn is_refused(practice: &TestPractice, opening: &Opening) -> Page {
    let client = practice.visitor();
    let link = client.get(&opening.form()).await.expect(409);
    assert!(!link.hrefs("main a[href*='start=']").is_empty(), "{opening:?}: openings to press");
    let form = practice.filled(&JUNE, &SPARE).await.with("service", opening.service);
    let form = form.with("office", opening.office).with("start", opening.start);
    let page = client.press(&form).await.expect(409);
    let ways_out = page.forms("/appointments");
    assert!(!ways_out.is_empty(), "{opening:?}: openings to press");
    for way_out in ways_out {
        for field in ["name", "email", "phone", "note"] {
            assert_eq!(way_out.value(field), form.value(field), "complete");
        }
        client.open(&opening_of(&way_out)).await; // What is offered can be had.
    }
    page
}

fn opening_of(form: &Form) -> String {
    let [service, office, start] = ["service", "office", "start"].map(|field| form.value(field));
    format!("/appointments/new?service={service}&office={office}&start={start}")
}

fn offices(page: &Page) -> Vec<String> {
    let forms = page.forms("/appointments");
    let mut offices: Vec<String> = forms.iter().map(|form| form.value("office").to_owned()).collect();
    offices.dedup();
    offices
}

#[tokio::test]
async fn a_start_that_is_not_offered_is_409_with_the_nearest_openings_at_every_office() {
    let practice = practice().open().await;
    let not_offered = [
        ("before the office opens", TUESDAY.at("2026-11-24T16:30:00Z")),
        ("ending after the office closes", TUESDAY.at("2026-11-25T00:30:00Z")),
        ("in the night", TUESDAY.at("2026-11-24T09:00:00Z")),
        ("off the step", TUESDAY.at("2026-11-24T17:15:00Z")),
        ("off the minute", TUESDAY.at("2026-11-24T17:00:01Z")),
        ("at the other office's hour", TUESDAY.in_office("mt-shasta")),
        ("on a closed weekday", TUESDAY.at("2026-11-29T18:00:00Z")),
        ("inside the notice", WEDNESDAY.at("2026-11-23T19:00:00Z")),
        ("in the past", WEDNESDAY.at("2026-11-18T17:00:00Z")),
        ("long ago", TUESDAY.at("0001-01-01T00:00:00Z")),
        ("beyond the horizon", WEDNESDAY.at("2027-01-25T17:00:00Z")),
        ("in another age", TUESDAY.at("9999-12-31T23:59:59Z")),
    ];
    for (what, opening) in not_offered {
        assert_eq!(offices(&is_refused(&practice, &opening).await), ["mt-shasta", "redding"], "{what}");
    }
    assert_eq!(practice.busy().await.all(), [], "no row");
    practice.close().await;
}

#[tokio::test]
async fn pressing_one_of_the_nearest_openings_books_it() {
    let practice = practice().open().await;
    practice.has_asked(&PETER, &TUESDAY).await;
    let page = is_refused(&practice, &TUESDAY).await.says("Sorry, that time's taken.");
    let nearest = page.forms("/appointments");
    assert_eq!(nearest.len(), 6, "three at each office");
    let at = |office: &str, start: &str| {
        nearest.iter().any(|form| form.value("office") == office && form.value("start") == start)
    };
    assert!(at("redding", "2026-11-24T18:30:00Z"), "the hour and its buffer, on the step");
    assert!(at("mt-shasta", "2026-11-25T17:00:00Z"), "the next day at the other office");
    practice.visitor().press_on(&nearest[0]).await.says("Requested").says("Mt. Shasta");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_taken_time_is_refused_and_the_nearest_openings_are_shown() {
    let practice = practice().open().await;
    let late = practice.filled(&JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &TUESDAY).await;
    let page = practice
        .visitor()
        .press(&late)
        .await
        .expect(409)
        .says("your request goes out with everything you typed");
    page.never_says("Peter").says("Tuesday, November 24, 10:30 am").says("PST");
    practice.close().await;
}

#[tokio::test]
async fn the_drive_between_the_offices_is_kept_free() {
    let practice = practice().open().await;
    // 10:00 to 11:00 in Redding, a quarter of an hour of buffer, 75 minutes of drive: 12:30.
    practice.has_asked(&PETER, &SATURDAY).await;
    let on_the_road = SATURDAY.in_office("mt-shasta").at("2026-11-28T20:00:00Z");
    is_refused(&practice, &on_the_road).await.says("Sorry, that time's taken.");
    practice.visitor().open(&on_the_road.at("2026-11-28T20:30:00Z").form()).await;
    practice.close().await;
}

#[tokio::test]
async fn a_service_that_is_not_given_there_or_no_longer_given_is_409() {
    let practice = practice().with_practice_file(|file| {
        let only_redding = r#"slug = "craniosacral-60""#;
        let (before, after) = file.split_once(only_redding).expect("the last service");
        let after = after.replace(r#"["mt-shasta", "redding"]"#, r#"["redding"]"#);
        let retired = r#"slug = "neuromuscular-90""#;
        format!("{before}{only_redding}{after}").replace(retired, &format!("{retired}\nretired = true"))
    });
    let practice = practice.open().await;
    let elsewhere = Opening { service: "craniosacral-60", ..WEDNESDAY };
    let page = is_refused(&practice, &elsewhere).await.says("I don't offer this session at that office.");
    assert_eq!(offices(&page), ["redding"]);
    let retired = Opening { service: "neuromuscular-90", ..TUESDAY };
    let client = practice.visitor();
    client.get(&retired.form()).await.expect(409).says("I no longer offer this session.");
    let form = practice.filled(&JUNE, &TUESDAY).await.with("service", retired.service);
    client.press(&form).await.expect(409).says("I no longer offer this session.");
    let services = client.open("/appointments/new").await;
    assert!(
        !services.text().contains("Long neuromuscular session"),
        "a retired service is offered to nobody"
    );
    practice.close().await;
}

/// Redding is open from 1 to 5 in the night, of Sundays.
fn in_the_night() -> crate::support::practice::Opening {
    practice().at("2027-03-10T16:00:00Z").with_practice_file(|file| {
        file.replace(
            r#"{ days = ["friday"], from = "12:00", to = "18:00" }"#,
            r#"{ days = ["sunday"], from = "01:00", to = "05:00" }"#,
        )
    })
}

#[tokio::test]
async fn in_the_night_of_the_clock_change_the_skipped_hour_is_not_offered() {
    let practice = in_the_night().open().await;
    let client = practice.visitor();
    let page = client.open("/appointments/new?service=neuromuscular-60&from=2027-03-14").await;
    let sunday =
        page.hrefs(".day a[href*='start=']").into_iter().filter(|href| href.contains("start=2027-03-14"));
    let hours: Vec<String> = sunday.map(|href| href[href.len() - 9..href.len() - 4].to_owned()).collect();
    // 1:00 and 1:30 PST, then 3:00 to 4:00 PDT.
    assert_eq!(hours, ["09:00", "09:30", "10:00", "10:30", "11:00"]);
    client.get(&TUESDAY.at("2027-03-14T10:15:00Z").form()).await.expect(409);
    let first = client.open(&TUESDAY.at("2027-03-14T09:30:00Z").form()).await;
    first.says("Sunday, March 14, 1:30 am").says("until 3:30 am (PST)");
    client
        .open(&TUESDAY.at("2027-03-14T10:00:00Z").form())
        .await
        .says("Sunday, March 14, 3:00 am")
        .says("(PDT)");
    practice.close().await;
}

#[tokio::test]
async fn in_the_night_of_the_other_clock_change_the_double_hour_is_offered_once() {
    let practice = in_the_night().at("2027-11-03T16:00:00Z").open().await;
    let client = practice.visitor();
    // 1:00 happens twice; the first is offered, an hour later it is not.
    client.open(&TUESDAY.at("2027-11-07T08:00:00Z").form()).await.says("1:00 am").says("(PDT)");
    client.get(&TUESDAY.at("2027-11-07T09:00:00Z").form()).await.expect(409);
    client.open(&TUESDAY.at("2027-11-07T10:00:00Z").form()).await.says("2:00 am").says("(PST)");
    practice.close().await;
}
