//! The program as a service manager runs it: with a socket passed to it, and told what is to be known.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    os::unix::net::UnixDatagram,
    path::Path,
    time::Duration,
};

use tempfile::tempdir;

use crate::support::program::{Server, run, stillpoint, with_socket, with_sockets};

/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

fn socket() -> TcpListener {
    TcpListener::bind("127.0.0.1:0").expect("a port")
}

/// The service manager's ear.
fn ear(folder: &Path) -> UnixDatagram {
    let ear = UnixDatagram::bind(folder.join("notify")).expect("a socket");
    ear.set_read_timeout(Some(PATIENCE)).expect("a patience");
    ear
}

/// Waits until it hears a line, and returns what it has heard before.
fn hears(ear: &UnixDatagram, line: &str) -> Vec<String> {
    let (mut heard, mut message) = (Vec::new(), [0; 1024]);
    loop {
        let length = ear.recv(&mut message).unwrap_or_else(|_| panic!("“{line}” isn't said: {heard:?}"));
        let text = String::from_utf8_lossy(&message[..length]).into_owned();
        if text.lines().any(|said| said == line) {
            return heard;
        }
        heard.push(text);
    }
}

#[tokio::test]
async fn a_passed_socket_wins_over_listen_and_a_restart_drops_nobody() {
    let (folder, passed, taken) = (tempdir().expect("a folder"), socket(), socket());
    let address = passed.local_addr().expect("an address");
    let start = || {
        let mut program = stillpoint(folder.path(), &[]);
        program.env("LISTEN", taken.local_addr().expect("an address").to_string());
        Server::start(&mut with_socket(&program, &passed))
    };
    let first = start();
    assert_eq!(first.url, format!("http://{address}"));
    first.visitor().open("/").await;
    assert_eq!(first.terminate(), 0);

    // Nobody is there now to take it; it waits in the socket.
    let mut early = TcpStream::connect(address).expect("the socket is open");
    early.set_read_timeout(Some(PATIENCE)).expect("a patience");
    early.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("a request");
    let second = start();
    let mut answer = String::new();
    early.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert_eq!(second.terminate(), 0);
}

#[test]
fn sockets_for_another_program_are_not_taken_and_more_than_one_is_a_sentence() {
    let (folder, passed) = (tempdir().expect("a folder"), socket());
    let address = passed.local_addr().expect("an address");
    let mut program = stillpoint(folder.path(), &[]);
    let server = Server::start(program.env("LISTEN_FDS", "1").env("LISTEN_PID", "1"));
    assert_ne!(server.url, format!("http://{address}"));
    assert_eq!(server.terminate(), 0);
    let ended = run(stillpoint(folder.path(), &[]).env("LISTEN_FDS", "2"));
    ended.was_refused("LISTEN_FDS should be one TCP socket");
}

#[test]
fn with_https_the_first_socket_is_for_visitors_and_the_second_leads_there() {
    let (folder, https, http) = (tempdir().expect("a folder"), socket(), socket());
    let [https_address, address] = [&https, &http].map(|socket| socket.local_addr().expect("an address"));
    let mut program = stillpoint(folder.path(), &[]);
    // Nobody gives a certificate there.
    program.env("HTTPS_DOMAIN", "practice.example").env("ACME_DIRECTORY", "https://127.0.0.1:1/");
    let server = Server::start(&mut with_sockets(&program, [&https, &http]));
    assert_eq!(server.url, format!("https://{https_address}"));
    server.says(&format!("leading to https from http://{address}"));
    server.says("the certificate authority can't be reached");
    let mut visitor = TcpStream::connect(address).expect("the socket is open");
    visitor.set_read_timeout(Some(PATIENCE)).expect("a patience");
    let asked = "GET /faq HTTP/1.1\r\nHost: practice.example\r\nConnection: close\r\n\r\n";
    visitor.write_all(asked.as_bytes()).expect("a request");
    let mut answer = String::new();
    visitor.read_to_string(&mut answer).expect("an answer");
    assert!(answer.contains("location: https://practice.example/faq\r\n"), "{answer}");
    // Without a certificate there's no hang, and nothing in the clear.
    let mut visitor = TcpStream::connect(https_address).expect("the socket is open");
    visitor.set_read_timeout(Some(PATIENCE)).expect("a patience");
    visitor.write_all(b"GET / HTTP/1.1\r\n\r\n").expect("sent");
    let mut answer = Vec::new();
    let _ = visitor.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    assert_eq!(server.terminate(), 0);
}

#[test]
fn the_service_manager_hears_that_it_listens_that_it_lives_and_that_it_ends() {
    let folder = tempdir().expect("a folder");
    let ear = ear(folder.path());
    let mut program = stillpoint(folder.path(), &[]);
    program.env("NOTIFY_SOCKET", folder.path().join("notify")).env("WATCHDOG_USEC", "300000");
    let server = Server::start(&mut program);
    assert_eq!(hears(&ear, "READY=1"), [""; 0], "nothing before it is ready");
    for _ in 0..2 {
        hears(&ear, "WATCHDOG=1");
    }
    assert_eq!(server.terminate(), 0);
    hears(&ear, "STOPPING=1");
}

#[test]
fn a_service_manager_that_is_gone_holds_nobody_up() {
    let folder = tempdir().expect("a folder");
    let mut program = stillpoint(folder.path(), &[]);
    let server = Server::start(program.env("NOTIFY_SOCKET", folder.path().join("nobody")));
    server.says("NOTIFY_SOCKET");
    assert_eq!(server.terminate(), 0);
}
