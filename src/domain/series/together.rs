//! What was asked for together: visits of one series that wait for an answer are one request,
//! and are answered as one.

use crate::domain::{
    appointment::{Appointment, Status},
    time::Instant,
};

/// Why visits are one series.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The same time every few weeks.
    Rhythm,
    /// One right after the other, asked for in one request.
    Pair,
}

impl Kind {
    /// As the file has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Rhythm => "rhythm",
            Self::Pair => "pair",
        }
    }
}

/// Those of a series that are answered with one of them, itself included, in order of time:
/// all that wait for an answer, or all that nobody has answered in time and may still be
/// confirmed. What stands or is over is answered by itself.
pub fn answered_with(a: &Appointment, series: Vec<Appointment>, now: Instant) -> Vec<Appointment> {
    let status = a.status();
    let is_answered_with = |other: &Appointment| match status {
        Status::Requested => other.status() == status,
        Status::Expired => other.status() == status && now < other.span.start,
        _ => false,
    };
    let mut all: Vec<Appointment> =
        series.into_iter().filter(|other| other.id != a.id && is_answered_with(other)).collect();
    all.push(a.clone());
    all.sort_by_key(|one| (one.span.start, one.id));
    all
}

/// Appointments by what was asked for together, each with the first of them in front, in
/// the order in which they come.
pub fn grouped(appointments: Vec<Appointment>) -> Vec<Vec<Appointment>> {
    let mut groups: Vec<Vec<Appointment>> = Vec::new();
    for a in appointments {
        let its = groups.iter_mut().find(|group| a.series.is_some() && group[0].series == a.series);
        match its {
            Some(group) => group.push(a),
            None => groups.push(vec![a]),
        }
    }
    groups.iter_mut().for_each(|group| group.sort_by_key(|one| (one.span.start, one.id)));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        example::{appointment, at},
        ids::{AppointmentId, SeriesId},
    };

    fn visit(id: i64, series: Option<i64>, status: Status, start: &str) -> Appointment {
        let series = series.map(SeriesId);
        Appointment { id: AppointmentId(id), series, ..appointment(status, "north", at(start)) }
    }

    fn ids(visits: &[Appointment]) -> Vec<i64> {
        visits.iter().map(|visit| visit.id.0).collect()
    }

    #[test]
    fn what_waits_is_answered_with_what_waits_of_its_series_and_what_stands_by_itself() {
        use Status::{Canceled, Confirmed, Expired, Requested};
        let series = vec![
            visit(1, Some(1), Requested, "2026-12-07 09:00"),
            visit(2, Some(1), Canceled, "2026-12-21 09:00"),
            visit(3, Some(1), Confirmed, "2027-01-04 09:00"),
            visit(4, Some(1), Requested, "2027-01-18 09:00"),
            visit(5, Some(1), Expired, "2026-12-01 09:00"),
            visit(6, Some(1), Expired, "2027-02-01 09:00"),
            visit(7, Some(1), Expired, "2027-02-15 09:00"),
        ];
        let now = at("2026-12-02 09:00");
        let with = |nth: usize| ids(&answered_with(&series[nth], series.clone(), now));
        assert_eq!(with(0), [1, 4]);
        assert_eq!(with(3), [1, 4]);
        assert_eq!((with(1), with(2)), (vec![2], vec![3]));
        assert_eq!(with(5), [6, 7], "what has begun can't be confirmed any more");
        assert_eq!(ids(&answered_with(&series[0], Vec::new(), now)), [1]);
    }

    #[test]
    fn what_was_asked_for_together_stands_once_with_the_first_in_front() {
        use Status::Requested;
        let all = vec![
            visit(9, None, Requested, "2026-12-07 09:00"),
            visit(4, Some(2), Requested, "2026-12-22 09:00"),
            visit(5, None, Requested, "2026-12-08 09:00"),
            visit(3, Some(2), Requested, "2026-12-08 11:00"),
        ];
        assert_eq!(
            grouped(all).iter().map(|group| ids(group)).collect::<Vec<_>>(),
            [vec![9], vec![3, 4], vec![5]]
        );
    }
}
