//! The program from its command line: how it starts, why it does not, how it ends.

use std::{
    fs::{self, Permissions},
    net::TcpListener,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::Path,
    process::Command,
};

use tempfile::{TempDir, tempdir};

use crate::support::{
    content,
    mailbox::{Fault, Mailbox, Moment, Mood},
    other_databases,
    people::{JUNE, PASSWORD, path_of},
    program::{Server, run, stillpoint},
    visitor::Visitor,
};

fn folder() -> TempDir {
    tempdir().expect("a temporary folder")
}

fn serve(folder: &TempDir) -> Server {
    Server::start(&mut stillpoint(folder.path(), &[]))
}

async fn signs_in_through(visitor: &Visitor, link: &str) {
    let form = visitor.open(link).await.form(path_of(link)).with("password", PASSWORD);
    visitor.press_on(&form).await;
}

/// The first opening there is, asked for.
async fn asks_for_the_first_opening(visitor: &Visitor) -> String {
    let first = visitor.openings().await.remove(0);
    visitor.press(&JUNE.fills(visitor.open(&first).await.form("/appointments"))).await.leads_to()
}

#[test]
fn wrong_usage_is_exit_code_2() {
    let folder = folder();
    for arguments in
        [&["dance"][..], &["serve", "now"], &["--loud"], &["therapist"], &["therapist", "password"]]
    {
        let ended = run(&mut stillpoint(folder.path(), arguments));
        assert_eq!(ended.code, 2, "{arguments:?}: {ended:?}");
        assert!(ended.err.contains("Usage"), "{ended:?}");
    }
    assert_eq!(run(&mut stillpoint(folder.path(), &["--help"])).code, 0);
    assert!(!folder.path().join("data").exists(), "nothing was made");
}

#[test]
fn a_wrong_variable_is_one_sentence_that_names_it() {
    let folder = folder();
    for (name, value) in [
        ("LISTEN", "8080"),
        ("BASE_URL", "practice.example"),
        ("SMTP_URL", "mail.example.com:secret"),
        ("MAIL_FROM", "nobody"),
        ("TRUSTED_PROXIES", "the one in front"),
        ("METRICS_LISTEN", "9464"),
        ("LOG_FORMAT", "yaml"),
        ("MAIL", "later"),
    ] {
        let ended = run(stillpoint(folder.path(), &[]).env(name, value));
        ended.was_refused(name);
        assert!(!ended.err.contains("secret"), "{ended:?}");
    }
}

#[test]
fn a_port_in_use_is_one_sentence() {
    let folder = folder();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    run(stillpoint(folder.path(), &[]).env("LISTEN", &address)).was_refused(&address);
}

#[test]
fn a_folder_that_cannot_be_written_is_one_sentence() {
    let folder = folder();
    fs::write(folder.path().join("data"), "a file").expect("a file in place of the folder");
    for command in [&[][..], &["therapist", "link"], &["demo"]] {
        run(&mut stillpoint(folder.path(), command)).was_refused("DATA_DIR");
    }
}

#[test]
fn a_command_without_a_database_makes_none() {
    let folder = folder();
    for data in ["data", "not/there"] {
        for command in [&["therapist", "link"][..], &["demo"]] {
            let ended = run(stillpoint(folder.path(), command).env("DATA_DIR", data));
            ended.was_refused(&format!("there's no database in the folder {data} (DATA_DIR)"));
            assert_eq!(ended.out, "");
        }
    }
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 0, "nothing was made");
    fs::create_dir(folder.path().join("data")).expect("a folder");
    run(&mut stillpoint(folder.path(), &["demo"])).was_refused("DATA_DIR");
    assert_eq!(fs::read_dir(folder.path().join("data")).expect("a folder").count(), 0, "nothing was made");
}

#[tokio::test]
async fn a_database_of_another_program_is_left_alone() {
    let folder = folder();
    let file = folder.path().join("data/stillpoint.db");
    fs::create_dir(folder.path().join("data")).expect("a folder");
    other_databases::of_another_program(&file).await;
    let before = fs::read(&file).expect("a database");
    for command in [&[][..], &["therapist", "link"], &["demo"]] {
        run(&mut stillpoint(folder.path(), command)).was_refused("was made by another program");
    }
    assert!(fs::read(&file).expect("a database") == before, "not a byte has changed");
}

#[test]
fn a_folder_of_another_user_is_named_with_both_users() {
    // Only root can be another user, who then needs a program and content of their own: these may lie
    // where nobody else may go. Whoever is not root meets what belongs to root.
    let folder = folder();
    let open = |path: &Path| fs::set_permissions(path, Permissions::from_mode(0o755)).expect("a mode");
    open(folder.path());
    let is_root = fs::metadata("/proc/self").expect("this process").uid() == 0;
    let (data, copy) = (folder.path().join("data"), folder.path().join("stillpoint"));
    if is_root {
        assert_eq!(serve(&folder).terminate(), 0);
        open(&data);
        fs::copy(env!("CARGO_BIN_EXE_stillpoint"), &copy).expect("a copy");
        open(&copy);
        content::copy_shipped(&folder.path().join("content"));
    }
    for command in [&[][..], &["therapist", "link"], &["demo"]] {
        let mut program = stillpoint(folder.path(), command);
        let ended = if is_root {
            let mut program = Command::new(&copy);
            program.args(command).env_clear().current_dir(folder.path()).env("LISTEN", "127.0.0.1:0");
            run(program.uid(65534))
        } else {
            run(program.env("DATA_DIR", "/root"))
        };
        ended.was_refused("belongs to the user root, and this runs as ");
    }
}

#[test]
fn a_folder_that_others_can_look_into_keeps_its_mode_and_is_warned_of() {
    let folder = folder();
    let data = folder.path().join("data");
    let mode = || fs::metadata(&data).expect("a folder").mode() & 0o777;
    fs::create_dir(&data).expect("a folder");
    for (given, is_warned) in [(0o755, true), (0o750, true), (0o711, false), (0o700, false)] {
        fs::set_permissions(&data, Permissions::from_mode(given)).expect("a mode");
        let server = serve(&folder);
        let log = server.terminate_and_read();
        assert_eq!(log.contains("other users of this machine can read data (DATA_DIR)"), is_warned, "{log}");
        assert_eq!(mode(), given);
    }
}

#[test]
fn a_file_that_is_no_database_is_one_sentence() {
    let folder = folder();
    fs::create_dir(folder.path().join("data")).expect("a folder");
    fs::write(folder.path().join("data/stillpoint.db"), "no database at all ".repeat(100)).expect("a file");
    run(&mut stillpoint(folder.path(), &[])).was_refused("stillpoint.db");
}

#[tokio::test]
async fn a_database_from_a_newer_version_is_left_alone() {
    let folder = folder();
    assert_eq!(serve(&folder).terminate(), 0);
    let file = folder.path().join("data/stillpoint.db");
    other_databases::note_newer_migration(&file).await;
    let before = fs::read(&file).expect("a database");
    for command in [&[][..], &["therapist", "link"], &["demo"]] {
        run(&mut stillpoint(folder.path(), command)).was_refused("newer version");
    }
    assert!(fs::read(&file).expect("a database") == before, "not a byte has changed");
}

#[test]
fn a_second_server_on_the_same_folder_is_refused() {
    let folder = folder();
    let first = serve(&folder);
    run(&mut stillpoint(folder.path(), &["serve"])).was_refused("DATA_DIR");
    assert_eq!(first.terminate(), 0);
    assert_eq!(serve(&folder).terminate(), 0, "the lock went with the first");
}

#[tokio::test]
async fn the_end_closes_the_database_whole_and_the_next_start_finds_everything() {
    let folder = folder();
    let server = serve(&folder);
    let page = asks_for_the_first_opening(&server.visitor()).await;
    assert_eq!(server.terminate(), 0);
    for leftover in ["stillpoint.db-wal", "stillpoint.db-shm"] {
        assert!(!folder.path().join("data").join(leftover).exists(), "{leftover}");
    }
    let server = serve(&folder);
    server.visitor().open(&page).await.says("Requested");
    assert_eq!(server.terminate(), 0);
}

#[tokio::test]
async fn while_no_password_is_set_each_start_prints_a_link_to_set_it() {
    let folder = folder();
    assert_eq!(serve(&folder).terminate(), 0);
    let server = serve(&folder);
    let line = server.says("set the therapist's password");
    let link = line.split_whitespace().last().expect("a link").to_owned();
    assert!(link.starts_with(&format!("{}/admin/welcome/", server.url)), "{link}");
    server.says("no email is going out");
    signs_in_through(&server.visitor(), &link).await;
    assert_eq!(server.terminate(), 0);
    let server = serve(&folder);
    server.visitor().get(&link).await.expect(404);
    assert_eq!(server.terminate(), 0);
}

#[tokio::test]
async fn a_link_printed_beside_a_running_server_works_there() {
    let folder = folder();
    let server = serve(&folder);
    let printed = run(&mut stillpoint(folder.path(), &["therapist", "link"]));
    assert_eq!((printed.code, printed.out.lines().count()), (0, 1), "{printed:?}");
    let link = printed.out.trim();
    assert!(link.starts_with(&format!("{}/admin/welcome/", server.url)), "{link}");
    let therapist = server.visitor();
    signs_in_through(&therapist, link).await;
    therapist.open("/admin").await.says("No email is going out.");
    server.visitor().get(link).await.expect(404);
    assert_eq!(server.terminate(), 0);
}

#[tokio::test]
async fn the_demo_fills_an_empty_practice_beside_the_server_and_refuses_another() {
    let folder = folder();
    let server = serve(&folder);
    let filled = run(&mut stillpoint(folder.path(), &["demo"]));
    assert_eq!(filled.code, 0, "{filled:?}");
    let link = run(&mut stillpoint(folder.path(), &["therapist", "link"])).out;
    let therapist = server.visitor();
    signs_in_through(&therapist, link.trim()).await;
    therapist.open("/admin").await.says("3 requests and one reschedule to answer");
    // Today's may be over; of a week there are always some.
    therapist.open("/admin/week").await.some_hrefs("main a[href^='/admin/appointments/']");
    // Every page has something to show: two years with what was paid, emails, a vacation ahead.
    let numbers = therapist.open("/admin/numbers").await.says("No-shows").says("Tips").says("Redding");
    for year in numbers.some_hrefs("main a[href^='/admin/numbers?year=']") {
        therapist.open(&year).await;
    }
    therapist.open("/admin/emails").await.says("Sent");
    therapist.open("/admin/emails?trouble=yes").await.says("550 5.1.1 No such mailbox here");
    therapist.open("/admin/time-off").await.says("At the coast with the family").says("I'm on vacation");
    let client = therapist.open("/admin/appointments/1").await.hrefs("main a[href^='/admin/clients/']");
    therapist.open(client.first().expect("a client")).await.says("visits");
    run(&mut stillpoint(folder.path(), &["demo"])).was_refused("already");
    assert_eq!(fs::read_dir(folder.path().join("data/mail")).expect("a folder").count(), 0, "no emails");
    assert_eq!(server.terminate(), 0);
}

#[tokio::test]
async fn the_demo_refuses_a_practice_with_a_client() {
    let folder = folder();
    let server = serve(&folder);
    asks_for_the_first_opening(&server.visitor()).await;
    run(&mut stillpoint(folder.path(), &["demo"])).was_refused("already");
    assert_eq!(server.terminate(), 0);
}

#[tokio::test]
async fn emails_go_out_by_themselves_through_the_mail_server_of_the_variables() {
    let (folder, mailbox) = (folder(), Mailbox::open().await);
    let variables = [("SMTP_URL", mailbox.url()), ("MAIL_FROM", "office@practice.example")];
    let server = Server::start(stillpoint(folder.path(), &[]).envs(variables));
    asks_for_the_first_opening(&server.visitor()).await;
    let emails = mailbox.comes(2).await;
    assert!(emails.iter().all(|email| email.from == "office@practice.example"));
    assert!(emails.iter().all(|email| email.reply_to == "dustin@example.com"));
    assert!(emails.iter().all(|email| email.message_id.ends_with("@practice.example")));
    assert_eq!(server.terminate(), 0);
    assert!(!folder.path().join("data/mail").exists(), "no emails as files");
}

#[test]
fn a_test_copy_says_at_its_start_that_it_mails_nobody() {
    let folder = folder();
    let variables = [("MAIL", "hold"), ("SMTP_URL", "smtp://127.0.0.1:1")];
    let server = Server::start(stillpoint(folder.path(), &[]).envs(variables));
    server.says("no email is going out: MAIL is hold");
    assert_eq!(server.terminate(), 0);
    assert!(!folder.path().join("data/mail").exists(), "no emails as files");
}

#[tokio::test]
async fn a_mail_server_that_never_answers_holds_nobody_up() {
    let (folder, mailbox) = (folder(), Mailbox::open().await);
    mailbox.is(Mood::FailsAt(Moment::Greeting, Fault::Silent));
    let server = Server::start(stillpoint(folder.path(), &[]).env("SMTP_URL", mailbox.url()));
    let visitor = server.visitor();
    let page = asks_for_the_first_opening(&visitor).await;
    let form = visitor.open(&format!("{page}/cancellation")).await.form("/cancellation");
    let begun = std::time::Instant::now();
    visitor.press_on(&form).await.says("Canceled");
    assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
}

#[tokio::test]
async fn the_log_names_nobody() {
    let folder = folder();
    let server = Server::start(stillpoint(folder.path(), &[]).env("RUST_LOG", "trace"));
    let page = asks_for_the_first_opening(&server.visitor()).await;
    server.visitor().open(&page).await;
    server.visitor().get(&format!("{page}/no/such/page")).await.expect(404);
    let secrets = [JUNE.name, JUNE.email, "5550133", "555-0133", page.rsplit('/').next().expect("a token")];
    let log = server.terminate_and_read();
    assert!(log.contains("TRACE"), "everything is told:\n{log}");
    for secret in secrets {
        assert!(!log.contains(secret), "the log holds {secret}:\n{log}");
    }
}

#[tokio::test]
async fn a_log_for_programs_is_an_object_on_each_line_and_names_each_request() {
    let folder = folder();
    let variables = [("LOG_FORMAT", "json"), ("RUST_LOG", "stillpoint=debug")];
    let mut command = stillpoint(folder.path(), &[]);
    let server = Server::start(command.envs(variables));
    server.visitor().get("/no/such/page").await.expect(404);
    server.visitor().open("/about").await;
    let log = server.terminate_and_read();
    let lines: Vec<serde_json::Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("an object: {line}")))
        .collect();
    let answered: Vec<_> = lines.iter().filter(|line| line["message"] == "answered").collect();
    assert!(!answered.is_empty(), "{log}");
    let id = |line: &serde_json::Value| line["span"]["id"].as_str().map(str::len);
    assert!(answered.iter().any(|line| id(line) == Some(8)), "{log}");
}

#[tokio::test]
async fn the_numbers_about_the_program_are_read_on_an_address_of_their_own() {
    let folder = folder();
    let server = Server::start(stillpoint(folder.path(), &[]).env("METRICS_LISTEN", "127.0.0.1:0"));
    let line = server.says("numbers for Prometheus are at ");
    let address = line.split_whitespace().last().expect("an address").to_owned();
    asks_for_the_first_opening(&server.visitor()).await;
    server.visitor().get("/metrics").await.expect(404);
    let reader = Visitor::new(address.trim_end_matches("/metrics").to_owned(), String::new());
    let text = reader.open("/metrics").await.body();
    for number in [
        "stillpoint_booking_works 1",
        "stillpoint_requests_waiting 1",
        "stillpoint_content_problems 0",
        "# EOF",
    ] {
        assert!(text.lines().any(|line| line == number), "{number}: {text}");
    }
    assert!(text.contains("stillpoint_disk_free_bytes "), "{text}");
    for secret in [JUNE.name, JUNE.email, "5550133"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert_eq!(server.terminate(), 0);
}

#[test]
fn the_folder_is_made_where_it_is_wanted() {
    let folder = folder();
    let server = Server::start(stillpoint(folder.path(), &[]).env("DATA_DIR", "deep/in/here"));
    assert!(folder.path().join("deep/in/here/stillpoint.db").exists());
    assert_eq!(server.terminate(), 0);
}

#[test]
fn an_office_that_appointments_to_come_use_cannot_vanish() {
    let folder = folder();
    assert_eq!(serve(&folder).terminate(), 0);
    assert_eq!(run(&mut stillpoint(folder.path(), &["demo"])).code, 0);
    let content = folder.path().join("content");
    content::copy_shipped(&content);
    let file = content.join("practice.toml");
    let renamed = fs::read_to_string(&file).expect("a practice file").replace("\"mt-shasta\"", "\"weed\"");
    fs::write(&file, renamed).expect("a practice file");
    let ended = run(stillpoint(folder.path(), &[]).env("CONTENT_DIR", &content));
    assert_eq!(ended.code, 1, "{ended:?}");
    let problem = "practice.toml:1: the office `mt-shasta` is used by upcoming appointments";
    assert!(ended.err.contains(problem), "{ended:?}");
}

#[test]
fn the_database_is_for_its_owners_eyes_wherever_it_lies() {
    let folder = folder();
    let data = folder.path().join("data");
    let mode = |file: &str| fs::metadata(data.join(file)).expect("a file").mode() & 0o777;
    assert_eq!(serve(&folder).terminate(), 0);
    fs::set_permissions(&data, Permissions::from_mode(0o755)).expect("a mode");
    fs::set_permissions(data.join("stillpoint.db"), Permissions::from_mode(0o644)).expect("a mode");
    let server = serve(&folder);
    for file in ["stillpoint.db", "stillpoint.db-wal", "stillpoint.db-shm"] {
        assert_eq!(mode(file), 0o600, "{file}");
    }
    assert_eq!(server.terminate(), 0);
}
