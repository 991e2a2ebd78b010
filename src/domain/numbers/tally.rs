//! The year's numbers, from what is on record of each appointment.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, TimeDelta};
use chrono_tz::Tz;

use super::{Offered, Year};
use crate::domain::{
    ids::{ClientId, OfficeSlug, ServiceSlug},
    practice::price::Price,
    time::{self, Interval},
};

/// What became of an appointment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The client was there.
    Came,
    /// They did not come.
    NoShow,
    /// They canceled past the free deadline.
    CanceledLate,
    /// It was confirmed and is over, and nobody has said whether they came.
    Unmarked,
    /// Whatever else: no visit, and nothing to ask for.
    Nothing,
}

/// What the therapist has noted as paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paid {
    /// Without the tip.
    pub amount: Price,
    /// On top of it.
    pub tip: Price,
}

/// An appointment, as far as numbers go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The record under which its person is found.
    pub person: ClientId,
    /// Where it was.
    pub office: OfficeSlug,
    /// What it was.
    pub service: ServiceSlug,
    /// As it was called when it was agreed.
    pub service_name: String,
    /// From its beginning to its end.
    pub span: Interval,
    /// As agreed.
    pub price: Price,
    /// What became of it.
    pub outcome: Outcome,
    /// The fee that was agreed for not coming, unless the therapist has let it go.
    pub fee: Option<Price>,
    /// What was paid for it.
    pub paid: Option<Paid>,
}

/// What a year, a month, an office or a service comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sums {
    /// How often somebody came.
    pub visits: u32,
    /// What was agreed for those visits.
    pub agreed: Price,
    /// What was paid for visits, as noted, without tips.
    pub paid: Price,
    /// For how many of them a payment was noted.
    pub paid_visits: u32,
    /// On top of it.
    pub tips: Price,
    /// Who did not come.
    pub no_shows: u32,
    /// Who canceled past the free deadline.
    pub late_cancellations: u32,
    /// The fees for those, without the ones that were let go.
    pub fees_asked: Price,
    /// What was paid where nobody came, as noted.
    pub fees_paid: Price,
    /// How long the visits were together.
    pub used: TimeDelta,
    /// How long was open for visits.
    pub offered: TimeDelta,
    /// Who came for the first time ever.
    pub new: u32,
    /// Who had come before.
    pub returning: u32,
    /// Confirmed and over, and not marked.
    pub unmarked: u32,
}

impl Default for Sums {
    fn default() -> Self {
        let (none, nothing) = (TimeDelta::zero(), Price(0));
        Self {
            visits: 0,
            agreed: nothing,
            paid: nothing,
            paid_visits: 0,
            tips: nothing,
            no_shows: 0,
            late_cancellations: 0,
            fees_asked: nothing,
            fees_paid: nothing,
            used: none,
            offered: none,
            new: 0,
            returning: 0,
            unmarked: 0,
        }
    }
}

impl Sums {
    fn add(&mut self, entry: &Entry) {
        let paid = entry.paid.unwrap_or(Paid { amount: Price(0), tip: Price(0) });
        self.tips.0 += paid.tip.0;
        if matches!(entry.outcome, Outcome::NoShow | Outcome::CanceledLate) {
            self.fees_asked.0 += entry.fee.map_or(0, |fee| fee.0);
            self.fees_paid.0 += paid.amount.0;
        } else {
            // What was paid ahead, or was not given back, is in the till all the same.
            self.paid.0 += paid.amount.0;
        }
        match entry.outcome {
            Outcome::Came => {
                self.visits += 1;
                self.agreed.0 += entry.price.0;
                self.paid_visits += u32::from(entry.paid.is_some());
                self.used += entry.span.length();
            }
            Outcome::NoShow => self.no_shows += 1,
            Outcome::CanceledLate => self.late_cancellations += 1,
            Outcome::Unmarked => self.unmarked += 1,
            Outcome::Nothing => {}
        }
    }

    /// All that was paid, tips and fees with it.
    pub fn received(&self) -> Price {
        Price(self.paid.0 + self.fees_paid.0 + self.tips.0)
    }

    /// True when there is nothing to tell of what happened.
    pub fn is_empty(&self) -> bool {
        Self { offered: TimeDelta::zero(), ..*self } == Self::default()
    }
}

/// What happened in a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// All of it.
    pub year: Sums,
    /// January first.
    pub months: [Sums; 12],
    /// By slug; only those where something happened, or was offered.
    pub offices: BTreeMap<OfficeSlug, Sums>,
    /// By slug, each with what it was called last.
    pub services: BTreeMap<ServiceSlug, (String, Sums)>,
}

impl Numbers {
    /// Counts a year: `entries` are its appointments in order of time, `before` who
    /// has come before it began, and `offices` those whose hours count.
    pub fn of(
        zone: Tz,
        year: Year,
        entries: &[Entry],
        before: &BTreeSet<ClientId>,
        offered: Offered<'_>,
        offices: impl Iterator<Item = OfficeSlug>,
    ) -> Self {
        let mut numbers = Self {
            year: Sums::default(),
            months: [Sums::default(); 12],
            offices: offices.map(|office| (office, Sums::default())).collect(),
            services: BTreeMap::new(),
        };
        for entry in entries {
            let month = time::date(zone, entry.span.start).month0() as usize;
            let service = numbers.services.entry(entry.service.clone()).or_default();
            service.0.clone_from(&entry.service_name);
            service.1.add(entry);
            numbers.offices.entry(entry.office.clone()).or_default().add(entry);
            numbers.months[month].add(entry);
            numbers.year.add(entry);
        }
        numbers.count_people(zone, entries, before);
        for date in year.dates().take_while(|date| time::start_of_day(zone, *date) < offered.within.end) {
            let anywhere = offered.anywhere(date);
            numbers.year.offered += anywhere;
            numbers.months[date.month0() as usize].offered += anywhere;
            for (office, sums) in &mut numbers.offices {
                sums.offered += offered.at(office, date);
            }
        }
        numbers
    }

    /// Each person once a month, and once in the year.
    fn count_people(&mut self, zone: Tz, entries: &[Entry], before: &BTreeSet<ClientId>) {
        let mut known = before.clone();
        let mut seen = BTreeSet::new();
        let mut month = None;
        let mut seen_in_month = BTreeSet::new();
        for entry in entries.iter().filter(|entry| entry.outcome == Outcome::Came) {
            let this = time::date(zone, entry.span.start).month0() as usize;
            if month.replace(this) != Some(this) {
                seen_in_month.clear();
            }
            let is_new = known.insert(entry.person);
            if seen_in_month.insert(entry.person) {
                let sums = &mut self.months[this];
                if is_new { sums.new += 1 } else { sums.returning += 1 }
            }
            if seen.insert(entry.person) {
                if is_new { self.year.new += 1 } else { self.year.returning += 1 }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono_tz::America::Los_Angeles;

    use super::*;
    use crate::domain::{
        availability::timetable::Timetable,
        example::{at, office_slug, service_slug},
    };

    fn entry(person: i64, start: &str, outcome: Outcome) -> Entry {
        Entry {
            person: ClientId(person),
            office: office_slug("north"),
            service: service_slug("hour"),
            service_name: "An hour".to_owned(),
            span: Interval::new(at(start), at(start) + time::minutes(60)),
            price: Price(9_550),
            outcome,
            fee: Some(Price(4_775)),
            paid: None,
        }
    }

    fn paid(amount: i64, tip: i64) -> Option<Paid> {
        Some(Paid { amount: Price(amount), tip: Price(tip) })
    }

    fn numbers(entries: &[Entry], before: &[i64]) -> Numbers {
        let before = before.iter().map(|id| ClientId(*id)).collect();
        let timetable = Timetable::default();
        let within = Interval::new(at("2026-01-01 00:00"), at("2027-01-01 00:00"));
        let offered = Offered { zone: Los_Angeles, timetable: &timetable, time_off: &[], within };
        let year = Year::parse("2026").expect("a year");
        Numbers::of(Los_Angeles, year, entries, &before, offered, [office_slug("north")].into_iter())
    }

    #[test]
    fn money_is_exact_and_only_what_happened_counts() {
        let entries = [
            Entry { paid: paid(9_501, 1_033), ..entry(1, "2026-01-01 00:00", Outcome::Came) },
            entry(2, "2026-01-02 09:00", Outcome::Came),
            Entry { paid: paid(4_775, 0), ..entry(3, "2026-02-02 09:00", Outcome::NoShow) },
            Entry { fee: None, ..entry(4, "2026-02-03 09:00", Outcome::CanceledLate) },
            entry(5, "2026-02-04 09:00", Outcome::CanceledLate),
            entry(6, "2026-02-05 09:00", Outcome::Unmarked),
            entry(7, "2026-12-31 23:30", Outcome::Nothing),
        ];
        let numbers = numbers(&entries, &[]);
        let year = numbers.year;
        assert_eq!(
            (year.visits, year.agreed, year.paid, year.tips),
            (2, Price(19_100), Price(9_501), Price(1_033))
        );
        assert_eq!((year.no_shows, year.late_cancellations, year.unmarked), (1, 2, 1));
        assert_eq!((year.fees_asked, year.fees_paid), (Price(9_550), Price(4_775)));
        assert_eq!(year.received(), Price(9_501 + 1_033 + 4_775));
        assert_eq!((year.paid_visits, year.used), (1, time::minutes(120)));
        assert_eq!(numbers.months[0].visits, 2);
        assert_eq!(numbers.months[1].fees_asked, Price(9_550));
        assert!(numbers.months[11].is_empty());
        assert_eq!(numbers.offices[&office_slug("north")], Sums { new: 0, ..year_without_people(year) });
    }

    fn year_without_people(year: Sums) -> Sums {
        Sums { new: 0, returning: 0, ..year }
    }

    #[test]
    fn everybody_is_new_once_and_counted_once_a_month() {
        let came = |person, start| entry(person, start, Outcome::Came);
        let entries = [
            came(1, "2026-01-05 09:00"),
            came(2, "2026-01-06 09:00"),
            came(1, "2026-01-12 09:00"),
            entry(3, "2026-01-13 09:00", Outcome::NoShow),
            came(1, "2026-03-05 09:00"),
            came(3, "2026-03-06 09:00"),
        ];
        let numbers = numbers(&entries, &[2, 9]);
        assert_eq!((numbers.year.new, numbers.year.returning), (2, 1));
        assert_eq!((numbers.months[0].new, numbers.months[0].returning), (1, 1));
        assert_eq!((numbers.months[2].new, numbers.months[2].returning), (1, 1));
    }
}
