//! A conflict: a visit that its day's plan no longer covers. It stands until
//! the therapist moves it, cancels it, or says that they will be there.

use std::{collections::BTreeSet, fmt};

use chrono::TimeDelta;
use chrono_tz::Tz;

use super::{time_off::TimeOff, timetable::Timetable};
use crate::domain::{
    ids::{OfficeSlug, TimeOffId},
    time::{self, Instant, Interval},
};

/// How long before the visit the therapist is told a second time.
const SECOND_NOTICE: TimeDelta = TimeDelta::hours(48);

/// One way in which a plan does not cover a visit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Time off of the whole practice.
    Off(TimeOffId),
    /// Time off at its office alone.
    OffThere(TimeOffId),
    /// No office is open on that date.
    Closed,
    /// The therapist is at another office.
    Elsewhere(OfficeSlug),
    /// Its office is open on that date, at other hours.
    Hours,
}

/// The ways in which a plan does not cover a visit; at least one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflict(BTreeSet<Way>);

impl Conflict {
    /// What keeps a session from lying in the plan of its day, if anything does.
    pub fn of(
        zone: Tz,
        timetable: &Timetable,
        time_off: &[TimeOff],
        office: &OfficeSlug,
        span: Interval,
    ) -> Option<Self> {
        let off = time_off.iter().filter(|off| off.closes(office) && off.span.overlaps(span));
        let mut ways: BTreeSet<Way> = off
            .map(|off| if off.is_of_the_whole_practice() { Way::Off(off.id) } else { Way::OffThere(off.id) })
            .collect();
        if !timetable.is_open(zone, office, span) {
            let date = time::date(zone, span.start);
            let elsewhere = || timetable.open_on(date).filter(|other| *other != office);
            let is_there = |other: &&OfficeSlug| timetable.is_open(zone, other, span);
            let is_open_here = !timetable.on(office, date).is_empty();
            ways.insert(match elsewhere().find(is_there).or(elsewhere().next().filter(|_| !is_open_here)) {
                Some(other) => Way::Elsewhere(other.clone()),
                None if is_open_here => Way::Hours,
                None => Way::Closed,
            });
        }
        (!ways.is_empty()).then_some(Self(ways))
    }

    /// Reads words with spaces between them. Unknown ones are left out: nobody has agreed to them.
    pub fn parse(text: &str) -> Self {
        Self(text.split(' ').filter_map(Way::parse).collect())
    }

    /// To be taken as it is found.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// True when nothing in it is new to whoever knows the other.
    pub fn is_within(&self, known: &Self) -> bool {
        self.0.is_subset(&known.0)
    }

    /// The way that says most: what is true of the whole day comes first.
    pub fn foremost(&self) -> Option<&Way> {
        let weight = |way: &&Way| match way {
            Way::Off(_) => 0,
            Way::Elsewhere(_) => 1,
            Way::Closed => 2,
            Way::OffThere(_) => 3,
            Way::Hours => 4,
        };
        self.0.iter().min_by_key(weight)
    }
}

/// Words with spaces between them, as the file and a form carry them.
impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words: Vec<String> = self.0.iter().map(Way::to_string).collect();
        f.write_str(&words.join(" "))
    }
}

impl Way {
    fn parse(word: &str) -> Option<Self> {
        let id = |text: &str| text.parse().ok().map(TimeOffId);
        match word.split_once(':') {
            Some(("off", of)) => id(of).map(Self::Off),
            Some(("off-there", of)) => id(of).map(Self::OffThere),
            Some(("elsewhere", office)) => OfficeSlug::parse(office).map(Self::Elsewhere),
            None if word == "closed" => Some(Self::Closed),
            None if word == "hours" => Some(Self::Hours),
            _ => None,
        }
    }
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Off(id) => write!(f, "off:{id}"),
            Self::OffThere(id) => write!(f, "off-there:{id}"),
            Self::Closed => f.write_str("closed"),
            Self::Elsewhere(office) => write!(f, "elsewhere:{office}"),
            Self::Hours => f.write_str("hours"),
        }
    }
}

/// When the therapist is told of a conflict, once each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// When the plan changed.
    AtOnce,
    /// 48 hours before the visit, if it is not settled by then.
    TwoDaysBefore,
    /// The evening before the visit, if it is not settled by then.
    EveningBefore,
}

impl Notice {
    /// The one that is due: the last whose time has come, and had not when the conflict was found.
    pub fn due(found_at: Instant, start: Instant, evening_before: Instant, now: Instant) -> Self {
        let has_come = |at: Instant| found_at < at && at <= now;
        let later = [(Self::EveningBefore, evening_before), (Self::TwoDaysBefore, start - SECOND_NOTICE)];
        let due = later.into_iter().filter(|(_, at)| has_come(*at)).max_by_key(|(_, at)| *at);
        due.map_or(Self::AtOnce, |(notice, _)| notice)
    }

    /// The word in an email's key.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::TwoDaysBefore => "two-days",
            Self::EveningBefore => "evening",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        availability::timetable::Plan,
        practice::opening_hours::{TimeOfDay, Window},
    };

    const ZONE: Tz = chrono_tz::America::Los_Angeles;

    fn slug(text: &str) -> OfficeSlug {
        OfficeSlug::parse(text).expect("a slug")
    }

    fn at(text: &str) -> Instant {
        time::parse_instant(text).expect("an instant")
    }

    fn window(from: &str, to: &str) -> Window {
        let time = |text| TimeOfDay::parse(text).expect("a time");
        Window::new(time(from), time(to)).expect("a window")
    }

    /// Friday, November 27, 12 to 1 pm.
    fn friday() -> Interval {
        Interval::new(at("2026-11-27T20:00:00Z"), at("2026-11-27T21:00:00Z"))
    }

    fn planned(plan: Plan) -> Timetable {
        let mut timetable = Timetable::default();
        timetable.set_plan(time::date(ZONE, friday().start), Some(plan));
        timetable
    }

    fn off(id: i64, office: Option<&str>) -> TimeOff {
        TimeOff { id: TimeOffId(id), office: office.map(slug), span: friday(), note: None, sentence: None }
    }

    #[test]
    fn each_way_in_which_a_plan_leaves_a_visit_has_its_word() {
        let (north, south) = (slug("north"), slug("south"));
        let noon = || [window("09:00", "17:00")];
        let open = || Plan::closed().with(north.clone(), noon());
        for (plan, time_off, expected) in [
            (open(), vec![], None),
            (open().with(south.clone(), noon()), vec![], None),
            (Plan::closed(), vec![], Some("closed")),
            (Plan::closed().with(south.clone(), noon()), vec![], Some("elsewhere:south")),
            (Plan::closed().with(south.clone(), [window("15:00", "17:00")]), vec![], Some("elsewhere:south")),
            (Plan::closed().with(north.clone(), [window("15:00", "17:00")]), vec![], Some("hours")),
            (Plan::closed().with(north.clone(), [window("09:00", "12:30")]), vec![], Some("hours")),
            (
                Plan::closed().with(north.clone(), [window("15:00", "17:00")]).with(south.clone(), noon()),
                vec![],
                Some("elsewhere:south"),
            ),
            (open(), vec![off(3, None)], Some("off:3")),
            (open(), vec![off(3, Some("north"))], Some("off-there:3")),
            (open(), vec![off(3, Some("south"))], None),
            (Plan::closed(), vec![off(3, None), off(4, None)], Some("off:3 off:4 closed")),
        ] {
            let timetable = planned(plan);
            let found = Conflict::of(ZONE, &timetable, &time_off, &north, friday());
            let words = found.as_ref().map(Conflict::to_string);
            assert_eq!(words.as_deref(), expected, "{timetable:?}, {time_off:?}");
            let read = words.as_deref().map(Conflict::parse);
            assert_eq!(read, found, "the words can be read again");
        }
    }

    #[test]
    fn being_off_says_more_than_being_elsewhere_and_that_more_than_the_hours() {
        for (ways, foremost) in [
            ("off:3 elsewhere:south", Some(Way::Off(TimeOffId(3)))),
            ("elsewhere:south off-there:3", Some(Way::Elsewhere(slug("south")))),
            ("off-there:3 closed", Some(Way::Closed)),
            ("hours off-there:3", Some(Way::OffThere(TimeOffId(3)))),
            ("hours", Some(Way::Hours)),
            ("", None),
        ] {
            assert_eq!(Conflict::parse(ways).foremost(), foremost.as_ref(), "{ways}");
        }
    }

    #[test]
    fn what_was_kept_holds_until_there_is_another_way() {
        let kept = Conflict::parse("closed off:3");
        for (now, holds) in [("closed", true), ("off:3", true), ("off:4", false), ("closed hours", false)] {
            assert_eq!(Conflict::parse(now).is_within(&kept), holds, "{now}");
        }
        assert!(Conflict::parse("off:x off:3 anything") == Conflict::parse("off:3"));
    }

    #[test]
    fn the_therapist_is_told_at_once_two_days_before_and_in_the_evening_before() {
        let (start, evening) = (friday().start, at("2026-11-27T02:00:00Z"));
        for (found, now, expected) in [
            ("2026-11-20T08:00:00Z", "2026-11-20T08:00:00Z", Notice::AtOnce),
            ("2026-11-20T08:00:00Z", "2026-11-25T19:59:59Z", Notice::AtOnce),
            ("2026-11-20T08:00:00Z", "2026-11-25T20:00:00Z", Notice::TwoDaysBefore),
            ("2026-11-20T08:00:00Z", "2026-11-27T01:59:59Z", Notice::TwoDaysBefore),
            ("2026-11-20T08:00:00Z", "2026-11-27T02:00:00Z", Notice::EveningBefore),
            ("2026-11-26T08:00:00Z", "2026-11-26T09:00:00Z", Notice::AtOnce),
            ("2026-11-26T08:00:00Z", "2026-11-27T03:00:00Z", Notice::EveningBefore),
            ("2026-11-27T03:00:00Z", "2026-11-27T19:00:00Z", Notice::AtOnce),
        ] {
            assert_eq!(Notice::due(at(found), start, evening, at(now)), expected, "{found}, {now}");
        }
    }
}
