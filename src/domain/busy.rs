//! Busy time: what already has the therapist, wherever it is.

use chrono::TimeDelta;

use super::{
    ids::{AppointmentId, OfficeSlug},
    interval::Interval,
    time::Instant,
};

/// A live appointment, as far as time is concerned.
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
}

impl Busy {
    pub fn new(mut occupied: Vec<Occupied>) -> Self {
        occupied.sort_unstable_by_key(|o| (o.session, o.appointment));
        let longest = occupied.iter().map(|o| o.session.length()).max().unwrap_or_default();
        Self { occupied, longest }
    }

    /// The same without one appointment: what is busy for that one.
    pub fn without(mut self, appointment: AppointmentId) -> Self {
        self.occupied.retain(|o| o.appointment != appointment);
        self
    }

    /// The last one to begin before an instant.
    pub fn previous(&self, at: Instant) -> Option<&Occupied> {
        self.split(at).0.last()
    }

    /// The first one to begin at an instant or after it.
    pub fn next(&self, at: Instant) -> Option<&Occupied> {
        self.split(at).1.first()
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
