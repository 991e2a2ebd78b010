//! How long things stay on file: what the privacy page says is what happens.

use chrono::TimeDelta;
use stillpoint::{clients::outlived, jobs::housekeeping};

use super::check::Content;
use crate::support::{
    people::{JUNE, PETER, TUESDAY, WEDNESDAY, path_of},
    practice::{TestPractice, practice},
};

/// Lets days pass, and what is done in the night be done.
async fn days_pass(practice: &TestPractice, days: i64) {
    practice.passes(TimeDelta::days(days)).await;
    practice.emails().await;
    housekeeping::prune(&practice.running.app()).await.expect("pruned");
    outlived::let_go(&practice.running.current).await.expect("let go");
}

/// June came on Tuesday, Peter on Wednesday; returns June's page.
async fn two_came() -> (TestPractice, String) {
    let practice = practice()
        .with_practice_file(|file| {
            file + "\n[keep]\nvisits_years = 2\nemail_text_days = 100\nlink_days_after_visit = 5\nsign_in_days = 20\n"
        })
        .open()
        .await;
    practice.asks(&JUNE, &TUESDAY).await;
    let june = practice.email_to(JUNE.email).await.page().to_owned();
    practice.asks(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    therapist.confirms(&PETER).await;
    practice.emails().await;
    (practice, path_of(&june).to_owned())
}

#[tokio::test]
async fn links_and_sign_ins_end_after_the_days_of_the_practice_file() {
    let (practice, june) = two_came().await;
    let therapist = practice.therapist().await;
    days_pass(&practice, 5).await;
    practice.visitor().open(&june).await;
    days_pass(&practice, 2).await;
    practice.visitor().get(&june).await.expect(404);
    // In use each day, and over all the same.
    for _ in 0..12 {
        therapist.open("/admin").await;
        days_pass(&practice, 1).await;
    }
    days_pass(&practice, 2).await;
    therapist.get("/admin").await.expect(303);
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn the_text_of_an_email_goes_and_that_it_was_sent_stays() {
    let (practice, _) = two_came().await;
    days_pass(&practice, 101).await;
    let therapist = practice.therapist().await;
    let list = therapist.open("/admin/emails").await;
    let first = therapist.open(&list.link("Requested: Tuesday, November 24, 9:00 am, Redding")).await;
    first.says("Its text is gone.").says("100 days").says("Sent").says(JUNE.email).never_says("Hi June");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn after_the_years_nothing_says_whose_a_visit_was_and_the_numbers_stay() {
    let (practice, _) = two_came().await;
    days_pass(&practice, 700).await;
    // Peter comes again, and stays on file with his later visit alone.
    let therapist = practice.therapist().await;
    assert!(therapist.has_on_file(&JUNE).await && therapist.has_on_file(&PETER).await);
    let openings = practice.visitor().open("/appointments/new?service=neuromuscular-60").await;
    let first = openings.hrefs("main a[href*='start=']").remove(0);
    let form = PETER.fills(practice.visitor().open(&first).await.form("/appointments"));
    practice.visitor().press(&form).await.leads_to();
    days_pass(&practice, 40).await;
    let therapist = practice.therapist().await;
    assert!(!therapist.has_on_file(&JUNE).await);
    assert!(therapist.has_on_file(&PETER).await);
    therapist.open("/admin/appointments/1").await.says("Erased client").never_says(JUNE.name);
    therapist.open("/admin/appointments/2").await.says("Erased client");
    therapist.open("/admin/appointments/3").await.says(PETER.name);
    therapist.open("/admin/numbers?year=2026").await.says("Redding");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn whoever_is_blocked_stays_on_file_with_all_of_their_records() {
    let (practice, _) = two_came().await;
    let therapist = practice.therapist().await;
    let others = therapist.open(&therapist.client_page(&JUNE).await.link("Merge with another client")).await;
    let preview = therapist.open(&others.link(PETER.name)).await;
    therapist.press_on(&preview.form("/merge")).await;
    therapist.blocks(&JUNE).await;
    days_pass(&practice, 740).await;
    let therapist = practice.therapist().await;
    therapist.client_page(&JUNE).await.says("Blocked since").says(PETER.name);
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn what_waits_for_a_proof_outlives_its_clients_old_visits() {
    let practice = practice()
        .with_practice_file(|file| file + "\n[keep]\nvisits_years = 2\n")
        .with("unproven_holds", "1")
        .open()
        .await;
    practice.asks(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    days_pass(&practice, 728).await;
    let openings = practice.visitor().open("/appointments/new?service=neuromuscular-60").await;
    let links = openings.hrefs("main a[href*='start=']");
    for (person, link) in [(&PETER, links.first()), (&JUNE, links.last())] {
        let link = link.expect("an opening");
        let form = person.fills(practice.visitor().open(link).await.form("/appointments"));
        practice.visitor().press(&form).await.leads_to();
    }
    let email = practice.email_to(JUNE.email).await;
    assert_eq!(email.kind(), "unproven");
    days_pass(&practice, 7).await;
    practice.visitor().open(email.page()).await.says("Not requested yet");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn the_privacy_page_says_the_numbers_of_the_practice_file() {
    let (practice, _) = two_came().await;
    let page = practice.visitor().open("/privacy").await;
    for words in [
        "belongs to them: 2 years",
        "The text of emails: 100 days",
        "in emails: 5 days after",
        "nobody confirmed: 30 days",
        "12 months",
    ] {
        assert!(page.text().contains(words), "{words}: {}", page.text());
    }
    practice.close_with_emails_unsent().await;
}

#[test]
fn a_number_that_cannot_be_kept_is_a_problem() {
    for wrong in ["visits_years = 0", "visits_years = \"seven\"", "visit_years = 7"] {
        let content = Content::shipped().changed("practice.toml", "visits_years = 7", wrong);
        let line = content.line("practice.toml", wrong);
        content.has_a_problem("practice.toml", line, wrong.split(' ').next().expect("a key"));
    }
}
