//! The rules beyond the opening hours, each told alone: a small function that
//! names its refusal.

use super::{
    busy::Occupied,
    calendar::{Calendar, Wanted},
};
use crate::domain::{
    appointment::refusal::SlotRefusal,
    time::{self, Interval},
};

/// One rule, told alone.
type Check<'a> = fn(&Calendar<'a>, &Wanted<'_>) -> Option<SlotRefusal>;

impl<'a> Calendar<'a> {
    /// What refuses a start whatever is booked beside it.
    const BEYOND_HOURS: [Check<'a>; 6] = [
        Self::paused,
        Self::is_past,
        Self::is_time_off,
        Self::is_decided_for_another_office,
        Self::is_too_soon,
        Self::is_beyond_the_horizon,
    ];

    /// What refuses a session because of what is booked beside it.
    const BESIDE: [Check<'a>; 5] = [
        Self::is_taken,
        Self::is_within_the_buffer_before,
        Self::is_on_the_road_here,
        Self::is_within_the_buffer_after,
        Self::is_on_the_road_from_here,
    ];
}

impl Calendar<'_> {
    /// What refuses a start that the opening hours give, in the order in which it is said.
    pub(super) fn beyond_hours(&self, wanted: &Wanted<'_>) -> impl Iterator<Item = SlotRefusal> {
        let beyond = Self::BEYOND_HOURS.iter().filter_map(|check| check(self, wanted));
        beyond.chain(self.beside(wanted))
    }

    /// What refuses an appointment that has been agreed, whatever the hours.
    pub(super) fn busy_time(&self, wanted: &Wanted<'_>) -> impl Iterator<Item = SlotRefusal> {
        self.beside(wanted).chain(self.is_time_off(wanted))
    }

    /// What refuses a session because of what is booked beside it. Mostly nothing is so near that
    /// one of the checks looks at it, and a page asks of thousands of starts.
    fn beside(&self, wanted: &Wanted<'_>) -> impl Iterator<Item = SlotRefusal> {
        let drive = self.practice.travel.longest();
        let near = Interval::new(wanted.span.start - drive, wanted.span.end + wanted.buffer + drive);
        let checks = if self.busy.reaching(near).is_empty() { &[][..] } else { &Self::BESIDE[..] };
        checks.iter().filter_map(|check| check(self, wanted))
    }

    fn paused(&self, _: &Wanted<'_>) -> Option<SlotRefusal> {
        self.rules.pause.is_some().then_some(SlotRefusal::Paused)
    }

    fn is_past(&self, wanted: &Wanted<'_>) -> Option<SlotRefusal> {
        (wanted.span.start <= self.now).then_some(SlotRefusal::Past)
    }

    /// A session may end where time off begins, and its buffer may lie in it.
    fn is_time_off(&self, wanted: &Wanted<'_>) -> Option<SlotRefusal> {
        let off = self.busy.off(wanted.office, wanted.span)?;
        Some(SlotRefusal::TimeOff { by: off.id })
    }

    /// On some weekdays the first booking keeps the therapist where it is: the
    /// other offices are closed on that date, however near they are. One that
    /// may yet be moved to another office on the date decides for neither.
    fn is_decided_for_another_office(&self, wanted: &Wanted<'_>) -> Option<SlotRefusal> {
        let date = time::date(self.practice.zone, wanted.span.start);
        if !self.rules.timetable.first_booking_decides_on(date) {
            return None;
        }
        let on_the_date = self.busy.beginning_in(time::day(self.practice.zone, date));
        let is_elsewhere = |o: &&Occupied| o.office != *wanted.office;
        let may_leave =
            |here: &Occupied| on_the_date.iter().filter(is_elsewhere).any(|o| o.holder == here.holder);
        if on_the_date.iter().any(|o| !is_elsewhere(&o) && !may_leave(o)) {
            return None;
        }
        let first = on_the_date.iter().find(is_elsewhere)?;
        Some(SlotRefusal::DecidedFor { office: first.office.clone(), by: first.holder })
    }

    fn is_too_soon(&self, wanted: &Wanted<'_>) -> Option<SlotRefusal> {
        let notice = time::hours(self.rules.policy.minimum_notice_hours);
        (wanted.span.start < self.now + notice).then_some(SlotRefusal::TooSoon)
    }

    fn is_beyond_the_horizon(&self, wanted: &Wanted<'_>) -> Option<SlotRefusal> {
        let date = time::date(self.practice.zone, wanted.span.start);
        (date > self.last_date()).then_some(SlotRefusal::BeyondHorizon)
    }

    fn is_taken(&self, wanted: &Wanted<'_>) -> Option<SlotRefusal> {
        let taken = self.busy.overlapping(wanted.span)?;
        Some(SlotRefusal::SlotTaken { by: Some(taken.holder) })
    }

    fn is_within_the_buffer_before(&self, wanted: &Wanted<'_>) -> Option<SlotRefusal> {
        let near = self.ending_before(wanted).find(|o| o.span.end + o.buffer > wanted.span.start)?;
        Some(SlotRefusal::WithinBuffer { of: near.holder })
    }

    fn is_within_the_buffer_after(&self, wanted: &Wanted<'_>) -> Option<SlotRefusal> {
        let free_from = wanted.span.end + wanted.buffer;
        let near = self.beginning_after(wanted).find(|o| free_from > o.span.start)?;
        Some(SlotRefusal::WithinBuffer { of: near.holder })
    }

    fn is_on_the_road_here(&self, wanted: &Wanted<'_>) -> Option<SlotRefusal> {
        let arrives_late = |o: &&Occupied| {
            o.office != *wanted.office
                && o.span.end + o.buffer + self.practice.travel.between(wanted.office, &o.office)
                    > wanted.span.start
        };
        self.ending_before(wanted).find(arrives_late).map(on_the_road)
    }

    fn is_on_the_road_from_here(&self, wanted: &Wanted<'_>) -> Option<SlotRefusal> {
        let arrives_late = |o: &&Occupied| {
            o.office != *wanted.office
                && wanted.span.end + wanted.buffer + self.practice.travel.between(wanted.office, &o.office)
                    > o.span.start
        };
        self.beginning_after(wanted).find(arrives_late).map(on_the_road)
    }

    /// Whatever may be too near before, the latest first; but for what
    /// overlaps, which is another rule's. All of it and not the last one alone:
    /// that one may be moved or canceled, or have been booked too near itself.
    fn ending_before(&self, wanted: &Wanted<'_>) -> impl Iterator<Item = &Occupied> {
        let span = wanted.span;
        let before = self.busy.before(span.start, self.practice.travel.longest());
        before.filter(move |o| !o.span.overlaps(span))
    }

    /// Whatever may be too near after, in the same way.
    fn beginning_after(&self, wanted: &Wanted<'_>) -> impl Iterator<Item = &Occupied> {
        let span = wanted.span;
        let until = span.end + wanted.buffer + self.practice.travel.longest();
        let after = self.busy.beginning_in(Interval::new(span.start, until)).iter();
        after.filter(move |o| !o.span.overlaps(span))
    }
}

fn on_the_road(o: &Occupied) -> SlotRefusal {
    SlotRefusal::OnTheRoad { office: o.office.clone(), from_or_to: o.holder }
}
