//! Records that are one person's.

use super::*;
use crate::domain::client::{
    Person,
    person::{Alias, Taken},
};

fn by(name: &str, email: Option<&str>, phone: Option<&str>) -> (Name, Contact) {
    let contact = Contact {
        email: email.map(|email| EmailAddress::stored(email.to_owned())),
        phone: phone.map(|phone| Phone::stored(phone.to_owned())),
    };
    (Name::stored(name.to_owned()), contact)
}

async fn record(tx: &mut Writing, (name, contact): &(Name, Contact)) -> ClientId {
    tx.client(name, contact, minute(0)).await.expect("a client")
}

async fn person(tx: &mut Writing, id: ClientId) -> Person {
    tx.person(id).await.expect("a reading").expect("a person")
}

#[tokio::test]
async fn what_was_merged_is_one_person_until_it_is_taken_apart_again() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let walt = record(&mut tx, &by("Walt Brennan", Some("walt@example.org"), None)).await;
    let walter = record(&mut tx, &by("Walter Brennan", None, Some("+15305550117"))).await;
    let ann = record(&mut tx, &by("Ann Lee", Some("ann@example.org"), None)).await;
    for (client, at, uid) in [(walt, 0, "one"), (walter, 120, "two"), (ann, 240, "three")] {
        let a = stands(Appointment { client, uid: uid.to_owned(), ..request(at) }, Status::Arrived);
        tx.insert_appointment(new(a), None).await.expect("inserted");
    }
    let visits = async |tx: &mut Writing, id| tx.history(id, minute(999)).await.expect("a history").visits;
    let (before_walt, before_walter) = (person(&mut tx, walt).await, person(&mut tx, walter).await);
    assert_eq!((visits(&mut tx, walt).await, visits(&mut tx, walter).await), (1, 1));

    let taken = Taken { name: true, phone: true, ..Taken::default() };
    let alias = Alias { client: walter, person: walt, taken, merged_at: minute(1) };
    tx.insert_alias(&alias).await.expect("merged");
    for id in [walt, walter] {
        let person = person(&mut tx, id).await;
        assert_eq!((person.id(), person.name().as_str()), (walt, "Walter Brennan"));
        assert_eq!(
            (person.contact().email(), person.contact().phone()),
            ("walt@example.org", "+15305550117")
        );
        assert_eq!(visits(&mut tx, id).await, 2);
        assert_eq!(tx.appointments_of(id).await.expect("visits").len(), 2);
    }
    let people: Vec<ClientId> = tx.people().await.expect("people").iter().map(Person::id).collect();
    assert_eq!(people, [walt, ann]);
    // Whoever asks as before is the same record as before, which is one of the person's.
    assert_eq!(record(&mut tx, &by("Walter Brennan", None, Some("+15305550117"))).await, walter);
    let (name, contact) = by("Walter Brennan", Some("other@example.org"), None);
    let known = tx.known_people(&name, &contact).await;
    assert_eq!(known.expect("people").iter().map(Person::id).collect::<Vec<_>>(), [walt]);

    assert!(tx.delete_alias(walter).await.expect("taken apart"));
    assert!(!tx.delete_alias(walter).await.expect("nothing left"));
    assert_eq!((person(&mut tx, walt).await, person(&mut tx, walter).await), (before_walt, before_walter));
    assert_eq!((visits(&mut tx, walt).await, visits(&mut tx, walter).await), (1, 1));
}
