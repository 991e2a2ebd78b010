//! Faults of the machine: a full disk, a lock that another program holds, a
//! standard error that nobody reads. The practice says so, and goes on by itself.

use std::{fs, path::Path, time::Duration};

use sqlx::{Connection, Executor, SqliteConnection, sqlite::SqliteConnectOptions};
use stillpoint::{health::Job, serve::folder};
use tempfile::tempdir;

use crate::support::{
    mailbox::Mailbox,
    page::Page,
    people::{JUNE, PASSWORD, PETER, TUESDAY, WEDNESDAY, path_of},
    practice::practice,
    program::{Server, run, stillpoint},
};

pub const PHONE: &str = "(530) 555-0100";

/// Insists that nothing was saved, that the page says whom to call, and that
/// what was sent stands on it to be sent again.
#[track_caller]
pub fn is_unsaved(page: Page, action: &str, kept: &[(&str, &str)]) -> Page {
    let page = page.expect(503).says("That wasn't saved");
    let form = page.form(action);
    for (name, value) in kept {
        assert_eq!(form.value(name), *value, "{name}");
    }
    page
}

#[tokio::test]
async fn on_a_full_disk_nothing_typed_is_lost_and_all_goes_on_once_there_is_room() {
    let folder = tempdir().expect("a temporary folder");
    let mailbox = Mailbox::open().await;
    let variables = [("SMTP_URL", mailbox.url()), ("TRUSTED_PROXIES", "127.0.0.1")];
    let server = Server::start(stillpoint(folder.path(), &[]).envs(variables));
    let (client, therapist) = (server.visitor(), server.therapist().await);
    let other = server.visitor().forwarded_for("203.0.113.1");

    let openings = client.openings().await;
    let own_page = client.press(&JUNE.fills(client.open(&openings[0]).await.form("/appointments"))).await;
    let own_page = own_page.leads_to();
    mailbox.comes(2).await;

    let note = "Left shoulder.\nBy bus, \"late\".";
    let request = PETER.fills(client.open(&openings[30]).await.form("/appointments")).with("note", note);
    let articles = client.open("/articles").await.hrefs("main h2 a, main h3 a");
    let article = articles[0].split('#').next().unwrap_or_default();
    let question_page = format!("{article}/question");
    let question = client.open(&question_page).await.form(&question_page);
    let question =
        question.with("name", "Ann").with("email", "ann@example.com").with("question", "Does it hurt?");
    let cancellation = client.open(&format!("{own_page}/cancellation")).await.form("/cancellation");
    let times = client.open(&format!("{own_page}/reschedule")).await.hrefs("main a[href*='start=']");
    let reschedule = client.open(&times[20]).await.form("/reschedule");
    let today = therapist.open("/admin").await;
    let visit = therapist.open(&today.link(JUNE.name)).await;
    let decline =
        therapist.open(&visit.link("Decline")).await.form("/decline").with("sentence", "I am away.");
    let closing = therapist.open("/admin/time-off").await.form("/pause");
    let closing = closing.with("sentence", "Back in May.");
    let sign_in = client.open("/admin/session").await.form("/admin/session");
    let sign_in = sign_in.with("email", "dustin@example.com").with("password", PASSWORD);
    client.open("/healthz").await.says("ok");

    server.has_room(false);
    let mut unsaved = Vec::new();
    for _ in 0..2 {
        let page = client.press(&request).await;
        unsaved.push(is_unsaved(
            page,
            "/appointments",
            &[("name", PETER.name), ("note", note), ("agreed", "yes")],
        ));
    }
    let unsaved = unsaved.remove(0).says(PHONE).says("Left shoulder.");
    client.get("/healthz").await.expect(503).says("booking fails");
    is_unsaved(other.press(&question).await, &question_page, &[("question", "Does it hurt?")]).says(PHONE);
    is_unsaved(client.press(&cancellation).await, "/cancellation", &[]).says(PHONE);
    is_unsaved(client.press(&reschedule).await, "/reschedule", &[("start", reschedule.value("start"))])
        .says(PHONE);
    is_unsaved(therapist.press(&decline).await, "/decline", &[("sentence", "I am away.")]);
    is_unsaved(therapist.press(&closing).await, "/pause", &[("sentence", "Back in May.")]);
    let page = is_unsaved(client.press(&sign_in).await, "/admin/session", &[("email", "dustin@example.com")]);
    assert!(!String::from_utf8_lossy(&page.bytes).contains(PASSWORD), "a password is typed again");
    therapist.open("/admin").await.says("Nothing can be saved right now");
    client.open(&own_page).await.says("Requested");

    server.has_room(true);
    let again = unsaved.form("/appointments");
    other.press_on(&again).await.says("Requested");
    client.open("/healthz").await.says("ok");
    therapist.open("/admin").await.never_says("Nothing can be saved");
    mailbox.comes(2).await;
    therapist.press_on(&decline).await;
    other.press(&question).await.expect(303);
    assert_eq!(server.terminate(), 0);
}

/// Another program takes the lock, until it says otherwise.
pub async fn locked(database: &Path) -> SqliteConnection {
    let options = SqliteConnectOptions::new().filename(database);
    let mut other = SqliteConnection::connect_with(&options).await.expect("the file");
    other.execute("BEGIN IMMEDIATE").await.expect("the lock");
    other
}

#[tokio::test]
async fn while_another_program_holds_the_lock_nothing_typed_is_lost() {
    let practice = practice().with_limits(|limits| limits.lock = Duration::from_millis(500)).open().await;
    let therapist = practice.therapist().await;
    practice.has_asked(&JUNE, &TUESDAY).await;
    let request = practice.filled(&PETER, &WEDNESDAY).await;
    let confirmation = therapist.page_of(&JUNE).await.form("/confirmation");
    let mut other = locked(&folder::database(&practice.data_dir())).await;
    let client = practice.visitor();
    let page =
        is_unsaved(client.press(&request).await, "/appointments", &[("email", PETER.email)]).says(PHONE);
    is_unsaved(therapist.press(&confirmation).await, "/confirmation", &[]);
    assert_eq!(client.get("/healthz").await.expect(503).body(), "booking fails\n");
    therapist.open("/admin").await.says("another program has locked the database");
    other.execute("ROLLBACK").await.expect("it lets go");
    client.press_on(&page.form("/appointments")).await.says("Requested");
    client.open("/healthz").await.says("ok");
    therapist.press_on(&confirmation).await.says("Confirmed");
    practice.deliver().await;
    practice.close().await;
}

#[tokio::test]
async fn a_job_that_is_down_is_said_to_be() {
    let practice = practice().open().await;
    let therapist = practice.therapist().await;
    practice.visitor().open("/healthz").await.says("ok");
    let health = practice.running.app().store.health().clone();
    for (job, words, booking_fails) in [
        (Job::Courier, "Email isn't going out.", true),
        (Job::Housekeeping, "Reminders aren't going out, and unanswered requests don't expire.", true),
        (Job::ContentWatch, "Changes to your content don't show up.", false),
        (Job::Backup, "Backups aren't being made.", false),
    ] {
        health.job_is_down(job);
        let status = if booking_fails { 503 } else { 200 };
        practice.visitor().get("/healthz").await.expect(status).never_says(&job.to_string());
        therapist.open("/admin").await.says(words).says("is being restarted");
        health.job_is_up(job);
    }
    practice.visitor().open("/healthz").await.says("ok");
    therapist.open("/admin").await.never_says("is being restarted");
    practice.close().await;
}

#[tokio::test]
async fn a_standard_error_that_nobody_reads_ends_nothing_and_holds_nothing_up() {
    for reader_is_gone in [true, false] {
        let folder = tempdir().expect("a temporary folder");
        let mailbox = Mailbox::open().await;
        let mut program = stillpoint(folder.path(), &[]);
        program.env("SMTP_URL", mailbox.url()).env("RUST_LOG", "trace");
        let server = Server::start_unheard(&mut program, reader_is_gone);
        let client = server.visitor();
        let openings = client.openings().await;
        for opening in [&openings[0], &openings[30]] {
            client.press(&JUNE.fills(client.open(opening).await.form("/appointments"))).await.expect(303);
        }
        for _ in 0..50 {
            client.get("/no/such/page").await.expect(404);
        }
        mailbox.comes(4).await;
        client.open("/healthz").await.says("ok");
        assert_eq!(server.terminate(), 0);
    }
}

#[tokio::test]
async fn the_link_of_an_email_that_went_out_stands_in_no_file() {
    let practice = practice().open().await;
    practice.asks(&JUNE, &TUESDAY).await;
    let email = practice.email_to(JUNE.email).await;
    let token = path_of(email.page()).rsplit('/').next().expect("a token").to_owned();
    practice.running.app().store.empty_journal().await.expect("it can be emptied");
    for file in fs::read_dir(practice.data_dir()).expect("a folder") {
        let path = file.expect("a file").path();
        let holds = path.is_file()
            && fs::read(&path).expect("a file").windows(token.len()).any(|part| part == token.as_bytes());
        assert!(!holds, "{}", path.display());
    }
    practice.visitor().open(email.page()).await.says("Requested");
    practice.deliver().await;
    practice.close().await;
}

#[test]
fn a_command_whose_answer_nobody_reads_says_so() {
    let folder = tempdir().expect("a temporary folder");
    assert_eq!(Server::start(&mut stillpoint(folder.path(), &[])).terminate(), 0);
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a device that is full");
    let mut link = stillpoint(folder.path(), &["therapist", "link"]);
    let child = link.stdout(full).stderr(std::process::Stdio::piped()).spawn().expect("it starts");
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("standard output"));
    run(&mut stillpoint(folder.path(), &["demo"]));
}
