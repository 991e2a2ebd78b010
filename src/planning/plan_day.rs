//! The therapist plans a single date: another office, other hours, two offices, none.

use chrono::NaiveDate;

use crate::{
    app::Current,
    booking::expire,
    domain::{
        availability::{
            busy::Occupied,
            timetable::{self, Plan},
        },
        history::{Entry, What},
        ids::AppointmentId,
        time,
    },
    operation::{Error, Operation},
};

/// Sets the plan of a date, or with `None` takes it back, so that the weekly
/// hours hold again. Appointments are left standing, in conflict; they have to be
/// `known`, or the therapist is told of them first.
pub async fn plan_day(
    current: &Current,
    date: NaiveDate,
    plan: Option<Plan>,
    known: &[AppointmentId],
) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;

    let mut after = op.rules.timetable.clone();
    after.set_plan(date, plan.clone());
    let zone = op.app.practice().zone;
    let busy = op.tx.busy(time::day(zone, date), op.now).await?;
    let left = timetable::left_standing(zone, &op.rules.timetable, &after, &busy);
    op.only_known(left, known)?;

    op.tx.set_plan(date, plan.as_ref()).await?;
    op.look_for_conflicts().await?;
    let what = if plan.is_some() { What::DayPlanned } else { What::DayAsUsual };
    op.tx.note_happened(&Entry::planned(what, op.now).on(date)).await?;
    op.commit().await
}

impl Operation {
    /// Refuses a change of the hours that leaves appointments standing of which
    /// the therapist does not know.
    pub(super) fn only_known(&self, left: Vec<&Occupied>, known: &[AppointmentId]) -> Result<(), Error> {
        let mut touched: Vec<AppointmentId> = Vec::new();
        // An offer is no appointment: it ends by itself where nobody can come any more.
        let still = left.into_iter().filter(|o| o.span.end > self.now);
        for id in still.filter_map(|o| o.holder.appointment()) {
            // One for which another time was asked may be touched at both.
            if !touched.contains(&id) {
                touched.push(id);
            }
        }
        if touched.iter().all(|id| known.contains(id)) { Ok(()) } else { Err(Error::Touches(touched)) }
    }
}
