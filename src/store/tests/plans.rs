//! What the therapist plans: it comes back as it was written, in place of the
//! practice file's word where it says anything, and not where it does not.

use chrono::{Weekday, WeekdaySet};

use super::*;
use crate::domain::{
    change::{Change, Outcome},
    client::History,
    example::{self, date, hours, office_slug, window},
    ids::{ChangeId, TimeOffId},
    opening_hours::OpeningHours,
    policy::{Confirmation, Policy},
    rules::Rules,
    timetable::Plan,
};

/// The rules in force, given those of the example practice as its file's.
async fn rules(tx: &mut Reading) -> Rules {
    tx.rules(&example::rules()).await.expect("rules")
}

#[tokio::test]
async fn while_the_therapist_has_changed_nothing_the_practice_files_rules_hold() {
    let store = open().await;
    let mut tx = store.read().await.expect("a reading");
    assert_eq!(rules(&mut tx).await, example::rules());
}

#[tokio::test]
async fn hours_that_were_set_stand_in_place_of_the_files_office_by_office() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let (north, south) = (office_slug("north"), office_slug("south"));
    let mut summer = hours(&[Weekday::Mon, Weekday::Sun], "07:00", "12:00");
    summer.add(Weekday::Mon, window("13:00", "24:00"));
    assert!(!tx.has_opening_hours(&north).await.expect("none"));
    tx.set_opening_hours(&north, NaiveDate::MIN, &OpeningHours::default()).await.expect("set");
    tx.set_opening_hours(&north, date("2027-06-01"), &summer).await.expect("set");
    assert!(tx.has_opening_hours(&north).await.expect("some"));

    let mut expected = example::rules();
    expected.timetable.forget_weeks(&north);
    // The beginning of time is the year 0 in the file.
    expected.timetable.set_week(north.clone(), date("0000-01-01"), OpeningHours::default());
    expected.timetable.set_week(north.clone(), date("2027-06-01"), summer);
    assert_eq!(rules(&mut tx).await, expected);

    let winter = hours(&[Weekday::Fri], "10:00", "11:00");
    tx.set_opening_hours(&north, date("2027-06-01"), &winter).await.expect("set anew");
    expected.timetable.set_week(north.clone(), date("2027-06-01"), winter);
    assert_eq!(rules(&mut tx).await, expected);

    assert!(tx.remove_opening_hours(&north, date("2027-06-01")).await.expect("removed"));
    assert!(!tx.remove_opening_hours(&north, date("2027-06-01")).await.expect("not there"));
    assert!(!tx.remove_opening_hours(&south, NaiveDate::MIN).await.expect("not there"));
    expected.timetable.forget_week(&north, date("2027-06-01"));
    assert_eq!(rules(&mut tx).await, expected);
    let (windows,): (i64,) = sqlx::query_as("SELECT count(*) FROM opening_windows")
        .fetch_one(&mut *tx.0.0)
        .await
        .expect("a count");
    assert_eq!(windows, 0, "no window without its week");
}

#[tokio::test]
async fn a_plan_comes_back_as_it_was_written_and_is_gone_when_it_is_taken_back() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let on = date("2026-12-07");
    let two_offices = Plan::closed()
        .with(office_slug("south"), [window("14:00", "18:00")])
        .with(office_slug("north"), [window("11:00", "12:00"), window("08:00", "10:00")]);
    for plan in [Some(two_offices), Some(Plan::closed()), None] {
        tx.set_plan(on, plan.as_ref()).await.expect("set");
        let mut expected = example::rules();
        expected.timetable.set_plan(on, plan);
        assert_eq!(rules(&mut tx).await, expected);
    }
    let (windows,): (i64,) =
        sqlx::query_as("SELECT count(*) FROM plan_windows").fetch_one(&mut *tx.0.0).await.expect("a count");
    assert_eq!(windows, 0, "no window without its plan");
}

#[tokio::test]
async fn plans_of_two_dates_do_not_mix() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let mut expected = example::rules();
    for (on, office) in [("2026-12-07", "north"), ("2026-12-08", "south")] {
        let plan = Plan::closed().with(office_slug(office), [window("08:00", "10:00")]);
        tx.set_plan(date(on), Some(&plan)).await.expect("set");
        expected.timetable.set_plan(date(on), Some(plan));
    }
    assert_eq!(rules(&mut tx).await, expected);
}

#[tokio::test]
async fn the_weekdays_on_which_the_first_booking_decides_read_back_and_none_is_a_word_too() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let mut file = example::rules();
    file.timetable.first_booking_decides = WeekdaySet::single(Weekday::Sat);
    assert_eq!(tx.rules(&file).await.expect("rules"), file, "the file's, while nothing else is said");
    let weekend = WeekdaySet::from_array([Weekday::Sat, Weekday::Sun]);
    for weekdays in [weekend, WeekdaySet::ALL, WeekdaySet::single(Weekday::Mon), WeekdaySet::EMPTY] {
        tx.set_first_booking_decides(weekdays).await.expect("set");
        let rules = tx.rules(&file).await.expect("rules");
        assert_eq!(rules.timetable.first_booking_decides, weekdays);
    }
}

#[tokio::test]
async fn a_policy_that_was_set_stands_in_place_of_the_files() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    for reminder_hours in [vec![], vec![3], vec![72, 24, 1]] {
        let policy = Policy {
            slot_step_minutes: 20,
            minimum_notice_hours: 0,
            horizon_days: 365,
            hold_hours: 48,
            answer_before_hours: 3,
            cancellation_notice_hours: 12,
            open_requests_per_contact: 5,
            confirmation: Confirmation::AtOnce,
            book_again: Confirmation::ByTherapist,
            reminder_hours,
        };
        tx.set_policy(&policy, minute(0)).await.expect("set");
        assert_eq!(rules(&mut tx).await, Rules { policy, ..example::rules() });
    }
}

#[tokio::test]
async fn requests_are_closed_with_the_last_sentence_until_they_are_opened() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    assert!(!tx.open_requests_again().await.expect("open already"));
    for text in ["I am full until spring.", "I am away."] {
        let sentence = Note::parse(text).expect("a note").expect("words");
        tx.close_requests(&sentence, minute(0)).await.expect("closed");
        assert_eq!(rules(&mut tx).await, Rules { closed: Some(sentence), ..example::rules() });
    }
    assert!(tx.open_requests_again().await.expect("opened"));
    assert_eq!(rules(&mut tx).await, example::rules());
}

#[tokio::test]
async fn time_off_comes_back_as_it_was_written_while_it_lasts() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let north = office_slug("north");
    let note = Note::parse("Dentist").expect("a note");
    let later =
        tx.insert_time_off(None, Interval::new(minute(500), minute(600)), None).await.expect("time off");
    let sooner = tx
        .insert_time_off(Some(&north), Interval::new(minute(0), minute(120)), note.as_ref())
        .await
        .expect("time off");
    let off = tx.time_off(sooner).await.expect("a row").expect("time off");
    assert_eq!(off.span, Interval::new(minute(0), minute(120)));
    assert_eq!((off.office, off.note), (Some(north), note));
    assert_eq!(tx.time_off(TimeOffId(99)).await.expect("no row"), None);
    let second = TimeDelta::seconds(1);
    for (from, expected) in [
        (minute(-1), vec![sooner, later]),
        (minute(120) - second, vec![sooner, later]),
        (minute(120), vec![later]),
        (minute(600), vec![]),
    ] {
        let found = tx.time_off_since(from).await.expect("time off");
        assert_eq!(found.iter().map(|off| off.id).collect::<Vec<_>>(), expected, "{from}");
    }
    assert_eq!(tx.all_time_off().await.expect("time off").len(), 2);
    for (from, to, expected) in
        [(-60, 0, vec![]), (-60, 1, vec![sooner]), (119, 500, vec![sooner]), (120, 501, vec![later])]
    {
        let busy = tx.busy(Interval::new(minute(from), minute(to))).await.expect("busy time");
        let found: Vec<TimeOffId> = busy.time_off().iter().map(|off| off.id).collect();
        assert_eq!(found, expected, "{from} to {to}");
    }
}

#[tokio::test]
async fn time_off_that_has_begun_ends_now_and_what_has_not_is_gone() {
    let store = open().await;
    for (now, left) in [(-1, None), (0, None), (1, Some(1)), (60, Some(60)), (119, Some(119))] {
        let mut tx = store.write().await.expect("the write lock");
        let span = Interval::new(minute(0), minute(120));
        let id = tx.insert_time_off(None, span, None).await.expect("time off");
        let off = tx.time_off(id).await.expect("a row").expect("time off");
        tx.end_time_off(&off, minute(now)).await.expect("ended");
        let ended = tx.time_off(id).await.expect("a row").map(|off| off.span);
        assert_eq!(ended, left.map(|end| Interval::new(minute(0), minute(end))), "at {now}");
        let next = tx.insert_time_off(None, span, None).await.expect("time off");
        assert_ne!(next, id, "no number is given twice");
    }
}

async fn confirmed(store: &Store, start: i64) -> Appointment {
    insert(store, Appointment { status: Status::Confirmed, ..request(start) }).await.expect("a free time")
}

/// A change of an appointment to an hour from a minute on, held until another.
fn change(of: &Appointment, start: i64, held_until: i64) -> Change {
    Change {
        id: ChangeId(0),
        appointment: of.id,
        office: office_slug("south"),
        session: Interval::new(minute(start), minute(start + 60)),
        requested_at: minute(-600),
        held_until: minute(held_until),
    }
}

#[tokio::test]
async fn an_appointment_has_one_change_that_waits_and_it_is_answered_once() {
    let store = open().await;
    let appointment = confirmed(&store, 0).await;
    let mut tx = store.write().await.expect("the write lock");
    assert_eq!(tx.change_of(appointment.id).await.expect("none"), None);
    assert!(!tx.end_change(appointment.id, Outcome::Declined, minute(0)).await.expect("none"));

    let first = tx.insert_change(change(&appointment, 600, -60)).await.expect("a free time");
    assert_eq!(tx.change_of(appointment.id).await.expect("a change"), Some(first.clone()));
    assert!(tx.insert_change(change(&appointment, 900, -60)).await.is_err(), "one at a time");
    for outcome in
        [Outcome::Replaced, Outcome::Declined, Outcome::Expired, Outcome::Cancelled, Outcome::Confirmed]
    {
        assert!(tx.end_change(appointment.id, outcome, minute(0)).await.expect("ended"));
        assert!(!tx.end_change(appointment.id, outcome, minute(0)).await.expect("ended before"));
        assert_eq!(tx.change_of(appointment.id).await.expect("none"), None);
        let next = tx.insert_change(change(&appointment, 900, -60)).await.expect("a free time");
        assert!(next.id > first.id);
    }
}

#[tokio::test]
async fn changes_come_the_most_urgent_first_and_overdue_from_the_second_they_are() {
    let store = open().await;
    let (one, two) = (confirmed(&store, 0).await, confirmed(&store, 300).await);
    let mut tx = store.write().await.expect("the write lock");
    let later = tx.insert_change(change(&one, 600, -60)).await.expect("a free time");
    let sooner = tx.insert_change(change(&two, 900, -90)).await.expect("a free time");
    let ids = |list: Vec<Change>| list.into_iter().map(|change| change.id).collect::<Vec<_>>();
    assert_eq!(ids(tx.changes().await.expect("changes")), [sooner.id, later.id]);
    let second = TimeDelta::seconds(1);
    assert_eq!(ids(tx.overdue_changes(minute(-90) - second).await.expect("changes")), []);
    assert_eq!(ids(tx.overdue_changes(minute(-90)).await.expect("changes")), [sooner.id]);

    tx.hold_change(sooner.id, minute(-30)).await.expect("more time");
    assert_eq!(ids(tx.changes().await.expect("changes")), [later.id, sooner.id]);
    tx.end_change(one.id, Outcome::Declined, minute(-90)).await.expect("answered");
    assert_eq!(ids(tx.changes().await.expect("changes")), [sooner.id]);
    assert_eq!(ids(tx.overdue_changes(minute(0)).await.expect("changes")), [sooner.id]);
}

#[tokio::test]
async fn a_change_is_busy_time_with_its_appointments_buffer_and_uses_its_office() {
    let store = open().await;
    let appointment = confirmed(&store, 0).await;
    let mut tx = store.write().await.expect("the write lock");
    tx.insert_change(change(&appointment, 600, -60)).await.expect("a free time");
    let span = Interval::new(minute(0), minute(60));
    let busy = tx.busy(span).await.expect("busy time");
    let all = busy.all().iter().map(|o| (o.appointment, o.office.as_str(), o.session.start, o.buffer));
    let buffer = appointment.buffer;
    assert_eq!(
        all.collect::<Vec<_>>(),
        [(appointment.id, "north", minute(0), buffer), (appointment.id, "south", minute(600), buffer)]
    );
    assert_eq!(busy.without(appointment.id).all(), []);
    let offices = |slugs: Vec<(OfficeSlug, ServiceSlug)>| {
        slugs.into_iter().map(|(office, _)| office.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(offices(tx.slugs_in_use(minute(0)).await.expect("slugs")), ["north", "south"]);
    assert_eq!(offices(tx.slugs_in_use(minute(60)).await.expect("slugs")), ["south"]);

    tx.end_change(appointment.id, Outcome::Declined, minute(0)).await.expect("answered");
    assert_eq!(tx.busy(span).await.expect("busy time").all().len(), 1);
    assert_eq!(offices(tx.slugs_in_use(minute(0)).await.expect("slugs")), ["north"]);
}

#[tokio::test]
async fn whoever_has_arrived_has_the_therapist_and_whoever_has_not_come_has_not() {
    let store = open().await;
    let appointment = confirmed(&store, 0).await;
    let span = Interval::new(minute(0), minute(60));
    for (status, is_busy) in [(Status::Arrived, true), (Status::NoShow, false), (Status::Arrived, true)] {
        update(&store, &Appointment { status, ..appointment.clone() }).await.expect("an update");
        let mut tx = store.read().await.expect("a reading");
        let busy = tx.busy(span).await.expect("busy time");
        assert_eq!(!busy.all().is_empty(), is_busy, "{}", status.as_str());
        drop(tx);
        let another = Appointment { uid: "another@example.com".to_owned(), ..request(30) };
        let mut tx = store.write().await.expect("the write lock");
        let another = Appointment { client: appointment.client, ..another };
        let inserted =
            tx.insert_appointment(NewAppointment { appointment: another, request_digest: None }).await;
        assert_eq!(inserted.is_err(), is_busy, "{}", status.as_str());
    }
}

#[tokio::test]
async fn an_appointment_keeps_what_was_overruled_for_it() {
    let store = open().await;
    for (start, words) in [(0, ""), (120, "buffer"), (240, "hours notice horizon buffer travel")] {
        let overruled = Overruled::parse(words);
        let written = insert(&store, Appointment { overruled, ..request(start) }).await.expect("a free time");
        assert_eq!(written.overruled.to_string(), words);
        let mut tx = store.read().await.expect("a reading");
        assert_eq!(tx.appointment(written.id).await.expect("a row"), Some(written.clone()));
        drop(tx);
        let overruled = Overruled::parse("travel");
        let moved = Appointment { overruled, office: office_slug("south"), ..written };
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
        (400, Status::Cancelled, true),
        (500, Status::Cancelled, true),
        (600, Status::Cancelled, false),
        (700, Status::Declined, false),
        (800, Status::Expired, false),
        (900, Status::Confirmed, false),
        (1000, Status::Requested, false),
    ] {
        let appointment = insert(&store, Appointment { status, is_late, ..request(start) }).await;
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
        (500, Status::Cancelled),
        (600, Status::Expired),
    ] {
        insert(&store, Appointment { status, ..request(start) }).await.expect("a free time");
    }
    let mut tx = store.read().await.expect("a reading");
    let starts = |list: Vec<Appointment>| {
        list.into_iter().map(|a| (a.session.start - minute(0)).num_minutes()).collect::<Vec<_>>()
    };
    let span = Interval::new(minute(0), minute(400));
    assert_eq!(starts(tx.visits(span).await.expect("visits")), [0, 100, 200], "not what begins at its end");
    assert_eq!(starts(tx.confirmed(span).await.expect("visits")), [200]);
    assert_eq!(starts(tx.expired_requests(minute(599)).await.expect("expired")), [600]);
    assert_eq!(starts(tx.expired_requests(minute(600)).await.expect("expired")), [0; 0]);
}

#[tokio::test]
async fn a_call_gives_way_to_a_newer_one_but_for_a_reminder_which_waits() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time").id;
    let mut tx = store.write().await.expect("the write lock");
    let about = |calls: Vec<Call>| calls.into_iter().map(|call| call.about).collect::<Vec<_>>();
    assert!(!tx.has_standing_call_since(appointment, minute(-100)).await.expect("none"));
    tx.insert_call(appointment, Topic::Changed, minute(-50)).await.expect("a call");
    tx.insert_call_unless_open(appointment, Topic::Reminder, minute(-40)).await.expect("no call");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [Topic::Changed]);
    assert!(tx.has_standing_call_since(appointment, minute(0)).await.expect("one waits, however old"));

    let id = tx.calls(minute(0)).await.expect("calls")[0].id;
    assert!(tx.call_done(id, minute(-30)).await.expect("done"));
    assert!(tx.has_standing_call_since(appointment, minute(-30)).await.expect("one was made then"));
    assert!(!tx.has_standing_call_since(appointment, minute(-29)).await.expect("none since"));
    tx.insert_call_unless_open(appointment, Topic::Reminder, minute(-20)).await.expect("a call");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [Topic::Reminder]);
    let forgotten = tx.calls(minute(0)).await.expect("calls")[0].id;
    tx.forget_call(appointment, Matter::Standing).await.expect("forgotten");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), []);
    tx.insert_call(appointment, Topic::Cancelled, minute(0)).await.expect("a call");
    assert!(!tx.call_done(forgotten, minute(0)).await.expect("no number is given twice"));

    for topic in Topic::ALL {
        tx.insert_call(appointment, topic, minute(0)).await.expect("a word that the file knows");
        assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [topic]);
        tx.forget_call(appointment, topic.matter()).await.expect("forgotten");
    }
}

#[tokio::test]
async fn the_call_about_an_address_and_the_one_about_the_rest_leave_each_other() {
    let store = open().await;
    let appointment = insert(&store, request(0)).await.expect("a free time").id;
    let mut tx = store.write().await.expect("the write lock");
    let about = |calls: Vec<Call>| calls.into_iter().map(|call| call.about).collect::<Vec<_>>();
    for topic in [Topic::Confirmed, Topic::NewAddress, Topic::NewAddress, Topic::Changed] {
        tx.insert_call(appointment, topic, minute(0)).await.expect("a call");
    }
    tx.insert_call_unless_open(appointment, Topic::LetterFailed, minute(0)).await.expect("no call");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [Topic::NewAddress, Topic::Changed]);
    tx.forget_call(appointment, Matter::Standing).await.expect("forgotten");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [Topic::NewAddress]);
    tx.insert_call_unless_open(appointment, Topic::LetterFailed, minute(0)).await.expect("a call");
    tx.forget_call(appointment, Matter::Address).await.expect("forgotten");
    assert_eq!(about(tx.calls(minute(0)).await.expect("calls")), [Topic::LetterFailed]);
}

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
