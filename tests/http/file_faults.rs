//! Faults of the file, one by one: it is locked, read-only, gone, or another lies in its
//! place; or there is no room for its upgrade, its backup, or the note of an email. Whoever
//! wants something reads whom to call, Today says what it is, and all goes on by itself.

use std::{
    fs::{self, Permissions},
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, Instant},
};

use sqlx::{Connection, Executor};
use stillpoint::{jobs, serve::folder};
use tempfile::tempdir;

use super::faults::{PHONE, is_unsaved, locked};
use crate::support::{
    content,
    mailbox::{Mailbox, Mood},
    other_databases,
    page::Form,
    people::{JUNE, PASSWORD, PETER, THERAPIST, TUESDAY, WEDNESDAY},
    practice::practice,
    program::{Server, run, stillpoint},
    visitor::Visitor,
};

/// Signs in where a password is set.
async fn signs_in(visitor: &Visitor) {
    let form = visitor.open("/admin/session").await.form("/admin/session");
    visitor.press_on(&form.with("email", THERAPIST).with("password", PASSWORD)).await;
}

#[tokio::test]
async fn however_many_wait_for_the_lock_each_has_a_page_in_time() {
    let patience = Duration::from_millis(1500);
    let practice = practice().with_limits(|limits| limits.lock = patience).open().await;
    let request = practice.filled(&PETER, &WEDNESDAY).await;
    let mut other = locked(&folder::database(&practice.data_dir())).await;
    let presses = (0..4).map(|nth| {
        let (client, request) = (practice.visitor(), request.clone());
        tokio::spawn(async move {
            tokio::time::sleep(patience * nth / 5).await;
            let begun = Instant::now();
            (client.press(&request).await, begun.elapsed())
        })
    });
    for pressed in presses.collect::<Vec<_>>() {
        let (page, took) = pressed.await.expect("a page");
        is_unsaved(page, "/appointments", &[("name", PETER.name)]).says(PHONE);
        assert!(took < patience * 2, "{took:?}");
    }
    other.execute("ROLLBACK").await.expect("it lets go");
    practice.visitor().press_on(&request).await.says("Requested");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn while_the_folder_is_gone_nothing_is_promised_and_all_goes_on_when_it_is_back() {
    let practice = practice().open().await;
    let (client, therapist) = (practice.visitor(), practice.therapist().await);
    let own = practice.has_asked(&JUNE, &TUESDAY).await;
    let mut request = practice.filled(&PETER, &WEDNESDAY).await;
    let (data, away) = (practice.data_dir(), practice.data_dir().with_extension("away"));
    let as_it_was: &dyn Fn() = &|| fs::rename(&away, &data).expect("it is back");
    let as_a_copy: &dyn Fn() = &|| {
        content::copy(&away, &data);
        fs::remove_dir_all(&away).expect("a folder");
    };
    let is_in_trouble = async |request: Form, words: &str| {
        let page = is_unsaved(client.press(&request).await, "/appointments", &[("name", PETER.name)]);
        assert_eq!(client.get("/healthz").await.expect(503).body(), "booking fails\n");
        therapist.open("/admin").await.says(&format!("Nothing can be saved right now: {words}"));
        client.open(&own).await.says("Requested");
        page.says(PHONE).form("/appointments")
    };
    for comes_back in [as_it_was, as_a_copy] {
        fs::rename(&data, &away).expect("it is gone");
        request = is_in_trouble(request, "the database is gone from its folder.").await;
        jobs::backup::back_up(&practice.running.app()).await;
        assert!(!data.exists(), "nothing is made in its place");
        comes_back();
        let page = client.press_on(&request).await.says("Requested");
        client.open("/healthz").await.says("ok");
        therapist.open("/admin").await.never_says("Nothing can be saved");
        let cancellation = client.open(&page.link("Cancel")).await.form("/cancellation");
        client.press_on(&cancellation).await.says("Canceled");
        request = practice.filled(&PETER, &WEDNESDAY).await;
    }

    // What is no database, or a backup that nobody has looked at, is not taken for it.
    let (database, kept) = (folder::database(&data), away);
    let backup = practice.backs_up().await;
    for backup in [None, backup.file_name()] {
        fs::rename(&data, &kept).expect("a folder");
        fs::create_dir(&data).expect("a folder");
        let other =
            backup.map_or(Vec::new(), |name| fs::read(kept.join("backups").join(name)).expect("a backup"));
        fs::write(&database, other).expect("a file");
        request = is_in_trouble(request, "another file lies in the database's place").await;
        fs::remove_dir_all(&data).expect("a folder");
        fs::rename(&kept, &data).expect("it is back");
        client.open(&own).await.says("Requested");
    }
    client.press_on(&request).await.says("Requested");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn while_the_database_is_read_only_nothing_typed_is_lost() {
    // Root may write anywhere, so root's program runs as another user, with files of its own.
    let folder = tempdir().expect("a folder");
    let (program, content) = (folder.path().join("stillpoint"), folder.path().join("content"));
    fs::copy(env!("CARGO_BIN_EXE_stillpoint"), &program).expect("a copy");
    content::copy_shipped(&content);
    let is_root = fs::metadata("/proc/self").expect("this process").uid() == 0;
    let modes = |modes: &[(&Path, u32)]| {
        modes.iter().for_each(|(path, mode)| {
            fs::set_permissions(path, Permissions::from_mode(*mode)).expect("a mode");
        });
    };
    modes(&[(folder.path(), 0o777), (&program, 0o755)]);
    let mut command = Command::new(&program);
    command.env_clear().current_dir(folder.path()).env("LISTEN", "127.0.0.1:0");
    if is_root {
        command.uid(65534);
    }
    let server = Server::start(&mut command);
    let therapist = server.therapist().await;
    let client = server.visitor();
    let request = JUNE.fills(client.open(&client.openings().await[0]).await.form("/appointments"));
    let data = folder.path().join("data");
    let files = ["stillpoint.db", "stillpoint.db-wal", "stillpoint.db-shm"].map(|name| data.join(name));
    let may = |folder, file| {
        modes(&[(&data, folder)]);
        files.iter().filter(|path| path.exists()).for_each(|path| modes(&[(path, file)]));
    };

    // Whoever has it open may go on; whoever opens it anew, as after any trouble, may not.
    let mut other = locked(&files[0]).await;
    client.press(&request).await.expect(503);
    may(0o500, 0o400);
    other.execute("ROLLBACK").await.expect("it lets go");
    other.close().await.expect("closed");
    is_unsaved(client.press(&request).await, "/appointments", &[("name", JUNE.name)]).says(PHONE);
    therapist.open("/admin").await.says("Nothing can be saved right now: the database is read-only.");
    may(0o700, 0o600);
    client.press_on(&request).await.says("Requested");
    therapist.open("/admin").await.never_says("Nothing can be saved");
    assert_eq!(server.terminate(), 0);

    may(0o500, 0o400);
    run(&mut command).was_refused("the database data/stillpoint.db can't be opened");
    may(0o700, 0o600);
    assert_eq!(Server::start(&mut command).terminate(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_disk_that_fills_up_while_an_email_is_out_it_is_not_sent_again() {
    let folder = tempdir().expect("a temporary folder");
    let mailbox = Mailbox::open().await;
    let server = Server::start(stillpoint(folder.path(), &[]).env("SMTP_URL", mailbox.url()));
    let therapist = server.therapist().await;
    let client = server.visitor();
    mailbox.is(Mood::Ponders);
    client.press_on(&JUNE.fills(client.open(&client.openings().await[0]).await.form("/appointments"))).await;
    let came = mailbox.comes(2).await;
    server.has_room(false);
    mailbox.is(Mood::Kind);
    server.says("can't note what became of an email");
    therapist.open("/admin").await.says("Nothing can be saved right now");
    server.has_room(true);
    for _ in &came {
        server.says("noted what became of");
    }
    therapist.open("/admin").await.never_says("Nothing can be saved").never_says("Trouble with email");
    mailbox.is_empty();
    assert_eq!(server.terminate(), 0);
}

/// Starts a command where no file may grow beyond so many kilobytes.
fn with_room_for(command: &Command, kilobytes: u32) -> Command {
    let mut shell = Command::new("/bin/bash");
    shell.args(["-c", &format!("ulimit -S -f {kilobytes}; exec \"$0\" \"$@\"")]);
    shell.arg(command.get_program()).args(command.get_args()).env_clear();
    shell.envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    shell.current_dir(command.get_current_dir().expect("a folder"));
    shell
}

fn parts_in(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().map(|entry| entry.expect("an entry").path());
    entries.filter(|path| path.display().to_string().contains(".part")).collect()
}

#[tokio::test]
async fn an_upgrade_that_finds_no_room_leaves_everything_as_it_was() {
    let folder = tempdir().expect("a folder");
    let data = folder.path().join("data");
    fs::create_dir(&data).expect("a folder");
    let file = data.join("stillpoint.db");
    other_databases::of_schema_24(&file).await;
    let (before, size) = (fs::read(&file).expect("a database"), fs::metadata(&file).expect("a file").len());
    let program = stillpoint(folder.path(), &[]);
    // No room for the backup before it, and then none for the upgrade itself.
    run(&mut with_room_for(&program, 16)).was_refused("the backup wasn't made");
    assert!(fs::read(&file).expect("a database") == before, "not a byte has changed");
    assert_eq!(parts_in(&data.join("backups")), Vec::<PathBuf>::new());
    for why in ["while executing migrations", "the backup wasn't made", "the backup wasn't made"] {
        let ended = run(&mut with_room_for(&program, size as u32 / 1024 + 64));
        assert_eq!(ended.code, 1, "{ended:?}");
        assert!(ended.err.contains(why), "{ended:?}");
    }
    let kept = fs::read_dir(data.join("backups")).expect("a folder").count();
    // The one of before the first step that was taken.
    assert_eq!(kept, 1, "a start that fails over and over fills no disk with backups");
    let server = Server::start(&mut stillpoint(folder.path(), &[]));
    server.visitor().open("/healthz").await.says("ok");
    assert_eq!(server.terminate(), 0);
}

#[tokio::test]
async fn a_backup_that_finds_no_room_is_said_and_leaves_nothing_behind() {
    let folder = tempdir().expect("a folder");
    let (data, backups) = (folder.path().join("data"), folder.path().join("data/backups"));
    let server = Server::start(&mut stillpoint(folder.path(), &[]));
    server.therapist().await;
    server.says("the backup of the night was made");
    assert_eq!(server.terminate(), 0);
    fs::remove_dir_all(&backups).expect("a folder");
    let refused = run(&mut with_room_for(&stillpoint(folder.path(), &["backup", "by-hand.db"]), 256));
    refused.was_refused("the backup wasn't made");
    assert!(!folder.path().join("by-hand.db").exists());

    let server = Server::start(&mut with_room_for(&stillpoint(folder.path(), &[]), 256));
    server.says("the backup of the night can't be made");
    let visitor = server.visitor();
    signs_in(&visitor).await;
    visitor
        .open("/admin")
        .await
        .says("There's no backup.")
        .says("The last try failed: the backup wasn't made");
    let request = JUNE.fills(visitor.open(&visitor.openings().await[0]).await.form("/appointments"));
    visitor.press_on(&request).await.says("Requested");
    for folder in [folder.path(), &data, &backups] {
        assert_eq!(parts_in(folder), Vec::<PathBuf>::new());
    }
    assert_eq!(server.terminate(), 0);
    // As a machine leaves it that dies over a backup.
    for left in [".part", ".part-journal"] {
        fs::write(backups.join(format!("stillpoint-2026-11-27T110412Z.db{left}")), "half").expect("a file");
    }
    let server = Server::start(&mut stillpoint(folder.path(), &[]));
    server.says("the backup of the night was made");
    assert_eq!(parts_in(&backups), Vec::<PathBuf>::new());
    let visitor = server.visitor();
    signs_in(&visitor).await;
    visitor.open("/admin").await.never_says("There's no backup.").says("Last backup: ");
    assert_eq!(server.terminate(), 0);
}
