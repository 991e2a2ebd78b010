//! What several write into one transaction: nobody is told that it stands before it does, and
//! nobody's trouble is another's.

use std::{fs, time::Duration};

use futures_util::{
    FutureExt,
    future::{BoxFuture, join_all},
};

use super::*;
use crate::health::WriteTrouble;

/// Opens a file where nobody's patience ends, however busy the machine is.
async fn patient() -> TestStore {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, key) = (folder.path().join("stillpoint.db"), folder.path().join("key"));
    let store = Store::open_with(&file, &key, Duration::from_secs(600)).await.expect("a new file");
    TestStore { store, _folder: folder }
}

/// One who writes their name, and has not committed yet.
async fn writes(store: &Store, name: &str) -> Writing {
    let mut tx = store.write().await.expect("a turn");
    let name = Name::stored(name.to_owned());
    tx.client(&name, &contact("june@example.com"), minute(0)).await.expect("on file");
    tx
}

/// Ann has written and waits to be told, and Bob has the turn in the same transaction.
async fn bob_behind_ann(store: &Store) -> (BoxFuture<'static, Result<(), StoreError>>, Writing) {
    let ann = writes(store, "Ann").await;
    let mut waits = Box::pin(writes(store, "Bob"));
    assert!((&mut waits).now_or_never().is_none(), "Ann has the turn");
    let mut told_ann = ann.commit().boxed();
    assert!((&mut told_ann).now_or_never().is_none(), "Bob has not written yet");
    (told_ann, waits.await)
}

/// Ann has the turn, and Bob and Cleo wait in the line.
async fn bob_and_cleo_behind_ann(store: &Store) -> (Writing, BoxFuture<'_, Writing>, BoxFuture<'_, Writing>) {
    let ann = writes(store, "Ann").await;
    let (mut bob, mut cleo) = (writes(store, "Bob").boxed(), writes(store, "Cleo").boxed());
    assert!((&mut bob).now_or_never().is_none() && (&mut cleo).now_or_never().is_none(), "Ann has the turn");
    (ann, bob, cleo)
}

/// Who is on file, as whoever reads sees it.
async fn names(store: &Store) -> Vec<String> {
    let people = store.read().await.expect("a reading").people().await.expect("everybody");
    people.iter().map(|person| person.name().as_str().to_owned()).collect()
}

#[tokio::test]
async fn nobody_is_answered_before_the_commit_that_they_share() {
    let store = patient().await;
    let ann = writes(&store, "Ann").await;
    let mut waits = Box::pin(writes(&store, "Bob"));
    assert!((&mut waits).now_or_never().is_none(), "Ann has the turn");
    let mut told_ann = Box::pin(ann.commit());
    let bob = tokio::select! {
        biased;
        _ = &mut told_ann => panic!("Bob has not written yet"),
        bob = &mut waits => bob,
    };
    assert!((&mut told_ann).now_or_never().is_none());
    let (ann, bob) = tokio::join!(told_ann, bob.commit());
    ann.and(bob).expect("both stand");
    assert_eq!(names(&store).await, ["Ann", "Bob"]);
}

#[tokio::test]
async fn who_is_refused_because_of_another_reads_what_that_one_has_written() {
    let store = patient().await;
    let (told_ann, mut bob) = bob_behind_ann(&store).await;
    assert!(bob.people().await.expect("everybody").iter().any(|person| person.name().as_str() == "Ann"));
    drop(bob);
    assert_eq!(names(&store).await, ["Ann"]);
    told_ann.await.expect("it stands");
}

#[tokio::test]
async fn that_holds_while_the_commit_is_on_its_way() {
    for moment in 0..60 {
        let store = patient().await;
        let (told_ann, bob) = bob_behind_ann(&store).await;
        drop(bob);
        for _ in 0..moment {
            tokio::task::yield_now().await;
        }
        assert_eq!(names(&store).await, ["Ann"], "{moment} steps on");
        told_ann.await.expect("it stands");
    }
}

#[tokio::test]
async fn one_that_is_dropped_takes_nothing_with_it() {
    let store = patient().await;
    let (ann, waits, also_waits) = bob_and_cleo_behind_ann(&store).await;
    let mut told_ann = Box::pin(ann.commit());
    assert!((&mut told_ann).now_or_never().is_none());
    drop(waits.await);
    let cleo = also_waits.await;
    let (ann, cleo) = tokio::join!(told_ann, cleo.commit());
    ann.and(cleo).expect("both stand");
    assert_eq!(names(&store).await, ["Ann", "Cleo"]);
}

#[tokio::test]
async fn one_who_leaves_the_line_holds_up_nobody() {
    let store = patient().await;
    let (ann, leaves, stays) = bob_and_cleo_behind_ann(&store).await;
    drop(leaves);
    let (ann, cleo) = tokio::join!(ann.commit(), async { stays.await.commit().await });
    ann.and(cleo).expect("both stand");
    assert_eq!(names(&store).await, ["Ann", "Cleo"]);
}

#[tokio::test]
async fn when_the_shared_commit_fails_nobody_is_told_yes_and_nothing_is_written() {
    let store = patient().await;
    let (file, away) = (store._folder.path().join("stillpoint.db"), store._folder.path().join("away"));
    let (told_ann, mut bob) = bob_behind_ann(&store).await;
    bob.begin_pause(&note("Back in June"), minute(0)).await.expect("paused");
    bob.rules(&crate::domain::example::rules(), minute(0)).await.expect("rules");
    fs::rename(&file, &away).expect("the file is taken away");
    let (ann, bob) = tokio::join!(told_ann, bob.commit());
    for told in [ann, bob] {
        assert_eq!(told.expect_err("it isn't there").trouble(), Some(WriteTrouble::Gone));
    }
    fs::rename(&away, &file).expect("the file is back");
    let mut tx = store.write().await.expect("a turn");
    let rules = tx.rules(&crate::domain::example::rules(), minute(0)).await.expect("rules");
    assert!(rules.pause.is_none(), "nobody remembers what was not written");
    drop(tx);
    assert_eq!(names(&store).await, Vec::<String>::new());
    store.close().await;
}

#[tokio::test]
async fn what_sqlite_rolls_back_by_itself_is_promised_to_nobody() {
    let store = patient().await;
    let (told_ann, mut bob) = bob_behind_ann(&store).await;
    sqlx::query("ROLLBACK").execute(&mut *bob.0.0).await.expect("behind the back of sqlx");
    let (ann, bob) = tokio::join!(told_ann, bob.commit());
    assert!(ann.is_err() && bob.is_err());
    writes(&store, "Cleo").await.commit().await.expect("another connection");
    assert_eq!(names(&store).await, ["Cleo"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_very_many_who_write_at_once_and_change_their_minds_each_has_what_they_were_told() {
    let store = patient().await;
    let everybody = (0..200).map(|nth| {
        let store = store.store.clone();
        tokio::spawn(async move {
            let tx = writes(&store, &format!("Person {nth}")).await;
            match nth % 3 {
                0 => drop(tx),
                // In a task, as operations do it.
                _ => tokio::spawn(tx.commit()).await.expect("it ends").expect("it stands"),
            }
        })
    });
    let everybody: Vec<_> = everybody.collect();
    everybody.iter().step_by(7).for_each(|one| one.abort());
    let told: Vec<_> = join_all(everybody).await;
    let names = names(&store).await;
    assert!(told.iter().flat_map(|told| told.as_ref().err()).all(|error| error.is_cancelled()), "{told:?}");
    for (nth, told) in told.iter().enumerate().filter(|(_, told)| told.is_ok()) {
        assert_eq!(names.contains(&format!("Person {nth}")), nth % 3 != 0, "{nth}: {told:?}");
    }
}

#[tokio::test]
async fn who_goes_first_waits_for_nobody_in_the_line() {
    let store = patient().await;
    let (ann, waits, also_waits) = bob_and_cleo_behind_ann(&store).await;
    let mut first = Box::pin(store.write_first());
    assert!((&mut first).now_or_never().is_none());
    drop(ann);
    drop(waits.await);
    drop(first.await.expect("a turn"));
    drop(also_waits.await);
}
