//! Databases that are not this version's: the one place in these tests that
//! knows what stands in the file.

use std::path::Path;

use sqlx::{ConnectOptions, Connection, sqlite::SqliteConnectOptions};

/// Notes a migration that this version does not know.
pub async fn note_newer_migration(file: &Path) {
    let mut file = SqliteConnectOptions::new().filename(file).connect().await.expect("a database");
    sqlx::query(
        "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
         VALUES (9999, 'from the future', TRUE, x'00', 0)",
    )
    .execute(&mut file)
    .await
    .expect("a row");
    file.close().await.expect("closed");
}

/// Makes a database that another program might have made.
pub async fn of_another_program(file: &Path) {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true);
    let mut file = options.connect().await.expect("a database");
    sqlx::query("CREATE TABLE bookmarks (address TEXT)").execute(&mut file).await.expect("a table");
    file.close().await.expect("closed");
}

/// Makes a database as an earlier version left it.
pub async fn of_schema_24(file: &Path) {
    let options = SqliteConnectOptions::new().filename(file).create_if_missing(true).foreign_keys(false);
    let mut file = options.connect().await.expect("a database");
    let dump = include_str!("../../src/store/tests/schemas/0024.sql");
    sqlx::raw_sql(dump).execute(&mut file).await.expect("written");
    file.close().await.expect("closed");
}

/// Puts into a database what Litestream keeps in each that it copies.
pub async fn note_litestream(file: &Path) {
    let mut file = SqliteConnectOptions::new().filename(file).connect().await.expect("a database");
    let tables = "CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
         CREATE TABLE _litestream_lock (id INTEGER);
         INSERT INTO _litestream_seq VALUES (1, 7)";
    sqlx::raw_sql(tables).execute(&mut file).await.expect("written");
    file.close().await.expect("closed");
}
