//! Changes of `practice.toml` under standing appointments: what was agreed
//! stays, and an office that has moved is told to those who come.

use chrono::TimeDelta;
use stillpoint::{domain::appointment::call::Topic, serve};

use super::calls::calls;
use crate::support::{
    people::{JUNE, Opening, PETER, SATURDAY, TUESDAY, Therapist, WALT, WEDNESDAY},
    practice::{TestPractice, practice},
};

fn moved(file: String) -> String {
    file.replace("100 Example Street", "7 Pine Street")
}

#[tokio::test]
async fn an_office_that_has_moved_offers_to_write_to_those_who_come() {
    let practice = practice().open().await;
    for (person, start) in [(&JUNE, WEDNESDAY.start), (&WALT, "2026-11-25T19:00:00Z")] {
        practice.asks(person, &WEDNESDAY.at(start)).await;
    }
    practice.asks(&PETER, &TUESDAY).await;
    let therapist = practice.therapist().await;
    for person in [&JUNE, &WALT, &PETER] {
        therapist.confirms(person).await;
    }
    practice.emails().await;
    therapist.open("/admin").await.never_says("new address");

    let practice = practice.opened_again(moved).await;
    let therapist = practice.therapist().await;
    let today = therapist
        .open("/admin")
        .await
        .says("Mt. Shasta has a new address. 2 people have appointments there.");
    let form = today.form("/admin/offices/mt-shasta/new-address/emails");
    let today = therapist.press_on(&form).await.never_says("Mt. Shasta has a new address.");
    today.says("doesn't know yet that the office has a new address"); // Walt is called.
    let email = practice.email_to(JUNE.email).await;
    email.says("7 Pine Street");
    assert!(email.invitation().iter().any(|line| line.contains("7 Pine Street")));
    practice.mailbox.is_empty();
    therapist.press(&form).await.expect(409).says("already settled");
    let practice = practice.opened_again(|file| file).await;
    practice.therapist().await.open("/admin").await.never_says("Mt. Shasta has a new address.");
    practice.close().await;
}

/// The therapist has everybody told of the new address.
async fn tells_all(practice: &TestPractice) -> Therapist {
    let therapist = practice.therapist().await;
    let form = therapist.open("/admin").await.form("/new-address/emails");
    therapist.press_on(&form).await;
    therapist
}

/// What there is to tell by telephone.
async fn topics(practice: &TestPractice) -> Vec<Topic> {
    calls(practice).await.into_iter().map(|(topic, _)| topic).collect()
}

#[tokio::test]
async fn a_new_address_is_a_call_besides_what_is_still_to_be_told() {
    let practice = practice().open().await;
    let page = practice.has_asked(&WALT, &WEDNESDAY).await;
    practice.therapist().await.confirms(&WALT).await;
    let practice = practice.opened_again(moved).await;
    let therapist = tells_all(&practice).await;
    assert_eq!(topics(&practice).await, [Topic::Confirmed, Topic::NewAddress]);
    let today = therapist.open("/admin").await.says("doesn't know yet that this is confirmed");
    let today = therapist.press_on(&today.forms("/done")[0]).await;
    today.never_says("that this is confirmed").says("doesn't know yet that the office has a new address");
    // Neither a reminder nor another time says where the office is now.
    therapist.moves(&WALT, &WEDNESDAY.at("2026-11-25T21:00:00Z")).await;
    assert_eq!(topics(&practice).await, [Topic::NewAddress, Topic::Changed]);
    practice.passes(TimeDelta::hours(5)).await;
    assert_eq!(topics(&practice).await, [Topic::NewAddress, Topic::Changed], "each of them reminds");
    // They have moved it themselves, and may not have seen that the address is new.
    practice.asks_to_move(&page, &WEDNESDAY.at("2026-11-30T21:00:00Z")).await;
    assert_eq!(topics(&practice).await, [Topic::NewAddress]);
    // At another office it is nothing to them.
    therapist.moves(&WALT, &SATURDAY).await;
    assert_eq!(topics(&practice).await, [Topic::Changed]);
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn who_is_still_to_be_told_of_the_address_is_reminded_all_the_same() {
    let practice = practice().open().await;
    practice.has_asked(&WALT, &WEDNESDAY).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&WALT).await;
    therapist.press_on(&therapist.open("/admin").await.form("/done")).await;
    practice.emails().await;
    let practice = practice.opened_again(moved).await;
    tells_all(&practice).await;
    assert_eq!(topics(&practice).await, [Topic::NewAddress]);
    practice.passes(TimeDelta::hours(46)).await;
    practice.emails().await;
    assert_eq!(topics(&practice).await, [Topic::NewAddress, Topic::Reminder]);
    practice.close().await;
}

#[tokio::test]
async fn what_is_called_off_needs_no_new_address() {
    let practice = practice().open().await;
    practice.has_asked(&WALT, &WEDNESDAY).await;
    practice.has_asked(&JUNE, &WEDNESDAY.at("2026-11-25T21:00:00Z")).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&WALT).await;
    therapist.confirms(&JUNE).await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(36)).await; // June’s is near: she is called as well.
    practice.emails().await;
    let practice = practice.opened_again(moved).await;
    let therapist = tells_all(&practice).await;
    assert_eq!(topics(&practice).await, [Topic::Confirmed, Topic::NewAddress, Topic::NewAddress]);
    therapist.answers(&WALT, "cancellation", "").await.expect(303);
    therapist.answers(&JUNE, "cancellation", "").await.expect(303);
    assert_eq!(topics(&practice).await, [Topic::Canceled, Topic::Canceled]);
    practice.emails().await;
    practice.close().await;
}

/// The email that failed may have been of something else.
#[tokio::test]
async fn an_email_that_fails_is_a_call_besides_the_one_of_a_new_address() {
    let practice = practice().open().await;
    practice.has_asked(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    practice.passes(TimeDelta::hours(36)).await;
    practice.emails().await;
    let practice = practice.opened_again(moved).await;
    tells_all(&practice).await;
    assert_eq!(topics(&practice).await, [Topic::NewAddress]);
    practice.mailbox.answers(JUNE.email, 550);
    practice.deliver().await;
    assert_eq!(topics(&practice).await, [Topic::NewAddress, Topic::EmailFailed]);
    practice.close().await;
}

#[tokio::test]
async fn nobody_is_written_to_where_they_know_it() {
    let practice = practice().open().await;
    practice.asks(&JUNE, &WEDNESDAY).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.emails().await;
    let practice = practice.opened_again(moved).await;
    let therapist = practice.therapist().await;
    let today = therapist
        .open("/admin")
        .await
        .says("Mt. Shasta has a new address. One person has an appointment there.");
    let form = today.form("/new-address/known");
    therapist.press_on(&form).await.never_says("Mt. Shasta has a new address.");
    therapist.press(&form).await.expect(409);
    practice.deliver().await;
    practice.mailbox.is_empty();
    practice.close().await;
}

#[tokio::test]
async fn where_nobody_comes_nothing_is_asked_now_or_later() {
    let practice = practice().open().await;
    practice.asks(&PETER, &TUESDAY).await;
    practice.therapist().await.confirms(&PETER).await;
    let practice = practice.opened_again(moved).await;
    let therapist = practice.therapist().await;
    therapist.open("/admin").await.never_says("new address");
    // Who books now reads the new address.
    practice.asks(&JUNE, &WEDNESDAY).await;
    therapist.confirms(&JUNE).await;
    therapist.open("/admin").await.never_says("new address");
    practice.emails().await;
    practice.close().await;
}

#[tokio::test]
async fn an_appointment_stays_as_agreed_when_the_practice_file_changes() {
    let practice = practice().open().await;
    let own = practice.asks(&JUNE, &TUESDAY).await;
    let therapist = practice.therapist().await;
    practice.emails().await;
    let practice = practice
        .opened_again(|file| {
            let (before, service) = file.split_once("slug = \"neuromuscular-60\"").expect("the service");
            let (service, after) = service.split_once("[[services]]").expect("another service");
            let service =
                service.replace("minutes = 60", "minutes = 90").replace("price = 95", "price = 140");
            let service = service.replace("buffer_minutes = 15", "buffer_minutes = 60");
            let service = service.replace("\"mt-shasta\", \"redding\"", "\"mt-shasta\"");
            let service = service.replace("Neuromuscular session", "Something else");
            format!("{before}slug = \"neuromuscular-60\"{service}[[services]]{after}")
        })
        .await;
    drop(therapist);
    let page = practice.visitor().open(&own).await.says("$95").says("60 minutes").says("Redding");
    page.says("until 10:00 am").says("Neuromuscular session").never_says("$140");
    // Its own buffer of a quarter of an hour still counts.
    let next = Opening { service: "craniosacral-60", office: "redding", start: "2026-11-24T18:30:00Z" };
    practice.visitor().open(&next.form()).await;
    let therapist = practice.therapist().await;
    therapist.confirms(&JUNE).await.says("$95").says("Redding");
    let email = practice.email_to(JUNE.email).await;
    email.says("$95");
    email.says("60 minutes");
    // Who asks now is told the new ones, and only where the service is given now.
    practice.visitor().get(&TUESDAY.at("2026-11-24T22:00:00Z").form()).await.expect(409);
    practice.visitor().open(&WEDNESDAY.form()).await.says("$140").says("90 minutes").says("Something else");
    practice.close().await;
}

#[tokio::test]
async fn an_office_to_which_somebody_asks_to_be_moved_cannot_vanish() {
    let practice = practice().open().await;
    let own = practice.asks(&JUNE, &TUESDAY.at("2026-11-26T17:00:00Z")).await;
    practice.therapist().await.confirms(&JUNE).await;
    practice.asks_to_move(&own, &WEDNESDAY.at("2026-11-30T17:00:00Z")).await;
    practice.emails().await;
    let reopened = practice.opens_again(|file| file.replace("\"mt-shasta\"", "\"weed\"")).await;
    let Err(serve::Error::Content(faults)) = reopened else { panic!("it does not open") };
    let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(faults.iter().any(|fault| fault.contains("the office `mt-shasta` is used")), "{faults:?}");
}
