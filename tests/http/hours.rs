//! The weekly opening hours, changed by the therapist.

use chrono::TimeDelta;

use crate::support::{
    page::Page,
    people::{JUNE, PETER, SATURDAY, TUESDAY, Therapist, WEDNESDAY},
    practice::{TestPractice, practice},
};

const OPENINGS: &str = "/appointments/new?service=neuromuscular-60";

/// Types hours of Redding's week.
async fn types(therapist: &Therapist, week: &[(&str, &str)], from: Option<&str>) -> Page {
    let from = from.map(|from| ("from", from));
    therapist.changes_hours("redding", &Vec::from_iter(week.iter().copied().chain(from))).await
}

/// The times that clients are offered on a date at an office, `9:00 am`.
async fn offered(practice: &TestPractice, date: &str, office: &str) -> Vec<String> {
    let page = practice.visitor().open(OPENINGS).await;
    let day = page.texts(&format!(".day .t[href*='office={office}&start={date}']"));
    day.iter().map(|time| time.replace('\u{a0}', " ")).collect()
}

#[tokio::test]
async fn changed_hours_show_at_once_on_the_openings_and_the_offices_pages() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    assert!(offered(&practice, "2026-11-24", "redding").await.contains(&"9:00 am".to_owned()));
    let page = types(&therapist, &[("tuesday", "10-12:00, 2 pm – 4"), ("friday", "")], None).await;
    assert_eq!(page.leads_to(), "/admin/hours");
    let said = "10:00 am – 12:00 pm, 2:00 pm – 4:00 pm";
    let hours = therapist.follow(&page).await.says(said);
    assert_eq!(hours.form("/admin/hours/redding").value("tuesday"), said);
    for page in ["/offices", "/offices/redding"] {
        practice.visitor().open(page).await.says(said).never_says("12:00 pm – 6:00 pm");
    }
    let times = offered(&practice, "2026-11-24", "redding").await;
    for time in ["10:00 am", "11:00 am", "2:00 pm", "3:00 pm"] {
        assert!(times.contains(&time.to_owned()), "{time}: {times:?}");
    }
    for time in ["9:00 am", "11:30 am", "3:30 pm"] {
        assert!(!times.contains(&time.to_owned()), "{time}: {times:?}");
    }
    practice.visitor().get(&TUESDAY.form()).await.expect(409);
    practice.visitor().open(&WEDNESDAY.form()).await; // The other office's hours are as they were.
    practice.close().await;
}

#[tokio::test]
async fn the_coming_summers_hours_hold_from_their_date_and_can_be_taken_back() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    types(&therapist, &[("tuesday", "7-9")], Some("2026-12-08")).await.expect(303);
    types(&therapist, &[("tuesday", "6-8")], Some("2027-06-01")).await.expect(303);
    let hours = therapist.open("/admin/hours").await;
    let hours = hours.says("From Tuesday, December 8").says("From Tuesday, June 1, 2027");
    let public = practice.visitor().open("/offices/redding").await;
    public.says("Tuesday9:00 am – 5:00 pm").says("From December 8").says("From June 1");
    assert!(offered(&practice, "2026-12-01", "redding").await.contains(&"9:00 am".to_owned()));
    let client = practice.visitor();
    let summer = TUESDAY.at("2026-12-08T15:00:00Z");
    client.open(&summer.form()).await.says("Tuesday, December 8, 7:00 am");
    client.get(&TUESDAY.at("2026-12-08T18:00:00Z").form()).await.expect(409);

    let taken_back = hours.form("/2027-06-01/end");
    therapist.press_on(&taken_back).await.never_says("2027").says("From Tuesday, December 8");
    therapist.press(&taken_back).await.expect(404);
    practice.passes(TimeDelta::days(15)).await;
    client.open("/offices/redding").await.says("7:00 am – 9:00 am");
    let now = practice.therapist().await.open("/admin/hours").await;
    assert!(now.forms("/end").iter().all(|form| form.action == "/admin/session/end"), "what holds, holds");
    practice.close().await;
}

#[tokio::test]
async fn an_afternoon_typed_in_short_is_said_back_as_one() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    types(&therapist, &[("tuesday", "9-12, 1-5"), ("thursday", "1-5")], None).await.expect(303);
    let hours = therapist.open("/admin/hours").await.form("/admin/hours/redding");
    assert_eq!(hours.value("tuesday"), "9:00 am – 12:00 pm, 1:00 pm – 5:00 pm");
    assert_eq!(hours.value("thursday"), "1:00 pm – 5:00 pm");
    practice.close().await;
}

#[tokio::test]
async fn hours_that_cannot_be_read_come_back_with_everything_typed() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for (day, typed, message) in [
        ("monday", "late", "Please write it like"),
        ("tuesday", "17-9", "has to be after the start"),
        ("wednesday", "9-12, 11-14", "put the hours in order"),
        ("sunday", "9-25", "Please write it like"),
    ] {
        let page = types(&therapist, &[("thursday", " 8 to 4"), (day, typed)], None).await.expect(422);
        let page = page.says(message);
        assert!(page.hrefs("[role=alert] a").contains(&format!("#redding-{day}")), "{day}");
        assert_eq!(page.texts(&format!("#redding-{day}-error")).len(), 1);
        let form = page.form("/admin/hours/redding");
        assert_eq!((form.value(day), form.value("thursday")), (typed, " 8 to 4"));
    }
    for from in ["2026-11-22", "soon", ""] {
        let page = types(&therapist, &[("monday", "9-17")], Some(from)).await.expect(422);
        assert_eq!(page.texts("#redding-from-error"), ["Please choose today or a later date."]);
        assert_eq!(page.form("/admin/hours/redding").value("monday"), "9-17");
    }
    therapist.open("/admin/hours").await.never_says("8:00 am");
    let form = therapist.open("/admin/hours").await.form("/admin/hours/redding");
    therapist.send(therapist.post("/admin/hours/nowhere", form.encoded())).await.expect(404);
    practice.close().await;
}

#[tokio::test]
async fn a_change_shows_whom_it_touches_before_it_is_made_and_leaves_them_standing() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &TUESDAY.at("2026-11-26T17:00:00Z")).await;
    let therapist = practice.therapist().await;
    let page = types(&therapist, &[("tuesday", "12-17")], None).await.expect(409);
    let page =
        page.says("This affects one appointment").says("Tuesday, November 24, 9:00 am").says("Redding");
    let page = page.says("Requested").never_says("Peter");
    therapist.open(&page.link("June Okafor")).await.says("June Okafor");
    practice.visitor().open(&TUESDAY.at("2026-11-24T18:30:00Z").form()).await; // Nothing is changed yet.

    // Meanwhile one more comes, who has not been shown.
    let late = TUESDAY.at("2026-11-24T18:30:00Z");
    practice.has_asked(&PETER, &late).await;
    let form = page.form("/admin/hours/redding");
    let page = therapist.press(&form).await.expect(409).says("This affects 2 appointments");
    let page = page.says("June Okafor").says("Peter Lindqvist");
    therapist.press_on(&page.form("/admin/hours/redding")).await.says("12:00 pm – 5:00 pm");
    practice.visitor().open(&own).await.says("Requested").says("Tuesday, November 24, 9:00 am");
    let page = therapist.answers(&JUNE, "confirmation", "").await.expect(409);
    therapist.press_on(&page.form("/confirmation")).await.says("Confirmed");
    practice.deliver().await;
    assert!(!offered(&practice, "2026-12-01", "redding").await.contains(&"9:00 am".to_owned()));
    practice.close().await;
}

#[tokio::test]
async fn on_ticked_weekdays_the_first_booking_decides_the_office() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let form = therapist.open("/admin/hours").await.form("/first-booking");
    assert!(!form.is_ticked("saturday"));
    let page = therapist.press_on(&form.ticked("saturday")).await;
    let client = practice.visitor();
    let afternoon = SATURDAY.in_office("mt-shasta").at("2026-11-28T20:30:00Z");
    client.open(&afternoon.form()).await; // Nothing is booked yet.
    practice.has_asked(&PETER, &SATURDAY).await;
    client.get(&afternoon.form()).await.expect(409).says("Sorry, that time's taken.");
    client.open(&SATURDAY.at("2026-11-28T20:30:00Z").form()).await;
    let form = page.form("/first-booking");
    assert!(form.is_ticked("saturday"));
    therapist.press_on(&form.unticked("saturday")).await;
    client.open(&afternoon.form()).await; // The drive alone leaves time.
    practice.close().await;
}

#[tokio::test]
async fn changed_hours_hold_against_the_practice_file_and_the_start_says_so() {
    let practice = practice().open().await;
    assert!(practice.running.notes.is_empty(), "{:?}", practice.running.notes);
    let therapist = practice.therapist().await;
    types(&therapist, &[("tuesday", "10-12")], None).await.expect(303);
    let form = therapist.open("/admin/hours").await.form("/first-booking");
    therapist.press_on(&form.ticked("saturday")).await;
    let practice = practice
        .opened_again(|file| file.replace("\"09:00\", to = \"17:00\"", "\"08:00\", to = \"16:00\""))
        .await;
    let notes = practice.running.notes.join("\n");
    assert!(notes.contains("the opening hours of Redding come from the admin pages"), "{notes}");
    assert!(notes.contains("the days when the first booking decides come from the admin pages"), "{notes}");
    assert!(!notes.contains("Mt. Shasta"), "{notes}");
    let offices = practice.visitor().open("/offices").await;
    offices.says("10:00 am – 12:00 pm").says("8:00 am – 4:00 pm");
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_change_of_hours_and_a_request_at_once_both_end_well() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for week in 0..6 {
        let start = ["2026-11-24T17:00:00Z", "2026-12-01T17:00:00Z", "2026-12-08T17:00:00Z"][week % 3];
        types(&therapist, &[("tuesday", "9-17")], None).await.expect(303);
        let request = practice.filled(&JUNE, &TUESDAY.at(start)).await;
        let change =
            therapist.open("/admin/hours").await.form("/admin/hours/redding").with("tuesday", "12-17");
        let client = practice.visitor();
        let (changed, asked) = tokio::join!(therapist.press(&change), client.press(&request));
        match (changed.status, asked.status) {
            (303, 409) => {}
            (409, 303) => {
                changed.says("June Okafor");
                let own = client.follow(&asked).await;
                client.press_on(&client.open(&own.link("Cancel")).await.form("/cancellation")).await;
            }
            other => panic!("{other:?}"),
        }
    }
    practice.deliver().await;
    practice.close().await;
}

/// Redding's Tuesdays from ten to noon, from the first to the eighth of December.
async fn for_a_while(therapist: &Therapist, until: &str) -> Page {
    let form = therapist.open("/admin/hours").await.form("/admin/hours/redding");
    let form = form.with("tuesday", "10-12").with("from", "2026-12-01").with("until", until);
    therapist.press(&form).await
}

#[tokio::test]
async fn hours_for_a_while_end_with_their_last_day() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for_a_while(&therapist, "2026-12-08").await.expect(303);
    let page = therapist.open("/admin/hours").await;
    let page = page.says("From Tuesday, December 1 until Tuesday, December 8");
    let client = practice.visitor();
    // 1:00 pm, each Tuesday.
    for (start, status) in [
        ("2026-11-24T21:00:00Z", 200),
        ("2026-12-01T21:00:00Z", 409),
        ("2026-12-08T21:00:00Z", 409),
        ("2026-12-15T21:00:00Z", 200),
    ] {
        client.get(&TUESDAY.at(start).form()).await.expect(status);
    }
    client.open("/offices").await.says("From December 1").says("From December 9");

    therapist.press_on(&page.form("/2026-12-01/end")).await.never_says("until Tuesday");
    client.open(&TUESDAY.at("2026-12-01T21:00:00Z").form()).await;

    for_a_while(&therapist, "2026-12-08").await.expect(303);
    practice.passes(TimeDelta::days(9)).await;
    let running = therapist.open("/admin/hours").await;
    running.says("Until Tuesday, December 8. After that, your earlier hours again.");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn hours_for_good_that_begin_on_the_same_day_follow_those_for_a_while() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    types(&therapist, &[("tuesday", "13-17")], Some("2026-12-01")).await.expect(303);
    for_a_while(&therapist, "2026-12-08").await.expect(303);
    let client = practice.visitor();
    // 9:00 am as it was, 10:00 am for a while, 1:00 pm for good.
    for (start, status) in [
        ("2026-11-24T17:00:00Z", 200),
        ("2026-12-01T18:00:00Z", 200),
        ("2026-12-08T21:00:00Z", 409),
        ("2026-12-15T21:00:00Z", 200),
        ("2026-12-15T18:00:00Z", 409),
    ] {
        client.get(&TUESDAY.at(start).form()).await.expect(status);
    }
    practice.close().await;
}

#[tokio::test]
async fn hours_for_a_while_show_whom_they_touch_until_their_end_and_nobody_after() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &TUESDAY.at("2026-12-08T21:00:00Z")).await;
    practice.has_asked(&PETER, &TUESDAY.at("2026-12-15T21:00:00Z")).await;
    let shown = for_a_while(&therapist, "2026-12-08").await.expect(409);
    let shown = shown.says("June Okafor").never_says("Peter Lindqvist");
    let form = shown.form("/admin/hours/redding");
    assert_eq!(form.value("until"), "2026-12-08", "nothing typed is lost");
    therapist.press_on(&form).await.says("until Tuesday, December 8");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_last_day_that_is_none_comes_back() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for (until, message) in [
        ("2026-11-30", "The last day can't be before the first one."),
        ("soon", "Please choose a date, or leave it empty."),
    ] {
        let page = for_a_while(&therapist, until).await.expect(422).says(message);
        let back = page.form("/admin/hours/redding");
        assert_eq!((back.value("tuesday"), back.value("until")), ("10-12", until));
    }
    therapist.open("/admin/hours").await.never_says("From Tuesday, December 1");
    practice.close().await;
}
