//! The file, opened: one connection that writes, some that read.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    migrate::MigrateError,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use tokio::sync::Mutex;

use super::{
    error::{self, OpenError, StoreError},
    journal::Journal,
    migrations::MIGRATIONS,
    place::{Found, Place},
    pools, private, snapshot,
    transaction::{Own, Reading, Writing},
    turns::{Turn, Turns},
    writes::Writes,
};
use crate::{
    health::Health,
    sealing::{Keys, key_file},
    store::identity_keys,
};

/// How long a transaction waits before it is refused: for its turn, and then for whoever
/// holds the lock. Whoever waits for the page is to have it within five seconds.
pub const LOCK_PATIENCE: Duration = Duration::from_millis(4500);
/// Which part of it is for another program's lock; the rest is for one's turn.
const LOCK_PART: u32 = 3;
/// How long the journal may wait for whoever reads before it is left as it is:
/// nobody writes meanwhile.
const READERS_PATIENCE_MS: u32 = 100;

/// The two pools over the one file.
#[derive(Clone)]
pub struct Store {
    pub(in crate::store) writer: SqlitePool,
    readers: SqlitePool,
    /// How many there were when the journal was emptied last.
    emptied: Arc<AtomicU64>,
    lock_patience: Duration,
    journal: Arc<Journal>,
    writes: Writes,
    turns: Turns,
    turn_patience: Duration,
    /// Held while what lies in the file's place is looked at: until when it was refused.
    looking: Arc<Mutex<Option<Instant>>>,
    pub(in crate::store) keys: Arc<Keys>,
    /// How many notes and emails could not be read when the file was opened.
    pub(in crate::store) unreadable: u64,
}

/// Equal for as long as nothing is written: what was read in one state holds
/// while it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    commits: u64,
    journal: Option<(i64, i64, i64)>,
}

impl Store {
    /// Opens the file, makes it if there is none, and brings it up to date; what is
    /// written in it is sealed with the key of the key file.
    pub async fn open(file: &Path, key_file: &Path) -> Result<Self, OpenError> {
        Self::open_with(file, key_file, LOCK_PATIENCE).await
    }

    /// The same with another patience for the lock.
    pub async fn open_with(file: &Path, key_file: &Path, lock_patience: Duration) -> Result<Self, OpenError> {
        let unusable = |error: sqlx::Error| error::unusable(file, error::sentence(&error));
        if !is_ours(file).await.map_err(unusable)? {
            return Err(OpenError::NotOurs(file.to_owned()));
        }
        private::keep(file).map_err(|error| error::unusable(file, error.to_string()))?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .journal_mode(SqliteJournalMode::Wal)
            // A yes that was given survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(lock_patience / LOCK_PART)
            // What is overwritten or removed, such as a link, is not to be read in the file any more.
            .pragma("secure_delete", "ON")
            .optimize_on_close(true, None);
        let turn_patience = lock_patience - lock_patience / LOCK_PART;
        let place = Place::of(file).map_err(|error| error::unusable(file, error.to_string()))?;
        let writes = Writes::to(Arc::new(place));
        // The writer first: a reader can neither make the file nor migrate it.
        let writer = pools::writer(options.clone(), turn_patience, &writes).await.map_err(unusable)?;
        MIGRATIONS.run(&writer).await.map_err(|error| match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
                OpenError::Newer(file.to_owned())
            }
            MigrateError::VersionMismatch(version) => OpenError::Foreign(file.to_owned(), version),
            error => error::unusable(file, error.to_string()),
        })?;
        let readers = pools::readers(options, turn_patience, writes.place.clone()).await.map_err(unusable)?;
        let journal = Arc::new(Journal::at(private::journal_of(file)));
        let (emptied, looking) = (Arc::default(), Arc::default());
        let unusable = |error: StoreError| OpenError::Unusable(file.to_owned(), error.to_string());
        // With the lock: of two that open the file at once, one makes the key.
        let mut locked =
            writer.begin_with("BEGIN IMMEDIATE").await.map_err(|error| unusable(error.into()))?;
        let is_in_use = is_in_use(&mut locked).await.map_err(|error| unusable(error.into()))?;
        let keys = key_file::read_or_make(key_file, is_in_use);
        let keys = Arc::new(keys.map_err(|error| OpenError::Key(key_file.to_owned(), error))?);
        locked.rollback().await.map_err(|error| unusable(error.into()))?;
        let turns = Turns::new(writer.clone(), writes.clone());
        let mut store = Self {
            turns,
            turn_patience,
            writer,
            readers,
            writes,
            emptied,
            lock_patience,
            journal,
            looking,
            keys,
            unreadable: 0,
        };
        store.bring_keys_up_to_date().await.map_err(unusable)?;
        store.bring_sealing_up_to_date().await.map_err(unusable)?;
        Ok(store)
    }

    /// What no migration can do: SQLite cannot normalize Unicode.
    async fn bring_keys_up_to_date(&self) -> Result<(), StoreError> {
        if identity_keys::are_up_to_date(&self.writer).await? {
            return Ok(());
        }
        let mut tx = self.write().await?;
        if let Some(clients) = tx.renew_identity_keys().await? {
            tx.commit().await?;
            tracing::debug!(clients, "the clients' keys were made again");
        }
        Ok(())
    }

    /// A transaction that may write, begun with the write lock: it waits for
    /// whoever holds it, and nobody writes between its reading and its writing.
    pub async fn write(&self) -> Result<Writing, StoreError> {
        self.write_in_turn(false).await
    }

    /// The same before all who wait for their turn: for what hurries, and is seldom.
    pub async fn write_first(&self) -> Result<Writing, StoreError> {
        self.write_in_turn(true).await
    }

    async fn write_in_turn(&self, is_first: bool) -> Result<Writing, StoreError> {
        self.is_there().await.map_err(|error| self.write_failed(error))?;
        match self.turns.next(is_first, self.turn_patience).await {
            Ok(turn) => {
                let reading = Reading(turn, self.keys.clone(), None);
                Ok(Writing(reading, self.turns.clone(), None, Own::default()))
            }
            Err(error) => Err(self.write_failed(error)),
        }
    }

    /// Insists that the file lies where it was opened. Another that has come into its place,
    /// such as a copy of it, is opened where it can go on from there.
    async fn is_there(&self) -> Result<(), StoreError> {
        let place = &self.writes.place;
        match place.look() {
            Found::TheSame => return Ok(()),
            Found::Nothing => return Err(StoreError::Gone),
            Found::Another => {}
        }
        // It is read through, which takes a while: nobody waits for that behind another, and what
        // was refused is not looked at again with each write.
        let Ok(mut looking) = self.looking.try_lock() else { return Err(StoreError::Replaced) };
        if looking.is_some_and(|until| Instant::now() < until) {
            return Err(StoreError::Replaced);
        }
        *looking = None;
        if place.look() == Found::Another {
            let can_be = snapshot::can_be_taken_up(place.path()).await;
            if !matches!(can_be, Ok(true)) {
                if let Err(error) = can_be {
                    tracing::warn!(%error, "the file in the database's place can't be used");
                }
                *looking = Some(Instant::now() + self.lock_patience);
                return Err(StoreError::Replaced);
            }
            place.take_up()?;
            self.writes.commits.fetch_add(1, Ordering::Release);
            tracing::warn!("another file lies in the database's place; it's whole, so it's the database now");
        }
        Ok(())
    }

    /// Notes an error that a write ended with, and hands it on.
    pub fn write_failed(&self, error: StoreError) -> StoreError {
        self.writes.failed(error)
    }

    /// How many notes and emails could not be read when the file was opened, since their key was
    /// not there.
    pub fn unreadable(&self) -> u64 {
        self.unreadable
    }

    /// Why the key file is not used, though it is there.
    pub fn key_trouble(&self) -> Option<&str> {
        self.keys.trouble()
    }

    /// How the practice is doing.
    pub fn health(&self) -> &Arc<Health> {
        &self.writes.health
    }

    /// A transaction that sees one state of the file, with all that anybody has decided by yet.
    pub async fn read(&self) -> Result<Reading, StoreError> {
        self.turns.settled().await;
        Ok(Reading(Turn::Reads(self.readers.begin_with("BEGIN").await?), self.keys.clone(), None))
    }

    /// The state of the file. Our own commits are counted, exactly. What another
    /// program writes, such as one of our commands, shows in the journal, but two
    /// changes within one tick of the system's clock may look like one, and a
    /// change may show a moment before it can be read: what is kept for a state
    /// must be looked at anew before long.
    pub fn state(&self) -> FileState {
        let commits = self.writes.commits.load(Ordering::Acquire);
        FileState { commits, journal: self.journal.state() }
    }

    /// Closes the file whole: what stands in the journal goes into it.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    /// Moves the journal into the file and empties it, if anything was written
    /// since: what was redacted out may still be read in it.
    pub async fn empty_journal(&self) -> Result<(), StoreError> {
        let commits = self.writes.commits.load(Ordering::Acquire);
        if self.emptied.load(Ordering::Acquire) != commits && self.checkpoint().await? {
            self.emptied.store(commits, Ordering::Release);
        }
        Ok(())
    }

    /// The same, whether or not it looks needed. False where somebody reads in it for too long.
    pub(in crate::store) async fn checkpoint(&self) -> Result<bool, StoreError> {
        let mut connection = self.writer.acquire().await?;
        let patience = |ms: u128| sqlx::AssertSqlSafe(format!("PRAGMA busy_timeout = {ms}"));
        sqlx::query(patience(READERS_PATIENCE_MS.into())).execute(&mut *connection).await?;
        let emptied = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&mut *connection).await;
        sqlx::query(patience((self.lock_patience / LOCK_PART).as_millis())).execute(&mut *connection).await?;
        let (is_busy, ..): (bool, i64, i64) = emptied?;
        Ok(!is_busy)
    }
}

/// False for a database with tables of another program's. It is only read:
/// nothing of theirs is touched. A file that is not there yet will be ours.
async fn is_ours(file: &Path) -> Result<bool, sqlx::Error> {
    if !file.exists() {
        return Ok(true);
    }
    let mut connection = SqliteConnectOptions::new().filename(file).read_only(true).connect().await?;
    let (is_ours,) = sqlx::query_as(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = '_sqlx_migrations')
             OR NOT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table')",
    )
    .fetch_one(&mut connection)
    .await?;
    connection.close().await?;
    Ok(is_ours)
}

/// True once words of this file have been sealed.
async fn is_in_use(connection: &mut SqliteConnection) -> Result<bool, sqlx::Error> {
    // Before keys had names, the secret of the one-time codes was sealed.
    let (is_in_use,): (bool,) =
        sqlx::query_as("SELECT EXISTS (SELECT 1 FROM sealing_keys) OR EXISTS (SELECT 1 FROM second_step)")
            .fetch_one(connection)
            .await?;
    Ok(is_in_use)
}
