//! What holds of whatever is drawn: above all that the rules, told a second time
//! and naively, give the same openings.

use chrono_tz::Asia;
use proptest::{collection::vec, prelude::*, sample};

use super::{
    cases::{Case, a_case, a_week, a_window, any_case},
    naive::openings_minute_by_minute,
    *,
};
use crate::domain::availability::timetable;

/// Every minute of the case's date.
fn minutes(case: &Case) -> impl Iterator<Item = Instant> {
    let (zone, date) = (case.scene.practice.zone, case.date);
    let midnight = time::start_of_day(zone, date);
    let all = (0..).map(move |n| midnight + TimeDelta::minutes(n));
    all.take_while(move |minute| time::date(zone, *minute) == date)
}

proptest! {
    // Half of the cases offer nothing on their date; however many are tried, that is no problem.
    #![proptest_config(ProptestConfig { max_global_rejects: u32::MAX, ..ProptestConfig::with_cases(100) })]

    #[test]
    fn what_is_offered_is_what_the_rules_give_minute_by_minute(case in a_case()) {
        for office in &case.scene.practice.offices {
            let offered: Vec<Instant> = case.openings(office).iter().map(|slot| slot.start).collect();
            prop_assert_eq!(offered, openings_minute_by_minute(&case, office), "{}", office.name);
        }
    }

    #[test]
    fn what_is_offered_can_be_booked_and_nothing_else_can(case in any_case()) {
        let calendar = case.scene.calendar();
        let office = &case.scene.practice.offices[0];
        let bookable = minutes(&case).filter_map(|start| calendar.find_slot(case.service(), office, start).ok());
        prop_assert_eq!(bookable.collect::<Vec<_>>(), case.openings(office));
    }

    #[test]
    fn a_time_is_offered_exactly_where_no_rule_is_named(case in any_case(), nth: sample::Index) {
        let (calendar, service) = (case.scene.calendar(), case.service());
        for office in &case.scene.practice.offices {
            let steps = calendar.steps(service, office, case.date);
            prop_assert!(steps.is_sorted_by_key(|step| step.start));
            let unnamed = steps.iter().filter(|step| step.refusals.is_empty()).map(|step| step.start);
            let offered = case.openings(office).into_iter().map(|slot| slot.start);
            prop_assert_eq!(unnamed.collect::<Vec<_>>(), offered.collect::<Vec<_>>(), "{}", office.name);
            for Step { start, refusals } in steps {
                let first = calendar.find_slot(service, office, start).err();
                prop_assert_eq!(refusals.first(), first.as_ref(), "{}", start);
            }
        }
        // Between the steps it is the same.
        let office = nth.get(&case.scene.practice.offices);
        for start in minutes(&case).step_by(7) {
            let refusals = calendar.refusals(service, office, start);
            let first = calendar.find_slot(service, office, start).err();
            prop_assert_eq!(refusals.first(), first.as_ref(), "{}", start);
        }
    }

    #[test]
    fn nothing_that_is_offered_overlaps_anything_that_is_booked_or_off(case in any_case()) {
        for slot in case.all_openings() {
            let overlapping = case.booked.iter().find(|o| o.span.overlaps(slot.span()));
            prop_assert_eq!(overlapping, None, "{:?}", slot);
            let off = case.time_off.iter().find(|off| {
                off.closes(&slot.office) && off.span.overlaps(slot.span())
            });
            prop_assert_eq!(off, None, "{:?}", slot);
        }
    }

    #[test]
    fn a_booked_opening_is_taken_until_it_is_canceled(case in a_case(), pick: sample::Index) {
        let openings = case.all_openings();
        prop_assume!(!openings.is_empty());
        let (slot, id) = (pick.get(&openings), AppointmentId(99));
        let mut booked = case.with(slot, id);
        let is_taken = refusal(&booked.scene, slot.office.as_str(), slot.start);
        prop_assert_eq!(is_taken, Some(SlotTaken { by: Some(Holder::Appointment(id)) }));
        for office in &case.scene.practice.offices {
            let left: Vec<Instant> = booked.openings(office).iter().map(|slot| slot.start).collect();
            prop_assert_eq!(left, openings_minute_by_minute(&booked, office));
        }

        booked.scene.busy = booked.scene.busy.without(id);
        prop_assert_eq!(booked.all_openings(), openings);
    }

    #[test]
    fn an_appointment_that_is_moved_there_and_back_leaves_everything_as_it_was(
        case in a_case(),
        (here, there) in any::<(sample::Index, sample::Index)>(),
    ) {
        let openings = case.all_openings();
        prop_assume!(!openings.is_empty());
        let (here, there, id) = (here.get(&openings), there.get(&openings), AppointmentId(99));
        let before = case.with(here, id);
        // What is busy for everybody else is free for the appointment itself.
        let moves = |case: &Case, to: &Slot| {
            let mut scene = case.scene.clone();
            scene.busy = scene.busy.without(id);
            refusal(&scene, to.office.as_str(), to.start)
        };
        prop_assert_eq!(moves(&before, there), None);
        let moved = case.with(there, id);
        prop_assert_eq!(moves(&moved, here), None);
        prop_assert_eq!(case.with(here, id).all_openings(), before.all_openings());

        // While the reschedule request waits, both times are taken for all others.
        let waiting = before.with(there, id);
        for slot in waiting.all_openings() {
            prop_assert!(before.all_openings().contains(&slot) && moved.all_openings().contains(&slot));
        }
    }

    #[test]
    fn the_order_in_which_appointments_are_read_makes_no_difference(
        (case, shuffled) in any_case().prop_flat_map(|case| {
            let booked = Just(case.booked.clone()).prop_shuffle();
            let time_off = Just(case.time_off.clone()).prop_shuffle();
            (Just(case), (booked, time_off))
        }),
    ) {
        let (booked, time_off) = shuffled;
        let again = Case { time_off, ..case.clone() }.booked(booked);
        prop_assert_eq!(&again.scene.busy, &case.scene.busy);
        prop_assert_eq!(again.all_openings(), case.all_openings());
    }

    #[test]
    fn the_next_and_the_nearest_openings_are_those_of_a_list_of_all(
        mut case in any_case(),
        minutes_away in -10_000..40_000i64,
        count in 0..40usize,
    ) {
        // Where no clock changes: nearness is measured by the day, and all days are of one length.
        case.scene.practice.zone = Asia::Tokyo;
        let (calendar, service) = (case.scene.calendar(), case.service());
        let office = &case.scene.practice.offices[0];
        let dates = calendar.today().iter_days().take_while(|date| *date <= calendar.last_date());
        let mut all: Vec<Slot> =
            dates.flat_map(|date| calendar.openings(service, office, date)).collect();

        let from = case.date;
        let next = all.iter().find(|slot| time::date(Asia::Tokyo, slot.start) >= from);
        prop_assert_eq!(calendar.next_opening(service, office, from), next.cloned());

        let to = case.scene.now + TimeDelta::minutes(minutes_away);
        all.sort_by_key(|slot| (slot.start - to).abs());
        all.truncate(count);
        all.sort_by_key(|slot| slot.start);
        prop_assert_eq!(calendar.nearest_openings(service, office, to, count), all);
    }

    #[test]
    fn whatever_is_asked_there_is_an_answer(
        mut case in any_case(),
        now in the_ages(),
        asked in the_ages(),
    ) {
        case.scene.now = now;
        let (calendar, service) = (case.scene.calendar(), case.service());
        let office = &case.scene.practice.offices[0];
        let date = time::date(case.scene.practice.zone, asked);
        if let Some(slot) = calendar.next_opening(service, office, date) {
            prop_assert_eq!(calendar.find_slot(service, office, slot.start), Ok(slot));
        }
        for slot in calendar.nearest_openings(service, office, asked, 3) {
            prop_assert_eq!(calendar.find_slot(service, office, slot.start), Ok(slot));
        }
        if let Ok(slot) = calendar.find_slot(service, office, asked) {
            prop_assert!(calendar.openings(service, office, date).contains(&slot));
        }
        for step in calendar.steps(service, office, date) {
            prop_assert_eq!(time::date(case.scene.practice.zone, step.start), date);
        }
        let span = Interval::new(asked, asked + service.length());
        prop_assert!(calendar.collisions(&office.slug, span, service.buffer()).len() <= 6);
    }

    #[test]
    fn whatever_is_said_of_the_hours_there_is_an_answer(
        mut case in any_case(),
        (from, on) in (the_ages(), the_ages()),
        (hours, windows) in (a_week(), vec(a_window(), 0..4)),
    ) {
        let zone = case.scene.practice.zone;
        let (from, on) = (time::date(zone, from), time::date(zone, on));
        let before = case.scene.rules.timetable.clone();
        let mut after = before.clone();
        after.set_week(office_slug("north"), from, hours);
        after.set_plan(on, Some(Plan::closed().with(office_slug("south"), windows)));
        for o in timetable::left_standing(zone, &before, &after, &case.scene.busy) {
            prop_assert!(before.is_open(zone, &o.office, o.span) && !after.is_open(zone, &o.office, o.span));
        }
        case.scene.rules.timetable = after;
        for office in &case.scene.practice.offices {
            for date in [from, on, case.date] {
                let steps = case.scene.calendar().steps(case.service(), office, date);
                let unnamed = steps.iter().filter(|step| step.refusals.is_empty()).count();
                let openings = case.scene.calendar().openings(case.service(), office, date);
                prop_assert_eq!(unnamed, openings.len());
            }
        }
    }
}

/// Any second of the years 0 to 9999, those that a form can name, and often the first and the last.
fn the_ages() -> impl Strategy<Value = Instant> {
    let second = |text| time::parse_instant(text).expect("an instant");
    let (first, last) = (second("0000-01-01T00:00:00Z"), second("9999-12-31T23:59:59Z"));
    let any = (first.timestamp()..=last.timestamp())
        .prop_map(|seconds| Instant::from_timestamp(seconds, 0).expect("within chrono's years"));
    prop_oneof![3 => any, 1 => Just(first), 1 => Just(last)]
}
