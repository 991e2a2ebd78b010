//! Rows that are written behind the program's back: the file itself refuses
//! two people at one time, and a reschedule request of what does not stand.

use super::*;

/// What stands in the file of these tests, in minutes:
/// 1 · confirmed, from 0 to 60
/// 2 · confirmed, from 300 to 360, with a reschedule request to 600 to 660
/// 3 · requested, from 900 to 960
/// 4 · canceled, from 30 to 90, with a reschedule request to 900 that was declined
/// 5 · arrived, from 1200 to 1260
async fn some_rows() -> TestStore {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    tx.client(&request(0).name, &request(0).contact, minute(0)).await.expect("a client");
    for (id, start, status) in [
        (1, 0, "confirmed"),
        (2, 300, "confirmed"),
        (3, 900, "requested"),
        (4, 30, "cancelled"),
        (5, 1200, "arrived"),
    ] {
        row(&mut tx, id, start, status).await.expect("a free time");
    }
    reschedule_request(&mut tx, 2, 600, "requested").await.expect("a free time");
    reschedule_request(&mut tx, 4, 900, "declined").await.expect("no matter");
    tx.commit().await.expect("written");
    store
}

/// Writes an appointment of an hour as SQL would.
async fn row(tx: &mut Writing, id: i64, start: i64, status: &str) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO appointments (id, client, office, service, service_name, starts_at, ends_at,
             buffer_minutes, price, status, name, email, requested_at, held_until, uid)
         VALUES (?1, 1, 'north', 'hour', 'An hour', ?2, ?2 + 3600, 15, 9500, ?3, 'June', 'june@example.com', 0, 0,
             'uid-' || ?1)",
    )
    .bind(id)
    .bind(seconds(minute(start)))
    .bind(status)
    .execute(&mut *tx.0.0)
    .await?;
    Ok(())
}

/// Writes a reschedule request to an hour from a minute on.
async fn reschedule_request(
    tx: &mut Writing,
    appointment: i64,
    start: i64,
    status: &str,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO reschedule_requests (appointment, office, starts_at, ends_at, requested_at, held_until, status, ended_at)
         VALUES (?1, 'north', ?2, ?2 + 3600, 0, 0, ?3, iif(?3 = 'requested', NULL, 0))",
    )
    .bind(appointment)
    .bind(seconds(minute(start)))
    .bind(status)
    .execute(&mut *tx.0.0)
    .await?;
    Ok(())
}

/// A statement with one id and one instant in it.
async fn run(tx: &mut Writing, sql: &'static str, id: i64, start: i64) -> Result<(), StoreError> {
    sqlx::query(sql).bind(id).bind(seconds(minute(start))).execute(&mut *tx.0.0).await?;
    Ok(())
}

const MOVE: &str = "UPDATE appointments SET starts_at = ?2, ends_at = ?2 + 3600 WHERE id = ?1";
const REVIVE: &str =
    "UPDATE appointments SET status = 'confirmed', starts_at = ?2, ends_at = ?2 + 3600 WHERE id = ?1";
const CANCEL: &str = "UPDATE appointments SET status = 'cancelled', ended_at = ?2 WHERE id = ?1";
const TOUCH: &str =
    "UPDATE appointments SET starts_at = starts_at, ends_at = ends_at, status = status, office = office,
     revision = revision + 1, held_until = ?2 WHERE id = ?1";
const TOUCH_CHANGE: &str = "UPDATE reschedule_requests SET appointment = appointment, starts_at = starts_at,
     ends_at = ends_at, status = status, held_until = ?2 WHERE appointment = ?1";
const ARRIVE: &str = "UPDATE appointments SET status = 'arrived', ended_at = NULL AND ?2 WHERE id = ?1";
const MOVE_CHANGE: &str =
    "UPDATE reschedule_requests SET starts_at = ?2, ends_at = ?2 + 3600 WHERE appointment = ?1";
const REOPEN_CHANGE: &str =
    "UPDATE reschedule_requests SET status = 'requested', ended_at = NULL, starts_at = ?2, ends_at = ?2 + 3600
     WHERE appointment = ?1";
const END_CHANGE: &str =
    "UPDATE reschedule_requests SET status = 'declined', ended_at = ?2 WHERE appointment = ?1";
const GIVE_CHANGE_TO_ANOTHER: &str =
    "UPDATE reschedule_requests SET appointment = 1, starts_at = ?2, ends_at = ?2 + 3600
     WHERE appointment = ?1";

/// What the file says to a statement.
#[derive(Debug, PartialEq)]
enum Said {
    Yes,
    Taken,
    /// In these words.
    No(String),
}
use Said::{Taken, Yes};

fn said(outcome: Result<(), StoreError>) -> Said {
    match outcome {
        Ok(()) => Yes,
        Err(StoreError::Sqlite(error)) => match sentence(&error).as_str() {
            "slot_taken" => Taken,
            words => no(words),
        },
        Err(error) => panic!("{error}"),
    }
}

fn no(words: &str) -> Said {
    Said::No(words.to_owned())
}

#[tokio::test]
async fn an_appointment_is_written_only_where_nobody_has_the_time() {
    let store = some_rows().await;
    for (start, status, expected) in [
        (-60, "requested", Yes),
        (-59, "requested", Taken),
        (59, "confirmed", Taken),
        (60, "confirmed", Yes),
        // Over the time that a reschedule request holds.
        (541, "requested", Taken),
        (600, "confirmed", Taken),
        (659, "confirmed", Taken),
        (660, "confirmed", Yes),
        (930, "requested", Taken),
        // Over somebody who is there.
        (1230, "confirmed", Taken),
        (1260, "confirmed", Yes),
        // What is over is in nobody's way and has nobody in its own.
        (30, "cancelled", Yes),
        (600, "no_show", Yes),
    ] {
        let mut tx = store.write().await.expect("the write lock");
        assert_eq!(said(row(&mut tx, 9, start, status).await), expected, "{status} at {start}");
    }
}

#[tokio::test]
async fn a_change_is_written_only_where_nobody_else_has_the_time_and_for_what_stands() {
    let store = some_rows().await;
    for (appointment, start, expected) in [
        (1, 240, Yes),
        (1, 241, Taken),
        (1, 300, Taken),
        // Over another's reschedule request.
        (1, 541, Taken),
        (1, 630, Taken),
        (1, 960, Yes),
        (1, 930, Taken),
        (1, 1200, Taken),
        // It may overlap the time of its own appointment.
        (1, 30, Yes),
        (1, 0, Yes),
        (2, 1500, no("UNIQUE constraint failed: reschedule_requests.appointment")),
        (3, 1500, no("change_without_appointment")),
        (4, 1500, no("change_without_appointment")),
        (5, 1500, no("change_without_appointment")),
    ] {
        let mut tx = store.write().await.expect("the write lock");
        let outcome = said(reschedule_request(&mut tx, appointment, start, "requested").await);
        assert_eq!(outcome, expected, "of {appointment} to {start}");
    }
}

#[tokio::test]
async fn what_is_moved_or_comes_back_to_life_meets_the_same_guards() {
    let store = some_rows().await;
    for (what, sql, id, start, expected) in [
        ("moved to a free time", MOVE, 1, 120, Yes),
        ("moved by half an hour", MOVE, 1, 30, Yes),
        ("moved onto another", MOVE, 1, 330, Taken),
        ("moved onto another's change", MOVE, 1, 630, Taken),
        ("moved onto a request", MOVE, 1, 930, Taken),
        ("moved onto its own change", MOVE, 2, 630, Yes),
        ("what is over is moved anywhere", MOVE, 4, 330, Yes),
        ("un-cancelled over another", REVIVE, 4, 30, Taken),
        ("un-cancelled over a change", REVIVE, 4, 630, Taken),
        ("un-cancelled at a free time", REVIVE, 4, 120, Yes),
        ("a change moved to a free time", MOVE_CHANGE, 2, 120, Yes),
        ("a change moved onto its own appointment", MOVE_CHANGE, 2, 330, Yes),
        ("a change moved onto another", MOVE_CHANGE, 2, 30, Taken),
        ("a change moved onto a request", MOVE_CHANGE, 2, 930, Taken),
        ("an answered change is moved anywhere", MOVE_CHANGE, 4, 30, Yes),
        (
            "an answered change waits again, of what is over",
            REOPEN_CHANGE,
            4,
            1500,
            no("change_without_appointment"),
        ),
        ("a change given to another appointment", GIVE_CHANGE_TO_ANOTHER, 2, 1500, Yes),
        ("the same over the one that it had", GIVE_CHANGE_TO_ANOTHER, 2, 330, Taken),
        ("cancelled", CANCEL, 1, 0, Yes),
        ("cancelled with its change still waiting", CANCEL, 2, 0, no("change_without_appointment")),
    ] {
        let mut tx = store.write().await.expect("the write lock");
        assert_eq!(said(run(&mut tx, sql, id, start).await), expected, "{what}");
    }
}

/// Somebody who was a no-show has come after all, into the session of the next
/// one and into the time that another has asked for: both go on.
#[tokio::test]
async fn what_stands_and_is_not_moved_is_nobodys_to_refuse() {
    let store = some_rows().await;
    let mut tx = store.write().await.expect("the write lock");
    row(&mut tx, 6, 330, "no_show").await.expect("nobody is there");
    row(&mut tx, 7, 630, "no_show").await.expect("nobody is there");
    for id in [6, 7] {
        assert_eq!(said(run(&mut tx, ARRIVE, id, 0).await), Yes, "{id}");
    }
    for (what, sql, start, expected) in [
        ("the appointment is written as it stands", TOUCH, 400, Yes),
        ("and its change", TOUCH_CHANGE, 400, Yes),
        ("moved within what is taken", MOVE, 331, Taken),
        ("a change moved within what is taken", MOVE_CHANGE, 631, Taken),
        ("the change ends", END_CHANGE, 0, Yes),
        ("and waits again", REOPEN_CHANGE, 600, Taken),
        ("cancelled", CANCEL, 0, Yes),
        ("and un-cancelled", REVIVE, 300, Taken),
    ] {
        assert_eq!(said(run(&mut tx, sql, 2, start).await), expected, "{what}");
    }
}

#[tokio::test]
async fn a_change_that_was_answered_holds_nothing_and_may_not_wait_again_over_another() {
    let store = some_rows().await;
    let mut tx = store.write().await.expect("the write lock");
    run(&mut tx, END_CHANGE, 2, 0).await.expect("answered");
    row(&mut tx, 9, 600, "requested").await.expect("the time is free");
    assert_eq!(said(run(&mut tx, REOPEN_CHANGE, 2, 630).await), Taken);
    assert_eq!(said(run(&mut tx, REOPEN_CHANGE, 2, 1500).await), Yes);
}
