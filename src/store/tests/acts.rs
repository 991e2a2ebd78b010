//! Acts: what they write is held, what they supersede waits with them, what they
//! free stays taken; and either way it ends.

use super::{emails::email, *};
use crate::domain::{
    act::{Kind, Outcome},
    appointment::call::Matter,
    availability::conflict::Conflict,
    ids::ActId,
};
use crate::mail::email::Email;

fn about(a: &Appointment, key: &str) -> Email {
    Email { appointment: Some(a.id), not_after: None, ..email(key) }
}

/// A request with an email and a call that wait; declined in the minute 0 with an
/// email and a call of its own.
async fn declined(store: &Store) -> (Appointment, ActId) {
    let request = insert(store, request(100)).await.expect("a free time");
    let mut tx = store.write().await.expect("the write lock");
    tx.enqueue(&about(&request, "received/1"), minute(-1)).await.expect("an email");
    tx.insert_call(request.id, Topic::Requested, minute(-1)).await.expect("a call");
    tx.commit().await.expect("written");

    let mut tx = store.write().await.expect("the write lock");
    let declined = request.clone().decline(None, minute(0)).expect("declined");
    let act = tx.begin_act(Kind::Declined, None, minute(0)).await.expect("an act");
    tx.keep_before(request.id, declined.revision).await.expect("kept");
    tx.update_appointment(&declined).await.expect("written");
    tx.take_back_kinds(request.id, &["received"], minute(0)).await.expect("set aside");
    tx.enqueue(&about(&request, "declined/1"), minute(0)).await.expect("an email");
    tx.insert_call(request.id, Topic::Declined, minute(0)).await.expect("a call");
    tx.commit().await.expect("written");
    (request, act)
}

async fn due(tx: &mut Reading, now: Instant) -> Option<String> {
    due_email(tx, &[], now).await.map(|due| due.email.key)
}

async fn topics(tx: &mut Reading, now: Instant) -> Vec<Topic> {
    tx.calls(now).await.expect("calls").into_iter().map(|call| call.about).collect()
}

const SECOND: TimeDelta = TimeDelta::seconds(1);

#[tokio::test]
async fn an_act_holds_what_it_writes_and_what_it_supersedes_for_its_minute() {
    let store = open().await;
    let (request, act) = declined(&store).await;
    let mut tx = store.write().await.expect("the write lock");
    for now in [minute(0), minute(1) - SECOND, minute(0) - SECOND] {
        assert_eq!(due(&mut tx, now).await, None, "{now}");
        assert_eq!(topics(&mut tx, now).await, [], "{now}");
        let busy = tx.busy(request.span, now).await.expect("busy time");
        assert_eq!(busy.all().len(), 1, "its time is taken");
        let known = tx.known_to_client(request.id, now).await.expect("a reading").expect("before");
        assert_eq!((known.appointment, known.since), (request.clone(), act));
    }
    assert_eq!(tx.next_email_at().await.expect("a time"), Some(minute(1)));
    tx.try_emails_again(minute(0)).await.expect("tried");
    assert_eq!(tx.next_email_at().await.expect("a time"), Some(minute(1)), "no button sends it sooner");
    for now in [minute(1), minute(-2)] {
        assert_eq!(due(&mut tx, now).await.as_deref(), Some("declined/1"), "over, or the clock has moved");
        assert_eq!(topics(&mut tx, now).await, [Topic::Declined]);
        assert!(tx.busy(request.span, now).await.expect("busy time").all().is_empty());
        assert!(tx.known_to_client(request.id, now).await.expect("a reading").is_none());
    }
    assert_eq!(tx.end_acts(minute(1) - SECOND).await.expect("none"), 0);
    assert_eq!(tx.end_acts(minute(1)).await.expect("one"), 1);
    let act = tx.act(act).await.expect("a reading").expect("the act");
    assert_eq!(act.outcome, Outcome::Stands);
    let left: Vec<(String, String)> = sqlx::query_as("SELECT key, outcome FROM emails ORDER BY id")
        .fetch_all(&mut *tx.0.0)
        .await
        .expect("rows");
    let expected = [("received/1", "lapsed"), ("declined/1", "waiting")];
    assert_eq!(left, expected.map(|(key, outcome)| (key.to_owned(), outcome.to_owned())));
    tx.prune_acts(minute(2)).await.expect("pruned");
    assert!(tx.act(act.id).await.expect("a reading").is_none());
    assert_eq!(due(&mut tx, minute(1)).await.as_deref(), Some("declined/1"), "the email stays");
}

#[tokio::test]
async fn an_act_that_is_taken_back_leaves_what_there_was() {
    let store = open().await;
    let (request, act) = declined(&store).await;
    let mut tx = store.write().await.expect("the write lock");
    tx.take_back_act(act, Outcome::Undone, minute(0)).await.expect("taken back");
    let before = tx.before(act, request.id).await.expect("a reading").expect("as it was");
    assert_eq!((before.appointment, before.revision), (Some(request.clone()), 1));
    assert!(before.conflict.is_none() && before.reschedule_request.is_none());
    assert_eq!(due(&mut tx, minute(0)).await.as_deref(), Some("received/1"));
    assert_eq!(topics(&mut tx, minute(0)).await, [Topic::Requested]);
    assert_eq!(tx.running_acts(minute(0)).await.expect("none").len(), 0);
    assert_eq!(tx.end_acts(minute(1)).await.expect("none"), 0);
}

#[tokio::test]
async fn a_call_that_has_come_meanwhile_is_newer_than_the_one_that_comes_back() {
    let store = open().await;
    let (request, act) = declined(&store).await;
    let mut tx = store.write().await.expect("the write lock");
    tx.forget_call(request.id, Matter::Standing).await.expect("the act's own");
    tx.insert_call_unless_open(request.id, Topic::EmailFailed, minute(0)).await.expect("a call");
    tx.take_back_act(act, Outcome::Undone, minute(0)).await.expect("taken back");
    assert_eq!(topics(&mut tx, minute(0)).await, [Topic::EmailFailed]);
}

#[tokio::test]
async fn a_second_act_within_the_minute_is_what_the_client_hears_of() {
    let store = open().await;
    let visit = confirmed(&store, 100).await;
    let noted = NotedConflict { conflict: Conflict::parse("closed"), found_at: minute(-5), is_kept: false };
    let mut acts = Vec::new();
    for (nth, kind) in [Kind::Rescheduled, Kind::Canceled].into_iter().enumerate() {
        let mut tx = store.write().await.expect("the write lock");
        if nth == 0 {
            tx.note_conflict(visit.id, &noted).await.expect("noted");
        }
        let now = minute(0) + TimeDelta::seconds(30 * nth as i64);
        acts.push(tx.begin_act(kind, None, now).await.expect("an act"));
        let revision = nth as u32 + 1;
        tx.keep_before(visit.id, revision).await.expect("kept");
        let start = minute(100 + 120 * revision as i64);
        let span = Interval::new(start, start + TimeDelta::minutes(60));
        tx.update_appointment(&Appointment { span, revision, ..visit.clone() }).await.expect("moved");
        tx.commit().await.expect("written");
    }
    let mut tx = store.write().await.expect("the write lock");
    let conflict = tx.before(acts[0], visit.id).await.expect("a reading").expect("before").conflict;
    assert_eq!(conflict, Some(noted));
    for (seconds, is_known) in [(0, true), (59, true), (60, true), (89, true), (90, false)] {
        let now = minute(0) + TimeDelta::seconds(seconds);
        tx.end_acts(now).await.expect("ended");
        let known = tx.known_to_client(visit.id, now).await.expect("a reading");
        assert_eq!(known.map(|known| known.appointment), is_known.then(|| visit.clone()), "{seconds} s");
        let busy = tx.busy(visit.span, now).await.expect("busy time");
        let is_taken = busy.all().iter().any(|o| o.span == visit.span);
        assert_eq!(is_taken, is_known, "what the client sees is theirs: {seconds} s");
    }
    tx.acts_have_left(visit.id, 1, 7).await.expect("another revision");
    let left = tx.before(acts[0], visit.id).await.expect("a reading").expect("before").revision;
    assert_eq!(left, 7);
}
