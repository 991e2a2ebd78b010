//! `stillpoint doctor`: a line for each thing that it looks at, and what to do.

use std::{
    collections::BTreeMap, fs, os::unix::fs::PermissionsExt, path::Path, process::Command, time::SystemTime,
};

use tempfile::{TempDir, tempdir};

use crate::support::{
    content,
    mailbox::Mailbox,
    program::{Ended, Server, run, stillpoint},
};

fn folder() -> TempDir {
    tempdir().expect("a folder")
}

fn doctor(folder: &TempDir) -> Command {
    stillpoint(folder.path(), &["doctor"])
}

/// The verdict on what one line is about.
#[track_caller]
fn verdict(ended: &Ended, about: &str, words: &str) -> String {
    let is_it = |line: &&str| line.get(6..).is_some_and(|rest| rest.starts_with(&format!("{about}: ")));
    let mut lines = ended.out.lines().filter(is_it);
    let found = lines.find(|line| line.contains(words));
    let found = found.unwrap_or_else(|| panic!("nothing says “{words}” about {about}: {ended:#?}"));
    found.split_whitespace().next().unwrap_or_default().to_owned()
}

/// Every file below a folder, and when it was last written. That isn't told of the database, to
/// which the server beside it writes when it likes.
fn files(folder: &Path) -> BTreeMap<String, SystemTime> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    let of = |path: std::path::PathBuf| match path.is_dir() {
        true => files(&path),
        false => {
            let name = path.display().to_string();
            let written = path.metadata().and_then(|found| found.modified()).expect("a file");
            let is_database = name.contains("/stillpoint.db");
            [(name, if is_database { SystemTime::UNIX_EPOCH } else { written })].into()
        }
    };
    entries.flat_map(of).collect()
}

#[test]
fn before_the_first_start_it_says_what_is_missing_and_makes_nothing() {
    let folder = folder();
    let ended = run(doctor(&folder).env("SMPT_URL", "smtps://mail.example.com"));
    assert_eq!((ended.code, ended.err.as_str()), (0, ""), "{ended:#?}");
    assert_eq!(verdict(&ended, "DATA_DIR", "data isn't there yet"), "look");
    assert_eq!(verdict(&ended, "CONTENT_DIR", "no problems"), "ok");
    assert_eq!(verdict(&ended, "BASE_URL", "isn't set"), "look");
    assert_eq!(verdict(&ended, "SMTP_URL", "nobody gets it"), "look");
    assert_eq!(verdict(&ended, "variables", "did you mean SMTP_URL?"), "look");
    assert_eq!(files(folder.path()).len(), 0, "nothing was made");
}

// The mail server answers beside the program that is waited for.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn beside_a_server_that_is_well_all_is_ok_and_nothing_is_sent_or_changed() {
    let (folder, mailbox) = (folder(), Mailbox::open().await);
    let mail = mailbox.url().replace("smtp://", "smtp://me:secret@");
    let variables = [("SMTP_URL", mail.as_str()), ("BASE_URL", "http://127.0.0.1")];
    let server = Server::start(stillpoint(folder.path(), &[]).envs(variables));
    server.says("the backup of the night was made");
    let listen = server.url.trim_start_matches("http://").to_owned();
    let before = files(folder.path());
    let ended = run(doctor(&folder).envs(variables).env("LISTEN", &listen));
    for (about, words) in [
        ("DATA_DIR", "free in data"),
        ("server", "all is well"),
        ("BASE_URL", "links begin with http://127.0.0.1"),
        ("SMTP_URL", "takes the sign-in"),
        ("backups", "reads through: 0 appointments"),
    ] {
        assert_eq!(verdict(&ended, about, words), "ok", "{ended:#?}");
    }
    assert_eq!(verdict(&ended, "MAIL_FROM", "an example"), "FIX");
    assert_eq!((ended.code, ended.err.trim_end()), (1, "stillpoint: one thing to fix"));
    assert!(!ended.out.contains("secret"), "{ended:#?}");
    assert_eq!(files(folder.path()), before, "nothing is changed");
    assert_eq!(server.terminate(), 0);
    mailbox.is_empty();
}

#[test]
fn what_is_broken_is_told_all_at_once_with_what_to_do() {
    let folder = folder();
    assert_eq!(Server::start(&mut stillpoint(folder.path(), &[])).terminate(), 0);
    let content = folder.path().join("content");
    content::copy_shipped(&content);
    fs::write(content.join("practice.toml"), "name = 7").expect("a practice file");
    let backups = folder.path().join("data/backups");
    fs::create_dir_all(&backups).expect("a folder");
    fs::write(backups.join("stillpoint-2026-01-01T110000Z.db"), "no database at all ".repeat(100))
        .expect("a file");
    let everybody = fs::Permissions::from_mode(0o644);
    fs::set_permissions(folder.path().join("data/key"), everybody).expect("a key");
    let ended = run(doctor(&folder).envs([
        ("CONTENT_DIR", content.to_str().expect("a path")),
        ("BASE_URL", "http://practice.test"),
        ("TRUSTED_PROXIES", "0.0.0.0/0"),
        ("SMTP_URL", "smtp://me:secret@127.0.0.1:1"),
        ("MAIL_FROM", "office@practice.example"),
    ]));
    for (about, words) in [
        ("CONTENT_DIR", "practice.toml:1: "),
        ("BASE_URL", "is http"),
        ("TRUSTED_PROXIES", "trusts everybody"),
        ("SMTP_URL", "nothing answers at its port"),
        ("MAIL_FROM", "an example"),
        ("KEY_FILE", "chmod 600 data/key"),
        ("backups", "days old"),
        ("backups", "can't be relied on: it isn't a database of Stillpoint's"),
    ] {
        assert_eq!(verdict(&ended, about, words), "FIX", "{ended:#?}");
    }
    assert_eq!((ended.code, ended.err.trim_end()), (1, "stillpoint: 8 things to fix"), "{ended:#?}");
    assert!(!ended.out.contains("secret"), "{ended:#?}");
}

#[test]
fn a_proxy_that_nobody_has_named_and_email_that_nobody_gets_are_to_be_fixed_once_it_is_online() {
    let folder = folder();
    // Nothing resolves there, and nobody waits for it.
    let ended = run(doctor(&folder).env("BASE_URL", "https://practice.invalid"));
    assert_eq!(verdict(&ended, "TRUSTED_PROXIES", "no proxy is named"), "FIX");
    assert_eq!(verdict(&ended, "SMTP_URL", "isn't set"), "FIX");
    assert_eq!(verdict(&ended, "https", "can't reach https://practice.invalid"), "look");
    let held = run(doctor(&folder).env("MAIL", "hold").env("SMTP_URL", "smtp://127.0.0.1:1"));
    assert_eq!(verdict(&held, "MAIL", "none is sent"), "look");
    assert_eq!(held.code, 0, "{held:#?}");
}

#[test]
fn with_https_domain_it_looks_at_the_port_and_at_the_variables_that_do_not_fit() {
    let folder = folder();
    let doctor = |listen: &str| {
        run(doctor(&folder).envs([
            ("HTTPS_DOMAIN", "practice.invalid,www.practice.invalid"),
            ("LISTEN", listen),
            ("BASE_URL", "https://other.invalid"),
            ("TRUSTED_PROXIES", "10.0.0.1"),
        ]))
    };
    let taken = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let listen = taken.local_addr().expect("an address").to_string();
    let ended = doctor(&listen);
    assert_eq!(verdict(&ended, "server", "takes connections at"), "ok");
    let its = verdict(&ended, "server", "the certificate for practice.invalid, www.practice.invalid itself");
    assert_eq!(its, "ok");
    for (about, words) in [
        ("BASE_URL", "names other.invalid, and the certificate will be for practice.invalid"),
        ("TRUSTED_PROXIES", "visitors come straight here"),
        ("LISTEN", "can only be reached from this machine"),
        ("https", "can't reach https://other.invalid"),
    ] {
        assert_eq!(verdict(&ended, about, words), "look", "{ended:#?}");
    }
    drop(taken);
    assert_eq!(verdict(&doctor("127.0.0.1:1"), "server", "nothing answers at 127.0.0.1:1"), "look");
}

#[test]
fn where_the_key_lies_and_whether_it_can_be_used_is_told() {
    let folder = folder();
    assert_eq!(Server::start(&mut stillpoint(folder.path(), &[])).terminate(), 0);
    let key = fs::read(folder.path().join("data/key")).expect("a key");
    let with_key = |file: &str, text: &[u8]| {
        let path = folder.path().join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(&path, text).expect("a key file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("its mode");
        run(doctor(&folder).env("KEY_FILE", file))
    };
    for (file, text, words, expected) in [
        ("data/key", &key[..], "data/key and the backups are both in data", "look"),
        ("apart/key", &key, "apart/key lies apart from the backups", "ok"),
        ("data/backups/key", &key, "data/backups/key lies among the backups", "FIX"),
        ("apart/damaged", b"half a key", "apart/damaged can't be used: it isn't a key", "FIX"),
    ] {
        let ended = with_key(file, text);
        assert_eq!(verdict(&ended, "KEY_FILE", words), expected, "{ended:#?}");
        let cannot_be_read = ended.out.contains("the key that encrypted them isn't in apart/damaged");
        assert_eq!(cannot_be_read, file == "apart/damaged", "{ended:#?}");
        assert_eq!(files(folder.path()).keys().filter(|name| name.ends_with(".kept")).count(), 0);
    }
}
