//! The rules as they are remembered: never other than they are in the file.

use chrono::{NaiveDate, Weekday};

use super::*;
use crate::domain::{
    availability::rules::Rules,
    example::{self, date, office_slug},
    practice::{opening_hours::OpeningHours, policy::Policy},
};

/// As an operation asks for them.
async fn rules(store: &Store) -> Rules {
    let mut tx = store.write().await.expect("the write lock");
    tx.rules(&example::rules(), minute(0)).await.expect("rules")
}

async fn pauses(store: &Store, text: &str) {
    let mut tx = store.write().await.expect("the write lock");
    tx.begin_pause(&note(text), minute(0)).await.expect("paused");
    tx.commit().await.expect("written");
}

#[tokio::test]
async fn what_another_connection_has_changed_is_seen_by_the_next_operation() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("stillpoint.db");
    let (store, beside) = (open_at(&file).await.expect("a file"), open_at(&file).await.expect("the same"));
    assert_eq!(rules(&store).await, example::rules());
    assert_eq!(rules(&store).await, example::rules());
    for text in ["Back in June", "Back in July"] {
        pauses(&beside, text).await;
        assert_eq!(rules(&store).await.pause, Some(note(text)));
        assert_eq!(rules(&store).await.pause, Some(note(text)));
    }
    store.close().await;
    beside.close().await;
}

#[tokio::test]
async fn whatever_an_operation_changes_of_the_rules_the_next_one_decides_by() {
    let store = open().await;
    let before = rules(&store).await;
    pauses(&store, "Back in June").await;
    let paused = rules(&store).await;
    assert_eq!(paused, Rules { pause: Some(note("Back in June")), ..before.clone() });

    let mut tx = store.write().await.expect("the write lock");
    assert!(tx.end_pause().await.expect("it was paused"));
    tx.set_plan(date("2026-11-24"), Some(&Default::default())).await.expect("a plan");
    tx.set_opening_hours(&office_slug("north"), (NaiveDate::MIN, None), &OpeningHours::default())
        .await
        .expect("hours");
    tx.set_policy(&Policy { hold_hours: 7, ..before.policy.clone() }, minute(0)).await.expect("a policy");
    tx.set_first_booking_decides([Weekday::Sat].into_iter().collect()).await.expect("set");
    let changed = tx.rules(&example::rules(), minute(0)).await.expect("rules");
    tx.commit().await.expect("written");
    assert_eq!(rules(&store).await, changed);
    assert_eq!(changed.policy.hold_hours, 7);
    assert!(changed.pause.is_none() && changed.timetable != before.timetable);
}

#[tokio::test]
async fn what_an_operation_has_changed_and_not_committed_counts_for_no_other() {
    let store = open().await;
    let before = rules(&store).await;
    let mut tx = store.write().await.expect("the write lock");
    tx.begin_pause(&note("Back in June"), minute(0)).await.expect("paused");
    assert!(tx.rules(&example::rules(), minute(0)).await.expect("rules").pause.is_some());
    drop(tx);
    assert_eq!(rules(&store).await, before);
}

#[tokio::test]
async fn time_off_is_as_it_is_in_the_file_whoever_has_entered_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("stillpoint.db");
    let (store, beside) = (open_at(&file).await.expect("a file"), open_at(&file).await.expect("the same"));
    let time_off = async || {
        let mut tx = store.write().await.expect("the write lock");
        tx.rules(&example::rules(), minute(0)).await.expect("rules");
        let at = [minute(-90), minute(0), minute(90)];
        let mut found = Vec::new();
        for from in at {
            found.push(tx.time_off_since(from).await.expect("time off").len());
        }
        found
    };
    assert_eq!(time_off().await, [0, 0, 0]);
    for (by, span) in [
        (&store, Interval::new(minute(-120), minute(-60))),
        (&beside, Interval::new(minute(-60), minute(60))),
        (&store, Interval::new(minute(60), minute(120))),
    ] {
        let mut tx = by.write().await.expect("the write lock");
        tx.insert_time_off(None, span, (None, None)).await.expect("entered");
        tx.commit().await.expect("written");
        time_off().await;
    }
    assert_eq!(time_off().await, [3, 2, 1]);
    store.close().await;
    beside.close().await;
}

#[tokio::test]
async fn a_connection_that_takes_anothers_place_remembers_nothing() {
    let store = open().await;
    let before = rules(&store).await;
    store.writer.acquire().await.expect("the writer").close().await.expect("closed");
    let file: (String,) = sqlx::query_as("SELECT file FROM pragma_database_list")
        .fetch_one(&store.writer)
        .await
        .expect("a path");
    // The first change that another connection sees may be counted as the first that the old one saw.
    let beside = open_at(Path::new(&file.0)).await.expect("the same");
    pauses(&beside, "Back in June").await;
    store.writer.acquire().await.expect("the writer").close().await.expect("closed");
    assert_ne!(rules(&store).await, before);
    beside.close().await;
}
