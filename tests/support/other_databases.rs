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
