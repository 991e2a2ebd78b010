//! Many at once: never two people at one time, never an answer that is none.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use stillpoint::domain::time::{parse_instant, write_instant};

use super::request::at_once;
use crate::support::{
    page::{Form, Page},
    people::{JUNE, Opening, PETER, SATURDAY, TUESDAY, WEDNESDAY},
    practice::{TestPractice, practice},
};

pub fn tally(answers: &[Page]) -> BTreeMap<u16, usize> {
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
    assert_eq!(practice.emails().await.len(), 2, "one to each side");
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_hundred_people_at_overlapping_openings_no_two_are_in_each_others_way() {
    let practice = practice().open().await;
    let services = ["neuromuscular-60", "neuromuscular-90", "craniosacral-60", "first-visit"];
    // Two Saturdays on which both offices are open from ten to two.
    let mornings = ["2026-11-28T18:00:00Z", "2026-12-05T18:00:00Z"];
    let blank = form_of(&practice, &SATURDAY, 0).await;
    let mut dice = Dice(2026);
    let forms = (0..200).map(|nth| {
        let morning = parse_instant(mornings[dice.up_to(2)]).expect("an instant");
        let start = write_instant(morning + TimeDelta::minutes(30 * dice.up_to(7) as i64));
        let office = ["mt-shasta", "redding"][dice.up_to(2)];
        let form = blank.clone().with("start", &start).with("office", office);
        let form = form.with("service", services[dice.up_to(4)]).with("request_key", &format!("{nth:032x}"));
        form.with("email", &format!("person{nth}@example.com"))
    });
    let forms: Vec<Form> = forms.collect();
    let tally = tally(&at_once(&practice, forms.into_iter()).await);
    assert!(tally.keys().all(|status| [303, 409].contains(status)), "{tally:?}");
    assert!(tally[&303] >= 2, "each Saturday has room for somebody: {tally:?}");
    assert_eq!(nobody_is_in_anybodys_way(&practice).await, tally[&303]);
    assert_eq!(practice.emails().await.len(), 2 * tally[&303], "one to each side");
    practice.close().await;
}

/// Numbers that look like chance, the same ones at each run.
pub struct Dice(pub u64);

impl Dice {
    pub fn up_to(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

/// Looks at everybody beside everybody else: buffer and drive lie between any
/// two. Returns how many there are.
pub async fn nobody_is_in_anybodys_way(practice: &TestPractice) -> usize {
    let app = practice.running.app();
    let (busy, travel) = (practice.busy().await, &app.practice().travel);
    for (nth, one) in busy.all().iter().enumerate() {
        for other in busy.all()[nth + 1..].iter().filter(|other| other.holder != one.holder) {
            let drive = travel.between(&one.office, &other.office);
            let free_from = one.span.end + one.buffer + drive;
            assert!(free_from <= other.span.start, "{one:?} and {other:?}");
        }
    }
    busy.all().len()
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
    assert_eq!(practice.emails().await.len(), 2, "one to each side");
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
