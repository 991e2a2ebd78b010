//! Two things at the same moment: one happens before the other, and whichever
//! it is, both are right.

use std::sync::Arc;

use chrono::TimeDelta;
use stillpoint::{
    booking::expire,
    domain::{
        appointment::{Appointment, Status, reschedule_request::RescheduleRequest},
        ids::AppointmentId,
        time::{parse_instant, write_instant},
    },
};

use super::crowds::{Dice, nobody_is_in_anybodys_way, tally};
use crate::support::{
    page::{Form, Page},
    people::{JUNE, Opening, PETER, Person, TUESDAY, Therapist, WEDNESDAY},
    practice::{TestPractice, practice},
    visitor::Visitor,
};

/// Wednesday, December 2, 9:00 am: where June's appointment is.
const HERE: Opening = Opening { start: "2026-12-02T17:00:00Z", ..WEDNESDAY };
/// Saturday, December 5, 10:00 am: what everybody wants.
const THERE: Opening = Opening { start: "2026-12-05T18:00:00Z", ..TUESDAY };
/// Thursday, December 3, 9:00 am.
const ELSEWHERE: Opening = Opening { start: "2026-12-03T17:00:00Z", ..TUESDAY };
/// Monday, November 30, 9:00 am: where Peter's appointment is.
const PETERS: Opening = Opening { start: "2026-11-30T17:00:00Z", ..WEDNESDAY };

/// The client's own page, as the link right after the request shows it.
async fn asked(practice: &TestPractice, person: &Person, opening: &Opening) -> String {
    let page = practice.has_asked(person, opening).await;
    page.split('?').next().expect("a path").to_owned()
}

async fn moves(visitor: &Visitor, address: &str, to: Opening) -> Page {
    visitor.sends(address, &[("office", to.office), ("start", to.start)]).await
}

fn desk(id: i64, what: &str) -> String {
    format!("/admin/appointments/{id}/{what}")
}

/// An appointment as the file has it, and the change that waits.
async fn stands(practice: &TestPractice, id: i64) -> (Appointment, Option<RescheduleRequest>) {
    let mut tx = practice.running.app().store.read().await.expect("a store");
    let appointment = tx.appointment(AppointmentId(id)).await.expect("a row").expect("an appointment");
    (appointment, tx.reschedule_request_of(AppointmentId(id)).await.expect("a change"))
}

/// June's appointment is confirmed: her own page, and the therapist.
async fn confirmed(practice: &TestPractice) -> (String, Therapist) {
    let page = asked(practice, &JUNE, &HERE).await;
    let therapist = practice.therapist().await;
    therapist.sends(&desk(1, "confirmation"), &[]).await.expect(303);
    practice.emails().await;
    (page, therapist)
}

/// Of two at once, exactly one: the other is told why not.
#[track_caller]
fn one_of(answers: [Page; 2]) {
    let mut statuses = answers.each_ref().map(|answer| answer.status);
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "{}\n{}", answers[0].text(), answers[1].text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_answers_at_once_one_counts() {
    for (one, other) in
        [("confirmation", "confirmation"), ("confirmation", "decline"), ("decline", "decline")]
    {
        let practice = practice().open().await;
        asked(&practice, &JUNE, &HERE).await;
        let therapist = practice.therapist().await;
        let (one, other) = (desk(1, one), desk(1, other));
        let answers = tokio::join!(therapist.sends(&one, &[]), therapist.sends(&other, &[]));
        one_of([answers.0, answers.1]);
        assert_eq!(practice.emails().await.len(), 1);
        practice.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_yes_counts_whether_or_not_the_hold_has_just_ended() {
    for _ in 0..4 {
        let practice = practice().open().await;
        asked(&practice, &JUNE, &HERE).await;
        let therapist = practice.therapist().await;
        practice.clock.advance(TimeDelta::hours(25));
        let yes = desk(1, "confirmation");
        let current = practice.running.current.clone();
        let (yes, expired) = tokio::join!(therapist.sends(&yes, &[]), expire::expire(&current));
        yes.expect(303);
        expired.expect("holds can be looked at");
        assert_eq!(stands(&practice, 1).await.0.status(), Status::Confirmed);
        let emails = practice.emails().await;
        let last = emails.last().expect("an email");
        assert!(last.subject.starts_with("Confirmed: "), "{}", last.subject);
        assert!(emails.len() <= 2, "what became of the hold, and the yes");
        practice.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_late_yes_to_a_change_counts_or_finds_none() {
    for _ in 0..4 {
        let practice = practice().open().await;
        let (page, therapist) = confirmed(&practice).await;
        moves(&practice.visitor(), &format!("{page}/reschedule"), THERE).await.expect(303);
        practice.emails().await;
        practice.clock.advance(TimeDelta::hours(25));
        let yes = desk(1, "confirmation");
        let current = practice.running.current.clone();
        let (yes, expired) = tokio::join!(therapist.sends(&yes, &[]), expire::expire(&current));
        expired.expect("holds can be looked at");
        let (appointment, change) = stands(&practice, 1).await;
        assert_eq!((appointment.status(), change), (Status::Confirmed, None));
        let is_there = write_instant(appointment.span.start) == THERE.start;
        assert_eq!((yes.status == 303, yes.status == 409), (is_there, !is_there), "{}", yes.text());
        assert_eq!(practice.emails().await.len(), 1, "the client is told which it is");
        practice.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_request_and_a_change_to_one_time_one_has_it() {
    for _ in 0..4 {
        let practice = practice().open().await;
        let (page, _) = confirmed(&practice).await;
        let form = practice.filled(&PETER, &THERE).await;
        let (client, peter) = (practice.visitor(), practice.visitor());
        let address = format!("{page}/reschedule");
        let answers = tokio::join!(moves(&client, &address, THERE), peter.press(&form));
        one_of([answers.0, answers.1]);
        nobody_is_in_anybodys_way(&practice).await;
        assert_eq!(practice.emails().await.len(), 2, "one to each side");
        practice.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_changes_to_one_time_one_has_it() {
    let practice = practice().open().await;
    let (page, therapist) = confirmed(&practice).await;
    let peters = asked(&practice, &PETER, &PETERS).await;
    therapist.sends(&desk(2, "confirmation"), &[]).await.expect(303);
    practice.emails().await;
    let (client, peter) = (practice.visitor(), practice.visitor());
    let (junes, peters) = (format!("{page}/reschedule"), format!("{peters}/reschedule"));
    let answers = tokio::join!(moves(&client, &junes, THERE), moves(&peter, &peters, THERE));
    one_of([answers.0, answers.1]);
    assert_eq!(nobody_is_in_anybodys_way(&practice).await, 3, "two appointments and one change");
    assert_eq!(practice.emails().await.len(), 2, "one to each side");
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_changes_by_one_client_the_second_takes_the_place_of_the_first() {
    let practice = practice().open().await;
    let (page, _) = confirmed(&practice).await;
    let (one, other) = (practice.visitor(), practice.visitor());
    let address = format!("{page}/reschedule");
    let answers = tokio::join!(moves(&one, &address, THERE), moves(&other, &address, ELSEWHERE));
    assert_eq!((answers.0.status, answers.1.status), (303, 303));
    assert_eq!(nobody_is_in_anybodys_way(&practice).await, 2, "the appointment and one change");
    assert_eq!(practice.emails().await.len(), 2, "each side hears of the one that stands");
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_yes_to_a_change_and_what_ends_it_one_counts() {
    for what in ["reschedule/end", "cancellation"] {
        let practice = practice().open().await;
        let (page, therapist) = confirmed(&practice).await;
        let client = practice.visitor();
        moves(&client, &format!("{page}/reschedule"), THERE).await.expect(303);
        practice.emails().await;
        let (yes, own) = (desk(1, "confirmation"), format!("{page}/{what}"));
        let (yes, own) = tokio::join!(therapist.sends(&yes, &[]), client.sends(&own, &[]));
        let (appointment, change) = stands(&practice, 1).await;
        assert_eq!(change, None, "{what}");
        if what == "cancellation" {
            // A cancellation is possible before the yes and after it.
            own.expect(303);
            assert_eq!(appointment.status(), Status::Canceled);
            assert!([303, 409].contains(&yes.status), "{}", yes.text());
        } else {
            // Of a yes that they have not heard yet, whoever keeps their visit takes it back.
            let is_there = write_instant(appointment.span.start) == THERE.start;
            let statuses = (yes.status, own.status);
            let expected: &[_] = if is_there { &[(303, 409)] } else { &[(409, 303), (303, 303)] };
            assert!(expected.contains(&statuses), "{statuses:?}");
            assert_eq!(appointment.status(), Status::Confirmed);
        }
        nobody_is_in_anybodys_way(&practice).await;
        practice.deliver().await;
        practice.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_the_therapists_move_and_a_request_for_that_time_one_has_it() {
    let practice = practice().open().await;
    let (_, therapist) = confirmed(&practice).await;
    let form = practice.filled(&PETER, &THERE).await;
    let peter = practice.visitor();
    let address = desk(1, "reschedule");
    let answers = tokio::join!(moves(&therapist, &address, THERE), peter.press(&form));
    one_of([answers.0, answers.1]);
    practice.deliver().await;
    assert_eq!(
        nobody_is_in_anybodys_way(&practice).await,
        if stands(&practice, 1).await.0.office.as_str() == THERE.office { 1 } else { 2 }
    );
    practice.close().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_off_is_taken_before_a_request_in_it_or_knows_of_it() {
    for _ in 0..4 {
        let practice = practice().open().await;
        let therapist = practice.therapist().await;
        let off = therapist.open("/admin/time-off").await.form("/admin/time-off").with("from", "2026-12-05");
        let form = practice.filled(&PETER, &THERE).await;
        let peter = practice.visitor();
        let (off, request) = tokio::join!(therapist.press(&off), peter.press(&form));
        one_of([off, request]);
        let busy = practice.busy().await;
        assert_eq!(busy.all().len() + busy.time_off().len(), 1, "one of the two has the day");
        practice.deliver().await;
        practice.close().await;
    }
}

/// People whose appointments are confirmed ask for other times, cancel and take
/// changes back, while the therapist answers and moves, and others ask for what
/// is free: all at once, and again and again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_everybody_does_at_once_nobody_is_in_anybodys_way() {
    let practice = practice().open().await;
    let therapist = Arc::new(practice.therapist().await);
    let mut dice = Dice(7);
    let blank = practice.filled(&JUNE, &THERE).await.with("phone", "");
    let mut pages = Vec::new();
    // Two on each Saturday, at ten and at one.
    for nth in 0..2 * SATURDAYS {
        let form = sent_by(&blank, nth, &saturday(nth / 2, 6 * (nth % 2), 0));
        let page = practice.visitor().press(&form).await.leads_to();
        pages.push(page.split('?').next().expect("a path").to_owned());
        therapist.sends(&desk(pages.len() as i64, "confirmation"), &[]).await.expect(303);
    }
    for round in 1..=4 {
        let mut all = tokio::task::JoinSet::new();
        for nth in 0..40 {
            let (visitor, therapist) = (practice.visitor(), therapist.clone());
            let (who, what) = (dice.up_to(pages.len()), dice.up_to(12));
            let (own, id) = (pages[who].clone(), who as i64 + 1);
            let (office, start) = saturday(dice.up_to(SATURDAYS), dice.up_to(7), dice.up_to(2));
            let form = sent_by(&blank, 100 * round + nth, &(office, start.clone()));
            all.spawn(async move {
                let fields = [("office", office), ("start", start.as_str())];
                match what {
                    0..4 => visitor.sends(&format!("{own}/reschedule"), &fields).await,
                    4 => visitor.sends(&format!("{own}/reschedule/end"), &[]).await,
                    5 => visitor.sends(&format!("{own}/cancellation"), &[]).await,
                    6 => therapist.sends(&desk(id, "confirmation"), &[]).await,
                    7 => therapist.sends(&desk(id, "decline"), &[]).await,
                    8 => therapist.sends(&desk(id, "reschedule"), &fields).await,
                    _ => visitor.press(&form).await,
                }
            });
        }
        let tally = tally(&all.join_all().await);
        assert!(tally.keys().all(|status| [303, 409].contains(status)), "round {round}: {tally:?}");
        assert!(tally[&303] >= 4, "round {round}: {tally:?}");
        nobody_is_in_anybodys_way(&practice).await;
    }
    practice.deliver().await;
    practice.close().await;
}

/// The form as one of many people sends it.
fn sent_by(blank: &Form, nth: usize, (office, start): &(&'static str, String)) -> Form {
    let form = blank.clone().with("office", office).with("start", start);
    form.with("request_key", &format!("{nth:032x}")).with("email", &format!("person{nth}@example.com"))
}

/// How many Saturdays there are from December 5 until the horizon ends.
const SATURDAYS: usize = 7;

/// A half hour of a Saturday morning, at one office or the other.
fn saturday(week: usize, step: usize, office: usize) -> (&'static str, String) {
    let morning = parse_instant(THERE.start).expect("an instant");
    let start = morning + TimeDelta::days(7 * week as i64) + TimeDelta::minutes(30 * step as i64);
    (["redding", "mt-shasta"][office], write_instant(start))
}
