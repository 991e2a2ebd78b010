//! The file of the search. One that is of another layout, or damaged, is made anew.

use std::{path::Path, time::Duration};

use sqlx::{
    AssertSqlSafe, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use crate::{files, store::with_journal};

/// Another number whenever the tables, their tokenizer, or what is put into them changes.
const LAYOUT: i64 = 1;
/// How much of the file is read without being copied, in bytes.
const MAPPED: &str = "268435456";
/// How many searches go on at once.
const READERS: u32 = 3;

/// The pools to read it and to write it.
pub struct Table {
    pub reading: SqlitePool,
    pub writing: SqlitePool,
}

/// Opens the table in a file.
pub async fn in_file(file: &Path) -> Result<Table, sqlx::Error> {
    match open(file).await {
        Ok(table) => Ok(table),
        Err(_) => {
            with_journal(file).iter().try_for_each(|file| files::clear(file))?;
            open(file).await
        }
    }
}

async fn open(file: &Path) -> Result<Table, sqlx::Error> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // Whatever a power cut takes is filled in again.
        .synchronous(SqliteSynchronous::Normal)
        .busy_timeout(Duration::from_secs(5));
    let writing = pool(1).connect_with(options.clone()).await?;
    let prepared = prepare(&writing).await;
    if let Err(error) = prepared {
        writing.close().await;
        return Err(error);
    }
    let options = options.create_if_missing(false).pragma("mmap_size", MAPPED);
    let reading = pool(READERS).connect_with(options).await?;
    Ok(Table { reading, writing })
}

/// Opens a table that is gone with the program.
pub async fn in_memory() -> Result<Table, sqlx::Error> {
    // One connection that is never closed: with it the table would be gone.
    let pool = pool(1).connect_with(SqliteConnectOptions::new().in_memory(true)).await?;
    prepare(&pool).await?;
    Ok(Table { reading: pool.clone(), writing: pool })
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(connections).idle_timeout(None).max_lifetime(None)
}

async fn prepare(pool: &SqlitePool) -> Result<(), sqlx::Error> {
    let layout: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(pool).await?;
    if layout == LAYOUT {
        // Reading all of it is what tells a damaged file.
        sqlx::query("SELECT count(*) FROM parts, (SELECT count(*) FROM words)").execute(pool).await?;
        return Ok(());
    }
    // English words by their stems: who looks for "headaches" finds "headache". What begins with two or three
    // letters is much, so it has an index; what begins with more is looked up among the words.
    sqlx::raw_sql(
        "BEGIN;
         CREATE VIRTUAL TABLE passages USING fts5
             (address UNINDEXED, title, heading, text, tokenize = 'porter unicode61 remove_diacritics 2',
              prefix = '2 3');
         -- Of each part of the site its stamp and its rows.
         CREATE TABLE parts
             (key TEXT PRIMARY KEY, stamp INTEGER NOT NULL, first INTEGER NOT NULL, behind INTEGER NOT NULL)
             STRICT, WITHOUT ROWID;
         -- Every word of the texts in lower case, and how often it stands in them.
         CREATE TABLE words (word TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT, WITHOUT ROWID;
         COMMIT;",
    )
    .execute(pool)
    .await?;
    sqlx::raw_sql(AssertSqlSafe(format!("PRAGMA user_version = {LAYOUT}"))).execute(pool).await?;
    Ok(())
}
