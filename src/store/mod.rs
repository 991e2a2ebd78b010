//! The file: SQLite through sqlx, rows in, domain values out. One room per
//! table. All SQL of the program is here.
//!
//! A [`Reading`] sees one state of the file; a [`Writing`] is a transaction
//! that holds the file's one write lock from its beginning, so that what it has
//! read still holds when it writes.

mod addresses;
mod agreed_in;
mod appointments;
mod busy;
mod calls;
mod clients;
mod conflicts;
mod due;
mod emails;
mod identity_keys;
mod links;
mod opening_hours;
mod outbox;
pub mod owner;
mod part;
mod pause;
mod phones;
mod plans;
mod policy;
mod private;
mod reschedule_requests;
mod rules;
pub mod search;
mod sent_forms;
mod served;
mod sessions;
#[cfg(test)]
mod tests;
mod therapist;
mod time_off;
mod trial;
mod unproven_requests;

use std::{
    fs::File,
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use sqlx::{
    ConnectOptions, Connection, Sqlite, SqlitePool, Transaction,
    migrate::{MigrateError, Migrator},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

pub use appointments::NewAppointment;
pub use calls::Call;
pub use clients::KnownClient;
pub use conflicts::NotedConflict;
pub use emails::{StoredEmail, Troubled};
pub use links::GivenIn;
pub use outbox::Thread;
pub use sent_forms::SentForm;

use crate::{
    domain::{
        ids::Token,
        practice::opening_hours::{TimeOfDay, Window},
        time::{self, Instant},
    },
    health::{Health, WriteTrouble},
};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// Requests come one after the other through the writer; pages read beside it.
const READERS: u32 = 4;
/// How long a transaction waits for whoever holds the lock, and how long for
/// its turn, before it is refused.
pub const LOCK_PATIENCE: Duration = Duration::from_secs(5);

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The guard in the file refused an appointment that would overlap another.
    #[error("the time is taken")]
    SlotTaken,
    #[error("the database can't be used: {0}")]
    Sqlite(sqlx::Error),
    /// A value that this program would not have written.
    #[error("the database has a {0} that can't be read")]
    Unreadable(&'static str),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        Self::Sqlite(error)
    }
}

impl StoreError {
    /// What kept a statement that takes a time from it. Only there a guard's no
    /// means that the time is taken; SQLite tells its `raise` only by the message.
    fn of_taking(error: sqlx::Error) -> Self {
        match error.as_database_error() {
            Some(database) if database.message() == "slot_taken" => Self::SlotTaken,
            _ => error.into(),
        }
    }
}

impl StoreError {
    /// What is wrong where it is the place that the file lies in, or who else
    /// uses it, and not what was asked of it: later it may work.
    pub fn trouble(&self) -> Option<WriteTrouble> {
        let Self::Sqlite(error) = self else { return None };
        match error {
            // Everybody before us in the queue waits for the lock.
            sqlx::Error::PoolTimedOut => return Some(WriteTrouble::Locked),
            sqlx::Error::Io(_) | sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => {
                return Some(WriteTrouble::Broken);
            }
            _ => {}
        }
        let extended: i32 = error.as_database_error()?.code()?.parse().ok()?;
        // The primary result code: https://sqlite.org/rescode.html
        match extended & 0xff {
            13 => Some(WriteTrouble::Full),
            5 | 6 | 15 => Some(WriteTrouble::Locked),
            8 => Some(WriteTrouble::ReadOnly),
            // Permission, memory, I/O, a damaged file, one that cannot be opened, one that is no database.
            3 | 7 | 10 | 11 | 14 | 26 => Some(WriteTrouble::Broken),
            _ => None,
        }
    }
}

/// Why a database cannot be opened, as one sentence.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "the database {0} was written by a newer version of Stillpoint; start that version, or restore an older backup"
    )]
    Newer(PathBuf),
    #[error("the database {0} was changed from outside: its migration {1} isn't the one this version knows")]
    Foreign(PathBuf, i64),
    #[error("the database {0} was made by another program; set DATA_DIR to a folder of Stillpoint's own")]
    NotOurs(PathBuf),
    #[error(
        "the database {0} belongs to the user {1}, and this runs as {2}; run it as {1}, or give the folder to {2} (chown -R)"
    )]
    Others(PathBuf, String, String),
    #[error("the database {0} can't be opened: {1}")]
    Unusable(PathBuf, String),
}

/// The two pools over the one file.
#[derive(Clone)]
pub struct Store {
    writer: SqlitePool,
    readers: SqlitePool,
    /// How many transactions of this program have been committed.
    commits: Arc<AtomicU64>,
    /// How many there were when the journal was emptied last.
    emptied: Arc<AtomicU64>,
    lock_patience: Duration,
    journal: Arc<Journal>,
    health: Arc<Health>,
}

/// Where SQLite writes first what any program commits. It stays the same file
/// for as long as we have a connection, since only the last to leave removes it.
/// SQLite keeps its locks on other files: on those, a close of ours would end them.
struct Journal {
    path: PathBuf,
    /// Opened when it is first there: to look at it by its path each time would
    /// cost a ready answer a twentieth of its speed, and to ask for all that
    /// `File::metadata` asks for another fiftieth.
    file: OnceLock<File>,
}

impl Journal {
    /// Its size, and when it last changed, in seconds and nanoseconds.
    fn state(&self) -> Option<(i64, i64, i64)> {
        let file = match self.file.get() {
            Some(file) => file,
            None => {
                let file = File::open(&self.path).ok()?;
                self.file.get_or_init(|| file)
            }
        };
        let mut file = rustix::fs::fstat(file).ok()?;
        if file.st_nlink == 0 {
            // All our connections were replaced at once, and the journal with them.
            file = rustix::fs::stat(&self.path).ok()?;
        }
        Some((file.st_size, file.st_mtime, file.st_mtime_nsec as i64))
    }
}

/// Equal for as long as nothing is written: what was read in one state holds
/// while it lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileState {
    commits: u64,
    journal: Option<(i64, i64, i64)>,
}

impl Store {
    /// Opens the file, makes it if there is none, and brings it up to date.
    pub async fn open(file: &Path) -> Result<Self, OpenError> {
        Self::open_with(file, LOCK_PATIENCE).await
    }

    /// The same with another patience for the lock.
    pub async fn open_with(file: &Path, lock_patience: Duration) -> Result<Self, OpenError> {
        let unusable = |error: sqlx::Error| unusable(file, sentence(&error));
        if !is_ours(file).await.map_err(unusable)? {
            return Err(OpenError::NotOurs(file.to_owned()));
        }
        private::keep(file).map_err(|error| self::unusable(file, error.to_string()))?;
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A yes that was given survives a power cut.
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(lock_patience)
            // What is overwritten or removed, such as a link, is not to be read in the file any more.
            .pragma("secure_delete", "ON")
            .optimize_on_close(true, None);
        let pool = |size| {
            let pool = SqlitePoolOptions::new().max_connections(size).acquire_timeout(lock_patience);
            pool.idle_timeout(None).max_lifetime(None)
        };
        let health = Arc::new(Health::default());
        let writing = health.clone();
        // The writer first: a reader can neither make the file nor migrate it.
        let writer = pool(1)
            .before_acquire(move |connection, _| {
                // After a failed write the next gets a connection of its own: the old one may
                // have been opened when the file was read-only.
                let is_good = !connection.is_in_transaction() && writing.write_trouble().is_none();
                Box::pin(async move { Ok(is_good) })
            })
            .connect_with(options.clone())
            .await
            .map_err(unusable)?;
        MIGRATIONS.run(&writer).await.map_err(|error| match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => {
                OpenError::Newer(file.to_owned())
            }
            MigrateError::VersionMismatch(version) => OpenError::Foreign(file.to_owned(), version),
            error => self::unusable(file, error.to_string()),
        })?;
        let options = options.read_only(true).pragma("query_only", "ON");
        let readers = pool(READERS)
            // Where SQLite has rolled back by itself, sqlx counts on as if the transaction were open.
            .before_acquire(|connection, _| {
                let is_good = !connection.is_in_transaction();
                Box::pin(async move { Ok(is_good) })
            })
            .connect_lazy_with(options);
        let journal = Arc::new(Journal { path: private::beside(file, "-wal"), file: OnceLock::new() });
        let (commits, emptied) = (Arc::default(), Arc::default());
        let store = Self { writer, readers, commits, emptied, lock_patience, journal, health };
        store
            .bring_keys_up_to_date()
            .await
            .map_err(|error| OpenError::Unusable(file.to_owned(), error.to_string()))?;
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
        match self.writer.begin_with("BEGIN IMMEDIATE").await {
            Ok(tx) => Ok(Writing(Reading(tx), self.clone())),
            Err(error) => Err(self.write_failed(error.into())),
        }
    }

    /// Notes an error that a write ended with, and hands it on.
    pub fn write_failed(&self, error: StoreError) -> StoreError {
        if let Some(trouble) = error.trouble() {
            self.health.write_failed(trouble);
        }
        error
    }

    /// How the practice is doing.
    pub fn health(&self) -> &Arc<Health> {
        &self.health
    }

    /// A transaction that sees one state of the file.
    pub async fn read(&self) -> Result<Reading, StoreError> {
        Ok(Reading(self.readers.begin_with("BEGIN").await?))
    }

    /// The state of the file. Our own commits are counted, exactly. What another
    /// program writes, such as one of our commands, shows in the journal, but two
    /// changes within one tick of the system's clock may look like one, and a
    /// change may show a moment before it can be read: what is kept for a state
    /// must be looked at anew before long.
    pub fn state(&self) -> FileState {
        let commits = self.commits.load(Ordering::Acquire);
        FileState { commits, journal: self.journal.state() }
    }

    /// Closes the file whole: what stands in the journal goes into it.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

/// One state of the file.
pub struct Reading(Transaction<'static, Sqlite>);

/// A transaction that holds the write lock. Dropped without
/// [`Writing::commit`], it has changed nothing.
pub struct Writing(Reading, Store);

impl Writing {
    pub async fn commit(self) -> Result<(), StoreError> {
        let Self(Reading(mut tx), store) = self;
        // A commit of nothing does not show that writing works again.
        let is_proof = match store.health.write_trouble() {
            None => false,
            // The connection is as young as the transaction.
            Some(_) => sqlx::query_scalar("SELECT total_changes() > 0").fetch_one(&mut *tx).await?,
        };
        tx.commit().await.map_err(|error| store.write_failed(error.into()))?;
        if is_proof {
            store.health.write_succeeded();
        }
        store.commits.fetch_add(1, Ordering::Release);
        Ok(())
    }
}

impl Deref for Writing {
    type Target = Reading;

    fn deref(&self) -> &Reading {
        &self.0
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.0
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

fn unusable(file: &Path, why: String) -> OpenError {
    match owner::others(file) {
        Some((owner, us)) => OpenError::Others(file.to_owned(), owner, us),
        None => OpenError::Unusable(file.to_owned(), why),
    }
}

/// What is stored of a secret.
fn hash(token: &Token) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn seconds(at: Instant) -> i64 {
    at.timestamp()
}

fn instant(seconds: i64) -> Result<Instant, StoreError> {
    Instant::from_timestamp(seconds, 0).ok_or(StoreError::Unreadable("time"))
}

fn optional_instant(seconds: Option<i64>) -> Result<Option<Instant>, StoreError> {
    seconds.map(instant).transpose()
}

/// Dates are text: they are days of the practice, not spans of UTC. The
/// beginning of time, which no text of four digits can say, is the year 0.
fn written_date(date: NaiveDate) -> String {
    let beginning = NaiveDate::from_ymd_opt(0, 1, 1).unwrap_or(date);
    date.max(beginning).format("%Y-%m-%d").to_string()
}

fn date(text: &str) -> Result<NaiveDate, StoreError> {
    time::parse_date(text).ok_or(StoreError::Unreadable("date"))
}

fn window(opens: u32, closes: u32) -> Result<Window, StoreError> {
    let time = TimeOfDay::from_minutes;
    time(opens)
        .zip(time(closes))
        .and_then(|(opens, closes)| Window::new(opens, closes))
        .ok_or(StoreError::Unreadable("window"))
}

fn sentence(error: &sqlx::Error) -> String {
    match error.as_database_error() {
        Some(database) => database.message().to_owned(),
        None => error.to_string(),
    }
}
