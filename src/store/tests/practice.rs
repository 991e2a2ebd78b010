//! What is noted of the practice file, to be compared with a later one.

use super::*;
use crate::domain::example::office_slug;

#[tokio::test]
async fn a_new_address_is_to_be_told_until_somebody_has_decided() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let (north, south) = (office_slug("north"), office_slug("south"));
    for office in [&north, &south] {
        tx.note_address(office, "1 Example Street").await.expect("noted");
        tx.note_address(office, "1 Example Street").await.expect("the same");
    }
    assert_eq!(tx.untold_addresses().await.expect("none"), []);
    assert!(!tx.address_is_told(&north).await.expect("there is nothing to tell"));

    tx.note_address(&north, "2 Example Street").await.expect("noted");
    assert_eq!(tx.untold_addresses().await.expect("one"), std::slice::from_ref(&north));
    tx.note_address(&north, "2 Example Street").await.expect("started once more");
    assert_eq!(tx.untold_addresses().await.expect("still"), std::slice::from_ref(&north));
    assert!(tx.address_is_told(&north).await.expect("told"));
    assert!(!tx.address_is_told(&north).await.expect("told before"));
    tx.note_address(&north, "2 Example Street").await.expect("started once more");
    assert_eq!(tx.untold_addresses().await.expect("none"), []);
}

#[tokio::test]
async fn the_zone_and_the_currency_are_those_noted_last() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    assert_eq!(tx.agreed_in().await.expect("a new file"), None);
    for (zone, currency) in [("Europe/Zurich", "CHF"), ("America/Los_Angeles", "USD")] {
        tx.set_agreed_in(zone, currency).await.expect("noted");
        assert_eq!(tx.agreed_in().await.expect("noted"), Some((zone.to_owned(), currency.to_owned())));
    }
}
