//! A file that an earlier version has made comes through with everything in it.

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use super::*;

/// A file with the migrations up to a version, which is open to be written in.
async fn made_by(version: i64, file: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).foreign_keys(true);
    let mut file = options.connect().await.expect("a new file");
    MIGRATIONS.run_to(version, &mut file).await.expect("migrated");
    file
}

/// What the first version would have written: two clients, three appointments,
/// a link, an email, and two calls, of which one has been made.
const WRITTEN_BY_THE_FIRST: &str = "
    INSERT INTO clients (id, name, email, phone, name_key, email_key, created_at) VALUES
        (1, 'June Okafor', 'june@example.com', NULL, 'june okafor', 'june@example.com', 1794990000),
        (2, 'Walt Brennan', NULL, '+15305550117', 'walt brennan', NULL, 1794990000);
    INSERT INTO appointments
        (id, client, office, service, service_name, starts_at, ends_at, buffer_minutes, price, status, name,
         email, email_key, phone, note, requested_at, held_until, answered_at, ended_at, cancelled_by, is_late,
         sentence, uid, revision, request_digest) VALUES
        (1, 1, 'north', 'hour', 'An hour', 1795000000, 1795003600, 15, 9500, 'requested', 'June Okafor',
         'june@example.com', 'june@example.com', NULL, 'Ground floor', 1794964000, 1794996400, NULL, NULL,
         NULL, 0, NULL, 'one@example.com', 3, x'07'),
        (2, 2, 'south', 'hour', 'An hour', 1795018000, 1795021600, 15, 9500, 'confirmed', 'Walt Brennan', NULL,
         NULL, '+15305550117', NULL, 1794964000, 1794996400, 1794970000, NULL, NULL, 0, 'See you then', 'two@example.com',
         1, NULL),
        (3, 1, 'north', 'hour', 'An hour', 1795000000, 1795003600, 15, 9500, 'cancelled', 'June Okafor',
         'june@example.com', 'june@example.com', NULL, NULL, 1794964000, 1794996400, 1794970000, 1794980000,
         'client', 1, NULL, 'three@example.com', 2, NULL);
    INSERT INTO letters
        (key, appointment, side, recipient, subject, text_body, html_body, message_id, written_at,
         next_attempt_at) VALUES
        ('received/1/0/client', 1, 'client', 'june@example.com', 'Requested', 'Text', '<p>Text</p>', '<1@example.com>',
         1794964000, 1794964000);
    INSERT INTO calls (id, appointment, about, made_at, done_at) VALUES
        (1, 2, 'requested', 1794964000, 1794965000),
        (2, 2, 'confirmed', 1794970000, NULL);";

/// The same for an open file: the link to June's own page, by its hash.
async fn write_as_the_first(file: &mut SqliteConnection) {
    sqlx::raw_sql(WRITTEN_BY_THE_FIRST).execute(&mut *file).await.expect("rows");
    sqlx::query(
        "INSERT INTO links (token_hash, appointment, given_in, expires_at) VALUES (?, 1, 'request', ?)",
    )
    .bind(hash(&token(1)))
    .bind(seconds(minute(9999)))
    .execute(file)
    .await
    .expect("a link");
}

#[tokio::test]
async fn a_file_of_the_first_version_keeps_everything_that_stands_in_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    let mut file = made_by(1, &path).await;
    write_as_the_first(&mut file).await;
    file.close().await.expect("closed");

    let store = open_at(&path).await.expect("brought up to date");
    let mut tx = store.read().await.expect("a reading");
    let june = tx.appointment(AppointmentId(1)).await.expect("a row").expect("June's");
    assert_eq!(
        june,
        Appointment {
            id: AppointmentId(1),
            client: ClientId(1),
            contact: Contact { phone: None, ..contact("june@example.com") },
            uid: "one@example.com".to_owned(),
            revision: 3,
            ..request(0)
        }
    );
    let walt = tx.appointment(AppointmentId(2)).await.expect("a row").expect("Walt's");
    assert_eq!((walt.status(), walt.overridden.is_empty()), (Status::Confirmed, true));
    assert_eq!(walt.sentence, Note::parse("See you then").expect("a note"));
    let canceled = tx.appointment(AppointmentId(3)).await.expect("a row").expect("the third");
    assert!(canceled.was_canceled_late());

    let found = tx.appointment_by_link(&token(1), minute(0)).await.expect("a link");
    assert_eq!(found, Some((june.clone(), GivenIn::Request)));
    assert!(tx.has_email("received/1/0/client").await.expect("an email"));
    let calls = tx.calls(minute(0)).await.expect("calls");
    assert_eq!(calls.iter().map(|call| (call.id.0, call.about)).collect::<Vec<_>>(), [(2, Topic::Confirmed)]);
    assert_eq!(tx.calls(minute(9999)).await.expect("calls").len(), 0);
    let busy = tx.busy(Interval::new(minute(0), minute(600)), minute(0)).await.expect("busy time");
    assert_eq!(
        busy.all().iter().filter_map(|o| o.holder.appointment()).map(|id| id.0).collect::<Vec<_>>(),
        [1, 2]
    );
    drop(tx);

    // What the guards refused they refuse, and what can be told by telephone is more.
    let taken = insert(&store, Appointment { uid: "four@example.com".to_owned(), ..request(30) }).await;
    assert!(matches!(taken, Err(StoreError::SlotTaken)));
    let mut tx = store.write().await.expect("the write lock");
    tx.insert_call(walt.id, Topic::Reminder, minute(0)).await.expect("a call");
    assert!(!tx.call_done(calls[0].id, minute(0)).await.expect("replaced by the newer"));
    drop(tx);
    store.close().await;

    let store = open_at(&path).await.expect("opened once more");
    let mut tx = store.read().await.expect("a reading");
    assert_eq!(tx.appointment(june.id).await.expect("a row"), Some(june));
    drop(tx);
    store.close().await;
}

#[tokio::test]
async fn a_file_of_the_second_version_keeps_its_call_and_takes_another_about_the_address() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    let mut file = made_by(2, &path).await;
    write_as_the_first(&mut file).await;
    file.close().await.expect("closed");

    let store = open_at(&path).await.expect("brought up to date");
    let walt = AppointmentId(2);
    let mut tx = store.write().await.expect("the write lock");
    tx.insert_call(walt, Topic::NewAddress, minute(0)).await.expect("a call");
    let calls = tx.calls(minute(0)).await.expect("calls");
    assert_eq!(
        calls.iter().map(|call| (call.id.0, call.about)).collect::<Vec<_>>(),
        [(2, Topic::Confirmed), (3, Topic::NewAddress)]
    );
    let second = sqlx::query("INSERT INTO calls (appointment, about, made_at) VALUES (2, 'changed', 0)");
    assert!(second.execute(&mut *tx.0.0).await.is_err(), "one about each matter");
    drop(tx);
    store.close().await;
}

#[tokio::test]
async fn nothing_of_an_old_file_is_left_hanging() {
    let folder = tempfile::tempdir().expect("a folder");
    let fresh = folder.path().join("fresh.db");
    open_at(&fresh).await.expect("a new file").close().await;
    for version in [1, 2, 3] {
        let path = folder.path().join(format!("{version}.db"));
        let mut file = made_by(version, &path).await;
        write_as_the_first(&mut file).await;
        file.close().await.expect("closed");
        open_at(&path).await.expect("brought up to date").close().await;
        assert_eq!(schema(&path).await, schema(&fresh).await);
    }
}

/// Everything that the file declares, after having looked whether it is sound.
pub(super) async fn schema(file: &Path) -> Vec<(String, Option<String>)> {
    let mut file = SqliteConnectOptions::new().filename(file).connect().await.expect("a file");
    let (sound,): (String,) =
        sqlx::query_as("PRAGMA integrity_check").fetch_one(&mut file).await.expect("checked");
    assert_eq!(sound, "ok");
    let hanging = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut file).await.expect("checked");
    assert!(hanging.is_empty(), "a row refers to one that is not there");
    let schema =
        sqlx::query_as("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name");
    let schema = schema.fetch_all(&mut file).await.expect("a schema");
    file.close().await.expect("closed");
    schema
}

#[tokio::test]
async fn whoever_was_signed_in_under_schema_19_stays_signed_in_and_a_printed_link_stays_good() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    let mut file = made_by(19, &path).await;
    for (table, nth) in [("sessions", 1), ("sessions", 2), ("welcome_links", 3)] {
        let insert = format!("INSERT INTO {table} (token_hash, expires_at) VALUES (?, ?)");
        sqlx::query(AssertSqlSafe(insert))
            .bind(hash(&token(nth)))
            .bind(seconds(minute(10)))
            .execute(&mut file)
            .await
            .expect("a row");
    }
    file.close().await.expect("closed");

    let store = open_at(&path).await.expect("brought up to date");
    let mut tx = store.write().await.expect("the write lock");
    let sessions = tx.sessions(&token(1), minute(0)).await.expect("sessions");
    assert_eq!(sessions.len(), 2);
    assert!(sessions[0].is_own && !sessions[1].is_own);
    assert!(sessions.iter().all(|session| session.begun_at.is_none() && session.browser.is_none()));
    assert_eq!(tx.session_end(&token(2)).await.expect("good"), Some(minute(10)));
    assert_eq!(tx.welcome_link(&token(3), minute(0)).await.expect("good"), Some(WelcomeFrom::Server));
    drop(tx);
    store.close().await;
    let fresh = folder.path().join("fresh.db");
    open_at(&fresh).await.expect("a new file").close().await;
    assert_eq!(schema(&path).await, schema(&fresh).await);
}
