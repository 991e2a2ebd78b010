//! A database as a later version would leave it: the one place in these tests
//! that knows what stands in the file.

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
