//! What a series would be: a line for each date. A line is settled, or open with what
//! could be had instead; or it is left out. Nothing is written while one is open.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::rhythm::Occurrence;
use crate::domain::{
    appointment::{Side, refusal::SlotRefusal},
    availability::{Calendar, slot::Slot},
    ids::OfficeSlug,
    practice::{office::Office, service::Service},
    time::{self, Instant, Interval},
};

/// How many times an office offers in place of one that can't be had.
const CHOICES: usize = 3;
/// How far from the date they may lie.
const NEAR: TimeDelta = TimeDelta::days(3);
/// What is near a time that the clocks skip is near the middle of its date.
const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};

/// What was said about a line so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Said {
    /// Nothing: the date as the rhythm has it.
    Nothing,
    /// This time, there.
    At(OfficeSlug, Instant),
    /// No visit then.
    LeftOut,
}

/// One date of a series that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The date that the rhythm has.
    pub date: NaiveDate,
    /// What could come of it.
    pub state: State,
    /// There is to be no visit then.
    pub is_left_out: bool,
}

/// How a line stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It can be had.
    Settled(Slot),
    /// It can't, and something else is to be chosen.
    Open {
        /// What stands against it; nothing where the clocks skip that time.
        reasons: Vec<SlotRefusal>,
        /// The nearest times of that day, or near it, in order of time.
        choices: Vec<Slot>,
    },
}

/// Says of each date whether that side can have it, as of any time: the therapist can book what
/// no client can ask for. What
/// was said about a date stands while it can be had; what was lost meanwhile is open again.
/// The dates are a week apart and what is chosen instead lies near them, so that no two of
/// them are in each other's way; whatever books them looks at each after those before it.
pub fn propose(
    calendar: &Calendar<'_>,
    side: Side,
    (service, office): (&Service, &Office),
    occurrences: &[Occurrence],
    said: &[Said],
) -> Vec<Line> {
    let line = |(nth, occurrence): (usize, &Occurrence)| {
        let said = said.get(nth).unwrap_or(&Said::Nothing);
        let state = state(calendar, side, (service, office), occurrence, said);
        Line { date: occurrence.date, state, is_left_out: *said == Said::LeftOut }
    };
    occurrences.iter().enumerate().map(line).collect()
}

fn state(
    calendar: &Calendar<'_>,
    side: Side,
    (service, office): (&Service, &Office),
    occurrence: &Occurrence,
    said: &Said,
) -> State {
    let (office, start) = match said {
        Said::Nothing | Said::LeftOut => (Some(office), occurrence.start),
        Said::At(slug, start) => (calendar.practice.office(slug), Some(*start)),
    };
    let near = occurrence
        .start
        .unwrap_or_else(|| time::boundary(calendar.practice.zone, occurrence.date.and_time(NOON)));
    let open = |reasons| State::Open { reasons, choices: choices(calendar, service, near) };
    let Some(start) = start else { return open(Vec::new()) };
    let Some(office) = office else { return open(vec![SlotRefusal::NotGivenThere]) };
    let reasons = match side {
        Side::Therapist => calendar.refusals_of_booking(service, office, start),
        Side::Client => calendar.find_slot(service, office, start).err().into_iter().collect(),
    };
    if !reasons.is_empty() {
        return open(reasons);
    }
    let (office, service, end) = (office.slug.clone(), service.slug.clone(), start + service.length());
    State::Settled(Slot { office, service, start, end })
}

/// The openings nearest to a start, of all offices, in order of time.
fn choices(calendar: &Calendar<'_>, service: &Service, start: Instant) -> Vec<Slot> {
    let around = Interval::new(start - NEAR, start + NEAR);
    let near = |office: &Office| calendar.nearest_openings(service, office, start, CHOICES);
    let mut choices: Vec<Slot> = calendar.practice.offices.iter().flat_map(near).collect();
    choices.retain(|slot| around.overlaps(slot.span()));
    choices.sort_by(|a, b| (a.start, &a.office).cmp(&(b.start, &b.office)));
    choices
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Los_Angeles;

    use super::*;
    use crate::domain::{
        example::{Scene, at, occupied, office_slug},
        ids::{AppointmentId, Holder},
        series::rhythm::Rhythm,
    };

    fn lines(scene: &Scene, first: &str, said: &[Said]) -> Vec<State> {
        lines_for(Side::Therapist, scene, first, said)
    }

    fn lines_for(side: Side, scene: &Scene, first: &str, said: &[Said]) -> Vec<State> {
        let rhythm = Rhythm::OF_THERAPIST.rhythm(1, 3).expect("a rhythm").after(
            Los_Angeles,
            at(first),
            NaiveDate::MIN,
        );
        let (service, office) = (&scene.practice.services[0], scene.office("north"));
        let lines = propose(&scene.calendar(), side, (service, office), &rhythm, said);
        lines.into_iter().map(|line| line.state).collect()
    }

    fn starts(state: &State) -> Vec<Instant> {
        match state {
            State::Settled(slot) => vec![slot.start],
            State::Open { choices, .. } => choices.iter().map(|slot| slot.start).collect(),
        }
    }

    #[test]
    fn each_date_is_settled_where_it_is_free_and_else_open_with_what_is_near() {
        let taken = occupied(7, "north", at("2026-12-21 10:00"), 60, 15);
        let scene = Scene::new().booked([taken]);
        let lines = lines(&scene, "2026-12-07 10:00", &[]);
        assert_eq!(starts(&lines[0]), [at("2026-12-14 10:00")]);
        let State::Open { reasons, choices } = &lines[1] else { panic!("{lines:?}") };
        assert_eq!(*reasons, [SlotRefusal::SlotTaken { by: Some(Holder::Appointment(AppointmentId(7))) }]);
        assert!(
            !choices.is_empty()
                && choices.iter().all(|slot| (slot.start - at("2026-12-21 10:00")).abs() <= NEAR)
        );
        assert!(choices.is_sorted_by_key(|slot| slot.start));
        assert_eq!(starts(&lines[2]), [at("2026-12-28 10:00")]);
    }

    #[test]
    fn a_client_is_bound_by_notice_and_horizon_where_the_therapist_is_not() {
        let mut scene = Scene::new();
        scene.rules.policy.horizon_days = 10;
        let by = |side| lines_for(side, &scene, "2026-12-07 10:00", &[]);
        assert!(by(Side::Therapist).iter().all(|state| matches!(state, State::Settled(_))));
        let State::Open { reasons, .. } = &by(Side::Client)[2] else { panic!("beyond the horizon") };
        assert_eq!(*reasons, [SlotRefusal::BeyondHorizon]);
    }

    #[test]
    fn what_was_said_stands_while_it_can_be_had() {
        let scene = Scene::new();
        let there = Said::At(office_slug("north"), at("2026-12-14 11:00"));
        let nowhere = Said::At(office_slug("nowhere"), at("2026-12-28 10:00"));
        let lines = lines(&scene, "2026-12-07 10:00", &[there, Said::LeftOut, nowhere]);
        assert_eq!(starts(&lines[0]), [at("2026-12-14 11:00")]);
        assert_eq!(starts(&lines[1]), [at("2026-12-21 10:00")], "it could be had after all");
        let State::Open { reasons, .. } = &lines[2] else { panic!("{lines:?}") };
        assert_eq!(*reasons, [SlotRefusal::NotGivenThere]);
    }

    #[test]
    fn a_time_that_the_clocks_skip_is_open_with_that_days_openings() {
        let mut scene = Scene::new();
        scene.now = at("2027-02-27 12:00");
        let lines = lines(&scene, "2027-02-28 02:30", &[]);
        let State::Open { reasons, .. } = &lines[1] else { panic!("{lines:?}") };
        assert_eq!(reasons.len(), 0, "nothing stands against it: there is no such time");
    }
}
