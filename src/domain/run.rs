//! The run of a day: where the therapist is, whom they see, and when they drive.

use chrono::TimeDelta;

use super::{appointment::Appointment, ids::OfficeSlug, time::Instant, travel::Travel};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop<'a> {
    /// Work at an office begins.
    At(&'a OfficeSlug),
    Visit(&'a Appointment),
    Drive {
        to: &'a OfficeSlug,
        takes: TimeDelta,
        leave_by: Instant,
    },
}

/// The run of visits that stand in order of time.
pub fn run<'a>(visits: impl IntoIterator<Item = &'a Appointment>, travel: &Travel) -> Vec<Stop<'a>> {
    let mut stops = Vec::new();
    let mut before: Option<&OfficeSlug> = None;
    for visit in visits {
        let office = &visit.office;
        if let Some(from) = before.filter(|from| *from != office) {
            let takes = travel.between(from, office);
            stops.push(Stop::Drive { to: office, takes, leave_by: visit.session.start - takes });
        }
        if before != Some(office) {
            stops.push(Stop::At(office));
        }
        stops.push(Stop::Visit(visit));
        before = Some(office);
    }
    stops
}
