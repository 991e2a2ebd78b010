//! Busy time: what already has the therapist, wherever it is.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::{
    ids::{AppointmentId, OfficeSlug},
    interval::Interval,
    time::Instant,
    time_off::TimeOff,
};

/// A live appointment, or the time to which one may be moved, as far as time
/// is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupied {
    pub appointment: AppointmentId,
    pub office: OfficeSlug,
    /// Without the buffer.
    pub session: Interval,
    pub buffer: TimeDelta,
}

/// Everything that has the therapist, in order of time. The order in which it
/// was found makes no difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Busy {
    occupied: Vec<Occupied>,
    longest: TimeDelta,
    /// The appointments that stand here twice: where they are, and where a
    /// change would have them.
    moving: BTreeSet<AppointmentId>,
    time_off: Vec<TimeOff>,
}

impl Busy {
    pub fn new(mut occupied: Vec<Occupied>) -> Self {
        occupied.sort_unstable_by(|a, b| {
            (a.session, a.appointment, &a.office).cmp(&(b.session, b.appointment, &b.office))
        });
        let longest = occupied.iter().map(|o| o.session.length()).max().unwrap_or_default();
        let mut seen = BTreeSet::new();
        let moving = occupied.iter().map(|o| o.appointment).filter(|id| !seen.insert(*id)).collect();
        Self { occupied, longest, moving, time_off: Vec::new() }
    }

    pub fn with_time_off(mut self, mut time_off: Vec<TimeOff>) -> Self {
        time_off.sort_unstable_by_key(|off| (off.span, off.id));
        self.time_off = time_off;
        self
    }

    /// The same without one appointment: what is busy for that one.
    pub fn without(mut self, appointment: AppointmentId) -> Self {
        self.occupied.retain(|o| o.appointment != appointment);
        self.moving.remove(&appointment);
        self
    }

    pub fn all(&self) -> &[Occupied] {
        &self.occupied
    }

    pub fn time_off(&self) -> &[TimeOff] {
        &self.time_off
    }

    /// The time off that closes an office during a span, if there is any.
    pub fn off(&self, office: &OfficeSlug, span: Interval) -> Option<&TimeOff> {
        self.time_off.iter().find(|off| off.closes(office) && off.span.overlaps(span))
    }

    /// The neighbours before an instant, the nearest first: the last one to
    /// begin, and where that one may still be moved away, those before it up
    /// to one that stays.
    pub fn before(&self, at: Instant) -> impl Iterator<Item = &Occupied> {
        self.up_to_one_that_stays(self.split(at).0.iter().rev())
    }

    /// The neighbours from an instant on, in the same way.
    pub fn after(&self, at: Instant) -> impl Iterator<Item = &Occupied> {
        self.up_to_one_that_stays(self.split(at).1.iter())
    }

    fn up_to_one_that_stays<'a>(
        &'a self,
        neighbours: impl Iterator<Item = &'a Occupied>,
    ) -> impl Iterator<Item = &'a Occupied> {
        let mut is_over = false;
        neighbours.take_while(move |o| {
            let goes_on = !is_over;
            is_over = !self.moving.contains(&o.appointment);
            goes_on
        })
    }

    /// The first one whose session overlaps a span.
    pub fn overlapping(&self, span: Interval) -> Option<&Occupied> {
        let reach = Interval::new(span.start - self.longest, span.end);
        self.beginning_in(reach).iter().find(|o| o.session.overlaps(span))
    }

    /// Everything that begins within a span.
    pub fn beginning_in(&self, span: Interval) -> &[Occupied] {
        let from = self.split(span.start).0.len();
        let to = self.split(span.end).0.len();
        &self.occupied[from..to.max(from)]
    }

    fn split(&self, at: Instant) -> (&[Occupied], &[Occupied]) {
        let first = self.occupied.partition_point(|o| o.session.start < at);
        self.occupied.split_at(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::{at, occupied};

    const DAY: &str = "2026-12-07";

    fn clock(time: &str) -> Instant {
        at(&format!("{DAY} {time}"))
    }

    fn span(from: &str, to: &str) -> Interval {
        Interval::new(clock(from), clock(to))
    }

    /// Three appointments, found in no order: 9:00 to 10:00, 11:00 to 14:00, 15:00 to 15:30.
    fn day() -> Vec<Occupied> {
        vec![
            occupied(2, "north", clock("11:00"), 180, 15),
            occupied(3, "south", clock("15:00"), 30, 15),
            occupied(1, "north", clock("09:00"), 60, 15),
        ]
    }

    fn id(occupied: Option<&Occupied>) -> Option<i64> {
        occupied.map(|o| o.appointment.0)
    }

    #[test]
    fn the_neighbours_of_an_instant_are_the_last_to_begin_before_it_and_the_first_from_then_on() {
        let busy = Busy::new(day());
        for (time, previous, next) in [
            ("00:00", None, Some(1)),
            ("09:00", None, Some(1)),
            ("09:01", Some(1), Some(2)),
            ("11:00", Some(1), Some(2)),
            ("13:00", Some(2), Some(3)),
            ("15:01", Some(3), None),
        ] {
            let neighbours = (id(busy.before(clock(time)).next()), id(busy.after(clock(time)).next()));
            assert_eq!(neighbours, (previous, next), "{time}");
        }
    }

    #[test]
    fn an_overlap_is_found_however_long_ago_it_began() {
        let busy = Busy::new(day());
        for (from, to, found) in [
            ("08:00", "09:00", None),
            ("08:00", "09:01", Some(1)),
            ("09:59", "11:00", Some(1)),
            ("10:00", "11:00", None),
            ("13:59", "14:00", Some(2)),
            ("14:00", "15:00", None),
            ("15:29", "16:00", Some(3)),
            ("08:00", "16:00", Some(1)),
        ] {
            assert_eq!(id(busy.overlapping(span(from, to))), found, "{from}–{to}");
        }
    }

    #[test]
    fn a_span_holds_what_begins_in_it_but_not_what_begins_at_its_end() {
        let busy = Busy::new(day());
        for (from, to, begin) in [
            ("09:00", "15:00", vec![1, 2]),
            ("09:01", "15:01", vec![2, 3]),
            ("12:00", "15:00", vec![]),
            ("15:00", "09:00", vec![]),
        ] {
            let found: Vec<i64> = busy.beginning_in(span(from, to)).iter().map(|o| o.appointment.0).collect();
            assert_eq!(found, begin, "{from}–{to}");
        }
    }

    #[test]
    fn without_an_appointment_its_time_is_free_and_all_other_time_is_not() {
        let busy = Busy::new(day()).without(AppointmentId(2));
        assert_eq!(id(busy.overlapping(span("10:00", "15:00"))), None);
        assert_eq!(id(busy.overlapping(span("09:00", "15:00"))), Some(1));
        assert_eq!(id(busy.after(clock("10:00")).next()), Some(3));
    }

    #[test]
    fn the_order_in_which_appointments_are_found_makes_no_difference() {
        let at_the_same_time = occupied(4, "south", clock("09:00"), 60, 15);
        let found: Vec<Occupied> = day().into_iter().chain([at_the_same_time]).collect();
        let reversed = found.iter().rev().cloned().collect();
        assert_eq!(Busy::new(reversed), Busy::new(found));
    }
}
