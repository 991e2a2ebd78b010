//! The keys of the clients are made anew by whoever opens the file first.

use super::*;
use crate::domain::client::identity;

#[tokio::test]
async fn keys_of_another_rule_are_made_anew_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("stillpoint.db");
    let store = open_at(&path).await.expect("a new file");
    let mut tx = store.write().await.expect("the write lock");
    let phone = |number: &str| Contact { email: None, phone: Some(Phone::stored(number.to_owned())) };
    let name = |name: &str| Name::stored(name.to_owned());
    let ann = tx.client(&name("Ann O’Brien"), &phone("+15305550126"), minute(0)).await.expect("a client");
    let jose = tx.client(&name("Jose\u{301}"), &phone("+15305550127"), minute(0)).await.expect("a client");
    // As a version before the keys would have left them.
    sqlx::raw_sql("UPDATE clients SET name_key = lower(name), phone_key = NULL; DELETE FROM identity_keys")
        .execute(&mut *tx.0.0)
        .await
        .expect("old keys");
    tx.commit().await.expect("written");
    store.close().await;

    let store = open_at(&path).await.expect("the file again");
    let mut tx = store.write().await.expect("the write lock");
    assert_eq!(tx.renew_identity_keys().await.expect("keys"), None, "it was done when the file was opened");
    for (who, number, expected) in
        [("ann o'brien", "+1 (530) 555-0126", ann), ("Jos\u{e9}", "+15305550127", jose)]
    {
        let found = tx.client(&name(who), &phone(number), minute(0)).await.expect("a client");
        assert_eq!(found, expected, "{who}");
    }
    assert_ne!(tx.client(&name("Andy O’Brien"), &phone("+15305550126"), minute(0)).await.expect("new"), ann);
    assert_eq!(identity::VERSION, 2, "whoever raises it looks at this test");
}
