//! A file as an earlier schema left it comes through with everything in it: one
//! fixture per schema, in `schemas/`.

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, sqlite::SqliteConnectOptions};

use super::{migrations::schema, *};

/// A file as a schema left it, see `schemas/`.
async fn left_by(dump: &'static str, file: &Path) {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).foreign_keys(false);
    let mut file = options.connect().await.expect("a new file");
    sqlx::raw_sql(dump).execute(&mut file).await.expect("written");
    file.close().await.expect("closed");
}

/// What a file answers to questions of how many.
async fn counts<const N: usize>(file: &Path, questions: &[String; N]) -> [i64; N] {
    let mut file = SqliteConnectOptions::new().filename(file).connect().await.expect("a file");
    let mut counts = [0; N];
    for (question, count) in questions.iter().zip(&mut counts) {
        *count =
            sqlx::query_scalar(AssertSqlSafe(question.as_str())).fetch_one(&mut file).await.expect("a count");
    }
    file.close().await.expect("closed");
    counts
}

#[tokio::test]
async fn a_file_of_schema_15_calls_its_emails_emails_and_keeps_them_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    left_by(include_str!("schemas/0015.sql"), &path).await;
    let before = [
        "SELECT count(*) FROM letters WHERE outcome = 'waiting'",
        "SELECT count(*) FROM links WHERE given_in = 'letter'",
        "SELECT count(*) FROM links",
        "SELECT count(*) FROM calls WHERE about = 'letter_failed' AND done_at IS NULL",
        "SELECT count(*) FROM calls",
        "SELECT seq FROM sqlite_sequence WHERE name = 'calls'",
        "SELECT count(*) FROM appointments",
    ];
    let before = before.map(str::to_owned);
    let after = before.each_ref().map(|question| question.replace("letter", "email"));
    let written = counts(&path, &before).await;
    assert_eq!(written, [5, 3, 5, 1, 2, 8, 40]);

    open_at(&path).await.expect("brought up to date").close().await;
    assert_eq!(counts(&path, &after).await, written);
    let fresh = folder.path().join("fresh.db");
    open_at(&fresh).await.expect("a new file").close().await;
    assert_eq!(schema(&path).await, schema(&fresh).await);

    let store = open_at(&path).await.expect("opened once more");
    let mut tx = store.write().await.expect("the write lock");
    let due = due_email(&mut tx, &[], minute(99_999)).await.expect("an email");
    tx.email_was_sent(&due, Some("250 Ok"), minute(99_999)).await.expect("sent");
    tx.commit().await.expect("committed");
    store.close().await;
}

#[tokio::test]
async fn a_file_of_schema_18_calls_reschedule_requests_so_everywhere_and_keeps_them_all() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    left_by(include_str!("schemas/0018.sql"), &path).await;
    let words = [
        ("change_received", "reschedule_request_received"),
        ("change_arrived", "reschedule_request_arrived"),
        ("change_taken_back", "reschedule_request_withdrawn"),
        ("change_declined", "reschedule_request_declined"),
        ("change_expired", "reschedule_request_expired"),
    ];
    let before = [
        "SELECT count(*) FROM emails WHERE key GLOB 'change_received/*/client'",
        "SELECT count(*) FROM emails WHERE key GLOB 'change_arrived/*/therapist'",
        "SELECT count(*) FROM emails WHERE key GLOB 'change_taken_back/*/therapist'",
        "SELECT count(*) FROM emails",
        "SELECT count(*) FROM calls WHERE about = 'change_declined'",
        "SELECT count(*) FROM calls WHERE about = 'change_expired' AND done_at IS NULL",
        "SELECT count(*) FROM calls",
        "SELECT seq FROM sqlite_sequence WHERE name = 'calls'",
    ];
    let before = before.map(str::to_owned);
    let renamed = |question: &String| {
        words.iter().fold(question.clone(), |question, (old, new)| question.replace(old, new))
    };
    let written = counts(&path, &before).await;
    assert_eq!(written, [2, 1, 1, 5, 2, 1, 4, 4]);

    open_at(&path).await.expect("brought up to date").close().await;
    assert_eq!(counts(&path, &before.each_ref().map(renamed)).await, written);
    let fresh = folder.path().join("fresh.db");
    open_at(&fresh).await.expect("a new file").close().await;
    assert_eq!(schema(&path).await, schema(&fresh).await);

    let store = open_at(&path).await.expect("opened once more");
    let mut tx = store.read().await.expect("a reading");
    let calls = tx.calls(Instant::MIN_UTC).await.expect("calls");
    assert_eq!(calls.len(), 2, "each is read");
    drop(tx);
    store.close().await;
}

#[tokio::test]
async fn a_file_of_schema_19_sends_its_emails_and_makes_its_calls_as_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    left_by(include_str!("schemas/0019.sql"), &path).await;
    let asked = [
        "SELECT count(*) FROM emails WHERE outcome = 'waiting'",
        "SELECT count(*) FROM emails",
        "SELECT count(*) FROM calls WHERE done_at IS NULL",
        "SELECT count(*) FROM calls",
        "SELECT count(*) FROM appointments",
    ];
    let asked = asked.map(str::to_owned);
    let written = counts(&path, &asked).await;
    assert_eq!(written, [3, 5, 2, 4, 38]);

    open_at(&path).await.expect("brought up to date").close().await;
    assert_eq!(counts(&path, &asked).await, written);
    let fresh = folder.path().join("fresh.db");
    open_at(&fresh).await.expect("a new file").close().await;
    assert_eq!(schema(&path).await, schema(&fresh).await);

    let store = open_at(&path).await.expect("opened once more");
    let mut tx = store.read().await.expect("a reading");
    assert_eq!(tx.calls(Instant::MIN_UTC).await.expect("calls").len(), 2, "none is held");
    assert!(due_email(&mut tx, &[], minute(99_999)).await.is_some(), "nor an email");
    drop(tx);
    store.close().await;
}

#[tokio::test]
async fn a_file_of_schema_21_lets_a_client_be_without_an_address_and_keeps_everybody() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    left_by(include_str!("schemas/0021.sql"), &path).await;
    let kept = [
        "SELECT count(*) FROM clients WHERE email IS NOT NULL",
        "SELECT count(*) FROM clients",
        "SELECT count(*) FROM appointments",
        "SELECT count(*) FROM links",
        "SELECT count(*) FROM emails",
    ];
    let kept = kept.map(str::to_owned);
    let written = counts(&path, &kept).await;
    assert_eq!(written, [11, 14, 38, 3, 3]);

    open_at(&path).await.expect("brought up to date").close().await;
    assert_eq!(counts(&path, &kept).await, written);
    let fresh = folder.path().join("fresh.db");
    open_at(&fresh).await.expect("a new file").close().await;
    assert_eq!(schema(&path).await, schema(&fresh).await);

    // With the very connection that has migrated, and with one that came later.
    for file in [&path, &fresh] {
        let store = open_at(file).await.expect("opened once more");
        let mut tx = store.write().await.expect("the write lock");
        let nobody = sqlx::query("INSERT INTO clients (name, name_key, created_at) VALUES ('', '', 0)");
        nobody.execute(&mut *tx.0.0).await.expect("nobody needs an address");
        let unnamed = sqlx::query("UPDATE appointments SET email = NULL, email_key = NULL, phone = NULL");
        unnamed.execute(&mut *tx.0.0).await.expect("nor does a visit");
        drop(tx);
        store.close().await;
    }
}

#[tokio::test]
async fn a_file_of_schema_24_comes_through_with_everything_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    left_by(include_str!("schemas/0024.sql"), &path).await;
    let kept = [
        "SELECT count(*) FROM clients",
        "SELECT count(*) FROM appointments",
        "SELECT count(*) FROM appointments WHERE status = 'arrived'",
        "SELECT sum(starts_at) + sum(ends_at) + sum(price) FROM appointments",
    ];
    let kept = kept.map(str::to_owned);
    let written = counts(&path, &kept).await;
    assert_eq!(written[..2], [14, 38]);

    open_at(&path).await.expect("brought up to date").close().await;
    assert_eq!(counts(&path, &kept).await, written);
    let fresh = folder.path().join("fresh.db");
    open_at(&fresh).await.expect("a new file").close().await;
    assert_eq!(schema(&path).await, schema(&fresh).await);
}

#[tokio::test]
async fn a_file_of_schema_33_comes_through_with_everything_in_it_and_sends_its_email() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    left_by(include_str!("schemas/0033.sql"), &path).await;
    let kept = [
        "SELECT count(*) FROM clients",
        "SELECT count(*) FROM appointments",
        "SELECT count(*) FROM payments",
        "SELECT count(*) FROM history",
        "SELECT count(*) FROM emails WHERE outcome = 'waiting'",
        "SELECT sum(starts_at) + sum(ends_at) + sum(price) FROM appointments",
    ];
    let kept = kept.map(str::to_owned);
    let written = counts(&path, &kept).await;
    assert_eq!(written[..5], [25, 40, 10, 25, 1]);

    open_at(&path).await.expect("brought up to date").close().await;
    assert_eq!(counts(&path, &kept).await, written);
    let fresh = folder.path().join("fresh.db");
    open_at(&fresh).await.expect("a new file").close().await;
    assert_eq!(schema(&path).await, schema(&fresh).await);

    let store = open_at(&path).await.expect("opened once more");
    let mut tx = store.read().await.expect("a reading");
    assert!(due_email(&mut tx, &[], minute(99_999)).await.is_some(), "it is no backup");
    drop(tx);
    store.close().await;
}
