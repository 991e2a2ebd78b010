//! The two clock changes of 2027, a Sunday each, at a practice that is open on
//! Sundays from three in the morning: reminders and the day ahead come when they
//! should, and say what a clock on the wall shows.

use chrono::TimeDelta;
use stillpoint::domain::time;

use crate::support::{
    mailbox::Email,
    people::{JUNE, Opening, PETER, Person, SESSION, THERAPIST, WALT},
    practice::{TestPractice, practice},
};

const SECOND: TimeDelta = TimeDelta::seconds(1);
const WALT_WITH_EMAIL: Person = Person { email: "walt@example.com", ..WALT };

/// When an email is to come, to whom, and the beginning of its subject.
type Expected = (&'static str, &'static str, &'static str);

struct RescheduleRequest {
    /// The Thursday before, when everybody books.
    thursday: &'static str,
    /// Sunday, 3:00 am and 9:00 am, and Monday, 9:00 am.
    starts: [&'static str; 3],
    emails: [Expected; 8],
    /// Of the new time.
    zone: &'static str,
    sunday: &'static str,
    monday: &'static str,
    /// A day before Sunday, 9:00 am, by the length of a day, not by the clock.
    free_until: &'static str,
}

const SPRING: RescheduleRequest = RescheduleRequest {
    thursday: "2027-03-11T16:00:00Z",
    starts: ["2027-03-14T10:00:00Z", "2027-03-14T16:00:00Z", "2027-03-15T16:00:00Z"],
    emails: [
        ("2027-03-12T10:00:00Z", PETER.email, "Reminder: Sunday, March 14, 3:00 am, Mt. Shasta"), // 2 am PST.
        ("2027-03-12T16:00:00Z", JUNE.email, "Reminder: Sunday, March 14, 9:00 am, Mt. Shasta"),
        ("2027-03-13T16:00:00Z", WALT_WITH_EMAIL.email, "Reminder: Monday, March 15, 9:00 am, Mt. Shasta"),
        ("2027-03-14T02:00:00Z", THERAPIST, "Reminder: tomorrow, Sunday, March 14: Mt. Shasta, 2 visits"), // 6 pm PST.
        ("2027-03-14T07:00:00Z", PETER.email, "Reminder: Sunday, March 14, 3:00 am, Mt. Shasta"), // 11 pm PST.
        ("2027-03-14T13:00:00Z", JUNE.email, "Today: Sunday, March 14, 9:00 am, Mt. Shasta"),     // 6 am PDT.
        ("2027-03-15T01:00:00Z", THERAPIST, "Reminder: tomorrow, Monday, March 15: Mt. Shasta, 1 visit"), // 6 pm PDT.
        ("2027-03-15T13:00:00Z", WALT_WITH_EMAIL.email, "Today: Monday, March 15, 9:00 am, Mt. Shasta"),
    ],
    zone: "PDT",
    sunday: "Sunday, March 14",
    monday: "Monday, March 15",
    free_until: "Saturday, March 13, 8:00 am",
};

const AUTUMN: RescheduleRequest = RescheduleRequest {
    thursday: "2027-11-04T15:00:00Z",
    starts: ["2027-11-07T11:00:00Z", "2027-11-07T17:00:00Z", "2027-11-08T17:00:00Z"],
    emails: [
        ("2027-11-05T11:00:00Z", PETER.email, "Reminder: Sunday, November 7, 3:00 am, Mt. Shasta"), // 4 am PDT.
        ("2027-11-05T17:00:00Z", JUNE.email, "Reminder: Sunday, November 7, 9:00 am, Mt. Shasta"),
        ("2027-11-06T17:00:00Z", WALT_WITH_EMAIL.email, "Reminder: Monday, November 8, 9:00 am, Mt. Shasta"),
        ("2027-11-07T01:00:00Z", THERAPIST, "Reminder: tomorrow, Sunday, November 7: Mt. Shasta, 2 visits"), // 6 pm PDT.
        ("2027-11-07T08:00:00Z", PETER.email, "Today: Sunday, November 7, 3:00 am, Mt. Shasta"), // 1 am PDT.
        ("2027-11-07T14:00:00Z", JUNE.email, "Today: Sunday, November 7, 9:00 am, Mt. Shasta"),  // 6 am PST.
        ("2027-11-08T02:00:00Z", THERAPIST, "Reminder: tomorrow, Monday, November 8: Mt. Shasta, 1 visit"), // 6 pm PST.
        ("2027-11-08T14:00:00Z", WALT_WITH_EMAIL.email, "Today: Monday, November 8, 9:00 am, Mt. Shasta"),
    ],
    zone: "PST",
    sunday: "Sunday, November 7",
    monday: "Monday, November 8",
    free_until: "Saturday, November 6, 10:00 am",
};

/// Opens on the Thursday before, with three visits agreed and everybody told.
async fn opened(change: &RescheduleRequest) -> TestPractice {
    let hours = "{ days = [\"sunday\"], from = \"03:00\", to = \"17:00\" },\n    { days = [\"monday\", \"wednesday\"]";
    let on_sundays = |file: String| file.replacen("{ days = [\"monday\", \"wednesday\"]", hours, 1);
    let practice = practice().with_practice_file(on_sundays).at(change.thursday).open().await;
    let therapist = practice.therapist().await;
    for (person, start) in [&PETER, &JUNE, &WALT_WITH_EMAIL].into_iter().zip(change.starts) {
        practice.has_asked(person, &Opening { service: SESSION, office: "mt-shasta", start }).await;
        therapist.confirms(person).await;
    }
    practice.emails().await;
    practice
}

/// Lets time pass until an instant, second by second where it matters.
async fn emails_at(practice: &TestPractice, instant: &str) -> Vec<Email> {
    let instant = time::parse_instant(instant).expect("an instant");
    practice.passes(instant - practice.running.app().now() - SECOND).await;
    assert!(practice.emails().await.is_empty(), "nothing comes before {instant}");
    practice.passes(SECOND).await;
    let emails = practice.emails().await;
    practice.passes(TimeDelta::minutes(90)).await; // An hour that the clock shows twice, or not at all.
    assert!(practice.emails().await.is_empty(), "once, at {instant}");
    emails
}

#[tokio::test]
async fn reminders_and_the_day_ahead_come_once_at_the_right_instant_and_say_the_time_on_the_wall() {
    for change in [SPRING, AUTUMN] {
        let practice = opened(&change).await;
        for (instant, to, subject) in change.emails {
            let emails = emails_at(&practice, instant).await;
            let came: Vec<_> = emails.iter().map(|l| (l.to.as_str(), l.subject.as_str())).collect();
            assert_eq!(came, [(to, subject)], "{instant}");
            let email = &emails[0];
            email.says(change.zone);
            match to {
                THERAPIST if subject.contains("Sunday") => {
                    email.says(change.sunday);
                    email.says("3:00 am to 4:00 am, Peter Lindqvist");
                    email.says("9:00 am to 10:00 am, June Okafor");
                }
                THERAPIST => {
                    email.says(change.monday);
                    email.says("9:00 am to 10:00 am, Walt Brennan");
                }
                _ if to == JUNE.email && subject.starts_with("Reminder") => {
                    email.says(&format!("{}, 9:00 am", change.sunday));
                    email.says(&format!("Free to cancel until {}.", change.free_until));
                }
                _ if to == PETER.email => email.says(&format!("{}, 3:00 am", change.sunday)),
                _ => email.says("9:00 am"),
            }
        }
        practice.close().await;
    }
}
