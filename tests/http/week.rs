//! The week and the month: what the drawing has, the list says.

use crate::support::{
    page::Page,
    people::{JUNE, Opening, PETER, SATURDAY, SESSION, TUESDAY, WALT, WEDNESDAY},
    practice::{practice, practice_as_shipped},
};

const WEEK: &str = "/admin/week?from=2026-11-24";

/// What a day of the week says, its list included.
#[track_caller]
fn day(page: &Page, date: &str) -> String {
    page.texts(&format!("section#day-{date}")).concat()
}

/// How the visits of a day are drawn.
fn drawn(page: &Page, date: &str) -> Vec<String> {
    page.texts(&format!("section#day-{date} svg.g > a text"))
}

#[tokio::test]
async fn a_week_begins_on_monday_whichever_of_its_days_is_asked_for() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let this = therapist.open("/admin").await.link("Week");
    let page = therapist.open(&this).await.says("November 23 to 29").says("PST").says("Closed.");
    assert_eq!(page.texts("h1"), ["November 23 to 29"]);
    assert_eq!(page.texts(".wk h2").first().map(String::as_str), Some("Monday Nov 23"));
    assert_eq!(page.texts(".wk h2").len(), 7);
    assert_eq!(page.hrefs(".strip a").len(), 7);
    for place in page.hrefs(".strip a") {
        assert_eq!(page.texts(&format!("section{place}")).len(), 1, "{place}");
    }
    for from in ["2026-11-30", "2026-12-02", "2026-12-06"] {
        let page =
            therapist.open(&format!("/admin/week?from={from}")).await.says("November 30 to December 6");
        assert_eq!(page.link("Week before"), "/admin/week?from=2026-11-23", "{from}");
        assert_eq!(page.link("Week after"), "/admin/week?from=2026-12-07", "{from}");
        assert_eq!(page.link("This week"), "/admin/week", "{from}");
    }
    practice.close().await;
}

#[tokio::test]
async fn what_is_no_date_is_a_page_that_says_so() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for path in ["/admin/week", "/admin/month"] {
        for from in ["x", "", "2026-02-30", "2026-1-1", "99999-01-01", "%3Cscript%3E", "2026-11-24T10:00:00Z"]
        {
            let page = therapist.get(&format!("{path}?from={from}")).await.expect(422);
            assert!(
                page.says("isn't a date").says("November").body().contains("href=\"/admin/week"),
                "{from}"
            );
        }
        for from in ["0000-01-01", "0001-01-01", "1969-12-31", "9999-12-31", "2027-03-14"] {
            therapist.open(&format!("{path}?from={from}")).await.has_a_way_out();
        }
    }
    practice.close().await;
}

#[tokio::test]
async fn two_offices_on_a_day_have_their_drive_between_them() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.plans("2026-11-24", &[("mt-shasta", "8-12:30"), ("redding", "14-18")]).await;
    practice.has_asked(&JUNE, &TUESDAY.in_office("mt-shasta").at("2026-11-24T16:00:00Z")).await;
    practice.has_asked(&PETER, &TUESDAY.at("2026-11-24T23:00:00Z")).await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;

    let page = therapist.open(WEEK).await;
    let tuesday = day(&page, "2026-11-24");
    for words in [
        "1 visit, 1 request. Your plan for this date.",
        "Mt. Shasta 8:00 am – 12:30 pm",
        "8:00 am June Okafor until 9:00 am",
        "Free 9:15 am – 12:30 pm",
        "Drive to Redding, 1 h 15 min. Leave by 1:45 pm.",
        "Redding 2:00 pm – 6:00 pm Free 2:00 pm – 3:00 pm",
        "3:00 pm Peter Lindqvist until 4:00 pm requested",
        "Free 4:15 pm – 6:00 pm",
    ] {
        assert!(tuesday.contains(words), "“{words}” in: {tuesday}");
    }
    assert_eq!(drawn(&page, "2026-11-24"), ["June Okafor", "Peter Lindqvist?"]);
    // The line is level at Mt. Shasta, slopes to be in Redding at three, and is level there until six.
    assert!(page.body().contains("M0 18H270H345L420 54H600"), "{}", page.body());
    let graph = page.hrefs("svg.g[aria-hidden=true] a[tabindex='-1']");
    assert_eq!(graph, page.hrefs(".wk ol a"), "each of the drawing is in the list");
    assert!(day(&page, "2026-11-25").contains("Nothing booked"), "{}", day(&page, "2026-11-25"));
    practice.close().await;
}

#[tokio::test]
async fn a_reschedule_request_stands_where_it_is_and_where_it_would_be() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let own = practice.has_asked(&JUNE, &WEDNESDAY.at("2026-11-25T21:00:00Z")).await;
    therapist.confirms(&JUNE).await;
    practice.asks_to_move(&own, &SATURDAY).await;
    practice.emails().await;
    let page = therapist.open(WEEK).await;
    let wednesday = day(&page, "2026-11-25");
    assert!(
        wednesday.contains("June Okafor until 2:00 pm asks to move to Sat 10:00 am, Redding"),
        "{wednesday}"
    );
    let saturday = day(&page, "2026-11-28");
    assert!(saturday.contains("asks to move here from Wed 1:00 pm, Mt. Shasta"), "{saturday}");
    assert_eq!(drawn(&page, "2026-11-25"), ["June Okafor"]);
    assert_eq!(drawn(&page, "2026-11-28"), ["June Okafor?"]);
    practice.close().await;
}

#[tokio::test]
async fn time_off_and_what_it_left_standing_are_told() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    therapist.confirms(&JUNE).await;
    practice.has_asked(&WALT, &TUESDAY.at("2026-11-27T21:00:00Z")).await;
    therapist.confirms(&WALT).await;
    practice.emails().await;
    let off = [("from", "2026-11-25"), ("to", "2026-11-25"), ("note", "A <wedding>")];
    let warned = therapist.takes_off(&off).await;
    therapist.press_on(&warned.form("/admin/time-off")).await;
    therapist
        .takes_off(&[
            ("from", "2026-11-26"),
            ("to", "2026-11-26"),
            ("from_time", "14:00"),
            ("to_time", "16:00"),
        ])
        .await
        .expect(303);
    let page = therapist.open(WEEK).await.never_says("<wedding>".to_uppercase().as_str());
    let wednesday = day(&page, "2026-11-25");
    for words in ["Time off: A <wedding>", "9:00 am June Okafor", "Conflict: you're off"] {
        assert!(wednesday.contains(words), "“{words}” in: {wednesday}");
    }
    assert!(!page.body().contains("<wedding>"), "escaped");
    assert_eq!(page.hrefs(".wk .bad a, .wk a.bad").len(), 2, "in the drawing and in the list");
    let thursday = day(&page, "2026-11-26");
    assert!(thursday.contains("Time off, 2:00 pm – 4:00 pm"), "{thursday}");

    let id = page.hrefs(".wk li.bad a").concat();
    let kept = therapist.open(&id).await;
    therapist.press_on(&kept.form("/keeping")).await;
    let kept = day(&therapist.open(WEEK).await, "2026-11-25");
    assert!(kept.contains("You'll be there, even though you're off"), "{kept}");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn a_visit_over_midnight_is_on_both_days_and_counts_once() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.plans("2026-11-27", &[("redding", "8 pm – midnight")]).await;
    therapist.plans("2026-11-28", &[("redding", "midnight – 2 am")]).await;
    let late = Opening { service: SESSION, office: "redding", start: "2026-11-28T07:30:00Z" };
    practice.has_asked(&JUNE, &late).await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    let page = therapist.open(WEEK).await;
    let (friday, saturday) = (day(&page, "2026-11-27"), day(&page, "2026-11-28"));
    assert!(friday.contains("1 visit") && friday.contains("11:30 pm June Okafor until 12:30 am"), "{friday}");
    assert!(saturday.contains("June Okafor until 12:30 am since the evening before"), "{saturday}");
    assert!(!saturday.contains("1 visit"), "{saturday}");
    assert_eq!([drawn(&page, "2026-11-27"), drawn(&page, "2026-11-28")].concat(), ["June Okafor"; 2]);
    practice.close().await;
}

#[tokio::test]
async fn the_days_on_which_the_clock_changes_are_drawn_like_the_others() {
    for (now, from, sunday, zone) in [
        ("2027-03-11T16:00:00Z", "2027-03-14", "2027-03-14T16:00:00Z", "PDT from Sunday, March 14"),
        ("2027-11-04T15:00:00Z", "2027-11-07", "2027-11-07T17:00:00Z", "PST from Sunday, November 7"),
    ] {
        let practice = practice().at(now).open().await;
        let therapist = practice.therapist().await;
        therapist.plans(from, &[("redding", "9-17")]).await;
        practice.has_asked(&JUNE, &TUESDAY.at(sunday)).await;
        therapist.confirms(&JUNE).await;
        practice.emails().await;
        let page = therapist.open(&format!("/admin/week?from={from}")).await.says(zone);
        let drawn = day(&page, from);
        assert!(drawn.contains("9:00 am June Okafor until 10:00 am"), "{drawn}");
        assert!(drawn.contains("Free 10:15 am – 5:00 pm"), "{drawn}");
        practice.close().await;
    }
}

#[tokio::test]
async fn a_month_has_a_line_per_day_that_leads_to_its_week() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY.at("2026-11-25T20:00:00Z")).await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    let month = therapist.open(WEEK).await.link("Month");
    let page = therapist.open(&month).await.says("November 2026");
    assert_eq!(page.texts("tbody tr").len(), 30);
    let rows = page.texts("tbody tr");
    let of = |day: &str| rows.iter().find(|row| row.contains(day)).cloned().unwrap_or_default();
    let wednesday = of("Wednesday, November 25");
    assert!(wednesday.contains("Mt. Shasta") && wednesday.contains("1 visit, 1 request"), "{wednesday}");
    assert!(wednesday.contains("5 h 30 min"), "8 h without two hours and their buffers: {wednesday}");
    assert!(of("Saturday, November 28").contains("Mt. Shasta or Redding"), "{}", of("Saturday, November 28"));
    assert!(of("Sunday, November 29").contains("Closed"));
    let place = page.link("Wednesday, November 25");
    assert_eq!(place, "/admin/week?from=2026-11-25#day-2026-11-25");
    therapist.open(&place).await.says("June Okafor");
    assert_eq!(page.link("Month after"), "/admin/month?from=2026-12-01");
    therapist.open("/admin/month?from=2027-02-10").await.says("February 2027").link("This month");
    practice.close().await;
}

#[tokio::test]
async fn one_office_has_one_level_and_three_have_three() {
    let one = practice()
        .with_practice_file(|text| {
            let without = text.replace("offices = [\"mt-shasta\", \"redding\"]", "offices = [\"redding\"]");
            let (before, rest) = without.split_once("[[offices]]").expect("offices");
            let (_, redding) = rest.split_once("[[offices]]").expect("two");
            let (redding, after) = redding.split_once("[[travel]]").expect("a drive");
            let (_, services) = after.split_once("[[services]]").expect("services");
            format!("{before}[[offices]]{redding}[[services]]{services}")
        })
        .open()
        .await;
    let therapist = one.therapist().await;
    let page = therapist.open(WEEK).await.never_says("you drive").says("Dashed: a request.");
    assert_eq!(page.texts(".levels .office").len(), 0);
    assert!(page.body().contains("height=\"36\"") && !page.body().contains("height=\"72\""));
    one.close().await;

    let three = practice()
        .with_practice_file(|text| {
            let third = "[[offices]]\nslug = \"weed\"\nname = \"Weed\"\naddress = [\"3 Example Road\"]\n\
                hours = [{ days = [\"sunday\"], from = \"09:00\", to = \"12:00\" }]\n";
            let drives = ["mt-shasta", "redding"]
                .map(|office| format!("[[travel]]\nbetween = [\"weed\", \"{office}\"]\nminutes = 20\n"));
            text.replacen("[[travel]]", &format!("{third}{}[[travel]]", drives.concat()), 1)
        })
        .open()
        .await;
    let therapist = three.therapist().await;
    let page = therapist.open(WEEK).await;
    assert_eq!(page.texts(".levels .office"), ["Mt. Shasta", "Redding", "Weed"]);
    assert!(page.body().contains("height=\"108\""));
    assert!(day(&page, "2026-11-29").contains("Weed 9:00 am – 12:00 pm"), "{}", day(&page, "2026-11-29"));
    three.close().await;
}

#[tokio::test]
async fn a_full_week_is_small() {
    let practice = practice_as_shipped().open().await;
    practice.has_demo().await;
    let therapist = practice.therapist().await;
    for path in ["/admin/week", "/admin/week?from=2026-11-30", "/admin/month"] {
        let size = therapist.open(path).await.body().len();
        assert!(size <= 60_000, "{path}: {size}");
    }
    practice.close().await;
}
