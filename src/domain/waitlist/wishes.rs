//! Which times somebody on the waitlist would take.

use chrono::{Datelike, NaiveDate, Timelike, Weekday, WeekdaySet};
use chrono_tz::Tz;

use crate::domain::{
    availability::slot::Slot,
    ids::{OfficeSlug, ServiceSlug},
    time::{self, Instant},
};

/// A part of the day, by when a session begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Before noon.
    Morning,
    /// From noon to 5 pm.
    Afternoon,
    /// From 5 pm.
    Evening,
}

impl Part {
    /// All of them, in order.
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    /// As the file and forms spell it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }

    /// Reads a word of the file, or of a form.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.as_str() == text)
    }

    /// The part in which an hour of the day lies.
    pub fn of(hour: u32) -> Self {
        match hour {
            ..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }
}

/// What somebody would take: all of it has to fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wishes {
    /// Any of these.
    pub services: Vec<ServiceSlug>,
    /// At any of these.
    pub offices: Vec<OfficeSlug>,
    /// On any of these.
    pub weekdays: WeekdaySet,
    /// In any of these.
    pub parts: Vec<Part>,
    /// Not before this date.
    pub from: Option<NaiveDate>,
    /// Not after this date.
    pub to: Option<NaiveDate>,
    /// The shortest notice that they can take.
    pub notice_hours: u32,
}

impl Wishes {
    /// The longest notice that somebody may ask for.
    pub const MOST_NOTICE_HOURS: u32 = 14 * 24;

    /// Whether an opening is one that they would take, if they hear of it now.
    pub fn matches(&self, zone: Tz, slot: &Slot, now: Instant) -> bool {
        let civil = time::civil(zone, slot.start);
        let date = civil.date();
        self.services.contains(&slot.service)
            && self.offices.contains(&slot.office)
            && self.weekdays.contains(date.weekday())
            && self.parts.contains(&Part::of(civil.hour()))
            && self.from.is_none_or(|from| from <= date)
            && self.to.is_none_or(|to| date <= to)
            && now + time::hours(self.notice_hours) <= slot.start
    }
}

/// Every weekday, in the order of the week.
pub const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// As the file and forms spell it.
pub fn weekday_as_str(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

/// Reads a word of the file, or of a form.
pub fn parse_weekday(text: &str) -> Option<Weekday> {
    WEEK.into_iter().find(|day| weekday_as_str(*day) == text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::{at, date, office_slug, service_slug};

    fn any() -> Wishes {
        Wishes {
            services: vec![service_slug("hour")],
            offices: vec![office_slug("north")],
            weekdays: WeekdaySet::ALL,
            parts: Part::ALL.to_vec(),
            from: None,
            to: None,
            notice_hours: 0,
        }
    }

    fn matches(wishes: &Wishes, start: &str, now: &str) -> bool {
        let start = at(start);
        let slot = Slot {
            office: office_slug("north"),
            service: service_slug("hour"),
            start,
            end: start + time::minutes(60),
        };
        wishes.matches(chrono_tz::America::Los_Angeles, &slot, at(now))
    }

    #[test]
    fn an_opening_matches_when_all_of_it_fits() {
        const NOW: &str = "2026-12-01 08:00";
        const MONDAY: &str = "2026-12-07 11:45";
        let (monday, tuesday) = (WeekdaySet::single(Weekday::Mon), WeekdaySet::single(Weekday::Tue));
        let day = || Some(date("2026-12-07"));
        for (what, wishes, fits) in [
            ("anything", any(), true),
            ("another service", Wishes { services: vec![service_slug("long")], ..any() }, false),
            ("another office", Wishes { offices: vec![office_slug("south")], ..any() }, false),
            ("that weekday", Wishes { weekdays: monday, ..any() }, true),
            ("another weekday", Wishes { weekdays: tuesday, ..any() }, false),
            ("mornings", Wishes { parts: vec![Part::Morning], ..any() }, true),
            ("other parts", Wishes { parts: vec![Part::Afternoon, Part::Evening], ..any() }, false),
            ("from that date", Wishes { from: day(), ..any() }, true),
            ("to that date", Wishes { to: day(), ..any() }, true),
            ("from the next date", Wishes { from: day().and_then(|day| day.succ_opt()), ..any() }, false),
            ("to the date before", Wishes { to: day().and_then(|day| day.pred_opt()), ..any() }, false),
            ("enough notice", Wishes { notice_hours: 147, ..any() }, true),
            ("too little notice", Wishes { notice_hours: 148, ..any() }, false),
        ] {
            assert_eq!(matches(&wishes, MONDAY, NOW), fits, "{what}");
        }
    }

    #[test]
    fn the_parts_of_the_day_begin_at_noon_and_at_five_by_the_practices_clocks() {
        for (start, part) in [
            ("00:00", Part::Morning),
            ("11:59", Part::Morning),
            ("12:00", Part::Afternoon),
            ("16:59", Part::Afternoon),
            ("17:00", Part::Evening),
            ("23:45", Part::Evening),
        ] {
            for one in Part::ALL {
                let wishes = Wishes { parts: vec![one], ..any() };
                let fits = matches(&wishes, &format!("2026-12-07 {start}"), "2026-12-01 08:00");
                assert_eq!(fits, one == part, "{start} {one:?}");
            }
        }
    }

    #[test]
    fn the_files_words_read_back() {
        assert_eq!(Part::ALL.map(Part::as_str).map(Part::parse), Part::ALL.map(Some));
        assert_eq!(WEEK.map(weekday_as_str).map(parse_weekday), WEEK.map(Some));
        assert_eq!((Part::parse("noon"), parse_weekday("Monday")), (None, None));
    }
}
