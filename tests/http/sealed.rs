//! What people write to few eyes is sealed in the file: whoever gets the database or a backup of it
//! without the key reads none of it; and without the key everything goes on.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use chrono::TimeDelta;
use stillpoint::store::with_journal;

use crate::support::{
    mailbox::Email,
    people::{JUNE, Opening, PETER, Person, SATURDAY, THERAPIST, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
    program::{Server, run, stillpoint},
    visitor::Visitor,
};

const DATABASE: &str = "data/stillpoint.db";
const UNREADABLE: &str = "This note can't be read: the key is missing.";
const MISSING: &str = "Some notes and emails can't be read: the key is missing.";
const BESIDE: &str = "The key is in the same place as the backups";

/// Stands in everything that anybody writes here.
const MARK: &str = "QUETZAL";

const DECEMBER: Opening = Opening { start: "2026-12-01T18:00:00Z", ..TUESDAY };
const THURSDAY: Opening = Opening { start: "2026-12-03T22:00:00Z", ..TUESDAY };
const ROSA: Person =
    Person { name: "Rosa Alvarez", email: "rosa@example.com", phone: "", note: "QUETZAL by Rosa" };
const MARA: Person =
    Person { name: "Mara Silva", email: "mara@example.com", phone: "", note: "QUETZAL by Mara" };

/// The files, of this one and of what belongs to it, that hold the mark.
fn marked(file: &Path) -> Vec<PathBuf> {
    assert!(file.exists(), "{}", file.display());
    let has_mark = |file: &PathBuf| {
        let bytes = fs::read(file).unwrap_or_default();
        bytes.windows(MARK.len()).any(|part| part.eq_ignore_ascii_case(MARK.as_bytes()))
    };
    with_journal(file).into_iter().filter(has_mark).collect()
}

async fn notes(therapist: &Therapist, person: &Person, note: &str) {
    let form = therapist.client_page(person).await.form("/note").with("note", note);
    therapist.press_on(&form).await.says(note);
}

/// Everybody writes everything that they can: with requests, within the ceiling and beyond it and
/// while blocked, in answers, questions, notes, time off and a closed day.
async fn everybody_writes(practice: &TestPractice, therapist: &Therapist) -> Vec<Email> {
    let with_note = |person: Person| Person { note: "QUETZAL from a client", ..person };
    practice.asks(&with_note(JUNE), &TUESDAY).await;
    therapist.answers(&JUNE, "confirmation", "QUETZAL in a confirmation").await;
    practice.asks(&with_note(PETER), &WEDNESDAY).await;
    therapist.answers(&PETER, "decline", "QUETZAL in a decline").await;
    practice.asks(&with_note(WALT), &SATURDAY).await;
    practice.emails().await;
    notes(therapist, &JUNE, "QUETZAL in private").await;
    // Rosa's request is beyond the ceiling, and Walt, who left a number alone, asks while he is blocked.
    practice.asks(&ROSA, &DECEMBER).await;
    therapist.blocks(&WALT).await;
    practice.asks(&with_note(WALT), &THURSDAY).await;
    let article = "/articles/a-guide-to-neuromuscular-therapy";
    let visitor = practice.visitor();
    let form = visitor.open(&visitor.open(article).await.link("Ask a question")).await.form("/question");
    let form = form.with("name", MARA.name).with("email", MARA.email).with("question", "A QUETZAL?");
    visitor.press_on(&form).await;
    therapist.takes_off(&[("from", "2027-01-05"), ("to", "2027-01-06"), ("note", "QUETZAL off")]).await;
    therapist.closes("2026-11-24", "QUETZAL on a closed day").await;
    practice.emails().await
}

async fn open() -> (TestPractice, Therapist) {
    let practice = practice().with("unproven_holds_per_day", "2").open().await;
    let therapist = practice.therapist().await;
    (practice, therapist)
}

#[tokio::test]
async fn nothing_that_anybody_wrote_stands_in_the_database_or_in_a_backup_of_it() {
    let practice = practice().with("unproven_holds", "1").open().await;
    let therapist = practice.therapist().await;
    let emails = everybody_writes(&practice, &therapist).await;
    let database = practice.data_dir().join("stillpoint.db");
    assert_eq!(marked(&database), [] as [PathBuf; 0], "while it is written to");
    let backup = practice.backs_up().await;
    assert_eq!(marked(&backup), [] as [PathBuf; 0]);
    // It is all there for the one who may read it.
    therapist.client_page(&JUNE).await.says("QUETZAL in private");
    let page = therapist.open("/admin/appointments/1").await.says("QUETZAL from a client");
    page.says("QUETZAL on a closed day");
    let proof = emails.iter().find(|email| email.kind() == "unproven").expect("to Rosa").page();
    practice.visitor().press_on(&practice.visitor().open(proof).await.form("/proof")).await;
    therapist.page_of(&ROSA).await.says(ROSA.note);
    let list = therapist.open("/admin/emails").await;
    therapist.open(&list.link("Question: A guide to neuromuscular therapy")).await.says("A QUETZAL?");
    // Time that passes, and a restart, seal no worse.
    practice.passes(TimeDelta::days(2)).await;
    practice.emails().await;
    let practice =
        practice.while_closed(|folder| assert_eq!(marked(&folder.join(DATABASE)), [] as [PathBuf; 0])).await;
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn neither_the_log_nor_the_numbers_tell_what_somebody_wrote() {
    let folder = tempfile::tempdir().expect("a folder");
    let variables = [("RUST_LOG", "trace"), ("METRICS_LISTEN", "127.0.0.1:0")];
    let server = Server::start(stillpoint(folder.path(), &[]).envs(variables));
    let line = server.says("numbers for Prometheus are at ");
    let visitor = server.visitor();
    let first = visitor.openings().await.remove(0);
    let form = ROSA.fills(visitor.open(&first).await.form("/appointments"));
    let page = visitor.press_on(&form).await;
    assert!(page.title().starts_with("Requested"), "{}", page.title());
    let address = line.split_whitespace().last().expect("an address").trim_end_matches("/metrics");
    let numbers = Visitor::new(address.to_owned(), String::new()).open("/metrics").await.body();
    assert!(numbers.contains("stillpoint_requests_waiting 1") && !numbers.contains(MARK), "{numbers}");
    let log = server.terminate_and_read();
    assert!(log.contains("TRACE") && !log.contains(MARK), "{log}");
    assert_eq!(marked(&folder.path().join(DATABASE)), [] as [PathBuf; 0]);
}

#[tokio::test]
async fn without_the_key_everything_goes_on_and_what_was_sealed_says_so_until_the_key_is_back() {
    let (practice, therapist) = open().await;
    practice.asks(&JUNE, &TUESDAY).await;
    therapist.answers(&JUNE, "confirmation", "Bring a towel").await;
    practice.emails().await;
    notes(&therapist, &JUNE, "Runs marathons").await;
    let own = practice.asks(&PETER, &WEDNESDAY).await;
    let key = fs::read(practice.data_dir().join("key")).expect("a key");
    therapist.open("/admin").await.never_says(MISSING);

    let practice =
        practice.while_closed(|folder| fs::remove_file(folder.join("data/key")).expect("a key file")).await;
    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says(MISSING);
    today.says("Put the old key file back");
    let page = therapist.client_page(&JUNE).await.says(UNREADABLE).never_says("marathons");
    // Nothing that is saved beside it replaces it, but what is written in its place knowingly.
    let form = page.form("/details").with("phone", "(530) 555-0199");
    therapist.press_on(&form).await.says("555-0199");
    therapist.press_on(&therapist.client_page(&JUNE).await.form("/note")).await.says(UNREADABLE);
    therapist.page_of(&JUNE).await.says(UNREADABLE).never_says("towel");
    let list = therapist.open("/admin/emails").await;
    therapist
        .open(&list.link("Confirmed: Tuesday, November 24, 9:00 am, Redding"))
        .await
        .says("This email can't be read: the key is missing.");
    // Peter's emails wait for the key, and are named.
    practice.visitor().open(&own).await.says("Requested");
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.passes(TimeDelta::minutes(10)).await;
    let today = therapist.open("/admin").await.says("2 emails are waiting.");
    today.says("What it says can't be read: the key is missing.").never_says("No email is going out");
    // What is new works, and its email goes out.
    practice.asks(&ROSA, &SATURDAY).await;
    assert_eq!(practice.emails().await.len(), 2);
    therapist.page_of(&ROSA).await.says(ROSA.note);
    notes(&therapist, &ROSA, "Comes by bike").await;

    let practice =
        practice.while_closed(|folder| fs::write(folder.join("data/key"), key).expect("put back")).await;
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.never_says(MISSING);
    therapist.client_page(&JUNE).await.says("Runs marathons").says("555-0199");
    therapist.client_page(&ROSA).await.says("Comes by bike");
    therapist.page_of(&JUNE).await.says("Bring a towel");
    practice.passes(TimeDelta::hours(1)).await;
    let to: Vec<_> = practice.emails().await.into_iter().map(|email| email.to).collect();
    assert!(to.contains(&PETER.email.to_owned()) && to.contains(&THERAPIST.to_owned()), "{to:?}");
    practice.close().await;
}

#[tokio::test]
async fn an_email_waits_for_its_key_however_long_that_takes() {
    let (practice, therapist) = open().await;
    practice.has_asked(&JUNE, &DECEMBER).await;
    therapist.answers(&JUNE, "confirmation", "Bring a towel").await;
    let key = fs::read(practice.data_dir().join("key")).expect("a key");
    let practice =
        practice.while_closed(|folder| fs::remove_file(folder.join("data/key")).expect("a key file")).await;
    // Five days, and more tries than any other email is given.
    for _ in 0..60 {
        practice.clock.advance(TimeDelta::hours(2));
        practice.deliver_now().await;
    }
    practice.mailbox.is_empty();
    let practice =
        practice.while_closed(|folder| fs::write(folder.join("data/key"), key).expect("put back")).await;
    practice.clock.advance(TimeDelta::hours(4));
    practice.email_to(JUNE.email).await.says("Bring a towel");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn a_note_that_cannot_be_read_is_replaced_by_whoever_wants_that() {
    let (practice, therapist) = open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    notes(&therapist, &JUNE, "Runs marathons").await;
    let practice =
        practice.while_closed(|folder| fs::remove_file(folder.join("data/key")).expect("a key file")).await;
    let therapist = practice.therapist().await;
    let page = therapist.client_page(&JUNE).await.says("a new one replaces it for good");
    let form = page.form("/note");
    assert_eq!(form.value("note"), "");
    therapist.press_on(&form.with("note", "Swims now")).await.says("Swims now").never_says(UNREADABLE);
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn a_backup_restored_where_the_key_is_not_runs_and_says_what_it_wants() {
    let (practice, therapist) = open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    notes(&therapist, &JUNE, "Runs marathons").await;
    let backup = practice.backs_up().await;
    let other = tempfile::tempdir().expect("another machine");
    let restored = run(&mut stillpoint(other.path(), &["restore", backup.to_str().expect("a path")]));
    assert_eq!(restored.code, 0, "{restored:?}");
    assert!(restored.out.contains("Notes and emails that can't be read: "), "{restored:?}");
    assert!(restored.out.contains("data/key"), "{restored:?}");
    let server = Server::start(&mut stillpoint(other.path(), &[]));
    let visitor = server.visitor();
    let first = visitor.openings().await.remove(0);
    let form = PETER.fills(visitor.open(&first).await.form("/appointments"));
    let page = visitor.press_on(&form).await;
    assert!(page.title().starts_with("Requested"), "{}", page.title());
    assert_eq!(server.terminate(), 0);
    let doctor = run(&mut stillpoint(other.path(), &["doctor"]));
    assert!(doctor.out.contains("can't be read"), "{doctor:?}");
    // With the key that belongs to it.
    fs::copy(practice.data_dir().join("key"), other.path().join("data/key")).expect("the key");
    let restored = run(&mut stillpoint(other.path(), &["restore", backup.to_str().expect("a path")]));
    assert!(!restored.out.contains("can't be read"), "{restored:?}");
    let doctor = run(&mut stillpoint(other.path(), &["doctor"]));
    assert!(!doctor.out.contains("can't be read"), "{doctor:?}");
    practice.close_with_emails_unsent().await;
}

fn rotate(folder: &Path) -> crate::support::program::Ended {
    run(&mut stillpoint(folder, &["rotate-key"]))
}

#[tokio::test]
async fn a_new_key_seals_everything_anew_and_says_what_it_did() {
    let (practice, therapist) = open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    notes(&therapist, &JUNE, "Runs marathons").await;
    let key = practice.data_dir().join("key");
    let old = fs::read_to_string(&key).expect("a key");
    rotate(practice.data_dir().parent().expect("a folder")).was_refused("already serving");
    assert_eq!(fs::read_to_string(&key).expect("a key"), old, "beside a server nothing is done");

    let practice = practice
        .while_closed(|folder| {
            let ended = rotate(folder);
            assert_eq!(ended.code, 0, "{ended:?}");
            assert!(ended.out.contains("A new key is in data/key.") && ended.out.contains("data/key.kept"));
        })
        .await;
    let new = fs::read_to_string(&key).expect("a key");
    assert!(new != old && new.lines().count() == 1, "one key");
    let therapist = practice.therapist().await;
    therapist.client_page(&JUNE).await.says("Runs marathons");
    // The old key alone opens nothing any more.
    let practice = practice
        .while_closed(|folder| {
            fs::remove_file(folder.join("data/key.kept")).expect("the old keys");
            fs::write(folder.join("data/key"), old).expect("the old key");
        })
        .await;
    let therapist = practice.therapist().await;
    therapist.client_page(&JUNE).await.says(UNREADABLE);
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn neither_a_new_key_nor_a_restore_begins_while_another_command_is_at_work_nor_the_other_way_round() {
    const AT_WORK: &str = "another Stillpoint command is at work";
    let practice = practice().open().await;
    let backup = practice.backs_up().await;
    let backup = backup.to_str().expect("a path").to_owned();
    let practice = practice
        .while_closed(|folder| {
            let key = || fs::read(folder.join("data/key")).expect("a key");
            let command = |arguments: &[&str]| run(&mut stillpoint(folder, arguments));
            let before = key();
            // As a command has it while it works.
            let lock = File::create(folder.join("data/commands.lock")).expect("a file");
            lock.lock_shared().expect("a lock");
            rotate(folder).was_refused(AT_WORK);
            command(&["restore", &backup]).was_refused(AT_WORK);
            assert_eq!(key(), before, "nothing is done");
            assert_eq!(command(&["therapist", "link"]).code, 0, "that one works beside it");
            lock.unlock().expect("unlocked");

            lock.lock().expect("a lock");
            command(&["demo"]).was_refused(AT_WORK);
            command(&["therapist", "link"]).was_refused(AT_WORK);
            lock.unlock().expect("unlocked");

            let filled = command(&["demo"]);
            assert_eq!(filled.code, 0, "{filled:?}");
            assert_eq!(rotate(folder).code, 0);
            assert_ne!(key(), before);
        })
        .await;
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn killed_at_any_moment_a_new_key_costs_nothing() {
    let (practice, therapist) = open().await;
    practice.has_demo().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    notes(&therapist, &JUNE, "Runs marathons").await;
    let practice = practice
        .while_closed(|folder| {
            let key = folder.join("data/key");
            let mut killed = 0;
            for nth in 0..5 {
                let before = fs::read(&key).expect("a key");
                let mut rotating = stillpoint(folder, &["rotate-key"]);
                let mut rotating = rotating.stdout(Stdio::null()).spawn().expect("the program starts");
                // It has a new key, and is at work; each time a little longer.
                while fs::read(&key).expect("a key") == before
                    && rotating.try_wait().expect("it runs").is_none()
                {
                    std::thread::yield_now();
                }
                std::thread::sleep(Duration::from_millis(10 * nth));
                killed += u32::from(rotating.try_wait().expect("it runs").is_none());
                rotating.kill().expect("killed");
                rotating.wait().expect("it has ended");
            }
            assert!(killed > 0, "it was never at work when it was killed");
        })
        .await;
    let therapist = practice.therapist().await;
    therapist.client_page(&JUNE).await.says("Runs marathons");
    therapist.open("/admin").await.never_says(MISSING);
    let practice = practice.while_closed(|folder| assert_eq!(rotate(folder).code, 0)).await;
    let key = fs::read_to_string(practice.data_dir().join("key")).expect("a key");
    assert_eq!(key.lines().count(), 1);
    let therapist = practice.therapist().await;
    therapist.client_page(&JUNE).await.says("Runs marathons");
    therapist.open("/admin").await.never_says(MISSING);
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn today_says_while_the_key_lies_beside_the_backups() {
    let (practice, therapist) = open().await;
    therapist.open("/admin").await.says(BESIDE);
    practice.close_with_emails_unsent().await;
    let elsewhere = tempfile::tempdir().expect("another folder");
    let key = elsewhere.path().join("key");
    let practice =
        crate::support::practice::practice().with_config(|config| config.key_file = Some(key)).open().await;
    practice.therapist().await.open("/admin").await.never_says(BESIDE);
    practice.close_with_emails_unsent().await;
}
