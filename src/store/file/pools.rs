//! The connections to the file: one that writes, and those that read. Whichever may have been
//! opened in trouble, or to another file, is not used again.

use std::{sync::Arc, time::Duration};

use sqlx::{
    Connection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use super::{place::Place, writes::Writes};

/// Requests come one after the other through the writer; pages read beside it.
const READERS: u32 = 4;

fn pool(size: u32, patience: Duration) -> SqlitePoolOptions {
    let pool = SqlitePoolOptions::new().max_connections(size).acquire_timeout(patience);
    pool.idle_timeout(None).max_lifetime(None)
}

/// Opens the one that writes.
pub async fn writer(
    options: SqliteConnectOptions,
    patience: Duration,
    writes: &Writes,
) -> sqlx::Result<SqlitePool> {
    let (its, memory) = (writes.clone(), writes.memory.clone());
    pool(1, patience)
        .before_acquire(move |connection, meta| {
            // After a failed write the next gets a connection of its own: the old one may
            // have been opened when the file was read-only.
            let is_good = !connection.is_in_transaction()
                && its.health.write_trouble().is_none()
                && its.place.serves(meta.age);
            Box::pin(async move { Ok(is_good) })
        })
        // What a connection counts as changed by others says nothing on another.
        .after_connect(move |_, _| {
            memory.set(None);
            Box::pin(async { Ok(()) })
        })
        // What is asked again and again stays in memory, and so does what a savepoint could undo. The
        // journal, which is emptied with each tick, is written into the file less often meanwhile.
        .connect_with(
            options
                .pragma("cache_size", "-16000")
                .pragma("temp_store", "MEMORY")
                .pragma("wal_autocheckpoint", "4000"),
        )
        .await
}

/// Opens those that read. There has to be a file by then.
pub async fn readers(
    options: SqliteConnectOptions,
    patience: Duration,
    place: Arc<Place>,
) -> sqlx::Result<SqlitePool> {
    pool(READERS, patience)
        // All of them from the first: while the folder is gone there is no other to be had.
        .min_connections(READERS)
        // Where SQLite has rolled back by itself, sqlx counts on as if the transaction were open.
        .before_acquire(move |connection, meta| {
            let is_good = !connection.is_in_transaction() && place.serves(meta.age);
            Box::pin(async move { Ok(is_good) })
        })
        .connect_with(options.read_only(true).pragma("query_only", "ON"))
        .await
}
