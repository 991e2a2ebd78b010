//! How the parts of an export get to whoever takes them: one after the other, and
//! none is made while several wait.

use std::io;

use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::error::Error;

/// So many parts are made ahead.
const AHEAD: usize = 2;

enum Part {
    More(Vec<u8>),
    /// Without it, an export that has broken off would look like a shorter one.
    End,
}

/// Where the parts go in.
pub struct Sink(Sender<Part>);

/// Where they come out.
pub struct Parts(Receiver<Part>);

pub fn new() -> (Sink, Parts) {
    let (sink, parts) = channel(AHEAD);
    (Sink(sink), Parts(parts))
}

impl Sink {
    /// Hands a part on, once there is room.
    pub async fn put(&self, part: Vec<u8>) -> Result<(), Error> {
        self.0.send(Part::More(part)).await.map_err(|_| Error::Gone)
    }

    /// Says that it is whole.
    pub async fn end(self) {
        // Whoever has hung up need not know.
        let _ = self.0.send(Part::End).await;
    }
}

impl Parts {
    /// The next part; `None` when it is whole, and an error when it has broken off.
    pub async fn next(&mut self) -> Option<io::Result<Vec<u8>>> {
        match self.0.recv().await {
            Some(Part::More(part)) => Some(Ok(part)),
            Some(Part::End) => None,
            None => Some(Err(io::Error::other("the export broke off"))),
        }
    }
}
