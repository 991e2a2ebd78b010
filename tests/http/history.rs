//! History: who did what, and when, of one appointment and of everything.

use chrono::TimeDelta;

use crate::support::{
    people::{JUNE, PETER, TUESDAY, Therapist, WEDNESDAY},
    practice::practice,
};

impl Therapist {
    /// Everything that happened, in order.
    async fn history(&self) -> Vec<String> {
        let mut lines = self.open("/admin/history").await.texts(".happened li");
        lines.reverse();
        // Without the time of day in front.
        lines
            .iter()
            .map(|line| line.split_once("m ").map_or(line.as_str(), |(_, rest)| rest).to_owned())
            .collect()
    }
}

#[tokio::test]
async fn an_appointments_history_tells_who_did_what_and_what_was_undone() {
    let practice = practice().open().await;
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await.in_a_hurry();
    let declined = therapist.press(&therapist.declining(&JUNE).await).await;
    let declined = therapist.follow(&declined).await;
    therapist.undoes(&declined).await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    practice.asks_to_move(&own, &WEDNESDAY).await;
    practice.emails().await;
    let page = therapist.page_of(&JUNE).await;
    let told = page.texts("details.happened li");
    let at = "Tuesday, November 24, 9:00 am, Redding";
    for (line, words) in told.iter().zip([
        format!("June Okafor requested {at}."),
        format!("You declined June Okafor, {at}."),
        format!("You undid “Declined” for June Okafor, {at}."),
        format!("You confirmed June Okafor, {at}."),
        format!("June Okafor asked for another time than {at}."),
    ]) {
        assert!(line.ends_with(&words), "{line:?} is not {words:?}");
    }
    assert_eq!(told.len(), 5, "{told:?}");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn the_whole_history_tells_of_clients_plans_and_time_passing_in_order() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    therapist.plans("2026-12-09", &[("redding", "09:00-12:00")]).await;
    therapist.closes_requests("Back in May.").await;
    therapist.opens_requests().await;
    therapist.sets_policy(&[("hold_hours", "12")]).await;
    practice.passes(TimeDelta::hours(24)).await;
    let history = therapist.history().await;
    let at = "Tuesday, November 24, 9:00 am, Redding";
    assert_eq!(
        history,
        [
            "You set your password.".to_owned(),
            format!("June Okafor requested {at}."),
            "You planned Wednesday, December 9.".to_owned(),
            "You paused online booking.".to_owned(),
            "You resumed online booking.".to_owned(),
            "You changed your policy.".to_owned(),
            format!("June Okafor got no answer in time, so the request for {at} expired."),
        ]
    );
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn whoever_is_erased_is_nobody_in_the_history_too() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for (person, opening) in [(&JUNE, TUESDAY), (&PETER, WEDNESDAY)] {
        practice.has_asked(person, &opening).await;
        therapist.confirms(person).await;
        practice.emails().await;
    }
    practice.passes(TimeDelta::days(3)).await;
    practice.emails().await;
    therapist.erases(&JUNE).await;
    let page = therapist.open("/admin/history").await.never_says(JUNE.name).says("You erased a client.");
    assert_eq!(page.texts(".happened li").iter().filter(|line| line.contains("Peter Lindqvist")).count(), 2);
    practice.close().await;
}

#[tokio::test]
async fn a_long_history_comes_a_page_at_a_time_and_a_page_that_is_not_there_is_not_found() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    for _ in 0..21 {
        therapist.closes_requests("Back soon.").await;
        therapist.opens_requests().await;
    }
    let first = therapist.open("/admin/history").await;
    assert_eq!(first.texts(".happened li").len(), 40);
    let older = therapist.open(&first.link("Older entries")).await.says("You set your password.");
    assert_eq!(older.texts(".happened li").len(), 3);
    for page in ["0", "3", "x", "-1"] {
        therapist.get(&format!("/admin/history?page={page}")).await.expect(404);
    }
    practice.close().await;
}
