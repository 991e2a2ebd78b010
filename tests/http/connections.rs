//! Connections that say nothing, never end, or never read: others are served all the same.

use std::{process::Command, time::Duration};

use tempfile::tempdir;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::support::{
    practice::practice,
    program::{Server, stillpoint},
};

/// How long anything may take that is to happen at once.
const PATIENCE: Duration = Duration::from_secs(20);

/// How it is asked for on a connection that stays.
const REQUEST: &str = "GET /services HTTP/1.1\r\nHost: practice.example\r\n\r\n";

async fn connection(address: &str) -> TcpStream {
    timeout(PATIENCE, TcpStream::connect(address)).await.expect("soon").expect("a connection")
}

#[tokio::test]
async fn more_connections_than_files_hold_up_nobody() {
    let folder = tempdir().expect("a temporary folder");
    let program = stillpoint(folder.path(), &[]);
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -n 128; exec \"$0\""]).arg(program.get_program()).env_clear();
    limited.current_dir(folder.path());
    limited.envs(program.get_envs().filter_map(|(name, value)| Some((name, value?))));
    let server = Server::start(&mut limited);
    let address = server.url.trim_start_matches("http://");
    let mut held = Vec::new();
    for nth in 0..300 {
        let mut connection = connection(address).await;
        let said = match nth % 3 {
            0 => String::new(),
            1 => format!("GET / HTTP/1.1\r\nHost: practice.example\r\nX-Long: {}", "x".repeat(4000)),
            // Never read.
            _ => REQUEST.repeat(50),
        };
        // One that has had to go already is as good.
        let _ = timeout(PATIENCE, connection.write_all(said.as_bytes())).await.expect("soon");
        held.push(connection);
    }
    for _ in 0..6 {
        let answer = timeout(PATIENCE, server.visitor().get("/appointments/new")).await.expect("soon");
        answer.expect(200);
    }
    assert_eq!(server.terminate(), 0);
}

#[tokio::test]
async fn whoever_is_idle_longest_has_to_go_first() {
    let practice = practice().with_limits(|limits| limits.connections = 2).open().await;
    let address = practice.running.address.to_string();
    let mut idle = connection(&address).await;
    let mut active = connection(&address).await;
    for connection in [&mut idle, &mut active] {
        connection.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("sent");
        assert_ne!(connection.read(&mut [0; 1024]).await.expect("an answer"), 0);
    }
    practice.visitor().open("/").await;
    assert_eq!(
        timeout(PATIENCE, idle.read(&mut [0; 1024])).await.expect("soon").unwrap_or(0),
        0,
        "it is closed"
    );
    active.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").await.expect("sent");
    assert_ne!(active.read(&mut [0; 1024]).await.expect("an answer"), 0, "it is as it was");
    practice.close().await;
}

#[tokio::test]
async fn a_connection_that_reads_nothing_is_closed() {
    let practice = practice().with_limits(|limits| limits.unread = Duration::from_millis(50)).open().await;
    let mut connection = connection(&practice.running.address.to_string()).await;
    // Writing fails once the other end is gone; until then it waits.
    let closed = async { while connection.write_all(REQUEST.repeat(100).as_bytes()).await.is_ok() {} };
    timeout(PATIENCE, closed).await.expect("it is closed");
    practice.close().await;
}

#[tokio::test]
async fn a_head_has_16_kilobytes_at_most() {
    let practice = practice().open().await;
    for (length, expected) in
        [(10_000, "HTTP/1.1 200 "), (20_000, "HTTP/1.1 431 "), (400_000, "HTTP/1.1 431 ")]
    {
        let mut connection = connection(&practice.running.address.to_string()).await;
        let head = format!(
            "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Long: {}\r\n\r\n",
            "x".repeat(length)
        );
        let (mut reading, mut writing) = connection.split();
        let mut answer = vec![0; 13];
        let (_, read) = tokio::join!(writing.write_all(head.as_bytes()), reading.read_exact(&mut answer));
        read.expect("an answer");
        assert_eq!(String::from_utf8_lossy(&answer), expected, "{length}");
    }
    practice.close().await;
}

#[tokio::test]
async fn a_head_that_is_never_ended_is_closed() {
    let practice = practice().with_limits(|limits| limits.head = Duration::from_millis(50)).open().await;
    let mut connection = connection(&practice.running.address.to_string()).await;
    connection.write_all(b"GET / HTTP/1.1\r\nX-Slow: ").await.expect("sent");
    let mut rest = Vec::new();
    let _ = timeout(PATIENCE, connection.read_to_end(&mut rest)).await.expect("it is closed");
    practice.close().await;
}
