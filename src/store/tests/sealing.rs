//! What people wrote is sealed in the file, whichever version wrote it and with whichever key.

use std::fs;

use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};

use super::{
    super::{
        file::with_journal,
        reseal::Which,
        sealed::{COLUMNS, EMAIL_TEXT},
    },
    *,
};
use crate::{mail::email::Email, sealing::key_file};

const WORDS: &str = "ZEBRA-WORDS";

fn email(key: &str) -> Email {
    Email {
        key: key.to_owned(),
        appointment: None,
        side: Side::Therapist,
        recipient: "dustin@example.com".to_owned(),
        subject: "Requested".to_owned(),
        text: format!("{WORDS} in text"),
        html: format!("<p>{WORDS}</p>"),
        calendar: None,
        message_id: format!("<{key}@example.com>"),
        not_after: None,
        before: None,
    }
}

/// Whether words stand anywhere in a file or in what lies beside it.
fn holds(file: &Path, words: &str) -> bool {
    with_journal(file).iter().any(|file| {
        let bytes = fs::read(file).unwrap_or_default();
        bytes.windows(words.len()).any(|part| part == words.as_bytes())
    })
}

/// What the version of before wrote, as it was typed.
async fn left_typed(path: &Path) {
    let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
    let mut file = options.connect().await.expect("a new file");
    MIGRATIONS.run_to(35, &mut file).await.expect("migrated");
    sqlx::raw_sql(
        "INSERT INTO clients (id, name, phone, name_key, note, created_at)
         VALUES (1, 'June', '+15305550117', 'june', 'ZEBRA-WORDS private', 0);
         INSERT INTO appointments (id, client, office, service, service_name, starts_at, ends_at, buffer_minutes,
             price, status, name, phone, note, sentence, requested_at, held_until, uid)
         VALUES (1, 1, 'north', 'hour', 'An hour', 1795000000, 1795003600, 15, 9500, 'requested', 'June',
             '+15305550117', 'ZEBRA-WORDS note', 'ZEBRA-WORDS sentence', 1794964000, 1794996400, 'one@example.com');
         INSERT INTO acts (id, kind, made_at, ends_at) VALUES (1, 'confirmed', 0, 60), (2, 'confirmed', 0, 60);
         INSERT INTO acted_on (act, appointment, known_from, revision, office, starts_at, ends_at, status, requested_at,
             held_until, is_late, overridden, sentence, revision_before)
         SELECT acts.id, 1, acts.id, 1, 'north', 1795000000, 1795003600, 'requested', 0, 0, 0, '', 'ZEBRA-WORDS before', 0
         FROM acts;
         INSERT INTO blocked_requests (id, client, office, service, service_name, starts_at, ends_at, buffer_minutes,
             price, status, name, note, requested_at, held_until, answer_at, uid)
         VALUES (-1, 1, 'north', 'hour', 'An hour', 1795000000, 1795003600, 15, 9500, 'requested', 'June',
             'ZEBRA-WORDS blocked', 0, 0, 0, 'two@example.com');
         INSERT INTO unproven_requests (id, office, service, starts_at, name, note, terms, requested_at, uid, page_hash,
             asked, key_hash)
         VALUES (1, 'north', 'hour', 1795000000, 'June', 'ZEBRA-WORDS unproven', '', 0, 'three@example.com', x'01',
             x'02', x'03');
         INSERT INTO time_off (id, starts_at, ends_at, note, sentence)
         VALUES (3, 1795000000, 1795003600, 'ZEBRA-WORDS off', 'For everybody');
         INSERT INTO closings (id, act, time_off, starts_at, ends_at, made_at, sentence, note)
         VALUES (1, 1, 3, 1795000000, 1795003600, 0, 'ZEBRA-WORDS closing', 'ZEBRA-WORDS off');",
    )
    .execute(&mut file)
    .await
    .expect("rows");
    for nth in 0..450 {
        sqlx::query(
            "INSERT INTO emails (key, side, recipient, subject, text_body, html_body, message_id, written_at,
                 next_attempt_at, outcome, calendar, calendar_method)
             VALUES ('email/' || ?1, 'therapist', 'dustin@example.com', 'Requested', 'ZEBRA-WORDS text ' || ?1,
                 'ZEBRA-WORDS html' || hex(randomblob(3000)), ?1, 0, 0, 'waiting', 'ZEBRA-WORDS calendar', 'REQUEST')",
        )
        .bind(nth)
        .execute(&mut file)
        .await
        .expect("an email");
    }
    // What was removed is left on free pages.
    sqlx::raw_sql(
        "DELETE FROM emails WHERE id % 3 = 0; UPDATE emails SET text_body = '', html_body = '' WHERE id = 1;",
    )
    .execute(&mut file)
    .await
    .expect("removed");
    file.close().await.expect("closed");
}

/// Insists that everything that was left can be read.
async fn reads(store: &Store) {
    let mut tx = store.read().await.expect("a reading");
    let says = |note: &Option<Note>, words: &str| {
        assert_eq!(note.as_ref().map(Note::as_str), Some(format!("{WORDS} {words}").as_str()));
    };
    says(&tx.record(ClientId(1)).await.expect("read").expect("June").note, "private");
    let a = tx.appointment(AppointmentId(1)).await.expect("read").expect("hers");
    says(&a.note, "note");
    says(&a.sentence, "sentence");
    for act in [1, 2] {
        let before = tx.before(crate::domain::ids::ActId(act), a.id).await.expect("read").expect("before");
        says(&before.appointment.expect("it was there").sentence, "before");
    }
    says(&tx.blocked_request(AppointmentId(-1)).await.expect("read").expect("hers").note, "blocked");
    let unproven = tx.unproven_request(crate::domain::ids::UnprovenRequestId(1)).await;
    says(&unproven.expect("read").expect("hers").note, "unproven");
    let off = tx.all_time_off().await.expect("read").swap_remove(0);
    says(&off.note, "off");
    assert_eq!(off.sentence.as_ref().map(Note::as_str), Some("For everybody"));
    let closing = tx.closing(crate::domain::ids::ClosingId(1)).await.expect("read").expect("closed");
    says(&closing.sentence, "closing");
    says(&closing.note, "off");
    let emails = tx.written_emails(false, 1000, 0).await.expect("read");
    assert_eq!(emails.len(), 300);
    assert!(emails.iter().all(|email| email.text.starts_with(WORDS) || email.id.0 == 1));
    let (email, _) = tx.stored_email(emails[0].id).await.expect("read").expect("an email");
    assert!(email.is_readable && email.email.html.starts_with(WORDS));
    assert_eq!(email.email.calendar.expect("a file").file, "ZEBRA-WORDS calendar");
}

#[tokio::test]
async fn what_was_typed_into_an_old_file_is_sealed_and_left_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    left_typed(&path).await;
    assert!(holds(&path, WORDS));
    let store = open_at(&path).await.expect("brought up to date");
    reads(&store).await;
    assert!(!holds(&path, WORDS), "while it is open, in the journal neither");
    store.close().await;
    assert!(!holds(&path, WORDS));
    let store = open_at(&path).await.expect("once more");
    reads(&store).await;
    assert_eq!(store.unreadable(), 0);
    store.close().await;
}

#[tokio::test]
async fn sealing_that_was_broken_off_goes_on_at_the_next_start() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    left_typed(&path).await;
    let store = open_at(&path).await.expect("brought up to date");
    // As a kill would leave it: some of it typed, and the mark still there.
    let mut tx = store.write().await.expect("the write lock");
    sqlx::raw_sql(
        "INSERT INTO to_be_sealed VALUES (1); UPDATE clients SET note = 'ZEBRA-WORDS private';
         UPDATE emails SET text_body = 'ZEBRA-WORDS text' WHERE id % 2 = 0;",
    )
    .execute(&mut *tx.0.0)
    .await
    .expect("written");
    tx.commit().await.expect("committed");
    store.close().await;
    assert!(holds(&path, WORDS));
    let store = open_at(&path).await.expect("opened again");
    reads(&store).await;
    assert!(!holds(&path, WORDS));
    store.close().await;
}

#[tokio::test]
async fn a_new_key_that_was_broken_off_anywhere_leaves_everything_readable_and_is_finished_by_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, key) = (folder.path().join("stillpoint.db"), folder.path().join("key"));
    left_typed(&path).await;
    open_at(&path).await.expect("sealed").close().await;
    let first = fs::read(&key).expect("a key");

    // Broken off once the file has both, and in the middle of a column.
    for parts in [0, 1, 3] {
        key_file::add_new(&key).expect("added");
        let store = open_at(&path).await.expect("opened");
        let emails = COLUMNS.iter().find(|column| column.words == EMAIL_TEXT).expect("a column");
        let mut after = i64::MIN;
        for _ in 0..parts {
            let part = store.part(emails, Which::OfOtherKeys, after, 7).await.expect("sealed anew");
            after = part.expect("more").0;
        }
        reads(&store).await;
        store.close().await;
    }
    assert_eq!(fs::read_to_string(&key).expect("keys").lines().count(), 4);
    let done = rotate_key(&path, &key).await.expect("a new key");
    assert_eq!(done.unreadable, 0);
    assert_eq!(fs::read_to_string(&key).expect("a key").lines().count(), 1);
    // The old ones open nothing any more.
    fs::remove_file(key_file::kept_beside(&key)).expect("the old keys are kept");
    let store = open_at(&path).await.expect("opened");
    reads(&store).await;
    assert_eq!(store.unreadable(), 0);
    store.close().await;
    fs::write(&key, first).expect("the first key");
    let store = open_at(&path).await.expect("opened");
    assert!(store.unreadable() > 300, "{}", store.unreadable());
    store.close().await;
}

#[tokio::test]
async fn what_cannot_be_read_stays_as_it_is_whatever_else_of_its_row_changes() {
    let folder = tempfile::tempdir().expect("a folder");
    let (path, key) = (folder.path().join("stillpoint.db"), folder.path().join("key"));
    left_typed(&path).await;
    open_at(&path).await.expect("sealed").close().await;
    let lost = fs::read(&key).expect("a key");
    fs::remove_file(&key).expect("lost");

    let store = open_at(&path).await.expect("opened without it");
    let mut tx = store.write().await.expect("the write lock");
    let mut june = tx.record(ClientId(1)).await.expect("read").expect("June");
    assert_eq!(june.note.as_ref().map(Note::as_str), Some("This note can't be read: the key is missing."));
    june.name = Name::stored("June Okafor".to_owned());
    tx.update_client(&june).await.expect("written");
    let a = tx.appointment(AppointmentId(1)).await.expect("read").expect("hers");
    tx.update_appointment(&Appointment { revision: 7, ..a }).await.expect("written");
    // What was opened again is closed as it was.
    let closing = tx.closing(crate::domain::ids::ClosingId(1)).await.expect("read").expect("closed");
    tx.remove_time_off(closing.time_off).await.expect("removed");
    tx.put_time_off_back(&closing.as_time_off()).await.expect("written");
    let due = due_email(&mut tx, &[], minute(0)).await.expect("is due");
    assert!(!due.is_readable && due.email.text.is_empty());
    tx.email_lapsed(&due, minute(0)).await.expect("noted");
    tx.enqueue(&email("since"), minute(0)).await.expect("written");
    let since = tx.email_with_key("since").await.expect("read").expect("an email");
    tx.commit().await.expect("committed");
    let mut tx = store.read().await.expect("a reading");
    assert!(tx.stored_email(since).await.expect("read").expect("an email").0.is_readable);
    drop(tx);
    store.close().await;
    // Nothing of what can't be read is lost by a new key either.
    let done = rotate_key(&path, &key).await.expect("a new key");
    assert!(done.unreadable > 0 && done.sealed > 0, "{done:?}");

    fs::write(&key, lost).expect("put back over the new one");
    let store = open_at(&path).await.expect("opened");
    let mut tx = store.write().await.expect("the write lock");
    assert!(tx.stored_email(since).await.expect("read").expect("an email").0.is_readable);
    sqlx::query("DELETE FROM emails WHERE key = 'since'").execute(&mut *tx.0.0).await.expect("removed");
    tx.commit().await.expect("committed");
    reads(&store).await;
    store.close().await;
}

#[tokio::test]
async fn a_value_that_was_moved_to_another_row_is_not_read_there() {
    let store = open().await;
    let mut notes = Vec::new();
    for start in [0, 120] {
        notes.push(insert(&store, request(start)).await.expect("a free time"));
    }
    let mut tx = store.write().await.expect("the write lock");
    sqlx::query("UPDATE appointments SET note = (SELECT note FROM appointments WHERE id = ?) WHERE id = ?")
        .bind(notes[0].id.0)
        .bind(notes[1].id.0)
        .execute(&mut *tx.0.0)
        .await
        .expect("moved by hand");
    let readable = |a: Option<Appointment>| a.expect("it is there").note.expect("a note").is_readable();
    assert!(readable(tx.appointment(notes[0].id).await.expect("read")));
    assert!(!readable(tx.appointment(notes[1].id).await.expect("read")));
}

#[tokio::test]
async fn the_secret_of_the_codes_that_an_earlier_version_sealed_is_read_and_sealed_as_now() {
    use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce, aead::Aead};
    let folder = tempfile::tempdir().expect("a folder");
    let (path, key) = (folder.path().join("stillpoint.db"), folder.path().join("key"));
    let options = SqliteConnectOptions::new().filename(&path).create_if_missing(true);
    let mut file = options.connect().await.expect("a new file");
    MIGRATIONS.run_to(35, &mut file).await.expect("migrated");
    fs::write(&key, format!("{}\n", "07".repeat(32))).expect("a key file");
    let sealed = XChaCha20Poly1305::new(&[7; 32].into()).encrypt(&XNonce::from([9; 24]), &b"a secret"[..]);
    sqlx::query("INSERT INTO second_step (id, secret, on_since, last_step) VALUES (1, ?, 0, 0)")
        .bind([&[9; 24][..], &sealed.expect("sealed")].concat())
        .execute(&mut file)
        .await
        .expect("a row");
    file.close().await.expect("closed");
    let store = open_at(&path).await.expect("brought up to date");
    let mut tx = store.read().await.expect("a reading");
    let secret = tx.second_step().await.expect("read").expect("it is on").secret;
    assert_eq!(secret.as_deref(), Some(&b"a secret"[..]));
    let (stored,): (Vec<u8>,) =
        sqlx::query_as("SELECT secret FROM second_step").fetch_one(&mut *tx.0).await.expect("a row");
    assert!(stored.starts_with(&store.keys.head()));
    drop(tx);
    store.close().await;
    fs::remove_file(&key).expect("lost");
    let store = open_at(&path).await.expect("opened without it");
    let mut tx = store.read().await.expect("a reading");
    assert_eq!(tx.second_step().await.expect("read").expect("it is on").secret, None);
    drop(tx);
    store.close().await;
}
