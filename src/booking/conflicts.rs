//! Visits that their day's plan no longer covers: found whatever the cause,
//! told to the therapist, and kept if they will be there all the same.

use std::collections::BTreeMap;

use super::expire;
use crate::{
    app::Current,
    domain::{
        appointment::{Appointment, Status, refusal::Refusal, reminder::EVENING},
        availability::{
            conflict::{Conflict, Notice},
            rules::Rules,
            time_off::TimeOff,
        },
        history::{Entry, What, Who},
        ids::{AppointmentId, OfficeSlug},
        practice::Practice,
        time::{self, Instant, Interval},
    },
    mail::emails::Occasion,
    operation::{Error, FAR, Operation},
    store::{NotedConflict, Reading, StoreError},
};

/// What tells whether a visit is in conflict, as it was read.
pub struct Plans {
    time_off: Vec<TimeOff>,
    noted: BTreeMap<AppointmentId, NotedConflict>,
    now: Instant,
}

/// A visit to come that its day's plan does not cover.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub conflict: Conflict,
    pub found_at: Instant,
    /// The therapist will be there all the same.
    pub is_kept: bool,
}

impl Plans {
    pub async fn read(tx: &mut Reading, now: Instant) -> Result<Self, StoreError> {
        Ok(Self { time_off: tx.time_off_since(now).await?, noted: tx.noted_conflicts().await?, now })
    }

    /// What keeps a time from lying in the plan of its day.
    pub fn conflict(
        &self,
        practice: &Practice,
        rules: &Rules,
        office: &OfficeSlug,
        span: Interval,
    ) -> Option<Conflict> {
        Conflict::of(practice.zone, &rules.timetable, &self.time_off, office, span)
    }

    /// How a visit stands to the plan of its day, until it begins; `None` where it lies in it.
    pub fn standing(&self, practice: &Practice, rules: &Rules, a: &Appointment) -> Option<Standing> {
        if a.status() != Status::Confirmed || a.span.start <= self.now {
            return None;
        }
        let conflict = self.conflict(practice, rules, &a.office, a.span)?;
        let known = self.noted.get(&a.id).filter(|noted| is_known(&conflict, noted));
        Some(Standing {
            found_at: known.map_or(self.now, |noted| noted.found_at),
            is_kept: known.is_some_and(|noted| noted.is_kept),
            conflict,
        })
    }

    /// The visits to come that are in conflict and not settled, in order of time.
    pub async fn open(
        &self,
        tx: &mut Reading,
        practice: &Practice,
        rules: &Rules,
    ) -> Result<Vec<(Appointment, Standing)>, StoreError> {
        let visits = tx.confirmed(Interval::new(self.now, self.now + FAR)).await?;
        let standing = |a: Appointment| self.standing(practice, rules, &a).map(|standing| (a, standing));
        Ok(visits.into_iter().filter_map(standing).filter(|(_, standing)| !standing.is_kept).collect())
    }
}

fn is_known(conflict: &Conflict, noted: &NotedConflict) -> bool {
    noted.conflict.is_empty() || conflict.is_within(&noted.conflict)
}

/// The therapist will be there all the same. `seen` is the conflict that their
/// page showed: with another one they have not agreed.
pub async fn keep(current: &Current, id: AppointmentId, seen: &Conflict) -> Result<Appointment, Error> {
    let mut op = expire::begin(current).await?;

    let appointment = op.tx.appointment(id).await?.ok_or(Error::Missing)?;
    let plans = Plans::read(&mut op.tx, op.now).await?;
    let standing = plans.standing(op.app.practice(), &op.rules, &appointment).ok_or(Refusal::NoConflict)?;
    if !standing.conflict.is_within(seen) {
        return Err(Refusal::ConflictChanged.into());
    }

    op.note(id, &Standing { is_kept: true, ..standing }).await?;
    op.tx.note_happened(&Entry::of(Who::Therapist, What::Kept, &appointment, op.now)).await?;
    op.tx.take_back_kinds(id, &[Occasion::CONFLICT], op.now).await?;
    op.commit().await?;
    Ok(appointment)
}

impl Operation {
    /// The therapist has chosen this time knowingly: what its plan does not
    /// cover of it is no conflict.
    pub(super) async fn agree_to_conflict(&mut self, a: &Appointment) -> Result<(), Error> {
        self.settle(a.id).await?;
        let plans = Plans::read(&mut self.tx, self.now).await?;
        if let Some(standing) = plans.standing(self.app.practice(), &self.rules, a) {
            self.note(a.id, &Standing { is_kept: true, ..standing }).await?;
        }
        Ok(())
    }

    /// Looks at every visit to come: what is in conflict is noted, and told to
    /// the therapist when it is time; what no longer is, is forgotten. Returns
    /// how many emails it came to.
    pub async fn look_for_conflicts(&mut self) -> Result<usize, Error> {
        let app = self.app.clone();
        self.rules = self.tx.rules(&app.site.first_rules, self.now).await?;
        let plans = Plans::read(&mut self.tx, self.now).await?;
        let (mut written, mut over) = (0, plans.noted.clone());
        let lately = self.tx.acted_on_lately(self.now).await?;
        over.retain(|id, _| !lately.contains(id));
        for id in self.tx.confirmed_in(Interval::new(self.now, self.now + FAR)).await? {
            if lately.contains(&id) {
                // It may still be undone: the next look after its minute knows how it is.
                continue;
            }
            let noted = over.remove(&id);
            self.begin_alone().await?;
            let outcome = self.look_at(id, &plans, noted).await;
            written += self.end_alone(outcome, "the conflict of an appointment", id.0).await?;
        }
        for id in over.into_keys() {
            self.settle(id).await?;
        }
        Ok(written)
    }

    async fn look_at(
        &mut self,
        id: AppointmentId,
        plans: &Plans,
        noted: Option<NotedConflict>,
    ) -> Result<usize, Error> {
        let visit = self.tx.appointment(id).await?.ok_or(Error::Missing)?;
        let Some(standing) = plans.standing(self.app.practice(), &self.rules, &visit) else {
            if noted.is_some() {
                self.settle(id).await?;
            }
            return Ok(0);
        };
        if noted.is_none_or(|noted| noted.conflict != standing.conflict) {
            self.note(id, &standing).await?;
        }
        if standing.is_kept { Ok(0) } else { self.tell_of_conflict(&visit, &standing).await }
    }

    /// There is no conflict any more, and nothing to be told of it.
    async fn settle(&mut self, id: AppointmentId) -> Result<(), Error> {
        self.tx.forget_conflict(id).await?;
        self.tx.take_back_kinds(id, &[Occasion::CONFLICT], self.now).await?;
        Ok(())
    }

    async fn note(&mut self, id: AppointmentId, standing: &Standing) -> Result<(), Error> {
        let Standing { conflict, found_at, is_kept } = standing.clone();
        Ok(self.tx.note_conflict(id, &NotedConflict { conflict, found_at, is_kept }).await?)
    }

    async fn tell_of_conflict(&mut self, visit: &Appointment, standing: &Standing) -> Result<usize, Error> {
        // Nobody is reminded to come to a closed door.
        self.tx.take_back_kinds(visit.id, &[Occasion::REMINDER], self.now).await?;
        self.tx.forget_reminder_call(visit.id).await?;
        let zone = self.app.practice().zone;
        let (found_at, start) = (standing.found_at, visit.span.start);
        let day_before = time::date(zone, start).pred_opt().unwrap_or_default();
        let evening_before = time::boundary(zone, day_before.and_time(EVENING));
        let notice = Notice::due(found_at, start, evening_before, self.now);
        let occasion = Occasion::Conflict { notice, found_at, conflict: &standing.conflict };
        self.tell_once(visit, occasion).await
    }
}
