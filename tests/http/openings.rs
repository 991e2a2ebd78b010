//! `GET /appointments/new`: what is offered, at all offices side by side.

use std::collections::BTreeSet;

use crate::support::{
    people::{JUNE, SATURDAY, SESSION, TUESDAY},
    practice::practice,
};

fn openings() -> String {
    format!("/appointments/new?service={SESSION}")
}

#[tokio::test]
async fn fourteen_days_begin_with_the_first_opening_at_any_office() {
    let practice = practice().open().await;
    let page = practice.visitor().open(&openings()).await;
    let days = page.texts("main h2");
    assert_eq!((days.len(), days[0].as_str()), (12, "Tuesday November 24"));
    assert_eq!(page.texts(".without"), ["Closed Sunday, November 29", "Closed Sunday, December 6"]);
    page.link("Tuesday, November 24, 9:00 am, Redding");
    page.link("Wednesday, November 25, 9:00 am, Mt. Shasta");
    page.says("All times are PST.");
    practice.close().await;
}

#[tokio::test]
async fn what_is_closed_is_one_line_and_what_is_not_offered_is_said_once() {
    let closed = |file: String| {
        let file = file.replace("days = [\"monday\", \"wednesday\"]", "days = [\"wednesday\"]");
        file.replace("offices = [\"mt-shasta\", \"redding\"]", "offices = [\"redding\"]")
    };
    let practice = practice().with_practice_file(closed).open().await;
    let page = practice.visitor().open(&openings()).await;
    let page = page.says("This session isn't offered in Mt. Shasta.");
    assert_eq!(page.text().matches("offered").count(), 1, "{}", page.text());
    assert_eq!(
        page.texts(".without"),
        [
            "Closed Wednesday, November 25",
            "Closed Sunday to Monday, November 29 – 30",
            "Closed Wednesday, December 2",
            "Closed Sunday to Monday, December 6 – 7"
        ]
    );
    practice.close().await;
}

#[tokio::test]
async fn the_times_of_a_day_stand_in_their_order_and_the_first_four_are_in_sight() {
    let practice = practice().open().await;
    let page = practice.visitor().open(&openings()).await;
    assert_eq!(page.texts(".day > .cell > a.t")[..4], ["9:00 am", "9:30 am", "10:00 am", "10:30 am"]);
    assert_eq!(page.texts(".day details .cell a.t")[..2], ["11:00 am", "11:30 am"]);
    let starts = page.hrefs(".day a[href*='office=redding']");
    assert!(starts.is_sorted(), "{starts:?}");
    practice.close().await;
}

#[tokio::test]
async fn the_soonest_times_and_the_zone_stand_before_the_days() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let page = visitor.open(&openings()).await;
    let text = page.text();
    let place = |words: &str| text.find(words).unwrap_or_else(|| panic!("no {words}: {text}"));
    let soonest = place("Soonest: Tue 9:00 am Redding · Wed 9:00 am Mt. Shasta");
    assert!(soonest < place("All times are PST."), "{text}");
    assert!(place("All times are PST.") < place("Tuesday November 24"), "{text}");
    visitor.open(&page.link("Wed 9:00 am Mt. Shasta")).await.form("/appointments");

    let later = visitor.open(&format!("{}&from=2026-12-08", openings())).await;
    later.says("Soonest: Tue, Dec 8, 9:00 am Redding · Wed, Dec 9, 9:00 am Mt. Shasta");
    practice.close().await;
}

#[tokio::test]
async fn a_visit_weeks_away_shows_its_date_and_one_of_these_days_its_weekday() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    visitor.open(&TUESDAY.form()).await.says("Tuesday, 9:00 am. You pay at the office");
    let later = TUESDAY.at("2026-12-15T17:00:00Z");
    visitor.open(&later.form()).await.says("Tuesday, December 15, 9:00 am. You pay at the office");
    let own = practice.has_asked(&JUNE, &later).await;
    visitor.open(&own).await.says("Your visit Tuesday, December 15, 9:00 am");
    practice.close().await;
}

#[tokio::test]
async fn the_first_appointment_is_said_to_decide_only_where_it_does() {
    const WORDS: &str = "first appointment";
    for (minutes, says) in [
        (20, None),
        (75, None), // a visit at 10:00 am leaves 12:30 pm at the other office
        (400, Some("Saturday's first appointment decides which office I drive to.")),
    ] {
        let practice = practice()
            .with_practice_file(|file| file.replace("minutes = 75", &format!("minutes = {minutes}")))
            .open()
            .await;
        let page = practice.visitor().open(&openings()).await;
        match says {
            Some(words) => page.says(words),
            None => page.never_says(WORDS),
        };
        practice.close().await;
    }
}

#[tokio::test]
async fn home_shows_an_opening_of_any_service_that_an_office_has() {
    let practice = practice()
        .with_practice_file(|file| {
            // The first of the services is given at one office alone.
            file.replacen(r#"offices = ["mt-shasta", "redding"]"#, r#"offices = ["redding"]"#, 1)
        })
        .open()
        .await;
    let visitor = practice.visitor();
    for path in ["/", "/articles/a-guide-to-neuromuscular-therapy"] {
        let page = visitor.open(path).await.never_says("Nothing open right now");
        let next = page.hrefs("main a[href*='start=']");
        assert!(next.iter().any(|href| href.contains("office=mt-shasta")), "{path}: {next:?}");
    }
    practice.close().await;
}

#[tokio::test]
async fn what_a_command_writes_beside_the_server_is_seen_at_once() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let offered = async || visitor.open(&openings()).await.hrefs(".day a[href*='start=']").len();
    let before = offered().await;
    practice.has_demo().await;
    assert!(offered().await < before, "the clock has not moved, the calendar has");
    practice.close().await;
}

#[tokio::test]
async fn the_zone_is_that_of_the_days_shown() {
    let practice = practice().with("horizon_days", "200").open().await;
    let visitor = practice.visitor();
    visitor.open(&format!("{}&from=2027-03-20", openings())).await.says("All times are PDT.");
    let change = visitor.open(&format!("{}&from=2027-03-08", openings())).await;
    change.says("All times are PST until Saturday, March 13, PDT from Sunday, March 14.");
    practice.close().await;
}

#[tokio::test]
async fn without_a_service_the_page_lists_those_that_are_offered() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for address in
        ["/appointments/new", "/appointments/new?office=redding", "/appointments/new?from=2026-12-01"]
    {
        let page = visitor.open(address).await;
        assert_eq!(page.hrefs("a[href*='?service=']").len(), 4, "{address}");
    }
    practice.close().await;
}

#[tokio::test]
async fn whatever_is_offered_can_be_had() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &SATURDAY).await;
    let visitor = practice.visitor();
    let offered = visitor.open(&openings()).await.hrefs(".day a[href*='start=']");
    assert!(offered.len() > 50, "{offered:?}");
    assert_eq!(offered.iter().collect::<BTreeSet<_>>().len(), offered.len(), "nothing twice");
    for opening in offered {
        visitor.open(&opening).await.form("/appointments");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_taken_time_is_offered_nowhere_with_its_buffer_and_drive() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &SATURDAY).await;
    let page = practice.visitor().open(&format!("{}&from=2026-11-28", openings())).await;
    let saturday = |office: &str| -> Vec<String> {
        let hrefs = page.hrefs(".day a[href*='start=']").into_iter();
        let here = hrefs.filter(|href| href.contains(office) && href.contains("start=2026-11-28"));
        here.map(|href| href[href.len() - 9..href.len() - 4].to_owned()).collect()
    };
    // 10:00 to 11:00 in Redding is taken: 11:30 there, 12:30 in Mt. Shasta.
    assert_eq!(saturday("redding"), ["19:30", "20:00", "20:30", "21:00"]);
    assert_eq!(saturday("mt-shasta"), ["20:30", "21:00"]);
    practice.close().await;
}

#[tokio::test]
async fn the_pages_lead_on_to_the_horizon_and_end_there() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let mut page = visitor.open(&openings()).await;
    let mut days = BTreeSet::new();
    for _ in 0..10 {
        let starts = page.hrefs("main a[href*='start=']");
        assert!(!starts.is_empty());
        days.extend(starts.iter().filter_map(|href| Some(href.split("start=").nth(1)?[..10].to_owned())));
        if !page.texts("main nav a").iter().any(|text| text.starts_with("Later")) {
            break;
        }
        page = visitor.open(&page.link("Later")).await;
    }
    // Sixty days from November 23; the last Friday's session may begin on Saturday in UTC.
    let last = days.last().expect("a day").as_str();
    assert!(("2027-01-21"..="2027-01-23").contains(&last), "{last}");
    visitor.open(&page.link("Earlier days")).await;
    practice.close().await;
}

#[tokio::test]
async fn where_nothing_is_open_each_offices_next_opening_stands_on_the_page() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let page = visitor.open(&format!("{}&from=2027-06-01", openings())).await;
    let next = page.hrefs("main a[href*='start=']");
    assert_eq!(next.len(), 2, "one at each office");
    for opening in next {
        visitor.open(&opening).await.form("/appointments");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_date_that_cannot_be_read_is_422_with_the_next_openings() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    for from in ["", "soon", "2026-13-01", "2026-02-30", "12/08/2026", "2026-1-1", "99999-01-01"] {
        let page = visitor.get(&format!("{}&from={from}", openings())).await.expect(422);
        page.link("Tuesday, November 24, 9:00 am, Redding");
    }
    for from in ["0001-01-01", "2026-11-01", "9999-12-31"] {
        let page = visitor.open(&format!("{}&from={from}", openings())).await;
        let starts = page
            .hrefs("main a[href*='start=']")
            .into_iter()
            .filter_map(|href| Some(href.split("start=").nth(1)?.to_owned()));
        assert!(starts.min().is_none_or(|first| *first >= *TUESDAY.start), "nothing in the past");
    }
    practice.close().await;
}

#[tokio::test]
async fn every_page_with_a_time_on_it_names_the_zone() {
    let practice = practice().open().await;
    let visitor = practice.visitor();
    let form = visitor.open(&TUESDAY.form()).await.says("PST").form("/appointments");
    let own = visitor.press(&JUNE.fills(form)).await.leads_to();
    visitor.open(&own).await.says("PST");
    visitor.open(&format!("{own}/cancellation")).await.says("PST");
    visitor.get(&TUESDAY.form()).await.expect(409).says("PST");
    visitor.open("/").await.says("PST");
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("PST");
    therapist.page_of(&JUNE).await.says("PST");
    practice.deliver().await;
    practice.close().await;
}
