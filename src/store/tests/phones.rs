//! Who comes back with a number that is on file in an older form is the same person.

use chrono_tz::Tz;

use super::*;
use crate::domain::client::country::Country;

/// A client and a visit as a version left them that knew no country.
async fn as_kept_before(tx: &mut Writing, phone: &str) -> ClientId {
    let (id,): (i64,) = sqlx::query_as(
        "INSERT INTO clients (name, phone, name_key, phone_key, created_at)
         VALUES ('Ann Lee', ?1, 'ann lee', ?1, 0) RETURNING id",
    )
    .bind(phone)
    .fetch_one(&mut *tx.0.0)
    .await
    .expect("a client");
    ClientId(id)
}

#[tokio::test]
async fn whoever_comes_back_with_a_number_kept_in_an_older_form_is_the_same_person() {
    for (zone, kept, typed) in [
        (Tz::Europe__Berlin, "0301234567", "030 / 1234567"),
        (Tz::Europe__Berlin, "00491701234567", "0170 1234567"),
        (Tz::Europe__Berlin, "+4901701234567", "+49 (0)170 1234567"),
        (Tz::Pacific__Auckland, "021123456", "021 123 456"),
        (Tz::Pacific__Auckland, "+64093034567", "(09) 303-4567"),
        (Tz::Europe__Dublin, "0871234567", "+353 87 123 4567"),
        (Tz::Europe__Dublin, "00353871234567", "087 123 4567"),
        (Tz::Europe__London, "02079460958", "+44 (0)20 7946 0958"),
        (Tz::Europe__London, "+4402079460958", "020 7946 0958"),
        (Tz::Europe__Paris, "0612345678", "06 12 34 56 78"),
        (Tz::Europe__Paris, "0033612345678", "+33 6 12 34 56 78"),
        (Tz::Australia__Sydney, "0412345678", "0412 345 678"),
        (Tz::Australia__Sydney, "001161412345678", "0412 345 678"),
        (Tz::America__Mexico_City, "5512345678", "55 1234 5678"),
        (Tz::America__Mexico_City, "+18183456789", "81 8345 6789"),
        (Tz::Asia__Kolkata, "+19876543210", "098765 43210"),
        (Tz::Europe__Rome, "0669812345", "06 698 12345"),
        (Tz::Europe__Zurich, "0445550142", "+41 44 555 01 42"),
        (Tz::Europe__Vienna, "06641234567", "0664 1234567"),
        (Tz::America__Los_Angeles, "+15305550142", "(530) 555-0142"),
        (Tz::America__Los_Angeles, "+4402079460958", "+44 (0)20 7946 0958"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("stillpoint.db");
        let country = Country::of(zone).expect("a country");
        let store = open_at(&path).await.expect("a new file");
        let mut tx = store.write().await.expect("the write lock");
        let ann = as_kept_before(&mut tx, kept).await;
        sqlx::query("UPDATE identity_keys SET version = 1").execute(&mut *tx.0.0).await.expect("an old rule");
        tx.commit().await.expect("written");
        store.close().await;

        let store = open_at(&path).await.expect("the file again");
        let mut tx = store.write().await.expect("the write lock");
        tx.read_dialed_phones(country).await.expect("read");
        let phone = Phone::parse(typed, Some(country)).expect(typed);
        let contact = Contact { email: None, phone: Some(phone) };
        let name = |name: &str| Name::stored(name.to_owned());
        let known = tx.known_people(&name("Annie"), &contact).await.expect("clients");
        assert_eq!(
            known.iter().map(|known| known.id()).collect::<Vec<_>>(),
            [ann],
            "{zone}: {kept}, {typed}"
        );
        let found = tx.client(&name("Ann Lee"), &contact, minute(0)).await.expect("a client");
        assert_eq!(found, ann, "{zone}: {kept}, {typed}");
        let other = tx.client(&name("Bea Lee"), &contact, minute(0)).await.expect("a client");
        assert_ne!(other, ann, "{zone}: somebody else at {typed}");
    }
}

#[tokio::test]
async fn the_number_of_a_visit_is_kept_in_the_form_of_now_too() {
    let store = open().await;
    let phone = |number: &str| Contact { email: None, phone: Some(Phone::stored(number.to_owned())) };
    for (nth, kept) in ["02079460958", "12345", "+442079460959"].into_iter().enumerate() {
        let at = i64::try_from(nth).expect("few") * 120;
        let uid = format!("{nth}@example.com");
        insert(&store, Appointment { uid, contact: phone(kept), ..request(at) }).await.expect("inserted");
    }
    let mut tx = store.write().await.expect("the write lock");
    tx.read_dialed_phones(Country::of(Tz::Europe__London).expect("a country")).await.expect("read");
    for (id, number) in [(1, "+442079460958"), (2, "12345"), (3, "+442079460959")] {
        let visit = tx.appointment(AppointmentId(id)).await.expect("a row").expect("a visit");
        assert_eq!(visit.contact, phone(number));
    }
}
