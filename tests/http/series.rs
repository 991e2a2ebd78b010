//! The therapist books a series: the same time every few weeks, from a visit on.

use chrono::TimeDelta;

use crate::support::{
    page::{Form, Page},
    people::{JUNE, Opening, PETER, TUESDAY, Therapist, WALT},
    practice::{TestPractice, practice},
};

/// June has a confirmed visit. Returns where a series is put together that follows it.
async fn has_visit(practice: &TestPractice, therapist: &Therapist, at: &Opening) -> String {
    practice.has_asked(&JUNE, at).await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    therapist.page_of(&JUNE).await.link("Book a series")
}

/// The dates that are proposed.
async fn proposed(therapist: &Therapist, series: &str, weeks: &str, times: &str) -> Page {
    therapist.open(&format!("{series}?weeks={weeks}&times={times}")).await
}

fn dates(page: &Page) -> Form {
    page.forms("/series").pop().expect("the dates")
}

#[tokio::test]
async fn every_date_is_booked_and_one_email_and_one_calendar_file_have_all_of_them() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let series = has_visit(&practice, &therapist, &TUESDAY).await;
    let dates_page = proposed(&therapist, &series, "2", "3").await;
    let dates_page =
        dates_page.says("Tuesday, December 8").says("Tuesday, December 22").says("Tuesday, January 5");
    let booked = therapist.press_on(&dates(&dates_page)).await;
    booked.says("Confirmed: June Okafor").says("Number 1 of 3 visits booked together");
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Confirmed: 3 visits from Tuesday, December 8, 9:00 am, Redding");
    for when in ["December 8, 9:00 am", "December 22, 9:00 am", "January 5, 9:00 am"] {
        assert!(email.text.contains(when) && email.html.contains(when), "{when}: {}", email.text);
    }
    let events = email.invitation().iter().filter(|line| *line == "BEGIN:VEVENT").count();
    assert_eq!(events, 3, "{:?}", email.invitation());
    assert_eq!(email.text.matches("/appointments/").count(), 3, "each has its own page");
    for start in ["2026-12-08T17:00:00Z", "2026-12-22T17:00:00Z", "2027-01-05T17:00:00Z"] {
        practice.visitor().get(&TUESDAY.at(start).form()).await.expect(409);
    }
    practice.close().await;
}

#[tokio::test]
async fn what_is_taken_is_chosen_anew_or_left_out_before_anything_is_booked() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let series = has_visit(&practice, &therapist, &TUESDAY).await;
    practice.has_asked(&PETER, &TUESDAY.at("2026-12-08T17:00:00Z")).await;
    practice.has_asked(&WALT, &TUESDAY.at("2026-12-15T17:30:00Z")).await;
    let dates_page = proposed(&therapist, &series, "1", "3").await;
    let dates_page = dates_page.says("Tuesday, December 8: choose").says("Peter Lindqvist");
    let form = dates(&dates_page);
    let again = therapist.press(&form).await.expect(422);
    let again = again.says("Please choose for each date that's still open").says("Nothing's booked yet");
    let form = dates(&again).choosing("line_2", "redding 2026-12-08T18:30:00Z").choosing("line_3", "out");
    let booked = therapist.press_on(&form).await;
    booked.says("Number 1 of 2 visits").says("Tuesday, December 8, 10:30 am");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn what_is_lost_meanwhile_comes_back_as_the_one_open_line_and_nothing_is_booked() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let series = has_visit(&practice, &therapist, &TUESDAY).await;
    let form = dates(&proposed(&therapist, &series, "2", "2").await);
    practice.has_asked(&PETER, &TUESDAY.at("2026-12-22T17:00:00Z")).await;
    let lost = therapist.press(&form).await.expect(409);
    let lost = lost.says("A date was taken since you saw these").says("Tuesday, December 22: choose");
    practice.visitor().open(&TUESDAY.at("2026-12-08T17:00:00Z").form()).await;
    let booked = therapist.press_on(&dates(&lost).choosing("line_2", "out")).await;
    booked.says("Confirmed: June Okafor").never_says("visits booked together");
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Confirmed: Tuesday, December 8, 9:00 am, Redding");
    practice.close().await;
}

#[tokio::test]
async fn the_same_form_twice_is_one_series_and_undo_takes_all_of_it_back() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let series = has_visit(&practice, &therapist, &TUESDAY).await;
    let form = dates(&proposed(&therapist, &series, "3", "2").await);
    let therapist = therapist.in_a_hurry();
    let first = therapist.press(&form).await.leads_to();
    assert_eq!(therapist.press(&form).await.leads_to(), first);
    therapist.undoes(&therapist.open(&first).await).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    for start in ["2026-12-15T17:00:00Z", "2027-01-05T17:00:00Z"] {
        practice.visitor().open(&TUESDAY.at(start).form()).await;
    }
    practice.close().await;
}

#[tokio::test]
async fn over_the_clock_change_the_time_on_the_wall_stays() {
    let practice = practice().at("2027-02-22T16:00:00Z").open().await;
    let therapist = practice.therapist().await;
    let series = has_visit(&practice, &therapist, &TUESDAY.at("2027-02-23T17:00:00Z")).await;
    therapist.press_on(&dates(&proposed(&therapist, &series, "2", "2").await)).await;
    let email = practice.email_to(JUNE.email).await;
    assert!(email.text.contains("Tuesday, March 9, 9:00 am (PST)"), "{}", email.text);
    assert!(email.text.contains("Tuesday, March 23, 9:00 am (PDT)"), "{}", email.text);
    practice.close().await;
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_at_its_field() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let series = has_visit(&practice, &therapist, &TUESDAY).await;
    for (weeks, times, message, field) in [
        ("", "3", "Please choose how many weeks lie between.", "#weeks"),
        ("9", "3", "Please choose how many weeks lie between.", "#weeks"),
        ("2", "0", "Please choose how many visits.", "#times"),
        ("2", "", "Please choose how many visits.", "#times"),
    ] {
        let asked = therapist.get(&format!("{series}?weeks={weeks}&times={times}")).await;
        assert_eq!(asked.expect(422).link(message), field);
    }
    practice.close().await;
}

#[tokio::test]
async fn two_visits_before_the_end_today_says_so_until_more_is_booked() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let series = has_visit(&practice, &therapist, &TUESDAY).await;
    therapist.press_on(&dates(&proposed(&therapist, &series, "2", "3").await)).await;
    practice.emails().await;
    let ends = "June Okafor: the series ends after";
    therapist.open("/admin").await.never_says(ends);
    // Past December 8: December 22 and January 5 are left.
    practice.passes(TimeDelta::days(16)).await;
    practice.emails().await;
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says("June Okafor: the series ends after two more visits.");
    let more = proposed(&therapist, &today.link("Book on"), "2", "2").await;
    therapist.press_on(&dates(&more)).await;
    therapist.open("/admin").await.never_says(ends);
    practice.emails().await;
    practice.close().await;
}
