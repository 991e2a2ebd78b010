//! Closing a day, or a part of it: what is closed, whom that touches, and what
//! becomes of each.

use chrono::{Days, TimeDelta};
use chrono_tz::Tz;

use super::time_off::TimeOff;
use crate::domain::{
    appointment::{Appointment, Status, reschedule_request::RescheduleRequest},
    client::Note,
    ids::{ActId, AppointmentId, ClosingId, OfficeSlug, TimeOffId},
    practice::Practice,
    time::{self, Instant, Interval},
};

/// How long another time can be chosen at least, after the closing.
const AT_LEAST: TimeDelta = TimeDelta::hours(72);
/// How many days after the day of the visit it can still be chosen.
const A_WEEK: u64 = 7;

/// Where nobody can come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Closes {
    /// At no office.
    Everywhere,
    /// At one office.
    Office(OfficeSlug),
    /// Wherever the therapist would have to drive to from this office.
    Road(OfficeSlug),
}

impl Closes {
    /// The offices that it closes, `None` for all of them at once. Empty where no
    /// office lies beyond the road.
    pub fn offices(&self, practice: &Practice) -> Vec<Option<OfficeSlug>> {
        match self {
            Self::Everywhere => vec![None],
            Self::Office(office) => vec![Some(office.clone())],
            Self::Road(side) => {
                let beyond = practice.offices.iter().map(|office| &office.slug);
                let beyond =
                    beyond.filter(|office| practice.travel.between(side, office) > TimeDelta::zero());
                beyond.cloned().map(Some).collect()
            }
        }
    }

    /// What can be closed in a practice: all of it, and where there is more than one
    /// office each alone, and the road as it looks from each.
    pub fn choices(practice: &Practice) -> Vec<Self> {
        let mut choices = vec![Self::Everywhere];
        let offices = || practice.offices.iter().map(|office| office.slug.clone());
        if practice.offices.len() > 1 {
            choices.extend(offices().map(Self::Office));
            let roads = offices().map(Self::Road);
            choices.extend(roads.filter(|road| !road.offices(practice).is_empty()));
        }
        choices
    }
}

/// A day, or a part of it, that was closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closing {
    /// Its row.
    pub id: ClosingId,
    /// The act that has closed it, and perhaps other offices with it.
    pub act: ActId,
    /// The time off that it is, until it is opened again.
    pub time_off: TimeOffId,
    /// The one office that was closed; `None` where it was the whole practice.
    pub office: Option<OfficeSlug>,
    /// From when until when.
    pub span: Interval,
    /// When it was closed.
    pub made_at: Instant,
    /// What the therapist said to everybody.
    pub sentence: Option<Note>,
    /// For the therapist's own eyes.
    pub note: Option<Note>,
    /// What clients read in place of its days.
    pub for_clients: Option<Note>,
    /// When it was opened again.
    pub reopened_at: Option<Instant>,
}

impl Closing {
    /// The time off that it is while it is closed.
    pub fn as_time_off(&self) -> TimeOff {
        TimeOff {
            id: self.time_off,
            office: self.office.clone(),
            span: self.span,
            note: self.note.clone(),
            sentence: self.for_clients.clone(),
        }
    }

    /// True where it has ended an appointment, and nothing has happened to that since:
    /// what was put back and is over once more is over for another reason.
    pub fn has_ended(&self, a: &Appointment) -> bool {
        a.state.ended_at() == Some(self.made_at)
    }
}

/// Somebody whom a closing has touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClosedVisit {
    /// What has closed its time.
    pub closing: ClosingId,
    /// Whose it is.
    pub appointment: AppointmentId,
    /// What became of it.
    pub outcome: Outcome,
    /// The time that its client has chosen instead.
    pub replacement: Option<AppointmentId>,
    /// When its client said that they have seen it.
    pub seen_at: Option<Instant>,
}

/// What becomes of an appointment whose time is closed. The words are the file's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It stood, and is called off.
    Canceled,
    /// It was a request.
    Declined,
    /// The therapist sees them all the same.
    Kept,
    /// It is where its client had asked to have it moved.
    Moved,
    /// It stands where it is; that it be moved into the closed time is declined.
    Stands,
}

impl Outcome {
    const ALL: [Self; 5] = [Self::Canceled, Self::Declined, Self::Kept, Self::Moved, Self::Stands];

    /// As the file spells it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canceled => "canceled",
            Self::Declined => "declined",
            Self::Kept => "kept",
            Self::Moved => "moved",
            Self::Stands => "stands",
        }
    }

    /// Reads a word of the file.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.as_str() == text)
    }

    /// True where its client may choose another time instead.
    pub fn can_be_rebooked(self) -> bool {
        matches!(self, Self::Canceled | Self::Declined)
    }
}

/// What a closing does to an appointment, before it is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It ends, unless the therapist keeps it.
    Ends,
    /// It moves to where its client has asked to have it, if that is free, and else
    /// ends, unless the therapist keeps it.
    MovesIfFree,
    /// It stands; only what was asked for is declined.
    Stands,
}

impl Fate {
    /// What closing these times does to an appointment; `None` where it leaves it as
    /// it is. What has begun takes place.
    pub fn of(
        a: &Appointment,
        reschedule_request: Option<&RescheduleRequest>,
        closed: &[TimeOff],
        now: Instant,
    ) -> Option<Self> {
        if !a.status().is_live() || a.span.start <= now {
            return None;
        }
        let is_closed = |office: &OfficeSlug, span: Interval| {
            closed.iter().any(|off| off.closes(office) && off.span.overlaps(span))
        };
        let asked = reschedule_request.filter(|_| a.status() == Status::Confirmed);
        let asked_is_closed = asked.map(|asked| is_closed(&asked.office, asked.span));
        match (is_closed(&a.office, a.span), asked_is_closed) {
            (true, Some(false)) => Some(Self::MovesIfFree),
            (true, _) => Some(Self::Ends),
            (false, Some(true)) => Some(Self::Stands),
            (false, _) => None,
        }
    }
}

/// Until when another time can be chosen for a visit that was closed: three days
/// after that, or a week after the day of the visit, whichever is later.
pub fn rebook_until(zone: Tz, made_at: Instant, start: Instant) -> Instant {
    let day = time::date(zone, start);
    let week = day.checked_add_days(Days::new(A_WEEK + 1)).unwrap_or(day);
    time::start_of_day(zone, week).max(made_at + AT_LEAST)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        example::{appointment, at, office_slug, practice},
        ids::RescheduleRequestId,
    };

    #[test]
    fn the_road_closes_what_lies_beyond_it() {
        let practice = practice();
        let (north, south) = (office_slug("north"), office_slug("south"));
        assert_eq!(Closes::Everywhere.offices(&practice), [None]);
        assert_eq!(Closes::Office(north.clone()).offices(&practice), [Some(north.clone())]);
        assert_eq!(Closes::Road(north.clone()).offices(&practice), [Some(south.clone())]);
        assert_eq!(Closes::Road(south).offices(&practice), [Some(north)]);
        assert_eq!(Closes::choices(&practice).len(), 5);
        let alone = Practice { offices: practice.offices[..1].to_vec(), ..practice };
        assert_eq!(Closes::choices(&alone), [Closes::Everywhere]);
    }

    #[test]
    fn the_files_words_for_what_became_of_a_visit_read_back() {
        assert_eq!(Outcome::ALL.map(Outcome::as_str).map(Outcome::parse), Outcome::ALL.map(Some));
        assert_eq!(Outcome::parse("cancelled"), None);
    }

    #[test]
    fn what_a_closing_does_is_told_by_where_a_visit_is_and_where_it_may_be() {
        let (before, start) = (at("2026-12-01 08:00"), at("2026-12-08 14:30"));
        let visit = appointment(Status::Confirmed, "north", start);
        let end = visit.span.end;
        let off = |from: Instant, to: Instant| TimeOff {
            id: TimeOffId(0),
            office: None,
            span: Interval::new(from, to),
            note: None,
            sentence: None,
        };
        let asked = |start: Instant| RescheduleRequest {
            id: RescheduleRequestId(1),
            appointment: visit.id,
            office: visit.office.clone(),
            span: Interval::new(start, start + time::hours(1)),
            requested_at: before,
            held_until: start,
        };
        let (over, beside) = (off(start - time::hours(1), end), off(end, end + time::hours(5)));
        let (into, away) = (asked(end + time::hours(1)), asked(end + time::hours(48)));
        let fate = |asked: Option<&RescheduleRequest>, off: &TimeOff| {
            Fate::of(&visit, asked, std::slice::from_ref(off), before)
        };
        assert_eq!(fate(None, &over), Some(Fate::Ends));
        assert_eq!(fate(None, &beside), None);
        assert_eq!(fate(Some(&away), &over), Some(Fate::MovesIfFree));
        assert_eq!(fate(Some(&into), &beside), Some(Fate::Stands));
        assert_eq!(fate(Some(&into), &off(start, end + time::hours(5))), Some(Fate::Ends));
        assert_eq!(Fate::of(&visit, None, std::slice::from_ref(&over), start), None, "it has begun");
        let canceled = appointment(Status::Canceled, "north", start);
        assert_eq!(Fate::of(&canceled, None, &[over], before), None);
    }

    #[test]
    fn another_time_can_be_chosen_until_a_week_after_the_day_and_for_three_days_at_least() {
        let zone = chrono_tz::America::Los_Angeles;
        let until = |made, start| rebook_until(zone, at(made), at(start));
        assert_eq!(until("2026-12-01 08:00", "2026-12-08 14:30"), at("2026-12-16 00:00"));
        assert_eq!(until("2026-12-08 08:00", "2026-12-08 14:30"), at("2026-12-16 00:00"));
        assert_eq!(until("2026-12-20 08:00", "2026-12-08 14:30"), at("2026-12-23 08:00"));
    }
}
