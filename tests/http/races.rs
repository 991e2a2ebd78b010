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

/// A series whose visits are Tuesdays, December 8 and 22, January 5 and 19, 9:00 am: all of it is
/// where it was, or all of it where it was to go, and whatever else happened at that moment has
/// none of its times.
mod of_series {
    use super::*;
    use crate::{series_later::booked, support::people::SESSION};

    /// Two days and an hour and a half after the second visit.
    const THURSDAY: Opening = Opening { start: "2026-12-24T18:30:00Z", ..TUESDAY };
    const STARTS: [&str; 3] = ["2026-12-22T17:00:00Z", "2027-01-05T17:00:00Z", "2027-01-19T17:00:00Z"];
    const NEW_STARTS: [&str; 3] = ["2026-12-24T18:30:00Z", "2027-01-07T18:30:00Z", "2027-01-21T18:30:00Z"];

    /// Where the three visits that are to be moved are, or are asked to be.
    async fn places(practice: &TestPractice) -> Vec<String> {
        let mut places = Vec::new();
        // The first appointment is the one that the series follows, the second the first of it.
        for id in 3..6 {
            let (a, asked) = stands(practice, id).await;
            assert!(a.status() == Status::Confirmed || a.status() == Status::Canceled);
            places.push(write_instant(asked.map_or(a.span, |asked| asked.span).start));
        }
        places
    }

    /// Whether all of it has gone; half of it is never.
    async fn has_gone(practice: &TestPractice) -> bool {
        let places = places(practice).await;
        assert!(places == STARTS || places == NEW_STARTS, "{places:?}");
        places == NEW_STARTS
    }

    /// In a practice that asks the therapist, or in one that confirms at once.
    fn opened(nth: usize) -> crate::support::practice::Opening {
        if nth.is_multiple_of(2) { practice() } else { practice().with("confirmation", r#""at_once""#) }
    }

    /// The form with which the client moves the second visit and the two after it, or the therapist.
    async fn all(series: &crate::series_later::Series, by_client: bool) -> Form {
        let (office, start) = (THURSDAY.office, THURSDAY.start);
        let page = match by_client {
            true => {
                let own = series.own(1);
                let client = series.practice.visitor();
                client.open(&format!("{own}/reschedule?office={office}&start={start}")).await
            }
            false => {
                let visit = &series.visits[1];
                series.therapist.open(&format!("{visit}/reschedule?office={office}&start={start}")).await
            }
        };
        page.form("/reschedule").choosing("which", "later")
    }

    /// Both at once, in either order.
    async fn at_once(
        dice: &mut Dice,
        one: impl Future<Output = Page>,
        other: impl Future<Output = Page>,
    ) -> [Page; 2] {
        let is_first = dice.up_to(2) == 0;
        let one = async {
            if !is_first {
                tokio::task::yield_now().await;
            }
            one.await
        };
        let other = async {
            if is_first {
                tokio::task::yield_now().await;
            }
            other.await
        };
        let (one, other) = tokio::join!(one, other);
        [one, other]
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn of_a_series_and_a_request_for_one_of_its_times_one_has_it() {
        let mut dice = Dice(14);
        for nth in 0..6 {
            let by_client = nth < 4;
            let series = booked(opened(nth), &TUESDAY).await;
            let practice = &series.practice;
            let form = all(&series, by_client).await;
            let wanted = THURSDAY.at(NEW_STARTS[dice.up_to(3)]);
            let request = practice.filled(&PETER, &wanted).await;
            let (client, peter) = (practice.visitor(), practice.visitor());
            let moves = async {
                if by_client { client.press(&form).await } else { series.therapist.press(&form).await }
            };
            let [moved, asked] = at_once(&mut dice, moves, peter.press(&request)).await;
            assert_eq!(has_gone(practice).await, moved.status == 303, "{}", moved.text());
            assert!((moved.status == 303) != (asked.status == 303), "{} {}", moved.status, asked.status);
            practice.deliver().await;
            nobody_is_in_anybodys_way(practice).await;
            series.practice.close().await;
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn of_a_series_and_a_day_that_is_closed_or_taken_off_no_half_is_left() {
        let mut dice = Dice(21);
        for nth in 0..8 {
            let series = booked(opened(nth), &TUESDAY).await;
            let practice = &series.practice;
            let form = all(&series, nth < 5).await;
            let date = NEW_STARTS[dice.up_to(3)].split_once('T').expect("a date").0;
            let ends = match dice.up_to(2) {
                0 => series.therapist.open(&format!("/admin/days/{date}/closing")).await.form("/closing"),
                _ => {
                    let off = series.therapist.open("/admin/time-off").await.form("/admin/time-off");
                    off.with("from", date).with("to", date)
                }
            };
            let (client, desk) = (practice.visitor(), &series.therapist);
            let moves = async { if nth < 5 { client.press(&form).await } else { desk.press(&form).await } };
            let [moved, closed] = at_once(&mut dice, moves, desk.press(&ends)).await;
            // Whoever has closed it first leaves nothing of the series there; whoever moves first is
            // seen by it before anything is closed.
            assert!([303, 409, 422].contains(&moved.status), "{}", moved.text());
            assert!([303, 409].contains(&closed.status), "{}", closed.text());
            if closed.status == 409 || moved.status != 303 {
                assert_eq!(has_gone(practice).await, moved.status == 303);
            }
            practice.deliver().await;
            nobody_is_in_anybodys_way(practice).await;
            series.practice.close().await;
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn of_a_series_and_an_offer_that_is_taken_one_has_the_time() {
        let mut dice = Dice(35);
        for nth in 0..4 {
            let series = booked(opened(nth), &TUESDAY).await;
            let practice = &series.practice;
            let form = all(&series, true).await;
            // Everybody is offered what is under half an hour's hold; by hand it is held for one.
            let date = NEW_STARTS[1].split_once('T').expect("a date").0;
            series.therapist.plans(date, &[("redding", "10:30-11:30")]).await;
            let page = practice.visitor().open(&format!("/waitlist?service={SESSION}&office=redding")).await;
            let joins = page.form("/waitlist").with("name", PETER.name).with("email", PETER.email);
            practice.visitor().press(&joins.with("from", date).with("to", date)).await.expect(303);
            let joined = practice.email_to(PETER.email).await;
            let waits = practice.visitor();
            waits.press_on(&waits.open(joined.page()).await.form("/confirmation")).await;
            practice.offers().await;
            let offered = practice.email_to(PETER.email).await;
            let takes = waits.open(offered.page()).await.form("/offer");
            let client = practice.visitor();
            let [moved, taken] = at_once(&mut dice, client.press(&form), waits.press(&takes)).await;
            taken.expect(303);
            // What is held for Peter is nobody else's, before his yes and after it.
            moved.expect(409);
            assert!(!has_gone(practice).await);
            practice.deliver().await;
            nobody_is_in_anybodys_way(practice).await;
            series.practice.close().await;
        }
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn of_the_answer_to_a_series_and_what_ends_it_one_counts_for_all_of_it() {
        let mut dice = Dice(42);
        for nth in 0..6 {
            let series = booked(practice(), &TUESDAY).await;
            let practice = &series.practice;
            practice.visitor().press(&all(&series, true).await).await.expect(303);
            practice.emails().await;
            let yes = series.visit(1 + nth % 3).await.form("/confirmation");
            let client = practice.visitor();
            let own = client.open(series.own(1 + dice.up_to(3))).await.form("/reschedule/end");
            let [yes, ended] = at_once(&mut dice, series.therapist.press(&yes), client.press(&own)).await;
            assert!(yes.status == 303 || ended.status == 303, "{} {}", yes.text(), ended.text());
            let all_of_it = places(practice).await;
            assert!(all_of_it == STARTS || all_of_it == NEW_STARTS, "{all_of_it:?}");
            for id in 3..6 {
                assert_eq!(stands(practice, id).await.1, None, "nothing waits any more");
            }
            nobody_is_in_anybodys_way(practice).await;
            practice.deliver().await;
            series.practice.close().await;
        }
    }

    /// A known client asks for a series while somebody else asks for one of its dates.
    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn of_a_clients_new_series_and_a_request_for_one_of_its_dates_one_has_it() {
        let mut dice = Dice(7);
        let dates = ["2026-12-15T17:00:00Z", "2027-01-05T17:00:00Z", "2027-01-26T17:00:00Z"];
        for _ in 0..4 {
            let practice = practice().open().await;
            let page = crate::client_series::after_a_visit(&practice).await;
            let client = practice.visitor();
            let shown = client.open(&format!("{page}/series?weeks=3&times=3")).await;
            let form =
                shown.forms("/series").into_iter().find(|form| form.has("request_key")).expect("dates");
            // January 26 is past everybody else's horizon.
            let request = practice.filled(&PETER, &TUESDAY.at(dates[dice.up_to(2)])).await;
            let peter = practice.visitor();
            let before = practice.busy().await.all().len();
            let [series, asked] = at_once(&mut dice, client.press(&form), peter.press(&request)).await;
            assert!((series.status == 303) != (asked.status == 303), "{} {}", series.status, asked.status);
            let busy = nobody_is_in_anybodys_way(&practice).await;
            let new = busy - before;
            assert_eq!(new, if series.status == 303 { 3 } else { 1 }, "all of it, or nothing");
            practice.deliver().await;
            practice.close().await;
        }
    }
}
