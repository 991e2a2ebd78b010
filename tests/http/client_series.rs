//! A known client asks for the same time again, once or every few weeks: one request, with one
//! answer.

use chrono::TimeDelta;

use crate::support::{
    mailbox::{Email, Mood},
    page::{Form, Page},
    people::{JUNE, Opening, PETER, THERAPIST, TUESDAY, WALT, path_of},
    practice::{TestPractice, practice},
};

/// Tuesdays at 9:00 am in Redding, three weeks apart.
const FIRST: Opening = Opening { start: "2026-12-15T17:00:00Z", ..TUESDAY };
const SECOND: Opening = Opening { start: "2027-01-05T17:00:00Z", ..TUESDAY };

/// June has been there on Tuesday; her page, as an email links to it.
pub async fn after_a_visit(practice: &TestPractice) -> String {
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    let page = path_of(practice.email_to(JUNE.email).await.page()).to_owned();
    practice.passes(TimeDelta::days(2)).await;
    practice.emails().await;
    page
}

/// The dates that are proposed, on the way that leads from the page of the visit.
async fn proposed(practice: &TestPractice, page: &str, weeks: &str, times: &str) -> Page {
    let client = practice.visitor();
    let series = client.open(page).await.link("Every few weeks");
    client.open(&format!("{series}?weeks={weeks}&times={times}")).await
}

/// The form that asks for them.
fn dates(page: &Page) -> Form {
    let form = page.forms("/series").into_iter().find(|form| form.has("request_key"));
    form.unwrap_or_else(|| panic!("no dates:\n{}", page.text()))
}

/// June asks for visits every three weeks. Returns the page of the first.
pub async fn asks_for(practice: &TestPractice, page: &str, times: &str) -> Page {
    let dates = dates(&proposed(practice, page, "3", times).await);
    practice.visitor().press_on(&dates).await
}

fn to<'a>(emails: &'a [Email], recipient: &str) -> Vec<&'a Email> {
    emails.iter().filter(|email| email.to == recipient).collect()
}

async fn is_free(practice: &TestPractice, at: &Opening) -> bool {
    practice.visitor().get(&at.form()).await.status == 200
}

#[tokio::test]
async fn the_same_time_in_three_weeks_is_two_taps_from_the_page() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    let client = practice.visitor();
    let shown = client.open(&client.open(&page).await.link("Same time in three weeks")).await;
    let shown = shown.says("Nothing is requested yet.").says("Tuesday, December 15, 9:00 am");
    assert!(is_free(&practice, &FIRST).await, "to look asks for nothing");
    let own = client.press_on(&dates(&shown)).await;
    assert!(own.title().starts_with("Requested: Tuesday, December 15, 9:00 am"), "{}", own.title());
    own.never_says(JUNE.email);
    let emails = practice.emails().await;
    assert_eq!(to(&emails, JUNE.email)[0].subject, "Requested: Tuesday, December 15, 9:00 am, Redding");
    assert_eq!((emails.len(), to(&emails, THERAPIST).len()), (2, 1), "{emails:?}");
    practice.close().await;
}

#[tokio::test]
async fn an_email_to_somebody_known_leads_to_the_same_time_and_opening_it_asks_for_nothing() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    asks_for(&practice, &page, "1").await;
    practice.emails().await;
    practice.therapist().await.confirms(&JUNE).await;
    let email = practice.email_to(JUNE.email).await;
    let line = email.text.lines().skip_while(|line| !line.contains("the same time in three weeks")).nth(1);
    let client = practice.visitor();
    let shown = client.open(path_of(line.expect("a link of its own"))).await;
    let shown = shown.says("Nothing is requested yet.").says("Tuesday, January 5, 9:00 am");
    assert!(is_free(&practice, &SECOND).await);
    let own = client.press_on(&dates(&shown)).await;
    assert!(own.title().starts_with("Requested: Tuesday, January 5, 9:00 am"), "{}", own.title());
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn somebody_who_has_not_been_here_is_offered_no_series() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    let email = practice.email_to(JUNE.email).await;
    assert!(!email.text.contains("the same time"), "{}", email.text);
    let client = practice.visitor();
    // Neither the link that the form gave nor the one from the email is of somebody who has been here.
    for page in [own.as_str(), path_of(email.page())] {
        client.open(page).await.never_says("/series");
        let refused = client.get(&format!("{page}/series?weeks=3&times=1")).await.expect(409);
        refused.says("once you've been here").has_a_way_out();
    }
    // After the visit the link from the form proves no more than before.
    practice.passes(TimeDelta::days(2)).await;
    practice.emails().await;
    client.get(&format!("{own}/series")).await.expect(409);
    client.open(&format!("{}/series", path_of(email.page()))).await;
    practice.close().await;
}

#[tokio::test]
async fn of_a_series_with_three_conflicts_each_line_is_settled_and_then_all_is_asked_for_at_once() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    let therapist = practice.therapist().await;
    practice.has_asked(&PETER, &FIRST).await;
    practice.has_asked(&WALT, &Opening { start: "2027-01-05T17:30:00Z", ..TUESDAY }).await;
    therapist.plans_nothing("/admin/days/2027-01-26").await;
    let shown = proposed(&practice, &page, "3", "5").await;
    let shown = shown.says("Tuesday, December 15: please choose That time's taken. Here's what's close:");
    let shown = shown.says("Tuesday, January 5: please choose That time's taken.");
    let shown = shown.says("Tuesday, January 26: please choose I'm not in Redding then.");
    // Past the horizon of 60 days as well.
    let shown = shown.says("Tuesday, February 16, 9:00 am").says("Tuesday, March 9, 9:00 am");
    shown.clone().never_says(PETER.name).never_says(WALT.name);
    let client = practice.visitor();
    let unsettled = client.press(&dates(&shown)).await.expect(422);
    let unsettled = unsettled.says("Please choose for each date that's still open");
    practice.mailbox.is_empty();
    let form = dates(&unsettled).choosing("line_1", "redding 2026-12-15T18:30:00Z");
    // The nearest at the other office.
    let form = form.choosing("line_2", "mt-shasta 2027-01-04T23:00:00Z").choosing("line_3", "out");
    let own = client.press_on(&form).await;
    assert!(own.title().starts_with("Requested: Tuesday, December 15, 10:30 am"), "{}", own.title());
    let own = own.says("One of 4 visits. The others:").says("Monday, January 4, 3:00 pm, Mt. Shasta");
    own.says("Tuesday, February 16, 9:00 am, Redding");
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 2, "one to each side: {emails:?}");
    let email = to(&emails, JUNE.email)[0];
    assert_eq!(email.subject, "Requested: 4 visits from Tuesday, December 15, 10:30 am, Redding");
    for when in ["December 15, 10:30 am", "January 4, 3:00 pm", "February 16, 9:00 am", "March 9, 9:00 am"] {
        assert!(email.text.contains(when) && email.html.contains(when), "{when}: {}", email.text);
    }
    assert_eq!(email.text.matches("/appointments/").count(), 4, "each has its own page");
    let email = to(&emails, THERAPIST)[0];
    let subject = "Requested: June Okafor, 4 visits from Tuesday, December 15, 10:30 am, Redding";
    assert_eq!(email.subject, subject);
    practice.close().await;
}

#[tokio::test]
async fn a_date_that_was_lost_meanwhile_comes_back_as_the_one_open_line_and_nothing_is_asked_for() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    let shown = proposed(&practice, &page, "3", "2").await;
    practice.has_asked(&PETER, &SECOND).await;
    let lost = practice.visitor().press(&dates(&shown)).await.expect(409);
    let lost = lost.says("one of these isn't open anymore").says("Tuesday, January 5: please choose");
    let lost = lost.never_says("Tuesday, December 15: please choose");
    assert!(is_free(&practice, &FIRST).await, "nothing is held");
    practice.mailbox.is_empty();
    let form = dates(&lost).choosing("line_2", "redding 2027-01-05T18:30:00Z");
    let own = practice.visitor().press_on(&form).await;
    own.says("One of 2 visits.").says("Tuesday, January 5, 10:30 am, Redding");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn today_has_it_once_and_one_yes_confirms_all_of_it_with_one_email_and_one_calendar_file() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    asks_for(&practice, &page, "3").await;
    practice.emails().await;
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says("One request to answer").says("Confirm all 3");
    let today = today.says("Tuesday, December 15, 9:00 am").says("Tuesday, January 26, 9:00 am");
    therapist.press_on(&today.form("/confirmation")).await.says("No requests to answer");
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 1, "{emails:?}");
    assert_eq!(emails[0].subject, "Confirmed: 3 visits from Tuesday, December 15, 9:00 am, Redding");
    let events = emails[0].invitation().iter().filter(|line| *line == "BEGIN:VEVENT").count();
    assert_eq!(events, 3, "{:?}", emails[0].invitation());
    let own = practice.visitor().open(path_of(emails[0].page())).await;
    assert!(own.title().starts_with("Confirmed: "), "{}", own.title());
    own.says("One of 3 visits. The others: Tuesday, January 5, 9:00 am, Redding");
    practice.close().await;
}

#[tokio::test]
async fn undoing_the_answer_brings_all_of_it_back_to_be_answered_again() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    let own = asks_for(&practice, &page, "3").await;
    practice.emails().await;
    let therapist = practice.therapist().await.in_a_hurry();
    let page = therapist.page_of(&JUNE).await.says("3 asked for together");
    let done = therapist.press_on(&page.form("/confirmation")).await.says("Confirmed. Undo until");
    practice.deliver_now().await;
    practice.mailbox.is_empty();
    let client = practice.visitor();
    let still = client.open(path_of(&own.asked.replace("GET ", ""))).await;
    assert!(still.title().starts_with("Requested: "), "nobody has heard of it: {}", still.title());
    therapist.undoes(&done).await.says("Confirm all 3");
    practice.passes(TimeDelta::minutes(2)).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    therapist.open("/admin").await.says("One request to answer").says("Confirm all 3");
    let declining = therapist.declining(&JUNE).await;
    therapist.press_on(&declining.with("sentence", "I'm away in winter.")).await;
    practice.passes(TimeDelta::minutes(2)).await;
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Declined: 3 visits from Tuesday, December 15, 9:00 am, Redding");
    email.says("I'm away in winter.");
    email.says("See new times");
    assert!(email.text.contains("Not booked: Tuesday, January 26, 9:00 am"), "{}", email.text);
    for at in [FIRST, SECOND] {
        assert!(is_free(&practice, &at).await, "{}", at.start);
    }
    practice.close().await;
}

#[tokio::test]
async fn without_an_answer_all_of_it_expires_together_and_its_client_is_told_once() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    asks_for(&practice, &page, "3").await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(13)).await;
    let emails = practice.emails().await;
    let waiting = to(&emails, THERAPIST);
    let waiting: Vec<_> = waiting.iter().filter(|email| email.subject.contains("left)")).collect();
    assert_eq!(waiting.len(), 1, "{emails:?}");
    assert!(waiting[0].subject.contains("3 visits from Tuesday, December 15"), "{}", waiting[0].subject);
    practice.passes(TimeDelta::hours(12)).await;
    let emails = practice.emails().await;
    let expired = to(&emails, JUNE.email);
    assert_eq!(expired.len(), 1, "{emails:?}");
    assert_eq!(expired[0].subject, "Expired: 3 visits from Tuesday, December 15, 9:00 am, Redding");
    assert!(is_free(&practice, &SECOND).await);
    // A late yes confirms all of it, while the times are free.
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await;
    assert_eq!(today.texts("section[aria-labelledby=expired] .who"), [JUNE.name]);
    let late = therapist.open(&today.hrefs("section[aria-labelledby=expired] .who a")[0]).await;
    therapist.press_on(&late.form("/confirmation")).await.says("Confirmed: June Okafor");
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Confirmed: 3 visits from Tuesday, December 15, 9:00 am, Redding");
    practice.close().await;
}

#[tokio::test]
async fn it_counts_as_one_request_of_its_contact_and_the_same_form_twice_is_one() {
    let practice = practice().with("open_requests_per_contact", "2").open().await;
    let page = after_a_visit(&practice).await;
    let form = dates(&proposed(&practice, &page, "3", "3").await);
    let client = practice.visitor();
    let first = client.press(&form).await.leads_to();
    assert_eq!(client.press(&form).await.leads_to(), first);
    let second = dates(&proposed(&practice, &page, "2", "1").await);
    client.press_on(&second).await;
    let third = dates(&proposed(&practice, &page, "4", "1").await);
    let refused = client.press(&third).await.expect(429);
    refused.says("too many unanswered requests").says("Tuesday, December 22, 9:00 am");
    practice.therapist().await.open("/admin").await.says("2 requests to answer");
    assert_eq!(practice.emails().await.len(), 4);
    practice.close().await;
}

#[tokio::test]
async fn one_that_cannot_be_confirmed_any_more_is_named_and_nothing_is_confirmed_before_it_is_settled() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    asks_for(&practice, &page, "2").await;
    practice.emails().await;
    let therapist = practice.therapist().await;
    therapist.plans_nothing("/admin/days/2027-01-05").await;
    let form = therapist.page_of(&JUNE).await.form("/confirmation");
    let refused = therapist.press(&form).await.expect(409);
    let refused = refused.says("Tuesday, January 5, 9:00 am: Outside opening hours in Redding");
    let refused = refused.says("your answer is for all of them").never_says("December 15, 9:00 am: Outside");
    practice.mailbox.is_empty();
    therapist.open("/admin").await.says("One request to answer");
    let anyway = refused.says("Confirm all 2 anyway").form("/confirmation");
    therapist.press_on(&anyway).await.says("Confirmed: June Okafor");
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Confirmed: 2 visits from Tuesday, December 15, 9:00 am, Redding");
    practice.close().await;
}

#[tokio::test]
async fn one_that_is_rescheduled_by_itself_leaves_the_others_to_one_answer() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    asks_for(&practice, &page, "3").await;
    practice.emails().await;
    let therapist = practice.therapist().await;
    let second = therapist.page_of(&JUNE).await.link("Tuesday, January 5");
    let moving = therapist.open(&second).await.link("Reschedule");
    let moving = therapist.open(&format!("{moving}?office=redding&start=2027-01-05T19:00:00Z")).await;
    therapist.press_on(&moving.form("/reschedule")).await.says("Confirmed: June Okafor");
    practice.email_to(JUNE.email).await.says("I've confirmed your request, with a change.");
    let today = therapist.open("/admin").await.says("Confirm all 2").never_says("January 5, 9:00 am");
    therapist.press_on(&today.form("/confirmation")).await;
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Confirmed: 2 visits from Tuesday, December 15, 9:00 am, Redding");
    practice.close().await;
}

#[tokio::test]
async fn what_the_client_changes_meanwhile_is_seen_before_it_is_answered() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    asks_for(&practice, &page, "3").await;
    let pages = practice.emails().await;
    let pages: Vec<String> = to(&pages, JUNE.email)[0]
        .text
        .lines()
        .filter(|line| line.contains("/appointments/"))
        .map(|line| path_of(line).to_owned())
        .collect();
    let therapist = practice.therapist().await;
    let form = therapist.open("/admin").await.form("/confirmation");
    let client = practice.visitor();
    client.press_on(&client.open(&format!("{}/cancellation", pages[1])).await.form("/cancellation")).await;
    practice.email_to(JUNE.email).await.says("Your request is canceled.");
    practice.mailbox.one_to(THERAPIST).says("The time is free again.");
    client.open(&pages[0]).await.says("Tuesday, January 5, 9:00 am, Redding, canceled");
    therapist.press(&form).await.expect(409).says("changed since you opened the page");
    let today = therapist.open("/admin").await.says("Confirm all 2");
    therapist.press_on(&today.form("/confirmation")).await;
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.subject, "Confirmed: 2 visits from Tuesday, December 15, 9:00 am, Redding");
    practice.close().await;
}

#[tokio::test]
async fn what_was_taken_back_before_its_email_left_is_not_in_that_email() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    practice.mailbox.is(Mood::Answers(451));
    let own = asks_for(&practice, &page, "3").await;
    practice.deliver_now().await;
    let client = practice.visitor();
    let own = path_of(own.asked.trim_start_matches("GET ")).to_owned();
    client.press_on(&client.open(&format!("{own}/cancellation")).await.form("/cancellation")).await;
    practice.mailbox.is(Mood::Kind);
    practice.passes(TimeDelta::minutes(30)).await;
    let emails = practice.emails().await;
    let subjects: Vec<&str> = to(&emails, JUNE.email).iter().map(|email| email.subject.as_str()).collect();
    assert_eq!(subjects, ["Requested: 2 visits from Tuesday, January 5, 9:00 am, Redding"], "{emails:?}");
    assert_eq!(to(&emails, THERAPIST).len(), 1, "{emails:?}");
    practice.close().await;
}

#[tokio::test]
async fn a_blocked_client_reads_the_same_holds_nothing_and_is_declined_once() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    let therapist = practice.therapist().await;
    therapist.blocks(&JUNE).await;
    let own = asks_for(&practice, &page, "3").await;
    assert!(own.title().starts_with("Requested: Tuesday, December 15"), "{}", own.title());
    own.says("One of 3 visits.");
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 1, "the therapist hears nothing: {emails:?}");
    assert_eq!(emails[0].subject, "Requested: 3 visits from Tuesday, December 15, 9:00 am, Redding");
    assert!(is_free(&practice, &FIRST).await && is_free(&practice, &SECOND).await);
    practice.passes(TimeDelta::hours(25)).await;
    let emails = practice.emails().await;
    let declined = to(&emails, JUNE.email);
    assert_eq!(declined.len(), 1, "{emails:?}");
    assert_eq!(declined[0].subject, "Declined: 3 visits from Tuesday, December 15, 9:00 am, Redding");
    practice.close().await;
}

#[tokio::test]
async fn where_known_clients_are_confirmed_at_once_so_is_all_of_it() {
    let practice = practice()
        .with_practice_file(|file| file.replace("reminder_hours", "book_again = \"at_once\"\nreminder_hours"))
        .open()
        .await;
    let page = after_a_visit(&practice).await;
    let shown = proposed(&practice, &page, "3", "2").await.says("Confirmed right away, with one email.");
    let own = practice.visitor().press_on(&dates(&shown)).await;
    assert!(own.title().starts_with("Confirmed: Tuesday, December 15"), "{}", own.title());
    let emails = practice.emails().await;
    assert_eq!(emails.len(), 2, "{emails:?}");
    let email = to(&emails, JUNE.email)[0];
    assert_eq!(email.subject, "Confirmed: 2 visits from Tuesday, December 15, 9:00 am, Redding");
    to(&emails, THERAPIST)[0].clone().says("June Okafor booked all of these. They're confirmed.");
    practice.close().await;
}

#[tokio::test]
async fn over_both_clock_changes_the_time_on_the_wall_stays_and_the_change_is_named() {
    for (now, visit, dates_before, dates_after, zones) in [
        (
            "2027-02-22T16:00:00Z",
            "2027-02-23T17:00:00Z",
            "Tuesday, March 9, 9:00 am (PST)",
            "Tuesday, March 23, 9:00 am (PDT)",
            "PDT from here on",
        ),
        (
            "2027-10-18T15:00:00Z",
            "2027-10-19T16:00:00Z",
            "Tuesday, November 2, 9:00 am (PDT)",
            "Tuesday, November 16, 9:00 am (PST)",
            "PST from here on",
        ),
    ] {
        let practice = practice().at(now).open().await;
        practice.has_asked(&JUNE, &Opening { start: visit, ..TUESDAY }).await;
        practice.therapist().await.confirms(&JUNE).await;
        let page = path_of(practice.email_to(JUNE.email).await.page()).to_owned();
        practice.passes(TimeDelta::days(2)).await;
        practice.emails().await;
        let shown = proposed(&practice, &page, "2", "2").await.says(zones);
        practice.visitor().press_on(&dates(&shown)).await;
        let emails = practice.emails().await;
        let email = to(&emails, JUNE.email)[0];
        assert!(email.text.contains(dates_before) && email.text.contains(dates_after), "{}", email.text);
        practice.close().await;
    }
}

#[tokio::test]
async fn while_online_booking_is_paused_the_page_says_so_and_nothing_is_taken() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    let form = dates(&proposed(&practice, &page, "3", "1").await);
    practice.therapist().await.closes_requests("Back in spring.").await;
    let client = practice.visitor();
    client.press(&form).await.expect(409).says("I'm not taking online bookings right now.");
    client.open(&page).await.never_says("/series");
    client.open(&format!("{page}/series?weeks=3&times=1")).await.says("Back in spring.");
    practice.close().await;
}

#[tokio::test]
async fn what_is_typed_wrong_is_said_at_its_field() {
    let practice = practice().open().await;
    let page = after_a_visit(&practice).await;
    for (weeks, times, message, field) in [
        ("", "3", "Please choose how many weeks lie between.", "#weeks"),
        ("1", "3", "Please choose how many weeks lie between.", "#weeks"),
        ("3", "0", "Please choose how many visits.", "#times"),
        ("3", "7", "Please choose how many visits.", "#times"),
    ] {
        let asked = practice.visitor().get(&format!("{page}/series?weeks={weeks}&times={times}")).await;
        assert_eq!(asked.expect(422).link(message), field);
    }
    practice.close().await;
}
