//! Many at once: never two people at one time, never an answer that is none.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use stillpoint::domain::{
    busy::Occupied,
    interval::Interval,
    time::{Instant, parse_instant, write_instant},
};

use super::request::at_once;
use crate::support::{
    page::{Form, Page},
    people::{JUNE, Opening, PETER, TUESDAY, WEDNESDAY},
    practice::{TestPractice, practice},
};

fn tally(answers: &[Page]) -> BTreeMap<u16, usize> {
    let mut tally = BTreeMap::new();
    answers.iter().for_each(|answer| *tally.entry(answer.status).or_default() += 1);
    tally
}

/// The form, as the nth of many people sends it.
async fn form_of(practice: &TestPractice, opening: &Opening, nth: usize) -> Form {
    let form = practice.filled(&JUNE, opening).await.with("phone", "");
    let letter = char::from(b'A' + (nth % 26) as u8);
    form.with("name", &format!("Person {letter}{nth}")).with("email", &format!("person{nth}@example.com"))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_people_at_one_opening_one_is_in() {
    let practice = practice().open().await;
    let mut forms = Vec::new();
    for nth in 0..50 {
        forms.push(form_of(&practice, &TUESDAY, nth).await);
    }
    let answers = at_once(&practice, forms.into_iter()).await;
    assert_eq!(tally(&answers), BTreeMap::from([(303, 1), (409, 49)]));
    for refused in answers.iter().filter(|answer| answer.status == 409) {
        assert!(!refused.forms("/appointments").is_empty(), "a way on");
    }
    assert_eq!(practice.letters().await.len(), 2, "one to each side");
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_fifty_people_at_overlapping_openings_no_two_collide() {
    let practice = practice().open().await;
    let saturday = parse_instant("2026-11-28T18:00:00Z").expect("an instant");
    let services = ["neuromuscular-60", "neuromuscular-90", "craniosacral-60", "first-visit"];
    let mut forms = Vec::new();
    for nth in 0..50 {
        let start = write_instant(saturday + TimeDelta::minutes(30 * (nth * 5 % 7) as i64));
        let form = form_of(&practice, &TUESDAY, nth).await.with("start", &start);
        let office = if nth % 3 == 0 { "mt-shasta" } else { "redding" };
        forms.push(form.with("office", office).with("service", services[nth * 5 % 4]));
    }
    let tally = tally(&at_once(&practice, forms.into_iter()).await);
    assert!(tally.keys().all(|status| [303, 409].contains(status)) && tally[&303] >= 1, "{tally:?}");
    let busy = practice.busy().await;
    let day = busy.beginning_in(Interval::new(saturday, saturday + TimeDelta::hours(4)));
    assert_eq!(day.len(), tally[&303]);
    for pair in day.windows(2) {
        assert!(free_from(&pair[0], &pair[1]) <= pair[1].session.start, "{pair:?}");
    }
    practice.deliver().await;
    practice.close().await;
}

/// When the therapist can begin after an appointment: buffer and drive.
fn free_from(before: &Occupied, after: &Occupied) -> Instant {
    let drive = if before.office == after.office { 0 } else { 75 };
    before.session.end + before.buffer + TimeDelta::minutes(drive)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_late_yes_and_a_new_request_for_its_time_one_wins() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let yes = therapist.page_of(&JUNE).await.form("/confirmation");
    practice.passes(TimeDelta::hours(25)).await;
    let new = practice.filled(&PETER, &WEDNESDAY).await;
    let visitor = practice.visitor();
    let (yes, new) = tokio::join!(therapist.press(&yes), visitor.press(&new));
    assert_eq!(tally(&[yes, new]), BTreeMap::from([(303, 1), (409, 1)]));
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_ten_cancellations_at_once_one_counts() {
    let practice = practice().open().await;
    let page = practice.has_asked(&JUNE, &TUESDAY).await;
    let form = practice.visitor().open(&format!("{page}/cancellation")).await.form("/cancellation");
    let answers = at_once(&practice, (0..10).map(|_| form.clone())).await;
    assert_eq!(tally(&answers), BTreeMap::from([(303, 1), (409, 9)]));
    assert_eq!(practice.letters().await.len(), 2, "one to each side");
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_many_ask_the_pages_are_served() {
    let practice = practice().open().await;
    let mut forms = Vec::new();
    for nth in 0..40 {
        forms.push(form_of(&practice, &TUESDAY, nth).await);
    }
    let visitor = practice.visitor();
    let reading = async {
        for _ in 0..40 {
            visitor.open("/faq").await;
            visitor.open("/appointments/new?service=neuromuscular-60").await;
        }
    };
    let (answers, ()) = tokio::join!(at_once(&practice, forms.into_iter()), reading);
    assert_eq!(tally(&answers), BTreeMap::from([(303, 1), (409, 39)]));
    practice.deliver().await;
    practice.close().await;
}
