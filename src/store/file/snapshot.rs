//! The file as a whole, copied while others write to it, and looked at before
//! anybody relies on the copy.

use std::{
    collections::BTreeMap,
    fs::File,
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use sqlx::{AssertSqlSafe, ConnectOptions, Connection, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{
    error::{self, StoreError},
    migrations::MIGRATIONS,
    private,
};
use crate::{
    domain::{appointment::Status, ids::OfficeSlug, time::Instant},
    files,
    store::columns::{instant, seconds},
};

/// How long a copy waits for whoever holds the lock.
const PATIENCE: Duration = Duration::from_secs(30);

/// The tables whose rows stay once they are written, so that a whole copy has as
/// many of them as there were just before, or just after, or a number between.
const LASTING: [&str; 3] = ["appointments", "reschedule_requests", "history"];

/// What a file holds, as far as it tells one state of it from another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// The last migration it has seen.
    pub schema: i64,
    /// When it was made, where it is a backup that says so.
    pub made_at: Option<Instant>,
    pub appointments: i64,
    pub clients: i64,
    /// In bytes.
    pub size: u64,
}

/// Why a file is no backup that one could rely on.
#[derive(Debug, thiserror::Error)]
pub enum Unfit {
    #[error("it isn't a database of Stillpoint's")]
    NotOurs,
    #[error("it was written by a newer version of Stillpoint")]
    Newer,
    #[error("it's damaged: {0}")]
    Damaged(String),
    #[error("it's not whole: of the table {0} it has {1} rows, and there were {2} before and {3} after")]
    NotWhole(&'static str, i64, i64, i64),
    #[error("{0}")]
    Unusable(String),
}

impl From<sqlx::Error> for Unfit {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(|database| database.code()?.parse::<i32>().ok());
        // The primary result code: https://sqlite.org/rescode.html
        match code.map(|code| code & 0xff) {
            Some(11) => Self::Damaged(error::sentence(&error)),
            Some(26) => Self::NotOurs,
            _ => Self::Unusable(error::sentence(&error)),
        }
    }
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        Self::Unusable(error.to_string())
    }
}

impl From<StoreError> for Unfit {
    fn from(error: StoreError) -> Self {
        Self::Unusable(error.to_string())
    }
}

/// What SQLite keeps beside a copy while it is made, and leaves there when the machine dies.
pub fn journal_of_copy(part: &Path) -> PathBuf {
    files::beside(part, "-journal")
}

/// Copies a file that others may write to meanwhile into a new one, which has the
/// state of one moment, is opened again and read through, and lies on the disk when this returns.
/// `now` is what it says of itself.
pub async fn copy(database: &Path, part: &Path, now: Instant) -> Result<Contents, Unfit> {
    private::keep(part)?;
    let (before, after) = {
        let mut source = open(database, false).await?;
        let before = lasting_rows(&mut source).await?;
        let into = part.to_str().ok_or_else(|| Unfit::Unusable("its path isn't text".to_owned()))?;
        // Reads one state of the file, writes a whole one without a journal, and keeps nobody from writing.
        sqlx::query("VACUUM INTO ?").bind(into).execute(&mut source).await?;
        let after = lasting_rows(&mut source).await?;
        source.close().await?;
        (before, after)
    };
    let contents = say_what_it_is(part, now).await?;
    let mut copied = open(part, true).await?;
    for (table, rows) in lasting_rows(&mut copied).await? {
        let of = |counts: &BTreeMap<_, i64>| counts.get(table).copied().unwrap_or(0);
        let (before, after) = (of(&before), of(&after));
        if !(before..=after).contains(&rows) {
            return Err(Unfit::NotWhole(table, rows, before, after));
        }
    }
    copied.close().await?;
    File::open(part)?.sync_all()?;
    Ok(contents)
}

/// Reads a file through. It is not written to.
pub async fn look_at(file: &Path) -> Result<Contents, Unfit> {
    let mut connection = open(file, true).await?;
    let contents = read_through(&mut connection, file).await?;
    connection.close().await?;
    Ok(contents)
}

/// Where, when and what an appointment is.
pub struct AppointmentState {
    pub office: OfficeSlug,
    pub start: Instant,
    pub status: Status,
}

/// Every appointment of a file of whichever schema, by its calendar id.
pub async fn states(file: &Path) -> Result<BTreeMap<String, AppointmentState>, Unfit> {
    let mut connection = open(file, false).await?;
    let rows: Vec<(String, String, i64, String)> =
        sqlx::query_as("SELECT uid, office, starts_at, status FROM appointments")
            .fetch_all(&mut connection)
            .await?;
    connection.close().await?;
    let state = |(uid, office, start, status): (String, String, i64, String)| {
        let state = AppointmentState {
            office: OfficeSlug::parse(&office).ok_or(StoreError::Unreadable("office"))?,
            start: instant(start)?,
            status: Status::parse(&status).ok_or(StoreError::Unreadable("status"))?,
        };
        Ok((uid, state))
    };
    rows.into_iter().map(state).collect::<Result<_, StoreError>>().map_err(Unfit::from)
}

/// The migration that a file has come to, and the one that this program would bring it
/// to, where that is another and there is something in it to lose.
pub async fn is_to_be_upgraded(file: &Path) -> Result<Option<(i64, i64)>, Unfit> {
    if !file.exists() {
        return Ok(None);
    }
    let mut connection = open(file, true).await?;
    let has_schema = has_table(&mut connection, "_sqlx_migrations").await?;
    let schema = if has_schema { schema(&mut connection).await? } else { 0 };
    connection.close().await?;
    let latest = latest_schema();
    Ok((0 < schema && schema < latest).then_some((schema, latest)))
}

/// Whether a server that has another file open can go on with this one as it is: it's whole,
/// and whatever a start would do to it has been done.
pub(super) async fn can_be_taken_up(file: &Path) -> Result<bool, Unfit> {
    let mut connection = open(file, false).await?;
    let is_of_now = read_through(&mut connection, file).await?.schema == latest_schema();
    let is_taken_up = is_of_now
        && sqlx::query_scalar(
            "SELECT NOT EXISTS (SELECT 1 FROM backup WHERE restored_at IS NULL)
                 AND NOT EXISTS (SELECT 1 FROM to_be_sealed)",
        )
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    Ok(is_taken_up)
}

/// What begins every value that was sealed in a file: see `sealing_keys`. None for an older schema.
pub async fn sealed_by(file: &Path) -> Result<Vec<Vec<u8>>, Unfit> {
    let mut connection = open(file, true).await?;
    let heads: Vec<(Vec<u8>,)> = match has_table(&mut connection, "sealing_keys").await? {
        true => sqlx::query_as("SELECT head FROM sealing_keys").fetch_all(&mut connection).await?,
        false => Vec::new(),
    };
    connection.close().await?;
    Ok(heads.into_iter().map(|(head,)| head).collect())
}

fn latest_schema() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

async fn say_what_it_is(part: &Path, now: Instant) -> Result<Contents, Unfit> {
    let mut connection = open(part, false).await?;
    if has_table(&mut connection, "backup").await? {
        sqlx::query(
            "INSERT INTO backup (id, made_at) VALUES (1, ?1)
             ON CONFLICT (id) DO UPDATE SET made_at = ?1, restored_at = NULL",
        )
        .bind(seconds(now))
        .execute(&mut connection)
        .await?;
    }
    let contents = read_through(&mut connection, part).await?;
    connection.close().await?;
    Ok(contents)
}

async fn read_through(connection: &mut SqliteConnection, file: &Path) -> Result<Contents, Unfit> {
    if !has_table(connection, "_sqlx_migrations").await? {
        return Err(Unfit::NotOurs);
    }
    let schema = schema(connection).await?;
    if schema > latest_schema() {
        return Err(Unfit::Newer);
    }
    let found: Vec<(String,)> =
        sqlx::query_as("PRAGMA integrity_check(1)").fetch_all(&mut *connection).await?;
    match found.as_slice() {
        [(ok,)] if ok == "ok" => {}
        found => {
            let first = found.first().map(|(what,)| what.clone()).unwrap_or_default();
            return Err(Unfit::Damaged(first));
        }
    }
    let made_at: Option<(i64,)> = if has_table(connection, "backup").await? {
        sqlx::query_as("SELECT made_at FROM backup").fetch_optional(&mut *connection).await?
    } else {
        None
    };
    Ok(Contents {
        schema,
        made_at: made_at.map(|(at,)| instant(at)).transpose()?,
        appointments: rows(connection, "appointments").await?.unwrap_or(0),
        clients: rows(connection, "clients").await?.unwrap_or(0),
        size: file.metadata()?.len(),
    })
}

async fn open(file: &Path, read_only: bool) -> Result<SqliteConnection, sqlx::Error> {
    SqliteConnectOptions::new().filename(file).read_only(read_only).busy_timeout(PATIENCE).connect().await
}

async fn has_table(connection: &mut SqliteConnection, table: &str) -> Result<bool, sqlx::Error> {
    let (has,) =
        sqlx::query_as("SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?)")
            .bind(table)
            .fetch_one(connection)
            .await?;
    Ok(has)
}

async fn schema(connection: &mut SqliteConnection) -> Result<i64, sqlx::Error> {
    let (schema,) = sqlx::query_as("SELECT coalesce(max(version), 0) FROM _sqlx_migrations")
        .fetch_one(connection)
        .await?;
    Ok(schema)
}

async fn lasting_rows(connection: &mut SqliteConnection) -> Result<BTreeMap<&'static str, i64>, sqlx::Error> {
    let mut counts = BTreeMap::new();
    for table in LASTING {
        if let Some(rows) = rows(connection, table).await? {
            counts.insert(table, rows);
        }
    }
    Ok(counts)
}

/// How many rows a table has; `None` for one that an older schema does not have.
async fn rows(connection: &mut SqliteConnection, table: &str) -> Result<Option<i64>, sqlx::Error> {
    if !has_table(connection, table).await? {
        return Ok(None);
    }
    let count = format!("SELECT count(*) FROM {table}");
    let (rows,) = sqlx::query_as(AssertSqlSafe(count)).fetch_one(connection).await?;
    Ok(Some(rows))
}
