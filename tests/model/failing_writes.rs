//! Writes that fail: the file is told to refuse some, as a full disk or a
//! broken row would.

use sqlx::{Connection, SqliteConnection};

use crate::support::practice::TestPractice;

/// Has the file refuse what it is written, until [`writes_succeed`] again: each
/// `event`, such as `INSERT ON emails`, that is `when`.
pub async fn writes_fail(practice: &TestPractice, event: &str, when: &str) {
    let trigger = format!(
        "CREATE TRIGGER refused BEFORE {event} WHEN {when} BEGIN SELECT raise(ABORT, 'refused by the test'); END"
    );
    run(practice, &trigger).await;
}

pub async fn writes_succeed(practice: &TestPractice) {
    run(practice, "DROP TRIGGER refused").await;
}

/// Writes behind the back of the program.
pub async fn run(practice: &TestPractice, sql: &str) {
    let file = practice.data_dir().join("stillpoint.db");
    let mut file =
        SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.expect("the file");
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(&mut file).await.expect("the file takes it");
    file.close().await.expect("closed");
}
