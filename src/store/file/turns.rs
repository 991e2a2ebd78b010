//! Who writes when, and what is committed at once. One writes after the other. Whoever has written
//! lets the next one write into the same transaction, and is answered when all of it is on the
//! disk, which takes as long for many as for one. Each stands in a savepoint: what fails, or is
//! dropped since its visitor has hung up, takes nothing with it. A commit that fails fails for all.
//!
//! Whoever begins a transaction sends its end into the line: those who wait by then share it, and
//! it comes whatever becomes of any of them.

use std::{
    mem,
    ops::{Deref, DerefMut},
    sync::{Arc, Mutex as StdMutex, MutexGuard, PoisonError, atomic::Ordering},
    time::{Duration, Instant},
};

use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use tokio::{
    sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard, oneshot},
    time::timeout,
};

use super::{error::StoreError, memory::Memory, place::Found, writes::Writes};

/// How many share a commit at the most: nobody waits long for those behind.
const MOST: usize = 32;
/// How long a commit that is on its way is waited for before something is read.
const READERS_PATIENCE: Duration = Duration::from_secs(1);

type Open = Option<Transaction<'static, Sqlite>>;
type Answer = Result<(), StoreError>;

#[derive(Clone)]
pub struct Turns {
    writer: SqlitePool,
    writes: Writes,
    /// Where one waits behind the other. Only its head waits for the transaction, so that
    /// whoever may go first does not wait for all of them.
    line: Arc<Mutex<()>>,
    open: Arc<Mutex<Open>>,
    shared: Arc<StdMutex<Shared>>,
}

/// What is known of the open transaction. Only who has the turn looks at it.
#[derive(Default)]
struct Shared {
    /// Which one it is, of all.
    number: u64,
    /// Since when it is open. Another file may have come into this one's place since.
    since: Option<Instant>,
    /// How many have begun in it.
    begun: usize,
    /// Whether the last of them is done, and not at it still, or gone without a word.
    is_finished: bool,
    /// SQLite's count of what other connections have committed, once somebody has asked: as long
    /// as it is open, nobody else commits.
    data_version: Option<i64>,
    /// Who waits for its end.
    answers: Vec<oneshot::Sender<Answer>>,
}

/// A connection for as long as one reads, or has the turn to write.
pub enum Turn {
    Reads(Transaction<'static, Sqlite>),
    Writes(OwnedMappedMutexGuard<Open, Transaction<'static, Sqlite>>),
}

impl Deref for Turn {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        match self {
            Self::Reads(tx) => tx,
            Self::Writes(tx) => tx,
        }
    }
}

impl DerefMut for Turn {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        match self {
            Self::Reads(tx) => tx,
            Self::Writes(tx) => tx,
        }
    }
}

impl Turns {
    pub fn new(writer: SqlitePool, writes: Writes) -> Self {
        Self { writer, writes, line: Arc::default(), open: Arc::default(), shared: Arc::default() }
    }

    /// What the next one need not read again.
    pub fn memory(&self) -> &Memory {
        &self.writes.memory
    }

    fn shared(&self) -> MutexGuard<'_, Shared> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next turn to write, within a patience; behind everybody who waits, or before them.
    pub async fn next(&self, is_first: bool, patience: Duration) -> Result<Turn, StoreError> {
        let waiting = async {
            let _line = if is_first { None } else { Some(self.line.lock().await) };
            self.open.clone().lock_owned().await
        };
        let too_long = |_| StoreError::from(sqlx::Error::PoolTimedOut);
        let mut open = timeout(patience, waiting).await.map_err(too_long)?;
        if open.is_some() && (self.is_closed() || !self.goes_on(&mut open).await) {
            // In a task: one who hangs up now keeps no answer from the others.
            let ended = tokio::spawn(self.clone().end(open));
            open = ended.await.map_err(|_| StoreError::from(sqlx::Error::WorkerCrashed))?;
        }
        if open.is_none() {
            *open = Some(self.writer.begin_with("BEGIN IMMEDIATE; SAVEPOINT operation").await?);
            let number = {
                let mut shared = self.shared();
                shared.since = Some(Instant::now());
                shared.number
            };
            tokio::spawn(self.clone().end_in_line(number));
        }
        let turn = OwnedMutexGuard::try_map(open, Option::as_mut);
        let turn = turn.map_err(|_| StoreError::from(sqlx::Error::WorkerCrashed))?;
        let mut shared = self.shared();
        shared.begun += 1;
        shared.is_finished = false;
        Ok(Turn::Writes(turn))
    }

    /// SQLite's count of what other connections had committed when the transaction began.
    pub async fn data_version(&self, turn: &mut Turn) -> Result<i64, StoreError> {
        let known = self.shared().data_version;
        if let Some(known) = known {
            return Ok(known);
        }
        let read = sqlx::query_scalar("PRAGMA data_version").fetch_one(&mut **turn).await?;
        self.shared().data_version = Some(read);
        Ok(read)
    }

    /// True when nobody is to begin in it any more. While writing fails, each has a transaction of
    /// their own, which shows whether it works again.
    fn is_closed(&self) -> bool {
        let most = if self.writes.health.write_trouble().is_some() { 1 } else { MOST };
        let Shared { begun, since, .. } = &*self.shared();
        *begun >= most || !self.is_of_the_file(*since)
    }

    fn is_of_the_file(&self, since: Option<Instant>) -> bool {
        since.is_none_or(|since| self.writes.place.serves(since.elapsed()))
    }

    /// Keeps what the one before has written, or undoes it, and begins the next one's savepoint.
    /// Whoever is dropped halfway leaves it as it was, or with a savepoint that holds nothing.
    async fn goes_on(&self, open: &mut Open) -> bool {
        let is_finished = self.shared().is_finished;
        let steps =
            if is_finished { "RELEASE operation; SAVEPOINT operation" } else { "ROLLBACK TO operation" };
        does(open, steps).await
    }

    /// Undoes what the last one has written, unless they have finished it.
    async fn is_tidy(&self, open: &mut Open) -> bool {
        let is_finished = self.shared().is_finished;
        is_finished || does(open, "ROLLBACK TO operation").await
    }

    /// Ends a turn with what it has written, and waits until that is on the disk.
    pub async fn commit(&self, turn: Turn) -> Answer {
        let (answer, answered) = oneshot::channel();
        {
            // All of it at once: whoever is dropped from here on has written it.
            let mut shared = self.shared();
            shared.is_finished = true;
            shared.answers.push(answer);
        }
        drop(turn);
        answered.await.unwrap_or(Err(sqlx::Error::WorkerCrashed.into()))
    }

    /// Waits for the commit of what has been written by now: whoever was refused because of it
    /// reads it then.
    pub async fn settled(&self) {
        let answered = {
            let mut shared = self.shared();
            if shared.answers.is_empty() {
                return;
            }
            let (answer, answered) = oneshot::channel();
            shared.answers.push(answer);
            answered
        };
        let _ = timeout(READERS_PATIENCE, answered).await;
    }

    /// Ends a transaction once whoever has begun it is done, and everybody who waits by then.
    async fn end_in_line(self, number: u64) {
        let mut open = self.open.clone().lock_owned().await;
        if self.line.try_lock().is_err() {
            drop(open);
            let _line = self.line.lock().await;
            open = self.open.clone().lock_owned().await;
        }
        if self.shared().number == number {
            self.end(open).await;
        }
    }

    /// Commits what is open and answers everybody who has written in it.
    async fn end(self, mut open: OwnedMutexGuard<Open>) -> OwnedMutexGuard<Open> {
        let (is_wanted, since) = {
            let shared = self.shared();
            (!shared.answers.is_empty(), shared.since)
        };
        let is_tidy = is_wanted && self.is_tidy(&mut open).await;
        let done = match open.take() {
            Some(tx) if is_tidy => self.write_down(tx, since).await,
            // Dropped, it is rolled back.
            _ => Err(StoreError::from(sqlx::Error::WorkerCrashed)),
        };
        // Only now: whoever reads while it is written down waits for it, too.
        let answers = {
            let mut shared = self.shared();
            let ended = mem::take(&mut *shared);
            shared.number = ended.number + 1;
            ended.answers
        };
        match done {
            _ if answers.is_empty() => {}
            Ok(()) => answers.into_iter().for_each(|answer| drop(answer.send(Ok(())))),
            Err(error) => {
                self.writes.memory.set(None);
                let error = Arc::new(self.writes.failed(error));
                for answer in answers {
                    let _ = answer.send(Err(StoreError::NotCommitted(error.clone())));
                }
            }
        }
        open
    }

    async fn write_down(&self, mut tx: Transaction<'static, Sqlite>, since: Option<Instant>) -> Answer {
        let writes = &self.writes;
        // A commit of nothing does not show that writing works again.
        let is_proof = match writes.health.write_trouble() {
            None => false,
            // The connection is as young as the transaction.
            Some(_) => sqlx::query_scalar("SELECT total_changes() > 0").fetch_one(&mut *tx).await?,
        };
        match writes.place.look() {
            Found::TheSame if self.is_of_the_file(since) => {}
            Found::TheSame | Found::Another => return Err(StoreError::Replaced),
            Found::Nothing => return Err(StoreError::Gone),
        }
        tx.commit().await?;
        if is_proof {
            writes.health.write_succeeded();
            // Those who read may have been opened in trouble, too.
            writes.place.renew();
        }
        writes.commits.fetch_add(1, Ordering::Release);
        Ok(())
    }
}

/// False where nothing of the whole is left, since SQLite has rolled it back by itself.
async fn does(open: &mut Open, statements: &'static str) -> bool {
    match open {
        Some(tx) => sqlx::raw_sql(statements).execute(&mut **tx).await.is_ok(),
        None => true,
    }
}
