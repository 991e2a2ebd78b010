//! One date at all offices side by side: what is offered, and where nothing
//! is, why.

use chrono::{Days, NaiveDate};

use super::{Calendar, busy::Occupied, slot::Slot};
use crate::domain::{
    ids::{AppointmentId, Holder, OfficeSlug},
    practice::service::Service,
    time,
};

/// How many days one page of openings shows.
pub const DAYS_SHOWN: u64 = 14;

/// One date, and how it looks at each office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// In the practice's zone.
    pub date: NaiveDate,
    /// One per office, in the practice's order.
    pub offices: Vec<OfficeDay>,
}

/// What an office has on a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OfficeDay {
    /// What can be booked, in order of time.
    Openings(Vec<Slot>),
    /// The service is not given at this office.
    NotGiven,
    /// The office is closed on that date.
    Closed,
    /// Nothing is left because the therapist has appointments at that office on this date.
    At(OfficeSlug),
    /// It is open, and nothing is left to book.
    NothingLeft,
}

impl Day {
    /// True when something can be booked at any office.
    pub fn has_openings(&self) -> bool {
        self.openings().next().is_some()
    }

    /// What can be booked, office by office.
    pub fn openings(&self) -> impl Iterator<Item = &Slot> {
        self.offices.iter().flat_map(|office| match office {
            OfficeDay::Openings(slots) => slots.as_slice(),
            _ => &[],
        })
    }

    /// Leaves out openings that are not to be offered to somebody.
    pub fn retain(&mut self, mut is_offered: impl FnMut(&Slot) -> bool) {
        for office in &mut self.offices {
            if let OfficeDay::Openings(slots) = office {
                slots.retain(&mut is_offered);
                if slots.is_empty() {
                    *office = OfficeDay::NothingLeft;
                }
            }
        }
    }

    /// True when no office that gives the service is open.
    pub fn is_closed(&self) -> bool {
        self.offices.iter().all(|office| matches!(office, OfficeDay::Closed | OfficeDay::NotGiven))
    }
}

/// True when whichever appointment of a day comes first leaves the other offices
/// nothing. The openings themselves are asked what each would leave of them.
pub fn first_decides(calendar: &Calendar<'_>, service: &Service, day: &Day) -> bool {
    let leaves_nothing = |first: &Slot| {
        let occupied = Occupied {
            holder: Holder::Appointment(AppointmentId(0)), // of none that there is
            office: first.office.clone(),
            span: first.span(),
            buffer: service.buffer(),
        };
        let busy = calendar.busy.clone().and(occupied);
        let after = Calendar { busy: &busy, ..*calendar };
        // The hours give it as they did: only the rules beyond them are asked again.
        let is_left = |other: &Slot| after.first_refusal(service, other).is_none();
        !day.openings().filter(|other| other.office != first.office).any(is_left)
    };
    let offer = |office: &&OfficeDay| matches!(office, OfficeDay::Openings(_));
    day.offices.iter().filter(offer).count() > 1 && day.openings().all(leaves_nothing)
}

/// The date of the first opening of a service at any office, from a date on.
pub fn first_date(calendar: &Calendar<'_>, service: &Service, from: NaiveDate) -> Option<NaiveDate> {
    let next = |office| calendar.next_opening(service, office, from);
    let first = calendar.practice.offices.iter().filter_map(next).map(|slot| slot.start).min()?;
    Some(time::date(calendar.practice.zone, first))
}

/// The days of one page of openings, none before today and none beyond the horizon.
pub fn days(calendar: &Calendar<'_>, service: &Service, from: NaiveDate) -> Vec<Day> {
    let from = from.max(calendar.today());
    let until = from.checked_add_days(Days::new(DAYS_SHOWN)).unwrap_or(NaiveDate::MAX);
    from.iter_days()
        .take_while(|date| *date < until && *date <= calendar.last_date())
        .map(|date| day(calendar, service, date))
        .collect()
}

fn day(calendar: &Calendar<'_>, service: &Service, date: NaiveDate) -> Day {
    let day = time::day(calendar.practice.zone, date);
    let whereabouts = calendar.busy.beginning_in(day);
    let offices = calendar.practice.offices.iter().map(|office| {
        if !service.is_given_at(&office.slug) {
            return OfficeDay::NotGiven;
        }
        let starts = calendar.starts(service, office, date);
        let is_off = |slot: &Slot| calendar.busy.off(&office.slug, slot.span()).is_some();
        if calendar.rules.timetable.on(&office.slug, date).is_empty()
            || !starts.is_empty() && starts.iter().all(is_off)
        {
            return OfficeDay::Closed;
        }
        let slots = calendar.offered(service, starts);
        if !slots.is_empty() {
            return OfficeDay::Openings(slots);
        }
        match whereabouts.iter().find(|occupied| occupied.office != office.slug) {
            Some(elsewhere) => OfficeDay::At(elsewhere.office.clone()),
            None => OfficeDay::NothingLeft,
        }
    });
    Day { date, offices: offices.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::{Scene, at, date, hours, occupied, office_slug};

    const SUNDAY: &str = "2026-12-06";
    const MONDAY: &str = "2026-12-07";
    const SATURDAY: &str = "2026-12-12";

    /// How an office stands on a date, in a word: `openings`, `not given`,
    /// `closed`, `at south`, `nothing left`.
    fn word(office: &OfficeDay) -> String {
        match office {
            OfficeDay::Openings(_) => "openings".to_owned(),
            OfficeDay::NotGiven => "not given".to_owned(),
            OfficeDay::Closed => "closed".to_owned(),
            OfficeDay::At(elsewhere) => format!("at {elsewhere}"),
            OfficeDay::NothingLeft => "nothing left".to_owned(),
        }
    }

    fn words(day: &Day) -> Vec<String> {
        day.offices.iter().map(word).collect()
    }

    fn day_of(scene: &Scene, on: &str) -> Day {
        day(&scene.calendar(), scene.service("hour"), date(on))
    }

    /// An appointment that leaves no time on a Saturday at either office.
    fn all_saturday_at(office: &str) -> Scene {
        Scene::new().booked([occupied(1, office, at("2026-12-12 09:00"), 480, 15)])
    }

    /// Monday morning, inside the notice of all its starts.
    fn late() -> Scene {
        Scene { now: at("2026-12-07 08:00"), ..Scene::new() }
    }

    fn given_at(offices: &[&str]) -> Scene {
        let mut scene = Scene::new();
        scene.practice.services[0].offices = offices.iter().map(|slug| office_slug(slug)).collect();
        scene
    }

    fn dates(days: &[Day]) -> Option<(NaiveDate, NaiveDate, usize)> {
        Some((days.first()?.date, days.last()?.date, days.len()))
    }

    #[test]
    fn a_date_tells_for_each_office_what_is_offered_or_why_nothing_is() {
        for (what, scene, on, north, south) in [
            ("one office open", Scene::new(), MONDAY, "openings", "closed"),
            ("both open", Scene::new(), SATURDAY, "openings", "openings"),
            ("both closed", Scene::new(), "2026-12-13", "closed", "closed"),
            ("given in the north only", given_at(&["north"]), SATURDAY, "openings", "not given"),
            ("given nowhere", given_at(&[]), SATURDAY, "not given", "not given"),
            ("all day in the south", all_saturday_at("south"), SATURDAY, "at south", "nothing left"),
            ("all day in the north", all_saturday_at("north"), SATURDAY, "nothing left", "at north"),
            ("too late to ask", late(), MONDAY, "nothing left", "closed"),
        ] {
            assert_eq!(words(&day_of(&scene, on)), [north, south], "{what}");
        }
    }

    #[test]
    fn where_the_therapist_is_on_the_days_around_is_not_where_on_the_day() {
        let scene = Scene::new().booked([
            occupied(1, "south", at("2026-12-11 12:00"), 60, 15),
            occupied(2, "north", at("2026-12-12 09:00"), 480, 15),
            occupied(3, "south", at("2026-12-13 12:00"), 60, 15),
        ]);
        assert_eq!(words(&day_of(&scene, SATURDAY)), ["nothing left", "at north"]);
    }

    /// Both offices open on Saturday for some hours, and so far apart.
    fn saturday(north: (&str, &str), south: (&str, &str), drive: u32) -> Scene {
        let mut scene = Scene::new();
        for (office, (from, to)) in [("north", north), ("south", south)] {
            let week = hours(&[chrono::Weekday::Sat], from, to);
            scene.rules.timetable.set_week(office_slug(office), NaiveDate::MIN, week);
        }
        let mut travel = crate::domain::practice::travel::Travel::default();
        travel.add((&office_slug("north"), &office_slug("south")), drive);
        scene.practice.travel = travel;
        scene
    }

    #[test]
    fn the_first_appointment_decides_only_where_it_leaves_the_other_office_nothing() {
        let short = ("10:00", "12:00");
        let mut kept = saturday(("09:00", "17:00"), ("09:00", "17:00"), 20);
        kept.rules.timetable.first_booking_decides = chrono::WeekdaySet::single(chrono::Weekday::Sat);
        for (what, scene, on, decides, closed) in [
            ("two short mornings, 75 minutes apart", saturday(short, short, 75), SATURDAY, true, false),
            (
                "four hours, 75 minutes apart",
                saturday(("10:00", "14:00"), ("10:00", "14:00"), 75),
                SATURDAY,
                false,
                false,
            ),
            (
                "20 minutes apart, all day",
                saturday(("09:00", "17:00"), ("09:00", "17:00"), 20),
                SATURDAY,
                false,
                false,
            ),
            ("the same day where it is kept to one office", kept, SATURDAY, true, false),
            (
                "one after the other",
                saturday(("09:00", "12:00"), ("14:00", "17:00"), 20),
                SATURDAY,
                false,
                false,
            ),
            (
                "one after the other, too far",
                saturday(("09:00", "10:00"), ("11:00", "12:00"), 75),
                SATURDAY,
                true,
                false,
            ),
            ("one open", Scene::new(), MONDAY, false, false),
            ("one offers nothing", all_saturday_at("south"), SATURDAY, false, false),
            ("both closed", Scene::new(), SUNDAY, false, true),
            ("given nowhere", given_at(&[]), SATURDAY, false, true),
        ] {
            let day = day_of(&scene, on);
            let decided = first_decides(&scene.calendar(), scene.service("hour"), &day);
            assert_eq!((decided, day.is_closed()), (decides, closed), "{what}");
        }
    }

    #[test]
    fn a_days_openings_are_those_of_all_its_offices() {
        let scene = Scene::new();
        let openings =
            |on| day_of(&scene, on).openings().map(|slot| slot.office.to_string()).collect::<Vec<_>>();
        let both = openings(SATURDAY);
        assert_eq!(both.iter().filter(|office| *office == "north").count(), 29);
        assert_eq!(both.iter().filter(|office| *office == "south").count(), 29);
        assert!(day_of(&scene, SATURDAY).has_openings());
        assert_eq!(openings(SUNDAY), Vec::<String>::new());
        assert!(!day_of(&scene, SUNDAY).has_openings());
    }

    #[test]
    fn the_first_date_is_that_of_the_earliest_opening_at_any_office() {
        let in_the_south = given_at(&["south"]);
        for (what, scene, from, first) in [
            ("today is closed", &Scene::new(), SUNDAY, Some(MONDAY)),
            ("a date that has openings", &Scene::new(), MONDAY, Some(MONDAY)),
            ("a date in the past", &Scene::new(), "2020-01-01", Some(MONDAY)),
            ("the other office is first", &in_the_south, SUNDAY, Some("2026-12-08")),
            ("beyond the horizon", &Scene::new(), "2027-03-01", None),
            ("given nowhere", &given_at(&[]), SUNDAY, None),
        ] {
            let found = first_date(&scene.calendar(), scene.service("hour"), date(from));
            assert_eq!(found, first.map(date), "{what}");
        }
    }

    #[test]
    fn a_page_shows_fourteen_days_none_before_today_and_none_beyond_the_horizon() {
        // The horizon of sixty days ends on February 4.
        for (from, first_last_count) in [
            (date("2026-12-10"), Some(("2026-12-10", "2026-12-23", 14))),
            (date("2020-01-01"), Some((SUNDAY, "2026-12-19", 14))),
            (date("2027-01-22"), Some(("2027-01-22", "2027-02-04", 14))),
            (date("2027-01-23"), Some(("2027-01-23", "2027-02-04", 13))),
            (date("2027-02-04"), Some(("2027-02-04", "2027-02-04", 1))),
            (date("2027-02-05"), None),
            (NaiveDate::MIN, Some((SUNDAY, "2026-12-19", 14))),
            (NaiveDate::MAX, None),
        ] {
            let scene = Scene::new();
            let days = days(&scene.calendar(), scene.service("hour"), from);
            let expected = first_last_count.map(|(first, last, count)| (date(first), date(last), count));
            assert_eq!(dates(&days), expected, "{from}");
        }
    }
}
