//! A half-open span of instants: the end is no longer in it.

use chrono::TimeDelta;

use super::instant::Instant;

/// From `start` until just before `end`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Interval {
    /// The first instant in it.
    pub start: Instant,
    /// The first instant after it.
    pub end: Instant,
}

impl Interval {
    /// From a start up to an end, which is not in it.
    pub fn new(start: Instant, end: Instant) -> Self {
        Self { start, end }
    }

    /// How long it is, in real time.
    pub fn length(self) -> TimeDelta {
        self.end - self.start
    }

    /// True when an instant is in both; intervals that touch share none.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_that_touch_do_not_overlap() {
        let at = |seconds| Instant::from_timestamp(seconds, 0).expect("in range");
        let span = Interval::new(at(100), at(200));
        for (start, end, overlaps) in [
            (0, 100, false),
            (0, 101, true),
            (199, 300, true),
            (200, 300, false),
            (120, 130, true),
            (0, 300, true),
            (100, 200, true),
        ] {
            let other = Interval::new(at(start), at(end));
            assert_eq!(span.overlaps(other), overlaps, "{start}–{end}");
            assert_eq!(other.overlaps(span), overlaps, "{start}–{end}, the other way round");
        }
    }
}
