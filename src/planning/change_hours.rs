//! The therapist changes the weekly opening hours.

use chrono::{NaiveDate, WeekdaySet};

use crate::{
    app::Current,
    booking::expire,
    domain::{
        availability::timetable::{self, Timetable},
        history::{Entry, What},
        ids::{AppointmentId, OfficeSlug},
        practice::opening_hours::OpeningHours,
        time::{self, Interval},
    },
    operation::{Error, FAR, Operation},
};

/// Sets the weekly hours of an office from a date on, and with a last date only until then:
/// after it the earlier ones hold again. Appointments are left standing; they have to be
/// `known`, or the therapist is told of them first.
pub async fn change_hours(
    current: &Current,
    office: &OfficeSlug,
    (holds_from, until): (NaiveDate, Option<NaiveDate>),
    hours: &OpeningHours,
    known: &[AppointmentId],
) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;

    let mut after = op.rules.timetable.clone();
    after.set_week_until(office, (holds_from, until), hours.clone());
    op.only_known_are_left(&after, known).await?;

    op.adopt_hours(office).await?;
    if let Some((follows, its_end, longer)) = op.rules.timetable.following(office, holds_from, until) {
        op.tx.set_opening_hours(office, (follows, its_end), &longer).await?;
    }
    op.tx.set_opening_hours(office, (holds_from, until), hours).await?;
    op.look_for_conflicts().await?;
    op.note_hours(What::HoursChanged, office, holds_from).await?;
    op.commit().await
}

/// Takes back weekly hours that were to hold from a date to come: those before go on.
pub async fn take_back_hours(
    current: &Current,
    office: &OfficeSlug,
    holds_from: NaiveDate,
    known: &[AppointmentId],
) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    if holds_from <= time::date(op.app.practice().zone, op.now) {
        return Err(Error::Missing);
    }

    let mut after = op.rules.timetable.clone();
    after.forget_week(office, holds_from);
    op.only_known_are_left(&after, known).await?;

    if !op.tx.remove_opening_hours(office, holds_from).await? {
        return Err(Error::Missing);
    }
    op.look_for_conflicts().await?;
    op.note_hours(What::HoursTakenBack, office, holds_from).await?;
    op.commit().await
}

/// Sets the weekdays on which the first booking of the day decides the office.
pub async fn let_first_booking_decide(current: &Current, weekdays: WeekdaySet) -> Result<(), Error> {
    let mut op = expire::begin(current).await?;
    op.tx.set_first_booking_decides(weekdays).await?;
    op.tx.note_happened(&Entry::planned(What::FirstBookingChanged, op.now)).await?;
    op.commit().await
}

impl Operation {
    async fn note_hours(&mut self, what: What, office: &OfficeSlug, from: NaiveDate) -> Result<(), Error> {
        let entry = Entry::planned(what, self.now).in_office(Some(office)).on(from);
        Ok(self.tx.note_happened(&entry).await?)
    }

    async fn only_known_are_left(&mut self, after: &Timetable, known: &[AppointmentId]) -> Result<(), Error> {
        let busy = self.tx.busy(Interval::new(self.now, self.now + FAR), self.now).await?;
        let zone = self.app.practice().zone;
        let left = timetable::left_standing(zone, &self.rules.timetable, after, &busy);
        self.only_known(left, known)
    }

    /// With the first change the practice file's hours of an office become the
    /// therapist's, so that what holds until the change goes on to hold.
    async fn adopt_hours(&mut self, office: &OfficeSlug) -> Result<(), Error> {
        if self.tx.has_opening_hours(office).await? {
            return Ok(());
        }
        for (from, hours) in self.rules.timetable.weeks(office) {
            self.tx.set_opening_hours(office, (from, None), hours).await?;
        }
        Ok(())
    }
}
