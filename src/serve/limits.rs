//! The bounds of what the program waits for and holds open. Tests shorten them.

use std::{cmp, time::Duration};

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

use crate::{jobs::supervisor, store};

/// The most connections, however many files may be open: each may hold some 16 kB.
const MOST_CONNECTIONS: usize = 4096;

#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long a write waits for whoever holds the database's lock.
    pub lock: Duration,
    /// How long a client may take until TLS is spoken.
    pub handshake: Duration,
    /// How long a client may take to send the head of a request.
    pub head: Duration,
    /// How long a client may read nothing of what it is sent.
    pub unread: Duration,
    /// How many connections are open at once.
    pub connections: usize,
    /// How jobs that end are started again.
    pub jobs: supervisor::Limits,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            lock: store::LOCK_PATIENCE,
            handshake: Duration::from_secs(10),
            head: Duration::from_secs(10),
            unread: Duration::from_secs(20),
            connections: MOST_CONNECTIONS,
            jobs: supervisor::Limits::default(),
        }
    }
}

impl Limits {
    /// Raises the number of files that may be open to what is allowed, and
    /// leaves room among them for the database, the content and email.
    pub fn of_this_machine() -> Self {
        let limit = getrlimit(Resource::Nofile);
        let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
        let files = match setrlimit(Resource::Nofile, raised) {
            Ok(()) => limit.maximum,
            Err(_) => limit.current,
        };
        let files = files.map_or(usize::MAX, |files| usize::try_from(files).unwrap_or(usize::MAX));
        Self { connections: connections(files), ..Self::default() }
    }
}

/// How many connections leave room for other files.
fn connections(files: usize) -> usize {
    let others = (files / 4).clamp(48, 256);
    cmp::min(files.saturating_sub(others), MOST_CONNECTIONS).max(8)
}

#[cfg(test)]
mod tests {
    use super::connections;

    #[test]
    fn connections_leave_room_for_other_files() {
        let cases = [(16, 8), (64, 16), (128, 80), (256, 192), (1024, 768), (4096, 3840), (1_048_576, 4096)];
        for (files, expected) in cases {
            assert_eq!(connections(files), expected, "{files}");
        }
    }
}
