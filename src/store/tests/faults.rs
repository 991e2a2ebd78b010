//! What SQLite does by itself when writing fails, and what becomes of the connection.

use sqlx::Executor;

use super::*;
use crate::health::WriteTrouble;

async fn tells_the_writer(store: &Store, pragma: &'static str) {
    store.writer.acquire().await.expect("the writer").execute(pragma).await.expect("a pragma");
}

#[tokio::test]
async fn a_write_that_failed_leaves_no_broken_connection_behind() {
    let cases = [
        ("PRAGMA max_page_count = 1", WriteTrouble::Full),
        ("PRAGMA query_only = ON", WriteTrouble::ReadOnly),
    ];
    for (pragma, trouble) in cases {
        let folder = tempfile::tempdir().expect("a folder");
        let store = open_at(&folder.path().join("stillpoint.db")).await.expect("a store");
        tells_the_writer(&store, pragma).await;
        let error = store.try_to_write().await.expect_err(pragma);
        assert_eq!(error.trouble(), Some(trouble));
        assert_eq!(store.health().write_trouble(), Some(trouble));
        store.write().await.expect("another connection").commit().await.expect("nothing to write");
        assert_eq!(store.health().write_trouble(), Some(trouble), "nothing shows that it works");
        store.try_to_write().await.expect("it works");
        assert_eq!(store.health().write_trouble(), None);
        store.close().await;
    }
}

#[tokio::test]
async fn a_transaction_that_sqlite_has_rolled_back_breaks_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = open_at(&folder.path().join("stillpoint.db")).await.expect("a store");
    let mut tx = store.write().await.expect("a transaction");
    sqlx::query("ROLLBACK").execute(&mut *tx.0.0).await.expect("behind the back of sqlx");
    drop(tx);
    store.try_to_write().await.expect("another connection");
    let mut tx = store.read().await.expect("a transaction");
    sqlx::query("ROLLBACK").execute(&mut *tx.0).await.expect("behind the back of sqlx");
    drop(tx);
    for _ in 0..8 {
        store.read().await.expect("another connection");
    }
    store.close().await;
}
