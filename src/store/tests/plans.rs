//! What the therapist plans: it comes back as it was written, in place of the
//! practice file's word where it says anything, and not where it does not.

use chrono::NaiveDate;
use chrono::{Weekday, WeekdaySet};

use super::*;
use crate::domain::{
    availability::{rules::Rules, timetable::Plan},
    example::{self, date, hours, office_slug, window},
    ids::TimeOffId,
    practice::{Confirmation, opening_hours::OpeningHours, policy::Policy},
};

/// The rules in force, given those of the example practice as its file's.
async fn rules(tx: &mut Reading) -> Rules {
    tx.rules(&example::rules(), Instant::MIN_UTC + TimeDelta::days(99)).await.expect("rules")
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
    tx.set_opening_hours(&north, (NaiveDate::MIN, None), &OpeningHours::default()).await.expect("set");
    tx.set_opening_hours(&north, (date("2027-06-01"), Some(date("2027-08-31"))), &summer).await.expect("set");
    assert!(tx.has_opening_hours(&north).await.expect("some"));

    let mut expected = example::rules();
    expected.timetable.forget_weeks(&north);
    // The beginning of time is the year 0 in the file.
    expected.timetable.set_week(north.clone(), date("0000-01-01"), OpeningHours::default());
    expected.timetable.set_week_until(&north, (date("2027-06-01"), Some(date("2027-08-31"))), summer);
    assert_eq!(rules(&mut tx).await, expected);

    let winter = hours(&[Weekday::Fri], "10:00", "11:00");
    tx.set_opening_hours(&north, (date("2027-06-01"), None), &winter).await.expect("set anew");
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
    assert_eq!(
        tx.rules(&file, minute(0)).await.expect("rules"),
        file,
        "the file's, while nothing else is said"
    );
    let weekend = WeekdaySet::from_array([Weekday::Sat, Weekday::Sun]);
    for weekdays in [weekend, WeekdaySet::ALL, WeekdaySet::single(Weekday::Mon), WeekdaySet::EMPTY] {
        tx.set_first_booking_decides(weekdays).await.expect("set");
        let rules = tx.rules(&file, minute(0)).await.expect("rules");
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
            late_fee_percent: 30,
            open_requests_per_contact: 5,
            moves_per_appointment: 2,
            unproven_holds_per_day: 4,
            unproven_holds: 40,
            waitlist_notice_hours: 1,
            confirmation: Confirmation::AtOnce,
            book_again: Confirmation::ByTherapist,
            reminder_hours,
        };
        tx.set_policy(&policy, minute(0)).await.expect("set");
        assert_eq!(rules(&mut tx).await, Rules { policy, ..example::rules() });
    }
}

#[tokio::test]
async fn a_value_that_a_stored_policy_does_not_have_yet_is_the_files() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let stored = Policy { slot_step_minutes: 20, late_fee_percent: 30, ..example::rules().policy };
    tx.set_policy(&stored, minute(0)).await.expect("set");
    sqlx::query("UPDATE policy SET late_fee_percent = NULL").execute(&mut *tx.0.0).await.expect("as before");
    for percent in [0, 50] {
        let mut file = example::rules();
        file.policy.late_fee_percent = percent;
        let policy = tx.rules(&file, minute(0)).await.expect("rules").policy;
        assert_eq!(policy, Policy { late_fee_percent: percent, ..stored.clone() });
    }
}

#[tokio::test]
async fn requests_are_closed_with_the_last_sentence_until_they_are_opened() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    assert!(!tx.end_pause().await.expect("open already"));
    for text in ["I am full until spring.", "I am away."] {
        let sentence = Note::parse(text).expect("a note").expect("words");
        tx.begin_pause(&sentence, minute(0)).await.expect("closed");
        assert_eq!(rules(&mut tx).await, Rules { pause: Some(sentence), ..example::rules() });
    }
    assert!(tx.end_pause().await.expect("opened"));
    assert_eq!(rules(&mut tx).await, example::rules());
}

#[tokio::test]
async fn time_off_comes_back_as_it_was_written_while_it_lasts() {
    let store = open().await;
    let mut tx = store.write().await.expect("the write lock");
    let north = office_slug("north");
    let note = Note::parse("Dentist").expect("a note");
    let later = tx
        .insert_time_off(None, Interval::new(minute(500), minute(600)), (None, None))
        .await
        .expect("time off");
    let sooner = tx
        .insert_time_off(Some(&north), Interval::new(minute(0), minute(120)), (note.as_ref(), note.as_ref()))
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
        let busy = tx.busy(Interval::new(minute(from), minute(to)), minute(0)).await.expect("busy time");
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
        let id = tx.insert_time_off(None, span, (None, None)).await.expect("time off");
        let off = tx.time_off(id).await.expect("a row").expect("time off");
        tx.end_time_off(&off, minute(now)).await.expect("ended");
        let ended = tx.time_off(id).await.expect("a row").map(|off| off.span);
        assert_eq!(ended, left.map(|end| Interval::new(minute(0), minute(end))), "at {now}");
        let next = tx.insert_time_off(None, span, (None, None)).await.expect("time off");
        assert_ne!(next, id, "no number is given twice");
    }
}
