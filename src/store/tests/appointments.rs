//! Appointments: each comes back as it was written, and each list holds what it says.

use super::*;
use crate::domain::{client::History, example::office_slug};

#[tokio::test]
async fn an_appointment_comes_back_as_it_was_written() {
    let store = open().await;
    let written = insert(&store, request(0)).await.expect("a free time");
    let mut tx = store.read().await.expect("a reading");
    assert_eq!(tx.appointment(written.id).await.expect("a row"), Some(written.clone()));
    assert_eq!(tx.appointment(AppointmentId(99)).await.expect("no row"), None);

    drop(tx);
    let canceled = Appointment {
        state: State::Canceled(Cancellation {
            at: minute(5),
            by: Side::Client,
            is_late: true,
            agreement: Some(Agreement {
                at: minute(3),
                terms: Some(CancellationTerms {
                    free_until: minute(4),
                    fee: Some(LateFee { amount: Price(4750), percent: 50 }),
                }),
            }),
        }),
        sentence: Note::parse("See you").expect("a note"),
        revision: 2,
        ..written
    };
    update(&store, &canceled).await.expect("an update");
    let mut tx = store.read().await.expect("a reading");
    assert_eq!(tx.appointment(canceled.id).await.expect("a row"), Some(canceled));
}

#[tokio::test]
async fn the_file_itself_refuses_two_live_sessions_at_one_time() {
    let store = open().await;
    insert(&store, request(60)).await.expect("a free time");
    for (start, is_free) in [(0, true), (1, false), (59, false), (61, false), (119, false), (120, true)] {
        let inserted = insert(&store, request(start)).await;
        assert_eq!(inserted.is_ok(), is_free, "{start}");
        assert!(is_free || matches!(inserted, Err(StoreError::SlotTaken)), "{start}");
    }
}

#[tokio::test]
async fn a_session_that_is_over_for_whatever_reason_is_in_nobodys_way() {
    let store = open().await;
    let first = insert(&store, request(0)).await.expect("a free time");
    let declined = stands(first, Status::Declined);
    update(&store, &declined).await.expect("an update");
    let second = Appointment { uid: "second@example.com".to_owned(), ..request(30) };
    insert(&store, second).await.expect("the time is free again");

    let mut tx = store.write().await.expect("the write lock");
    let back = tx.take_time(&stands(declined, Status::Confirmed)).await;
    assert!(matches!(back, Err(StoreError::SlotTaken)), "a late yes meets the one who came after");
}

#[tokio::test]
async fn busy_is_what_lives_in_a_span_and_near_it() {
    let store = open().await;
    for start in [-4 * 1440, -60, 600, 4 * 1440] {
        insert(&store, request(start)).await.expect("a free time");
    }
    let done = insert(&store, request(300)).await.expect("a free time");
    update(&store, &stands(done, Status::Canceled)).await.expect("an update");
    let mut tx = store.read().await.expect("a reading");
    let busy = tx.busy(Interval::new(minute(0), minute(60)), minute(0)).await.expect("busy time");
    let all = Interval::new(minute(-9999), minute(9999));
    let starts: Vec<Instant> = busy.beginning_in(all).iter().map(|occupied| occupied.span.start).collect();
    assert_eq!(starts, [minute(-60), minute(600)]);
}

#[tokio::test]
async fn whoever_has_arrived_has_the_therapist_and_whoever_has_not_come_has_not() {
    let store = open().await;
    let appointment = confirmed(&store, 0).await;
    let span = Interval::new(minute(0), minute(60));
    for (status, is_busy) in [(Status::Arrived, true), (Status::NoShow, false), (Status::Arrived, true)] {
        update(&store, &stands(appointment.clone(), status)).await.expect("an update");
        let mut tx = store.read().await.expect("a reading");
        let busy = tx.busy(span, minute(0)).await.expect("busy time");
        assert_eq!(!busy.all().is_empty(), is_busy, "{}", status.as_str());
        drop(tx);
        let another = Appointment { uid: "another@example.com".to_owned(), ..request(30) };
        let mut tx = store.write().await.expect("the write lock");
        let another = Appointment { client: appointment.client, ..another };
        let inserted = tx.insert_appointment(new(another), None).await;
        assert_eq!(inserted.is_err(), is_busy, "{}", status.as_str());
    }
}

#[tokio::test]
async fn the_same_form_makes_one_row() {
    let store = open().await;
    let digest = [7; 32];
    let mut tx = store.write().await.expect("the write lock");
    let client = tx.client(&request(0).name, &request(0).contact, minute(0)).await.expect("a client");
    let form = |start| new(Appointment { client, ..request(start) });
    let first = tx.insert_appointment(form(0), Some(digest)).await.expect("a free time");
    assert_eq!(tx.appointment_by_request(&digest).await.expect("a row").map(|a| a.id), Some(first.id));
    assert!(tx.insert_appointment(form(600), Some(digest)).await.is_err());
}

#[tokio::test]
async fn open_requests_are_counted_by_address_in_any_spelling_and_by_number() {
    let store = open().await;
    insert(&store, request(0)).await.expect("a free time");
    insert(&store, request(120)).await.expect("a free time");
    let confirmed = insert(&store, request(240)).await.expect("a free time");
    update(&store, &stands(confirmed, Status::Confirmed)).await.expect("an update");
    let mut tx = store.read().await.expect("a reading");
    let by_email = Contact { phone: None, ..contact("June@Example.com") };
    let by_phone = Contact { email: None, ..contact("x@example.com") };
    let stranger = Contact { phone: None, ..contact("other@example.com") };
    assert_eq!(tx.open_requests(&by_email, minute(0)).await.expect("a count"), 2);
    assert_eq!(tx.open_requests(&by_phone, minute(0)).await.expect("a count"), 2);
    assert_eq!(tx.open_requests(&stranger, minute(0)).await.expect("a count"), 0);
}

#[tokio::test]
async fn open_requests_are_counted_by_mailbox_however_its_address_is_written() {
    let mailboxes = [
        ["v.i.c.tim+9@googlemail.com", "victim@gmail.com", "VICTIM+a+b@Gmail.com"],
        ["vic.tim@example.com", "Vic.Tim+1@example.com", "vic.tim+2+3@example.com"],
        ["+7@example.com", "+7@Example.com", "+7@EXAMPLE.com"],
        ["o'brien@example.com", "O'Brien+@example.com", "o'brien+x@example.com"],
    ];
    let store = open().await;
    let mut start = 0;
    for [one, another, _] in mailboxes {
        for address in [one, another] {
            insert(
                &store,
                Appointment { contact: Contact { phone: None, ..contact(address) }, ..request(start) },
            )
            .await
            .expect("a free time");
            start += 120;
        }
    }
    let mut tx = store.read().await.expect("a reading");
    for address in mailboxes.concat() {
        let asks = Contact { phone: None, ..contact(address) };
        assert_eq!(tx.open_requests(&asks, minute(0)).await.expect("a count"), 2, "{address}");
    }
}

#[tokio::test]
async fn requests_come_the_most_urgent_first_and_overdue_from_the_second_they_are() {
    let store = open().await;
    let later = insert(&store, request(0)).await.expect("a free time");
    let sooner =
        insert(&store, Appointment { state: State::Requested { held_until: minute(-90) }, ..request(120) })
            .await
            .expect("a free time");
    let mut tx = store.read().await.expect("a reading");
    let ids = |list: Vec<Appointment>| list.into_iter().map(|a| a.id).collect::<Vec<_>>();
    assert_eq!(ids(tx.requests().await.expect("requests")), [sooner.id, later.id]);
    let second = TimeDelta::seconds(1);
    assert_eq!(tx.waiting_requests().await.expect("requests"), [sooner.id, later.id]);
    assert_eq!(tx.overdue_requests(minute(-90) - second).await.expect("requests"), []);
    assert_eq!(tx.overdue_requests(minute(-90)).await.expect("requests"), [sooner.id]);
}

#[tokio::test]
async fn a_slug_is_in_use_while_a_live_appointment_with_it_is_to_come() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time");
    let mut tx = store.read().await.expect("a reading");
    let both = vec![(appointment.office.clone(), appointment.service.clone())];
    assert_eq!(tx.slugs_in_use(minute(59)).await.expect("slugs"), both);
    assert_eq!(tx.slugs_in_use(minute(60)).await.expect("slugs"), []);
    drop(tx);
    update(&store, &stands(appointment, Status::Declined)).await.expect("an update");
    assert_eq!(store.read().await.expect("a reading").slugs_in_use(minute(0)).await.expect("slugs"), []);
}

#[tokio::test]
async fn an_appointment_keeps_what_was_overridden_for_it() {
    let store = open().await;
    for (start, words) in [(0, ""), (120, "buffer"), (240, "hours notice horizon buffer travel")] {
        let overridden = Override::parse(words);
        let written =
            insert(&store, Appointment { overridden, ..request(start) }).await.expect("a free time");
        assert_eq!(written.overridden.to_string(), words);
        let mut tx = store.read().await.expect("a reading");
        assert_eq!(tx.appointment(written.id).await.expect("a row"), Some(written.clone()));
        drop(tx);
        let overridden = Override::parse("travel");
        let moved = Appointment { overridden, office: office_slug("south"), ..written };
        update(&store, &moved).await.expect("an update");
        let mut tx = store.read().await.expect("a reading");
        assert_eq!(tx.appointment(moved.id).await.expect("a row"), Some(moved));
    }
}

#[tokio::test]
async fn a_clients_history_counts_what_has_been() {
    let store = open().await;
    let mut client = None;
    for (start, status, is_late) in [
        (0, Status::Arrived, false),
        (100, Status::Arrived, false),
        // Nobody has said that they came, nor that they did not.
        (200, Status::Confirmed, false),
        (300, Status::NoShow, false),
        (400, Status::Canceled, true),
        (500, Status::Canceled, true),
        (600, Status::Canceled, false),
        (700, Status::Declined, false),
        (800, Status::Expired, false),
        (900, Status::Confirmed, false),
        (1000, Status::Requested, false),
    ] {
        let mut appointment = stands(request(start), status);
        if let State::Canceled(cancellation) = &mut appointment.state {
            cancellation.is_late = is_late;
        }
        let appointment = insert(&store, appointment).await;
        client = Some(appointment.expect("a free time").client);
    }
    let client = client.expect("a client");
    let mut tx = store.read().await.expect("a reading");
    for (before, visits) in [(259, 2), (260, 3), (959, 3), (960, 4)] {
        let history = tx.history(client, minute(before)).await.expect("a history");
        assert_eq!(history, History { visits, no_shows: 1, late_cancellations: 2 }, "at {before}");
    }
    let nobody = tx.history(ClientId(99), minute(0)).await.expect("a history");
    assert_eq!(nobody, History { visits: 0, no_shows: 0, late_cancellations: 0 });
}

#[tokio::test]
async fn visits_are_listed_by_what_has_become_of_them() {
    let store = open().await;
    for (start, status) in [
        (400, Status::Confirmed),
        (0, Status::Arrived),
        (100, Status::NoShow),
        (200, Status::Confirmed),
        (300, Status::Requested),
        (500, Status::Canceled),
        (600, Status::Expired),
    ] {
        insert(&store, stands(request(start), status)).await.expect("a free time");
    }
    let mut tx = store.read().await.expect("a reading");
    let starts = |list: Vec<Appointment>| {
        list.into_iter().map(|a| (a.span.start - minute(0)).num_minutes()).collect::<Vec<_>>()
    };
    let span = Interval::new(minute(0), minute(400));
    assert_eq!(starts(tx.visits(span).await.expect("visits")), [0, 100, 200], "not what begins at its end");
    let confirmed = tx.confirmed(span).await.expect("visits");
    let ids: Vec<_> = confirmed.iter().map(|a| a.id).collect();
    assert_eq!(tx.confirmed_in(span).await.expect("visits"), ids);
    assert_eq!(starts(confirmed), [200]);
    assert_eq!(starts(tx.expired_requests(minute(599)).await.expect("expired")), [600]);
    assert_eq!(starts(tx.expired_requests(minute(600)).await.expect("expired")), [0; 0]);
}
