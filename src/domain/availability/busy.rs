//! Busy time: what already has the therapist, wherever it is.

use chrono::TimeDelta;

use super::time_off::TimeOff;
use crate::domain::{
    appointment::Appointment,
    ids::{AppointmentId, Holder, OfficeSlug},
    time::{Instant, Interval},
};

/// A live appointment, the time to which one may be moved, or one that is offered to somebody,
/// as far as time is concerned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Occupied {
    /// Whose time it is: an appointment and its reschedule request are two of these.
    pub holder: Holder,
    /// Where the therapist is then.
    pub office: OfficeSlug,
    /// Without the buffer.
    pub span: Interval,
    /// What is needed after the span, before anything else.
    pub buffer: TimeDelta,
}

impl Occupied {
    /// What an appointment takes, where it is.
    pub fn by(a: &Appointment) -> Self {
        let (office, span, buffer) = (a.office.clone(), a.span, a.buffer);
        Self { holder: Holder::Appointment(a.id), office, span, buffer }
    }
}

/// Everything that has the therapist, in order of time. The order in which it
/// was found makes no difference. An appointment for which another time was
/// asked stands here twice: where it is, and where the reschedule request would have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Busy {
    occupied: Vec<Occupied>,
    /// The longest session with its buffer: how far back one can reach.
    longest: TimeDelta,
    time_off: Vec<TimeOff>,
}

impl Busy {
    /// Puts them in order of time, however they were read.
    pub fn new(mut occupied: Vec<Occupied>) -> Self {
        occupied.sort_unstable_by(|a, b| (a.span, a.holder, &a.office).cmp(&(b.span, b.holder, &b.office)));
        let longest = occupied.iter().map(|o| o.span.length() + o.buffer).max().unwrap_or_default();
        Self { occupied, longest, time_off: Vec::new() }
    }

    /// The same with this time off and no other.
    pub fn with_time_off(mut self, mut time_off: Vec<TimeOff>) -> Self {
        time_off.sort_unstable_by_key(|off| (off.span, off.id));
        self.time_off = time_off;
        self
    }

    /// The same with one more.
    pub fn and(self, one: Occupied) -> Self {
        let time_off = self.time_off;
        Self { time_off, ..Self::new(self.occupied.into_iter().chain([one]).collect()) }
    }

    /// The same without one appointment: what is busy for that one.
    pub fn without(self, appointment: AppointmentId) -> Self {
        self.free_of(Holder::Appointment(appointment))
    }

    /// The same without what somebody holds.
    pub fn free_of(mut self, holder: Holder) -> Self {
        self.occupied.retain(|o| o.holder != holder);
        self
    }

    /// The same without what is offered to those on the waitlist.
    pub fn without_offers(mut self) -> Self {
        self.occupied.retain(|o| o.holder.appointment().is_some());
        self
    }

    /// What is booked or held, in order of time.
    pub fn all(&self) -> &[Occupied] {
        &self.occupied
    }

    /// The time off, in order of time.
    pub fn time_off(&self) -> &[TimeOff] {
        &self.time_off
    }

    /// The time off that closes an office during a span, if there is any.
    pub fn off(&self, office: &OfficeSlug, span: Interval) -> Option<&TimeOff> {
        self.time_off.iter().find(|off| off.closes(office) && off.span.overlaps(span))
    }

    /// What time off leaves standing: sessions that lie in it.
    pub fn during(&self, off: &TimeOff) -> Vec<&Occupied> {
        let is_left = |o: &&Occupied| off.closes(&o.office) && off.span.overlaps(o.span);
        self.occupied.iter().filter(is_left).collect()
    }

    /// Whatever may reach into a span: it begins in it, or no longer before than the longest lasts.
    pub fn reaching(&self, span: Interval) -> &[Occupied] {
        self.beginning_in(Interval::new(span.start - self.longest, span.end))
    }

    /// What begins before an instant and is not over a drive before it, the
    /// latest first: over with its buffer, and the drive the longest there is.
    pub fn before(&self, at: Instant, drive: TimeDelta) -> impl Iterator<Item = &Occupied> {
        self.reaching(Interval::new(at - drive, at)).iter().rev()
    }

    /// The first one whose session overlaps a span.
    pub fn overlapping(&self, span: Interval) -> Option<&Occupied> {
        self.reaching(span).iter().find(|o| o.span.overlaps(span))
    }

    /// Everything that begins within a span.
    pub fn beginning_in(&self, span: Interval) -> &[Occupied] {
        let from = self.split(span.start).0.len();
        let to = self.split(span.end).0.len();
        &self.occupied[from..to.max(from)]
    }

    fn split(&self, at: Instant) -> (&[Occupied], &[Occupied]) {
        let first = self.occupied.partition_point(|o| o.span.start < at);
        self.occupied.split_at(first)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        example::{at, occupied, office_slug},
        ids::{OfferId, TimeOffId},
        time,
    };

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
        occupied.and_then(|o| o.holder.appointment()).map(|id| id.0)
    }

    fn ids(occupied: &[Occupied]) -> Vec<i64> {
        occupied.iter().filter_map(|o| o.holder.appointment()).map(|id| id.0).collect()
    }

    #[test]
    fn what_reaches_up_to_an_instant_is_found_the_latest_first() {
        // The longest lasts three hours, and a quarter of an hour is its buffer.
        let busy = Busy::new(day());
        for (time, drive, found) in [
            ("00:00", 0, vec![]),
            ("09:00", 60, vec![]),
            ("09:01", 0, vec![1]),
            ("12:15", 0, vec![2, 1]),
            ("12:16", 0, vec![2]),
            ("12:16", 1, vec![2, 1]),
            ("14:15", 0, vec![2]),
            ("14:16", 0, vec![]),
            ("15:01", 0, vec![3]),
            ("23:00", 14 * 60, vec![3, 2, 1]),
        ] {
            let before = busy.before(clock(time), time::minutes(drive));
            assert_eq!(
                before.filter_map(|o| o.holder.appointment()).map(|id| id.0).collect::<Vec<_>>(),
                found,
                "{time}, {drive} min"
            );
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
            let found: Vec<i64> = ids(busy.beginning_in(span(from, to)));
            assert_eq!(found, begin, "{from}–{to}");
        }
    }

    #[test]
    fn without_an_appointment_its_time_is_free_and_all_other_time_is_not() {
        let busy = Busy::new(day()).without(AppointmentId(2));
        assert_eq!(id(busy.overlapping(span("10:00", "15:00"))), None);
        assert_eq!(id(busy.overlapping(span("09:00", "15:00"))), Some(1));
        assert_eq!(id(busy.overlapping(span("14:00", "16:00"))), Some(3));
    }

    #[test]
    fn an_appointment_for_which_another_time_was_asked_has_both_for_all_others_and_neither_for_itself() {
        let there = occupied(2, "south", clock("16:00"), 180, 15);
        let busy = Busy::new(day().into_iter().chain([there]).collect());
        assert_eq!(id(busy.overlapping(span("11:00", "12:00"))), Some(2));
        assert_eq!(id(busy.overlapping(span("18:00", "19:00"))), Some(2));
        let all = |busy: &Busy| ids(busy.all());
        assert_eq!(all(&busy), [1, 2, 3, 2]);
        assert_eq!(all(&busy.without(AppointmentId(2))), [1, 3]);
    }

    #[test]
    fn what_is_offered_is_busy_for_all_but_whom_it_is_offered_to() {
        let offer = |id| Holder::Offer(OfferId(id));
        let offered = |id| Occupied { holder: offer(id), ..occupied(1, "south", clock("18:00"), 60, 15) };
        let busy = Busy::new(day()).and(offered(7));
        let seven = busy.overlapping(span("18:30", "19:00")).map(|o| o.holder);
        assert_eq!(seven, Some(offer(7)));
        assert_eq!(busy.clone().free_of(offer(8)), busy);
        for free in [busy.clone().free_of(offer(7)), busy.clone().without_offers()] {
            assert_eq!(free, Busy::new(day()), "appointments stay");
        }
        assert_eq!(
            ids(busy.without(AppointmentId(7)).all()),
            [1, 2, 3],
            "a number of another kind is nobody's"
        );
    }

    fn off(id: i64, office: Option<&str>, from: &str, to: &str) -> TimeOff {
        TimeOff {
            id: TimeOffId(id),
            office: office.map(office_slug),
            span: span(from, to),
            note: None,
            sentence: None,
        }
    }

    #[test]
    fn time_off_is_found_where_it_closes_an_office_during_a_span() {
        let all = [off(1, None, "12:00", "13:00"), off(2, Some("north"), "09:00", "11:00")];
        let busy = Busy::default().with_time_off(all.to_vec());
        for (office, from, to, found) in [
            ("north", "08:00", "09:00", None),
            ("north", "08:00", "09:01", Some(2)),
            ("north", "10:59", "12:01", Some(2)),
            ("north", "11:00", "12:00", None),
            ("south", "08:00", "12:00", None),
            ("south", "11:00", "12:01", Some(1)),
            ("north", "12:59", "14:00", Some(1)),
            ("north", "13:00", "14:00", None),
        ] {
            let off = busy.off(&office_slug(office), span(from, to)).map(|off| off.id.0);
            assert_eq!(off, found, "{office}, {from}–{to}");
        }
    }

    #[test]
    fn time_off_stays_when_an_appointment_goes_and_its_order_makes_no_difference() {
        let all = vec![
            off(1, None, "12:00", "13:00"),
            off(2, None, "12:00", "13:00"),
            off(3, None, "09:00", "10:00"),
        ];
        let reversed = all.iter().rev().cloned().collect();
        let busy = Busy::new(day()).with_time_off(all);
        assert_eq!(Busy::new(day()).with_time_off(reversed), busy);
        let ids: Vec<i64> = busy.without(AppointmentId(2)).time_off().iter().map(|off| off.id.0).collect();
        assert_eq!(ids, [3, 1, 2]);
    }

    #[test]
    fn the_order_in_which_appointments_are_found_makes_no_difference() {
        let at_the_same_time = occupied(4, "south", clock("09:00"), 60, 15);
        let found: Vec<Occupied> = day().into_iter().chain([at_the_same_time]).collect();
        let reversed = found.iter().rev().cloned().collect();
        assert_eq!(Busy::new(reversed), Busy::new(found));
    }
}
