//! What was said of visits by their clients, and of being late by either side, as the
//! therapist's pages show it.

use std::collections::BTreeMap;

use crate::{
    app::App,
    domain::{
        appointment::{Appointment, Status, attendance::Attendance},
        availability::late::Expected,
        ids::AppointmentId,
        time::Interval,
    },
    store::{Reading, StoreError},
    words,
};

/// What was said of the visits of some days, as it was read.
pub struct Said {
    attendances: BTreeMap<AppointmentId, Attendance>,
    arrivals: BTreeMap<AppointmentId, Expected>,
    delays: BTreeMap<AppointmentId, Expected>,
}

impl Said {
    pub async fn read(tx: &mut Reading, span: Interval) -> Result<Self, StoreError> {
        Ok(Self {
            attendances: tx.attendances(span).await?,
            arrivals: tx.late_arrivals(span).await?,
            delays: tx.delays(span, None).await?,
        })
    }

    /// `says they'll be there`, `20 minutes late: 2:50 pm – 3:30 pm`; what they'll do is nothing
    /// to tell once they have come.
    pub fn of(&self, app: &App, a: &Appointment) -> Option<String> {
        let practice = app.practice();
        let attends =
            self.attendances.get(&a.id).filter(|said| a.status() == Status::Confirmed && said.holds(a));
        let comes = self.arrivals.get(&a.id).filter(|late| late.holds(a));
        let waits = self.delay(a).and_then(|late| words::late::waits(practice, a, late));
        let comes = comes.map(|late| words::late::comes(practice, late));
        // Who is late says so after they have said that they'll come.
        let attends = attends.filter(|_| comes.is_none()).map(|_| "says they'll be there".to_owned());
        let said: Vec<String> = [attends, comes, waits].into_iter().flatten().collect();
        (!said.is_empty()).then(|| said.join("; "))
    }

    /// When a visit is expected because the therapist is late.
    pub fn delay(&self, a: &Appointment) -> Option<&Expected> {
        self.delays.get(&a.id).filter(|late| late.holds(a))
    }
}
