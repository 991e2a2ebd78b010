//! Rounds in the example practice: who is offered what.

use chrono::WeekdaySet;
use proptest::{collection::vec, prelude::*};

use super::*;
use crate::domain::{
    appointment::Status,
    client::{Contact, EmailAddress, Name, Phone},
    example::{Scene, appointment, at, occupied, office_slug, service_slug},
    ids::WaitlistEntryId,
    waitlist::{
        entry::State,
        offer::Outcome,
        wishes::{Part, Wishes},
    },
};

/// Somebody who has waited since so many minutes after midnight for an hour in the north.
fn waits(id: i64, minute: i64) -> Candidate {
    let joined_at = at("2026-12-01 00:00") + TimeDelta::minutes(minute);
    let phone = Some(Phone::stored(format!("+1530555{id:04}")));
    let entry = Entry {
        id: WaitlistEntryId(id),
        name: Name::stored(format!("Person {id}")),
        contact: Contact { email: None, phone },
        wishes: Wishes {
            services: vec![service_slug("hour")],
            offices: vec![office_slug("north")],
            weekdays: WeekdaySet::ALL,
            parts: Part::ALL.to_vec(),
            from: None,
            to: None,
            notice_hours: 0,
        },
        instead: None,
        joined_at,
        until: joined_at + TimeDelta::days(30),
        state: State::Waiting { since: joined_at },
    };
    Candidate {
        entry,
        offers: Vec::new(),
        instead: None,
        is_known: true,
        is_being_changed: false,
        is_blocked: false,
    }
}

fn offer(id: i64, entry: i64, start: &str, outcome: Outcome) -> Offer {
    let start = at(start);
    Offer {
        id: OfferId(id),
        entry: WaitlistEntryId(entry),
        slot: Slot {
            office: office_slug("north"),
            service: service_slug("hour"),
            start,
            end: start + TimeDelta::hours(1),
        },
        buffer: TimeDelta::minutes(15),
        made_at: at("2026-12-02 09:00"),
        good_until: start - TimeDelta::hours(2),
        is_held: true,
        is_by_hand: false,
        outcome,
        appointment: None,
    }
}

/// The example practice at an instant; Monday, December 7, is the first day in the north.
fn scene(now: &str) -> Scene {
    let mut scene = Scene { now: at(now), ..Scene::new() };
    scene.rules.policy.slot_step_minutes = 60;
    scene.rules = rules(&scene.rules);
    scene
}

/// Who is offered what: the entry, and the civil day and time.
fn offered(scene: &Scene, candidates: &[Candidate]) -> Vec<String> {
    let zone = scene.practice.zone;
    let line = |proposal: &Proposal| {
        let start = proposal.slot.start.with_timezone(&zone).format("%m-%d %H:%M");
        let held = if proposal.terms.is_held { "" } else { " not held" };
        format!("{} {start}{held}", candidates[proposal.candidate].entry.id)
    };
    round(&scene.calendar(), candidates).iter().map(line).collect()
}

const THURSDAY: &str = "2026-12-03 09:00";

#[test]
fn whoever_has_waited_longest_is_offered_the_earliest_and_the_next_one_what_is_left() {
    let candidates = [waits(1, 30), waits(2, 10), waits(3, 20)];
    let expected = ["2 12-05 09:00", "3 12-05 11:00", "1 12-05 13:00"];
    assert_eq!(offered(&scene(THURSDAY), &candidates), expected, "with the buffer between them");
}

#[test]
fn whoever_has_let_two_pass_comes_behind_the_others_and_not_out() {
    let passed = |id, start| offer(id, 1, start, Outcome::Passed);
    let mut first = waits(1, 0);
    first.offers = vec![passed(1, "2026-12-02 09:00")];
    assert_eq!(offered(&scene(THURSDAY), &[first.clone(), waits(2, 10)])[0], "1 12-05 09:00");
    first.offers.push(passed(2, "2026-12-02 12:00"));
    let both = offered(&scene(THURSDAY), &[first.clone(), waits(2, 10)]);
    assert_eq!(both, ["2 12-05 09:00", "1 12-05 11:00"]);
    // Whoever is behind is asked once a day.
    first.offers[1].made_at = at(THURSDAY) - TimeDelta::hours(23);
    assert_eq!(offered(&scene(THURSDAY), &[first.clone(), waits(2, 10)]), ["2 12-05 09:00"]);
}

#[test]
fn what_somebody_could_not_answer_was_not_theirs_to_let_pass() {
    let lapsed = |id, start| offer(id, 1, start, Outcome::Lapsed);
    let mut first = waits(1, 0);
    first.offers = vec![lapsed(1, "2026-12-02 09:00"), lapsed(2, "2026-12-02 12:00")];
    assert_eq!(first.let_pass(), 0, "only a call reaches them");
    first.entry.contact.email = Some(EmailAddress::stored("one@example.com".to_owned()));
    assert_eq!(first.let_pass(), 2);
    first.offers[0].is_held = false;
    assert_eq!(first.let_pass(), 1, "it was kept for nobody");
    first.offers[1].is_by_hand = true;
    assert_eq!(first.let_pass(), 0, "the therapist has chosen it");
}

#[test]
fn what_is_a_request_first_is_offered_while_there_is_time_to_answer_it() {
    // Two hours to answer, and one to see it: Saturday at 9:00 am is offered until 6:00 am.
    let stranger = Candidate { is_known: false, ..waits(1, 0) };
    let friday = scene("2026-12-04 20:00");
    assert_eq!(offered(&friday, std::slice::from_ref(&stranger)), ["1 12-05 09:00"]);
    let morning = scene("2026-12-05 08:00");
    assert_eq!(offered(&morning, &[waits(1, 0)]).len(), 1);
    let first = offered(&morning, &[stranger]).remove(0);
    assert!(first.starts_with("1 12-05 11:00"), "{first}");
}

#[test]
fn nobody_is_asked_twice_about_a_time_unless_it_was_withdrawn() {
    for (outcome, expected) in [
        (Outcome::Passed, "1 12-05 10:00"),
        (Outcome::Lapsed, "1 12-05 10:00"),
        (Outcome::Withdrawn, "1 12-05 09:00"),
        (Outcome::Gone, "1 12-05 09:00"),
    ] {
        let candidate = Candidate { offers: vec![offer(1, 1, "2026-12-05 09:00", outcome)], ..waits(1, 0) };
        assert_eq!(offered(&scene(THURSDAY), &[candidate]), [expected], "{outcome:?}");
    }
}

#[test]
fn a_person_has_one_open_offer_by_whichever_entry() {
    let same = |id| {
        let mut other = waits(id, 10);
        other.entry.contact = waits(1, 0).entry.contact;
        other
    };
    assert_eq!(offered(&scene(THURSDAY), &[waits(1, 0), same(2)]), ["1 12-05 09:00"]);
    let open = Candidate { offers: vec![offer(1, 1, "2026-12-07 09:00", Outcome::Open)], ..waits(1, 0) };
    assert_eq!(offered(&scene(THURSDAY), &[open, same(2), waits(3, 20)]), ["3 12-05 09:00"]);
}

#[test]
fn two_short_holes_make_a_long_one() {
    // Saturday is full but for two hours on end.
    let full = |ids: &[i64]| {
        let all = [(1, 9), (2, 10), (3, 11), (4, 12), (5, 13), (6, 14), (7, 15), (8, 16)];
        let booked = all
            .into_iter()
            .filter(|(id, _)| ids.contains(id))
            .map(|(id, hour)| occupied(id, "north", at(&format!("2026-12-05 {hour:02}:00")), 60, 0));
        let mut scene = scene(THURSDAY).booked(booked);
        scene.practice.services[1].buffer_minutes = 0;
        scene.rules.policy.horizon_days = 3;
        scene
    };
    let mut long = waits(1, 0);
    long.entry.wishes.services = vec![service_slug("long")];
    for (busy, expected) in [
        (&[1, 2, 3, 4, 5, 6, 7, 8][..], &[][..]),
        (&[1, 2, 4, 5, 6, 7, 8], &[]),
        (&[1, 2, 5, 6, 7, 8], &["1 12-05 11:00"]),
    ] {
        assert_eq!(offered(&full(busy), std::slice::from_ref(&long)), expected, "{busy:?}");
    }
}

#[test]
fn what_is_near_is_offered_to_all_at_once_and_held_for_nobody() {
    // Half an hour would be over at 9, and so would the notice.
    let mut scene = scene("2026-12-07 08:35");
    scene.rules.policy.horizon_days = 0;
    scene.rules.policy.slot_step_minutes = 120;
    let all = offered(&scene, &[waits(1, 0), waits(2, 10), waits(3, 20)]);
    assert_eq!(all, ["1 12-07 11:00 not held", "2 12-07 11:00 not held", "3 12-07 11:00 not held"]);
}

#[test]
fn what_is_held_never_lies_over_what_is_offered_to_all() {
    let mut scene = scene("2026-12-07 08:40");
    scene.rules.policy.horizon_days = 0;
    scene.rules.policy.slot_step_minutes = 30;
    let mut second = waits(2, 10);
    second.entry.wishes.notice_hours = 3;
    // 11 am is not held; noon would be, and 11:30 lies over the first.
    let all = offered(&scene, &[waits(1, 0), second]);
    assert_eq!(all, ["1 12-07 11:00 not held", "2 12-07 12:00"]);
}

#[test]
fn at_night_and_to_whoever_does_not_wait_nothing_is_offered() {
    assert!(offered(&scene("2026-12-03 21:00"), &[waits(1, 0)]).is_empty());
    for state in [
        State::Unproven,
        State::Ended { at: at(THURSDAY), how: crate::domain::waitlist::entry::End::Withdrawn },
    ] {
        let mut candidate = waits(1, 0);
        candidate.entry.state = state;
        assert!(offered(&scene(THURSDAY), &[candidate]).is_empty(), "{state:?}");
    }
}

#[test]
fn a_swap_is_not_in_its_own_way_and_is_not_offered_the_time_that_it_has() {
    let own = appointment(Status::Confirmed, "north", at("2026-12-05 09:00"));
    let mut candidate = waits(1, 0);
    candidate.entry.instead = Some(own.id);
    candidate.instead = Some(own.clone());
    let booked = occupied(own.id.0, "north", own.span.start, 60, 15);
    assert_eq!(offered(&scene(THURSDAY).booked([booked]), &[candidate]), ["1 12-05 10:00"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn no_hole_is_offered_to_two_unless_it_is_held_for_nobody(
        waiting in vec((0_i64..500, 0_u32..80, any::<bool>(), any::<bool>()), 0..6),
        booked in vec((0_i64..9, any::<bool>()), 0..5),
        minutes in 0_i64..60 * 24 * 5,
    ) {
        let mut scene = scene("2026-12-03 00:00");
        scene.now += TimeDelta::minutes(minutes);
        let booked: Vec<Occupied> = booked.iter().enumerate().map(|(id, (hour, is_south))| {
            let office = if *is_south { "south" } else { "north" };
            occupied(id as i64 + 1, office, at("2026-12-05 09:00") + TimeDelta::hours(*hour), 60, 15)
        }).collect();
        scene.busy = Busy::new(booked);
        let candidates: Vec<Candidate> = waiting.iter().enumerate().map(|(id, (minute, notice, south, long))| {
            let mut candidate = waits(id as i64 + 1, *minute);
            let wishes = &mut candidate.entry.wishes;
            wishes.notice_hours = *notice;
            if *south { wishes.offices.push(office_slug("south")); }
            if *long { wishes.services.push(service_slug("long")); }
            candidate
        }).collect();
        let proposals = round(&scene.calendar(), &candidates);
        for (at, one) in proposals.iter().enumerate() {
            let entry = &candidates[one.candidate].entry;
            prop_assert!(entry.wishes.matches(scene.practice.zone, &one.slot, scene.now));
            prop_assert!(one.terms.good_until <= one.slot.start - time::hours(scene.rules.policy.minimum_notice_hours));
            for other in &proposals[at + 1..] {
                prop_assert!(one.candidate != other.candidate);
                let both_open = !one.terms.is_held && !other.terms.is_held;
                prop_assert!(both_open || !one.slot.span().overlaps(other.slot.span()), "{one:?} {other:?}");
            }
        }
    }
}
