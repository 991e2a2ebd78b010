//! Backups: made beside a server that works, and put back so that nobody is told twice,
//! nobody who was signed in still is, and nobody who was erased comes back.

use std::{
    fs::{self, File},
    io::Write,
    path::{Path, PathBuf},
};

use age::{secrecy::ExposeSecret, x25519::Identity};
use chrono::TimeDelta;
use reqwest::Method;
use tempfile::{TempDir, tempdir};

use crate::support::{
    mailbox::subjects,
    other_databases,
    people::{JUNE, PETER, SATURDAY, SESSION, TUESDAY, Therapist, WALT, WEDNESDAY, path_of},
    practice::{TestPractice, practice},
    program::{Ended, Server, run, stillpoint},
};

fn restore(folder: &Path, backup: &Path) -> Ended {
    run(&mut stillpoint(folder, &["restore", backup.to_str().expect("a path")]))
}

/// Puts a backup back while the practice is closed.
async fn restored(practice: TestPractice, backup: &Path) -> TestPractice {
    practice.while_closed(|folder| assert_eq!(restore(folder, backup).code, 0)).await
}

impl Therapist {
    /// Lets go what the page after a restore has ticked.
    async fn lets_emails_go(&self) {
        self.press_on(&self.open("/admin/restored").await.form("/admin/restored")).await;
    }
}

/// Insists that a session of before is none any more.
async fn is_signed_out(practice: &TestPractice, therapist: &Therapist) {
    let visitor = practice.visitor();
    let request = visitor.request(Method::GET, "/admin").header("cookie", therapist.cookies());
    assert_eq!(visitor.send(request).await.expect(303).leads_to(), "/admin/session");
}

#[tokio::test]
async fn a_backup_brings_back_what_it_had_and_says_what_lies_between() {
    let practice = practice().open().await;
    let june = practice.has_asked(&JUNE, &TUESDAY).await;
    let backup = practice.backs_up().await;
    let peter = practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;

    let practice = practice
        .while_closed(|folder| {
            let ended = restore(folder, &backup);
            assert_eq!(ended.code, 0, "{ended:?}");
            assert!(ended.out.contains(": one appointment, one client."), "{}", ended.out);
            assert!(
                ended.out.contains(
                    "Tuesday, November 24, 2026, 9:00 am PST, redding: Confirmed. Requested in the backup."
                ),
                "{}",
                ended.out
            );
            assert!(
                ended.out.contains(
                    "Wednesday, November 25, 2026, 9:00 am PST, mt-shasta: Requested. Not in the backup."
                ),
                "{}",
                ended.out
            );
            for secret in [JUNE.name, PETER.name, JUNE.email] {
                assert!(!ended.out.contains(secret), "{}", ended.out);
            }
        })
        .await;
    let visitor = practice.visitor();
    visitor.get(&june).await.expect(404);
    visitor.get(&peter).await.expect(404);
    let therapist = practice.therapist().await;
    therapist.lets_emails_go().await;
    assert!(therapist.page_of(&JUNE).await.title().starts_with("Requested"));
    assert!(!therapist.has_on_file(&PETER).await);

    // What was replaced is a backup itself.
    let replaced =
        practice.backups().into_iter().find(|file| file.display().to_string().contains("-replaced"));
    let practice = restored(practice, &replaced.expect("it is kept")).await;
    let therapist = practice.therapist().await;
    assert!(therapist.page_of(&PETER).await.title().starts_with("Requested"));
    assert!(therapist.page_of(&JUNE).await.title().starts_with("Confirmed"));
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn after_a_restore_nothing_is_emailed_until_the_therapist_has_seen_what_would_be() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    // It waits while the backup is made, and goes out right after.
    practice.asks(&JUNE, &TUESDAY).await;
    let backup = practice.backs_up().await;
    assert_eq!(practice.emails().await.len(), 2);

    let practice = restored(practice, &backup).await;
    is_signed_out(&practice, &therapist).await;
    practice.clock.advance(TimeDelta::minutes(1));
    practice.asks(&PETER, &WEDNESDAY).await;
    practice.passes(TimeDelta::hours(12)).await;
    assert!(practice.emails().await.is_empty(), "nothing goes out");

    let therapist = practice.therapist().await;
    let today = therapist.open("/admin").await.says("Restored from a backup, so no email is going out.");
    let page = therapist.open(&today.link("Look at what would go out")).await;
    let form = page.says("most likely went out back then").form("/admin/restored");
    assert!(
        page_subjects(&therapist).await.iter().any(|subject| subject.starts_with("Requested: Wednesday"))
    );
    // Somebody else asks meanwhile: the page comes back with what was not on it.
    practice.asks(&WALT, &SATURDAY).await;
    therapist
        .press(&form)
        .await
        .expect(409)
        .says("that you haven't seen")
        .says("Requested: Walt Brennan, Saturday, November 28");
    assert!(practice.emails().await.is_empty(), "nothing goes out");

    therapist.lets_emails_go().await;
    let emails = practice.emails().await;
    // June's two were sent before, and are unticked; what is newer goes out.
    assert!(emails.iter().all(|email| email.to != JUNE.email), "{:?}", subjects(&emails));
    assert_eq!(emails.iter().filter(|email| email.to == PETER.email).count(), 1, "{:?}", subjects(&emails));
    therapist.open("/admin/emails").await.says("Not sent: you left it out after a restore");
    therapist.open("/admin").await.never_says("Restored from a backup");
    therapist.get("/admin/restored").await.expect(303);
    // Later ones go as ever.
    practice.asks(&JUNE, &SATURDAY.at("2026-11-28T20:00:00Z")).await;
    assert!(practice.emails().await.iter().any(|email| email.to == JUNE.email));
    practice.close().await;
}

async fn page_subjects(therapist: &Therapist) -> Vec<String> {
    therapist.open("/admin/restored").await.texts("form[action='/admin/restored'] label")
}

#[tokio::test]
async fn what_waited_when_the_backup_was_made_can_be_sent_with_a_link_that_works() {
    let practice = practice().open().await;
    practice.therapist().await;
    practice.asks(&JUNE, &TUESDAY).await;
    let backup = practice.backs_up().await;
    let sent = practice.email_to(JUNE.email).await;
    let practice = restored(practice, &backup).await;
    let therapist = practice.therapist().await;
    let form = therapist.open("/admin/restored").await.form("/admin/restored").all_ticked("send");
    therapist.press_on(&form).await;
    let again = practice.email_to(JUNE.email).await;
    assert_eq!(again.message_id, sent.message_id, "a mailbox shows it once");
    practice.visitor().open(path_of(again.page())).await.says("Requested");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn the_links_of_what_waits_for_a_proof_end_too_but_in_an_email_that_has_not_gone() {
    let practice = practice().with("unproven_holds", "0").open().await;
    practice.therapist().await;
    let page = practice.asks(&JUNE, &SATURDAY).await;
    let waiting = practice.backs_up().await;
    let sent = practice.email_to(JUNE.email).await;
    // Every night another name.
    practice.clock.advance(TimeDelta::hours(24));
    let gone = practice.backs_up().await;

    let practice = restored(practice, &gone).await;
    practice.visitor().get(&page).await.expect(404);
    practice.visitor().get(path_of(sent.page())).await.expect(404);

    let practice = restored(practice, &waiting).await;
    practice.visitor().get(&page).await.expect(404);
    let therapist = practice.therapist().await;
    let form = therapist.open("/admin/restored").await.form("/admin/restored").all_ticked("send");
    therapist.press_on(&form).await;
    let client = practice.visitor();
    let shown = client.open(practice.email_to(JUNE.email).await.page()).await;
    client.press_on(&shown.form("/proof")).await.says("I'm holding this time for you.");
    practice.emails().await;
    practice.close().await;
}

/// A backup is put back where its key is missing. Returns the key as well.
async fn restored_without_its_key(practice: TestPractice, backup: &Path) -> (TestPractice, Vec<u8>) {
    let key = fs::read(practice.data_dir().join("key")).expect("a key");
    let without = |folder: &Path| {
        fs::remove_file(folder.join("data/key")).expect("a key file");
        assert_eq!(restore(folder, backup).code, 0);
    };
    (practice.while_closed(without).await, key)
}

async fn with_the_key_back(practice: TestPractice, key: &[u8]) -> TestPractice {
    practice.while_closed(|folder| fs::write(folder.join("data/key"), key).expect("put back")).await
}

#[tokio::test]
async fn what_cannot_be_read_after_a_restore_never_goes_out_and_is_named() {
    let practice = practice().open().await;
    practice.therapist().await;
    practice.asks(&JUNE, &TUESDAY).await;
    let backup = practice.backs_up().await;
    practice.emails().await;
    let (practice, key) = restored_without_its_key(practice, &backup).await;
    let therapist = practice.therapist().await;
    let page = therapist.open("/admin/restored").await.says("Requested: Tuesday, November 24");
    let page = page.says("It can't be sent, because what it says can't be read");
    let page = page.says("None of these can be sent").never_says("Send what's ticked");
    let form = page.says("Let emails go out again").form("/admin/restored");
    assert!(!form.has("send"), "there is nothing to tick");
    practice.clock.advance(TimeDelta::minutes(1));
    practice.asks(&PETER, &WEDNESDAY).await;
    therapist.press(&form).await.expect(409);
    therapist.lets_emails_go().await;
    let emails = practice.emails().await;
    assert!(emails.iter().all(|email| email.subject.contains("Wednesday")), "{:?}", subjects(&emails));
    assert_eq!(emails.len(), 2, "what is newer goes out");
    let today = therapist.open("/admin").await.says("2 emails didn't go out.");
    today.says("It couldn't be read after the restore, so its links have ended");

    // Once the key is back it is read, and still not sent.
    let practice = with_the_key_back(practice, &key).await;
    practice.passes(TimeDelta::hours(2)).await;
    practice.deliver().await;
    practice.mailbox.is_empty();
    let therapist = practice.therapist().await;
    let list = therapist.open("/admin/emails").await;
    let email = therapist.open(&list.link("Requested: Tuesday, November 24, 9:00 am, Redding")).await;
    // Written anew it has a link that works.
    therapist.press_on(&email.says("It is not confirmed yet").form("/again")).await;
    let again = practice.email_to(JUNE.email).await;
    practice.visitor().open(path_of(again.page())).await.says("Requested");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn what_can_be_read_again_before_emails_go_out_goes_with_a_link_that_works() {
    let practice = practice().open().await;
    practice.therapist().await;
    practice.asks(&JUNE, &TUESDAY).await;
    let backup = practice.backs_up().await;
    let sent = practice.email_to(JUNE.email).await;
    let (practice, key) = restored_without_its_key(practice, &backup).await;
    practice.visitor().get(path_of(sent.page())).await.expect(404);
    let practice = with_the_key_back(practice, &key).await;
    let therapist = practice.therapist().await;
    let page = therapist.open("/admin/restored").await.never_says("can't be sent");
    therapist.press_on(&page.form("/admin/restored").all_ticked("send")).await;
    let again = practice.email_to(JUNE.email).await;
    practice.visitor().open(path_of(again.page())).await.says("Requested").says("Cancel");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn what_would_bring_a_dead_link_after_a_restore_is_not_sent() {
    let practice = practice().with("unproven_holds", "0").open().await;
    practice.therapist().await;
    practice.asks(&JUNE, &SATURDAY).await;
    let backup = practice.backs_up().await;
    practice.emails().await;
    let (practice, key) = restored_without_its_key(practice, &backup).await;
    let practice = with_the_key_back(practice, &key).await;
    let therapist = practice.therapist().await;
    let page = therapist.open("/admin/restored").await.says("its links have ended");
    therapist.press_on(&page.form("/admin/restored").all_ticked("send")).await;
    practice.deliver_now().await;
    let emails = practice.emails().await;
    assert!(emails.iter().all(|email| email.to != JUNE.email), "{:?}", subjects(&emails));
    therapist.open("/admin").await.says("One email didn't go out.");
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn who_was_erased_is_erased_out_of_every_backup_that_is_put_back() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    practice.has_asked(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.answers(&JUNE, "decline", "").await;
    practice.emails().await;
    let backup = practice.backs_up().await;
    therapist.erases(&JUNE).await;
    // With the data folder gone, what lies with the backups still knows.
    practice.passes(TimeDelta::hours(24)).await;
    practice.emails().await;
    practice.backs_up().await;

    let practice = practice
        .while_closed(|folder| {
            fs::remove_file(folder.join("data/erasures")).expect("the log");
            let ended = restore(folder, &backup);
            assert!(ended.out.contains("Erased again, as you had done since: 1 of the clients"), "{ended:?}");
        })
        .await;
    let therapist = practice.therapist().await;
    assert!(!therapist.has_on_file(&JUNE).await, "she stays erased");
    assert!(therapist.has_on_file(&PETER).await);
    let bytes = fs::read(practice.data_dir().join("stillpoint.db")).expect("the file");
    assert!(!bytes.windows(JUNE.email.len()).any(|window| window == JUNE.email.as_bytes()));
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn a_number_that_was_given_since_is_not_given_again() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let backup = practice.backs_up().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    therapist.answers(&JUNE, "decline", "").await;
    practice.emails().await;
    therapist.erases(&JUNE).await;
    let practice = restored(practice, &backup).await;
    practice.asks(&PETER, &TUESDAY).await;
    // The erasure in the log is of another client, who had the number that Peter would have got.
    let practice = practice.while_closed(|folder| {
        let backup = run(&mut stillpoint(folder, &["backup", "now.db"]));
        assert_eq!(backup.code, 0, "{backup:?}");
        assert!(!restore(folder, &folder.join("now.db")).out.contains("Erased again"));
    });
    let practice = practice.await;
    assert!(practice.therapist().await.has_on_file(&PETER).await);
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn a_backup_that_was_copied_into_its_place_by_hand_is_known_for_what_it_is() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.asks(&JUNE, &TUESDAY).await;
    let backup = practice.backs_up().await;
    let practice = practice
        .while_closed(|folder| {
            fs::copy(&backup, folder.join("data/stillpoint.db")).expect("a copy");
        })
        .await;
    assert!(practice.running.notes.iter().any(|note| note.contains("restored from a backup")));
    assert!(practice.emails().await.is_empty(), "nothing goes out");
    is_signed_out(&practice, &therapist).await;
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn a_copy_that_litestream_brought_to_another_machine_is_restored_as_a_backup_is() {
    let practice = practice().open().await;
    let june = practice.has_asked(&JUNE, &TUESDAY).await;
    practice.asks(&PETER, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    let copy = practice.data_dir().with_file_name("copy.db");
    let practice = practice
        .while_closed(|folder| {
            fs::copy(folder.join("data/stillpoint.db"), &copy).expect("a copy");
        })
        .await;
    other_databases::note_litestream(&copy).await;
    let practice = restored(practice, &copy).await;
    assert!(practice.emails().await.is_empty(), "nothing goes out");
    is_signed_out(&practice, &therapist).await;
    practice.visitor().get(&june).await.expect(404);
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("Restored from a backup, so no email is going out.");
    let form = therapist.open("/admin/restored").await.form("/admin/restored").all_ticked("send");
    therapist.press_on(&form).await;
    assert!(practice.emails().await.iter().any(|email| email.to == PETER.email));
    therapist.page_of(&JUNE).await.says("Requested: June Okafor");
    // It can be backed up and restored in its turn.
    let backup = practice.backs_up().await;
    let practice = restored(practice, &backup).await;
    practice.close_with_emails_unsent().await;
}

#[tokio::test]
async fn a_damaged_or_foreign_or_newer_file_is_refused_and_nothing_is_changed() {
    let practice = practice().open().await;
    let june = practice.has_asked(&JUNE, &TUESDAY).await;
    let whole = fs::read(practice.backs_up().await).expect("a backup");
    let practice = practice.while_closed(|folder| refuses_unfit(folder, &whole)).await;
    practice.visitor().open(&june).await.says("Requested");
    practice.close().await;
}

fn refuses_unfit(folder: &Path, whole: &[u8]) {
    let file = folder.join("unfit.db");
    let refuses = |bytes: &[u8], words: &str| {
        fs::write(&file, bytes).expect("a file");
        let before = fs::read(folder.join("data/stillpoint.db")).expect("the database");
        restore(folder, &file).was_refused(words);
        assert!(fs::read(folder.join("data/stillpoint.db")).expect("the database") == before);
    };
    refuses(&whole[..whole.len() / 2], "unfit.db can't be restored");
    let mut torn = whole.to_vec();
    torn[whole.len() / 2..].iter_mut().step_by(7).for_each(|byte| *byte ^= 0xff);
    refuses(&torn, "it's damaged");
    refuses("nothing of the kind ".repeat(300).as_bytes(), "it isn't a database of Stillpoint's");
    refuses(b"", "it isn't a database of Stillpoint's");
    restore(folder, &folder.join("none.db")).was_refused("none.db");
    let left = fs::read_dir(folder.join("data")).expect("a folder");
    let names: Vec<_> = left.map(|entry| entry.expect("an entry").file_name()).collect();
    assert!(!names.iter().any(|name| name.to_string_lossy().contains("part")), "{names:?}");
}

#[tokio::test]
async fn what_another_program_or_a_newer_version_wrote_is_refused() {
    let folder = tempdir().expect("a folder");
    assert_eq!(Server::start(&mut stillpoint(folder.path(), &[])).terminate(), 0);
    let (foreign, newer) = (folder.path().join("foreign.db"), folder.path().join("newer.db"));
    other_databases::of_another_program(&foreign).await;
    restore(folder.path(), &foreign).was_refused("it isn't a database of Stillpoint's");
    let newer_path = newer.to_str().expect("a path");
    assert_eq!(run(&mut stillpoint(folder.path(), &["backup", newer_path])).code, 0);
    other_databases::note_newer_migration(&newer).await;
    restore(folder.path(), &newer).was_refused("it was written by a newer version of Stillpoint");
}

#[tokio::test]
async fn a_restore_is_refused_while_a_server_uses_the_folder() {
    let folder = tempdir().expect("a folder");
    let server = Server::start(&mut stillpoint(folder.path(), &[]));
    assert_eq!(run(&mut stillpoint(folder.path(), &["backup", "now.db"])).code, 0);
    restore(folder.path(), Path::new("now.db")).was_refused("already serving from the folder");
    assert_eq!(server.terminate(), 0);
    let ended = restore(folder.path(), Path::new("now.db"));
    assert_eq!(ended.code, 0, "{ended:?}");
    assert!(ended.out.contains("Every appointment is the same in both."), "{}", ended.out);
}

#[tokio::test]
async fn a_backup_is_restored_where_there_was_nothing() {
    let (old, new) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let server = Server::start(&mut stillpoint(old.path(), &[]));
    assert_eq!(run(&mut stillpoint(old.path(), &["demo"])).code, 0);
    assert_eq!(run(&mut stillpoint(old.path(), &["backup", "now.db"])).code, 0);
    assert_eq!(server.terminate(), 0);
    let ended = restore(new.path(), &old.path().join("now.db"));
    assert_eq!(ended.code, 0, "{ended:?}");
    let server = Server::start(&mut stillpoint(new.path(), &[]));
    server.says("no email is going out until you've looked at");
    assert_eq!(server.terminate(), 0);
}

#[test]
fn a_backup_takes_the_place_of_nothing_but_a_backup() {
    let folder = tempdir().expect("a folder");
    assert_eq!(Server::start(&mut stillpoint(folder.path(), &[])).terminate(), 0);
    let back_up = |file: &str| run(&mut stillpoint(folder.path(), &["backup", file]));
    let database = fs::read(folder.path().join("data/stillpoint.db")).expect("the database");
    back_up("data/stillpoint.db").was_refused("is the database itself");
    fs::write(folder.path().join("letter.txt"), "dear all").expect("a file");
    back_up("letter.txt").was_refused("isn't a backup");
    back_up("no/such/folder/now.db").was_refused("no/such/folder");
    assert!(fs::read(folder.path().join("data/stillpoint.db")).expect("the database") == database);
    // What a backup that was killed has left is in nobody's way.
    fs::write(folder.path().join("now.db.part"), "half of it").expect("a file");
    for _ in 0..2 {
        let ended = back_up("now.db");
        assert_eq!(ended.code, 0, "{ended:?}");
        assert!(ended.out.starts_with("now.db: 0 appointments, 0 clients, "), "{}", ended.out);
    }
    assert!(!folder.path().join("now.db.part").exists());
}

#[tokio::test]
async fn an_encrypted_backup_is_opened_by_its_key_alone() {
    let folder = tempdir().expect("a folder");
    let (own, other) = (Identity::generate(), Identity::generate());
    let write_key = |name: &str, key: &Identity| {
        let mut file = File::create(folder.path().join(name)).expect("a file");
        writeln!(file, "# created by age-keygen\n{}", key.to_string().expose_secret()).expect("written");
    };
    write_key("own.txt", &own);
    write_key("other.txt", &other);
    fs::write(folder.path().join("none.txt"), "nothing\n").expect("a file");
    let server = Server::start(&mut stillpoint(folder.path(), &[]));
    assert_eq!(run(&mut stillpoint(folder.path(), &["demo"])).code, 0);
    let recipient = own.to_public().to_string();
    let made = run(&mut stillpoint(folder.path(), &["backup", "now.db.age", "--recipient", &recipient]));
    assert_eq!(made.code, 0, "{made:?}");
    assert_eq!(server.terminate(), 0);
    let bytes = fs::read(folder.path().join("now.db.age")).expect("a backup");
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    let with = |arguments: &[&str]| {
        let mut all = vec!["restore", "now.db.age"];
        all.extend(arguments);
        run(&mut stillpoint(folder.path(), &all))
    };
    with(&[]).was_refused("is encrypted");
    with(&["--key", "other.txt"]).was_refused("doesn't open");
    with(&["--key", "none.txt"]).was_refused("no secret key");
    with(&["--key", "missing.txt"]).was_refused("missing.txt");
    let ended = with(&["--key", "own.txt"]);
    assert_eq!(ended.code, 0, "{ended:?}");
    // Cut off, it is no backup.
    fs::write(folder.path().join("now.db.age"), &bytes[..bytes.len() - 100]).expect("a file");
    with(&["--key", "own.txt"]).was_refused("now.db.age");
    let wrong = run(stillpoint(folder.path(), &[]).env("BACKUP_RECIPIENT", "age1nobody"));
    wrong.was_refused("BACKUP_RECIPIENT");
}

#[tokio::test]
async fn each_night_has_its_backup_and_today_says_how_old_it_is() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.says("No backup yet.");
    practice.backs_up().await;
    therapist.open("/admin").await.says("Last backup: Monday, November 23, 8:00 am");
    // Once a night, at 3 am.
    practice.clock.advance(TimeDelta::hours(18));
    practice.backs_up().await;
    assert_eq!(practice.backups().len(), 1, "2 am");
    practice.clock.advance(TimeDelta::minutes(61));
    practice.backs_up().await;
    practice.backs_up().await;
    assert_eq!(practice.backups().len(), 2, "after 3 am");
    for _ in 0..40 {
        practice.clock.advance(TimeDelta::hours(24));
        practice.backs_up().await;
    }
    // Seven days, and of the weeks and months before those the last.
    let kept = practice.backups().len();
    assert!((9..=12).contains(&kept), "{kept}");
    practice.close().await;
}

#[tokio::test]
async fn a_backup_that_fails_is_said_on_today_until_the_next_one_is_made() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    let folder = practice.data_dir().join("backups");
    fs::write(&folder, "a file in its place").expect("a file");
    stillpoint::jobs::backup::back_up(&practice.running.app()).await;
    therapist.open("/admin").await.says("There's no backup.").says("The last try failed: can't");
    fs::remove_file(&folder).expect("a file");
    practice.backs_up().await;
    therapist.open("/admin").await.never_says("There's no backup.").says("Last backup: ");
    practice.clock.advance(TimeDelta::hours(50));
    therapist.open("/admin").await.says("There's no new backup.").says("Last backup: ");
    practice.close().await;
}

#[tokio::test]
async fn a_backup_under_load_is_whole_and_has_every_request_that_was_answered_before() {
    let (old, new) = (tempdir().expect("a folder"), tempdir().expect("a folder"));
    let server = Server::start(stillpoint(old.path(), &[]).env("TRUSTED_PROXIES", "127.0.0.1"));
    let openings = server.visitor().open(&format!("/appointments/new?service={SESSION}")).await;
    let mut asked = Vec::new();
    let mut backups: Vec<(PathBuf, usize)> = Vec::new();
    let links = openings.hrefs("main a[href*='start=']");
    let mut forms = 0;
    for (count, link) in links.iter().take(48).enumerate() {
        let visitor = server.visitor().forwarded_for(&format!("203.0.113.{count}"));
        let email = format!("somebody{count}@example.com");
        let page = visitor.get(link).await;
        if page.status == 409 {
            // An earlier one has taken it.
            continue;
        }
        let form = JUNE.fills(page.form("/appointments")).with("email", &email);
        // With every third form: which openings are taken by then depends on the day.
        forms += 1;
        let backing_up = (forms % 3 == 0 && backups.len() < 3).then(|| {
            let file = old.path().join(format!("during{count}.db"));
            let path = file.clone();
            (
                file,
                std::thread::spawn({
                    let folder = old.path().to_owned();
                    move || run(&mut stillpoint(&folder, &["backup", path.to_str().expect("a path")]))
                }),
            )
        });
        let before = asked.len();
        let page = visitor.press(&form).await;
        if page.status == 303 {
            asked.push(page.leads_to());
        }
        if let Some((file, thread)) = backing_up {
            let ended = thread.join().expect("it ends");
            assert_eq!(ended.code, 0, "{ended:?}");
            backups.push((file, before));
        }
    }
    assert_eq!(server.terminate(), 0);
    assert_eq!(backups.len(), 3);
    for (backup, before) in backups {
        let ended = restore(new.path(), &backup);
        assert_eq!(ended.code, 0, "{ended:?}");
        let count: usize = ended
            .out
            .split(": ")
            .nth(1)
            .and_then(|rest| rest.split(' ').next()?.replace("one", "1").parse().ok())
            .unwrap_or_else(|| panic!("{ended:?}"));
        assert!((before..=before + 1).contains(&count), "{count} of {before}: {}", ended.out);
    }
}

#[tokio::test]
async fn an_upgrade_keeps_the_file_as_it_was() {
    let folder = tempdir().expect("a folder");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("a folder");
    other_databases::of_schema_24(&data.join("stillpoint.db")).await;
    let starts = || {
        let server = Server::start(&mut stillpoint(folder.path(), &[]));
        let said = server.before.join("\n");
        assert_eq!(server.terminate(), 0);
        said
    };
    let kept = || -> Vec<PathBuf> {
        let entries = fs::read_dir(data.join("backups")).expect("a folder");
        let files = entries.map(|entry| entry.expect("an entry").path());
        files.filter(|file| file.display().to_string().contains("-before-")).collect()
    };
    const UPGRADED: &str = "the database is being brought up to date";
    let said = starts();
    assert!(said.contains(UPGRADED), "{said}");
    let [before] = &kept()[..] else { panic!("one backup: {:?}", kept()) };
    let said = starts();
    assert!(!said.contains(UPGRADED), "{said}");
    assert_eq!(kept().len(), 1, "what is up to date is kept once");

    let ended = restore(folder.path(), before);
    assert_eq!(ended.code, 0, "an older schema is brought up to date: {ended:?}");
    starts();
}

#[tokio::test]
async fn nothing_is_upgraded_that_could_not_be_copied_first() {
    let folder: TempDir = tempdir().expect("a folder");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("a folder");
    let file = data.join("stillpoint.db");
    other_databases::of_schema_24(&file).await;
    let before = fs::read(&file).expect("a database");
    fs::write(data.join("backups"), "a file in the place of the folder").expect("a file");
    for command in [&[][..], &["therapist", "link"]] {
        run(&mut stillpoint(folder.path(), command)).was_refused("data/backups");
    }
    assert!(fs::read(&file).expect("a database") == before, "not a byte has changed");
}
