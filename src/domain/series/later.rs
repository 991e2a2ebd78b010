//! What comes after one visit of a series: it can be canceled or moved together with it.

use crate::domain::{
    appointment::{Appointment, Status, refusal::Refusal},
    ids::OfficeSlug,
    time::{Instant, Interval},
};

/// Where and when a visit is, as a page has named it.
pub type Place = (OfficeSlug, Instant);

/// The visits that are on and begin after one of a series that is on, too. `series` are all of
/// it, in order of time.
pub fn later(series: &[Appointment], of: &Appointment) -> Vec<Appointment> {
    if of.status() == Status::Confirmed { later_alike(series, of) } else { Vec::new() }
}

/// The visits that begin after one of a series and stand as it does: those that are on where it
/// is on, and those that wait for the same answer where it is a request.
pub fn later_alike(series: &[Appointment], of: &Appointment) -> Vec<Appointment> {
    let is_later = |a: &&Appointment| {
        a.id != of.id && a.status() == of.status() && a.status().is_live() && of.span.start < a.span.start
    };
    series.iter().filter(is_later).cloned().collect()
}

/// Where and when they are.
pub fn places(visits: &[Appointment]) -> Vec<Place> {
    visits.iter().map(|a| (a.office.clone(), a.span.start)).collect()
}

/// Refuses what would touch other visits than a page has named.
pub fn are_as_seen(visits: &[Appointment], seen: &[Place]) -> Result<(), Refusal> {
    if places(visits) == seen { Ok(()) } else { Err(Refusal::SeriesChanged) }
}

/// In which order visits go from where each is to where it is to be, so that none comes to
/// where another still is. `None` where there is no such order.
pub fn in_turn(moves: &[(Interval, Interval)]) -> Option<Vec<usize>> {
    let mut left: Vec<usize> = (0..moves.len()).collect();
    let mut order = Vec::with_capacity(moves.len());
    while !left.is_empty() {
        let is_free =
            |one: &usize| left.iter().all(|other| other == one || !moves[*other].0.overlaps(moves[*one].1));
        let next = left.iter().position(is_free)?;
        order.push(left.remove(next));
    }
    Some(order)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::{
        example::{appointment, at, office_slug},
        ids::AppointmentId,
        time,
    };

    const DATES: [&str; 4] = ["2026-12-07 09:00", "2026-12-21 09:00", "2027-01-04 09:00", "2027-01-18 09:00"];

    fn visits(statuses: [Status; 4]) -> Vec<Appointment> {
        let visit = |(id, (status, date))| Appointment {
            id: AppointmentId(id),
            ..appointment(status, "north", at(date))
        };
        (1..).zip(statuses.into_iter().zip(DATES)).map(visit).collect()
    }

    fn hour(at: Instant) -> Interval {
        Interval::new(at, at + time::minutes(60))
    }

    #[test]
    fn what_is_on_and_begins_after_it_is_later() {
        use Status::{Canceled, Confirmed};
        let series = visits([Confirmed, Confirmed, Canceled, Confirmed]);
        let ids = |of: usize| later(&series, &series[of]).iter().map(|a| a.id.0).collect::<Vec<_>>();
        assert_eq!((ids(0), ids(1), ids(2), ids(3)), (vec![2, 4], vec![4], vec![], vec![]));
    }

    #[test]
    fn the_later_ones_that_stand_alike_are_requests_beside_a_request_and_nothing_beside_what_is_over() {
        use Status::{Canceled, Confirmed, Requested};
        let series = visits([Requested, Confirmed, Requested, Canceled]);
        let ids = |of: usize| later_alike(&series, &series[of]).iter().map(|a| a.id.0).collect::<Vec<_>>();
        assert_eq!((ids(0), ids(1), ids(2), ids(3)), (vec![3], vec![], vec![], vec![]));
        let over = visits([Canceled; 4]);
        assert_eq!(later_alike(&over, &over[0]), []);
    }

    #[test]
    fn they_are_as_seen_where_each_is_at_the_time_and_the_office_that_was_named() {
        let series = visits([Status::Confirmed; 4]);
        let seen = places(&series);
        assert_eq!(are_as_seen(&series, &seen), Ok(()));
        let mut elsewhere = seen.clone();
        elsewhere[1].0 = office_slug("south");
        for other in [&seen[1..], &elsewhere, &[]] {
            assert_eq!(are_as_seen(&series, other), Err(Refusal::SeriesChanged));
        }
    }

    #[test]
    fn whoever_goes_to_where_another_is_goes_after_it() {
        let dates = DATES.map(|date| hour(at(date)));
        let on: Vec<_> = dates.windows(2).map(|two| (two[0], two[1])).collect();
        assert_eq!(in_turn(&on), Some(vec![2, 1, 0]));
        let back: Vec<_> = dates.windows(2).map(|two| (two[1], two[0])).collect();
        assert_eq!(in_turn(&back), Some(vec![0, 1, 2]));
        assert_eq!(in_turn(&[(dates[0], dates[1]), (dates[1], dates[0])]), None, "two in each other's place");
        assert_eq!(in_turn(&[(dates[0], dates[0])]), Some(vec![0]), "its own place is free for it");
    }

    proptest! {
        #[test]
        fn all_that_go_on_by_the_same_have_an_order(
            starts in prop::collection::btree_set(0_i64..200, 1..12), by in -100_i64..100,
        ) {
            let begin = at("2026-12-07 09:00");
            let of = |hours: i64| hour(begin + time::minutes(60) * i32::try_from(hours).expect("few"));
            let moves: Vec<_> = starts.iter().map(|start| (of(*start), of(start + by))).collect();
            let order = in_turn(&moves).expect("an order");
            for (nth, one) in order.iter().enumerate() {
                let still_there = &order[nth + 1..];
                prop_assert!(still_there.iter().all(|other| !moves[*other].0.overlaps(moves[*one].1)));
            }
        }
    }
}
