//! One row that cannot go on stops nothing else.

use chrono::TimeDelta;
use stillpoint::domain::time::Interval;

use super::{
    failing_writes::{run, writes_fail, writes_succeed},
    file::File,
};
use crate::support::{
    people::{JUNE, Opening, PETER, Person, TUESDAY, WEDNESDAY},
    practice::{TestPractice, practice},
};

/// Wednesday at one.
const AT_ONE: Opening = Opening { start: "2026-11-25T21:00:00Z", ..WEDNESDAY };
/// Thursday at nine.
const THURSDAY: Opening = Opening { start: "2026-11-26T17:00:00Z", ..TUESDAY };
const RUTH: Person = Person { name: "Ruth Adler", email: "ruth@example.com", phone: "", note: "" };
/// About June alone.
const JUNES_ROW: &str = "NEW.id = 1";
const JUNES_LETTER: &str = "NEW.appointment = 1";

/// The kinds of the emails that have come to somebody.
async fn told(practice: &TestPractice, person: &Person) -> Vec<&'static str> {
    let to = practice.emails().await;
    to.iter().filter(|email| email.to == person.email).map(|email| email.kind()).collect()
}

#[tokio::test]
async fn a_hold_that_cannot_end_stops_no_other_hold_and_nobody_who_asks() {
    for (event, when) in [("UPDATE ON appointments", JUNES_ROW), ("INSERT ON emails", JUNES_LETTER)] {
        let practice = practice().open().await;
        practice.has_asked(&JUNE, &WEDNESDAY).await;
        practice.has_asked(&PETER, &AT_ONE).await;
        let therapist = practice.therapist().await;
        writes_fail(&practice, event, when).await;
        practice.passes(TimeDelta::hours(25)).await;
        assert_eq!(told(&practice, &PETER).await, ["expired"], "{event}");
        practice.has_asked(&RUTH, &AT_ONE).await;
        // It is too late for an answer, so none is asked for.
        let written = File::read(&practice.data_dir()).await.emails;
        assert!(written.values().all(|email| email.kind() != "waiting"), "{event}: {written:?}");
        // What could not be told has not happened.
        therapist.open("/admin/appointments/1").await.says("Requested: June Okafor");
        writes_succeed(&practice).await;
        practice.passes(TimeDelta::minutes(1)).await;
        assert_eq!(told(&practice, &JUNE).await, ["expired"], "{event}");
        practice.close().await;
    }
}

#[tokio::test]
async fn a_row_that_cannot_be_read_stops_no_hold_of_another() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.has_asked(&PETER, &AT_ONE).await;
    // A number that no program of ours writes.
    run(&practice, "UPDATE appointments SET revision = -1 WHERE id = 1").await;
    practice.passes(TimeDelta::hours(25)).await;
    assert_eq!(told(&practice, &PETER).await, ["expired"]);
    practice.has_asked(&RUTH, &AT_ONE).await;
    practice.close().await;
}

#[tokio::test]
async fn a_reminder_that_cannot_be_written_stops_no_other() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &THURSDAY).await;
    practice.has_asked(&PETER, &THURSDAY.at("2026-11-26T21:00:00Z")).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    therapist.confirms(&PETER).await;
    practice.emails().await;
    writes_fail(&practice, "INSERT ON emails", JUNES_LETTER).await;
    practice.passes(TimeDelta::hours(30)).await;
    assert_eq!(told(&practice, &PETER).await, ["reminder: before"]);
    practice.passes(TimeDelta::hours(29)).await; // Wednesday evening: the day ahead is told too.
    assert_eq!(practice.emails().await.len(), 1);
    writes_succeed(&practice).await;
    practice.passes(TimeDelta::minutes(1)).await;
    assert_eq!(told(&practice, &JUNE).await, ["reminder: before"]);
    practice.close().await;
}

#[tokio::test]
async fn a_nudge_that_cannot_be_written_stops_no_other() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.has_asked(&PETER, &AT_ONE).await;
    writes_fail(&practice, "INSERT ON emails", JUNES_LETTER).await;
    practice.passes(TimeDelta::hours(12)).await;
    let nudges: Vec<_> = practice.emails().await.iter().map(|email| email.kind()).collect();
    assert_eq!(nudges, ["waiting: a request"], "about Peter");
    writes_succeed(&practice).await;
    practice.passes(TimeDelta::minutes(1)).await;
    assert_eq!(practice.emails().await.len(), 1, "about June");
    practice.close().await;
}

#[tokio::test]
async fn time_off_is_taken_although_one_hold_cannot_be_made_longer() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &THURSDAY).await;
    practice.has_asked(&PETER, &THURSDAY.at("2026-11-26T21:00:00Z")).await;
    let therapist = practice.therapist().await;
    writes_fail(&practice, "UPDATE ON appointments", JUNES_ROW).await;
    therapist.takes_off(&[("from", "2026-11-24"), ("to", "2026-11-24")]).await.expect(303);
    let app = practice.running.app();
    let mut tx = app.store.read().await.expect("a store");
    let held: Vec<_> =
        tx.requests().await.expect("requests").iter().filter_map(|a| a.state.held_until()).collect();
    assert_eq!(
        Interval::new(held[0], held[1]).length(),
        TimeDelta::hours(24),
        "Peter's is longer by the day"
    );
    drop(tx);
    writes_succeed(&practice).await;
    practice.close().await;
}
