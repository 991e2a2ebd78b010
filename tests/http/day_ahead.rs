//! The day ahead: in the evening before, the therapist is told where to be, whom
//! to see, and when to drive.

use chrono::TimeDelta;
use scraper::Html;

use crate::support::{
    mailbox::Email,
    people::{JUNE, Opening, PETER, Person, SATURDAY, THERAPIST, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// From Monday, 8:00 am, when a practice opens, to Friday, 6:00 pm.
const TO_FRIDAY_EVENING: TimeDelta = TimeDelta::hours(4 * 24 + 10);

async fn has_appointments(practice: &TestPractice, visits: &[(&Person, Opening)]) {
    confirms(practice, &practice.therapist().await, visits).await;
}

async fn confirms(practice: &TestPractice, therapist: &Therapist, visits: &[(&Person, Opening)]) {
    for (person, opening) in visits {
        practice.has_asked(person, opening).await;
        therapist.confirms(person).await;
    }
    practice.emails().await;
}

/// June in Redding at ten, Walt in Mt. Shasta at half past twelve.
async fn has_a_saturday_at_both_offices(practice: &TestPractice) {
    let later = SATURDAY.in_office("mt-shasta").at("2026-11-28T20:30:00Z");
    has_appointments(practice, &[(&WALT, later), (&JUNE, SATURDAY)]).await;
}

async fn emails_to_the_therapist(practice: &TestPractice) -> Vec<Email> {
    practice.emails().await.into_iter().filter(|email| email.to == THERAPIST).collect()
}

#[tokio::test]
async fn in_the_evening_before_the_day_comes_office_by_office_with_the_drive() {
    let practice = practice().open().await;
    has_a_saturday_at_both_offices(&practice).await;
    practice.reaches(TO_FRIDAY_EVENING - TimeDelta::seconds(1)).await;
    assert!(emails_to_the_therapist(&practice).await.is_empty());
    practice.passes(TimeDelta::seconds(1)).await;
    practice.passes(TimeDelta::hours(1)).await;
    let emails = emails_to_the_therapist(&practice).await;
    assert_eq!(emails.len(), 1, "once: {emails:#?}");
    let email = &emails[0];
    assert_eq!(email.subject, "Reminder: tomorrow, Saturday, November 28: Redding and Mt. Shasta, 2 visits");
    let html = Html::parse_document(&email.html).root_element().text().collect::<String>();
    let facts = [
        "Saturday, November 28: Redding and Mt. Shasta, 2 visits. All times are PST.",
        "200 Example Avenue, Redding, CA 96001",
        "10:00 am to 11:00 am, June Okafor",
        "Neuromuscular session, 60 minutes, $95. Phone: (530) 555-0133.",
        "Drive to Mt. Shasta, 1 h 15 min: leave by 11:15 am.",
        "100 Example Street, Mt. Shasta, CA 96067",
        "12:30 pm to 1:30 pm, Walt Brennan",
        "Phone: (530) 555-0117.",
        "CAMTC #93004",
    ];
    for part in [&email.text, &html] {
        let places: Vec<_> = facts.iter().map(|fact| part.find(fact)).collect();
        assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{part}");
    }
    practice.close().await;
}

#[tokio::test]
async fn its_link_leads_over_the_sign_in_to_the_page_of_the_day() {
    let practice = practice().open().await;
    has_appointments(&practice, &[(&JUNE, SATURDAY)]).await;
    practice.passes(TO_FRIDAY_EVENING).await;
    let email = &emails_to_the_therapist(&practice).await[0];
    assert_eq!(email.links(), [practice.url("/admin/days/2026-11-28")]);
    assert!(email.html.contains(&format!("href=\"{}\"", email.page())));
    let door = practice.visitor().get(email.page()).await.leads_to();
    assert_eq!(door, "/admin/session?to=/admin/days/2026-11-28");
    practice.close().await;
}

#[tokio::test]
async fn after_a_night_of_sleep_it_comes_in_the_morning_as_long_as_the_day_has_not_begun() {
    // Saturday, 9:59 am and 10:00 am.
    let begin = TO_FRIDAY_EVENING + TimeDelta::hours(16);
    for (slept, come) in [(begin - TimeDelta::minutes(1), 1), (begin, 0)] {
        let practice = practice().open().await;
        has_appointments(&practice, &[(&PETER, SATURDAY)]).await;
        practice.reaches(slept).await;
        let emails = emails_to_the_therapist(&practice).await;
        assert_eq!(emails.len(), come, "{emails:#?}");
        for email in emails {
            assert_eq!(email.subject, "Today, Saturday, November 28: Redding, 1 visit");
            email.says("Today, Saturday, November 28: Redding, 1 visit.");
        }
        practice.close().await;
    }
}

#[tokio::test]
async fn a_day_without_visits_has_no_email() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &SATURDAY).await; // Asked for, and never answered.
    practice.passes(TimeDelta::hours(24)).await;
    practice.emails().await;
    practice.passes(TO_FRIDAY_EVENING).await;
    assert!(practice.emails().await.is_empty());
    practice.close().await;
}

#[tokio::test]
async fn what_is_agreed_on_the_day_itself_is_no_news() {
    let practice = practice().with("minimum_notice_hours", "1").open().await;
    let therapist = practice.therapist().await;
    practice.clock.advance(TimeDelta::hours(48)); // Wednesday, 8:00 am.
    confirms(&practice, &therapist, &[(&JUNE, WEDNESDAY.at("2026-11-25T21:00:00Z"))]).await;
    practice.passes(TimeDelta::minutes(1)).await;
    assert!(emails_to_the_therapist(&practice).await.is_empty());
    practice.close().await;
}
