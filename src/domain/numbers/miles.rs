//! The year's sheet: on which days the therapist drove between offices, how many
//! miles, and what a mile counts.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Entry, Outcome};
use crate::domain::{
    ids::OfficeSlug,
    practice::{price::Price, travel::Travel},
    time,
};

/// A day with sessions at more than one office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrivenDay {
    /// In the practice's zone.
    pub date: NaiveDate,
    /// The offices in order of time, each as often as the therapist came to it.
    pub stops: Vec<OfficeSlug>,
    /// All drives between them; `None` where the practice file does not say how far one is.
    pub miles: Option<u32>,
}

impl DrivenDay {
    /// The days among appointments, which come in order of time, on which the
    /// therapist drove. Whoever did not come was waited for all the same.
    pub fn all(zone: Tz, travel: &Travel, entries: &[Entry]) -> Vec<Self> {
        let mut days: BTreeMap<NaiveDate, Vec<OfficeSlug>> = BTreeMap::new();
        for entry in entries.iter().filter(|e| matches!(e.outcome, Outcome::Came | Outcome::NoShow)) {
            let stops = days.entry(time::date(zone, entry.span.start)).or_default();
            if stops.last() != Some(&entry.office) {
                stops.push(entry.office.clone());
            }
        }
        let driven = days.into_iter().filter(|(_, stops)| stops.len() > 1);
        driven
            .map(|(date, stops)| {
                let miles = stops.windows(2).map(|drive| travel.miles(&drive[0], &drive[1])).sum();
                Self { date, stops, miles }
            })
            .collect()
    }

    /// How often the therapist drove.
    pub fn drives(&self) -> usize {
        self.stops.len() - 1
    }
}

/// What a mile counts, in thousandths of the currency: rates come in tenths of a cent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rate(pub u32);

/// Why what was typed is no rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RateError {
    /// It is no number with one decimal at most.
    Unreadable,
    /// So small that it was meant in whole dollars.
    TooSmall,
    /// So large that it was meant otherwise.
    TooLarge,
}

impl Rate {
    /// Reads hundredths of the currency, as `72.5`, `72,5` or `67`.
    pub fn parse(text: &str) -> Result<Self, RateError> {
        let text = text.trim().trim_end_matches(['¢', ' ']).replace(',', ".");
        let (whole, tenths) = text.split_once('.').unwrap_or((&text, "0"));
        let is_number = |digits: &str| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
        // `.7` is a number too; an empty text is none.
        let is_whole = is_number(whole) || whole.is_empty() && text.starts_with('.');
        if !is_whole || !is_number(tenths) || whole.len() > 6 || tenths.len() > 6 {
            return Err(RateError::Unreadable);
        }
        let whole: u32 = whole.parse().unwrap_or(0);
        if whole < 2 {
            return Err(RateError::TooSmall);
        }
        let tenths = tenths.trim_end_matches('0');
        if tenths.len() > 1 {
            return Err(RateError::Unreadable);
        }
        if whole > 999 {
            return Err(RateError::TooLarge);
        }
        Ok(Self(whole * 10 + tenths.parse::<u32>().unwrap_or(0)))
    }

    /// `72.5`, `67`: in hundredths of the currency.
    pub fn hundredths(self) -> String {
        match self.0 % 10 {
            0 => (self.0 / 10).to_string(),
            tenths => format!("{}.{tenths}", self.0 / 10),
        }
    }

    /// What miles count, in thousandths of the currency.
    pub fn thousandths(self, miles: u32) -> i64 {
        i64::from(self.0) * i64::from(miles)
    }
}

/// The rates by the date from which each holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rates(pub BTreeMap<NaiveDate, Rate>);

impl Rates {
    /// The rate of a date, if one holds.
    pub fn on(&self, date: NaiveDate) -> Option<Rate> {
        self.0.range(..=date).next_back().map(|(_, rate)| *rate)
    }
}

/// Whether the therapist has ticked a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// Not yet.
    Unticked,
    /// With the miles that it has.
    Ticked,
    /// When it had other miles, which does not count any more.
    Outdated {
        /// The miles that it had then.
        then: u32,
    },
}

/// A row of the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What the visits say.
    pub day: DrivenDay,
    /// What the therapist says.
    pub tick: Tick,
    /// What a mile counts on that day.
    pub rate: Option<Rate>,
}

/// What the ticked rows of one rate come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateTotal {
    /// `None` for days for which the therapist has noted no rate.
    pub rate: Option<Rate>,
    /// On ticked days.
    pub miles: u32,
    /// To the nearest hundredth, half a hundredth up; nothing without a rate.
    pub amount: Price,
}

/// The year's sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// In order of time.
    pub rows: Vec<Row>,
}

impl Sheet {
    /// Puts together what the visits, the therapist's ticks and their rates say.
    pub fn new(days: Vec<DrivenDay>, ticked: &BTreeMap<NaiveDate, u32>, rates: &Rates) -> Self {
        let row = |day: DrivenDay| {
            let tick = match ticked.get(&day.date) {
                None => Tick::Unticked,
                Some(miles) if day.miles == Some(*miles) => Tick::Ticked,
                Some(miles) => Tick::Outdated { then: *miles },
            };
            Row { tick, rate: rates.on(day.date), day }
        };
        Self { rows: days.into_iter().map(row).collect() }
    }

    /// The rows that count.
    pub fn ticked(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.tick == Tick::Ticked)
    }

    /// The miles of the rows that count.
    pub fn miles(&self) -> u32 {
        self.ticked().filter_map(|row| row.day.miles).sum()
    }

    /// What they come to rate by rate, in the order in which the rates first held.
    pub fn by_rate(&self) -> Vec<RateTotal> {
        let mut totals: Vec<(Option<Rate>, u32)> = Vec::new();
        for row in self.ticked() {
            let miles = row.day.miles.unwrap_or(0);
            match totals.iter_mut().find(|(rate, _)| *rate == row.rate) {
                Some((_, sum)) => *sum += miles,
                None => totals.push((row.rate, miles)),
            }
        }
        let total = |(rate, miles): (Option<Rate>, u32)| {
            let thousandths = rate.map_or(0, |rate| rate.thousandths(miles));
            RateTotal { rate, miles, amount: Price((thousandths + 5) / 10) }
        };
        totals.into_iter().map(total).collect()
    }

    /// All of it, as the lines of its rates add up.
    pub fn amount(&self) -> Price {
        Price(self.by_rate().iter().map(|total| total.amount.0).sum())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use chrono_tz::America::Los_Angeles;

    use super::*;
    use crate::domain::example::any_text;
    use crate::domain::{
        example::{at, date, office_slug, service_slug},
        ids::ClientId,
        time::Interval,
    };

    fn entry(office: &str, start: &str, outcome: Outcome) -> Entry {
        Entry {
            person: ClientId(1),
            office: office_slug(office),
            service: service_slug("hour"),
            service_name: "An hour".to_owned(),
            span: Interval::new(at(start), at(start) + time::minutes(60)),
            price: Price(9_500),
            outcome,
            fee: None,
            paid: None,
        }
    }

    fn travel() -> Travel {
        let mut travel = Travel::default();
        travel.add_miles((&office_slug("north"), &office_slug("south")), 61);
        travel
    }

    #[test]
    fn every_change_of_office_within_a_day_is_a_drive() {
        let came = |office, start| entry(office, start, Outcome::Came);
        for (what, entries, expected) in [
            (
                "one office",
                vec![came("north", "2026-12-05 09:00"), came("north", "2026-12-05 11:00")],
                vec![],
            ),
            (
                "there",
                vec![
                    came("north", "2026-12-05 09:00"),
                    came("north", "2026-12-05 11:00"),
                    came("south", "2026-12-05 15:00"),
                ],
                vec![("2026-12-05", 1, Some(61))],
            ),
            (
                "there and back",
                vec![
                    came("north", "2026-12-05 09:00"),
                    came("south", "2026-12-05 12:00"),
                    came("north", "2026-12-05 16:00"),
                ],
                vec![("2026-12-05", 2, Some(122))],
            ),
            (
                "a night between, at both of whose ends the clocks change",
                vec![came("north", "2026-10-31 23:30"), came("south", "2026-11-01 01:30")],
                vec![],
            ),
            (
                "nobody came, and the therapist waited",
                vec![came("north", "2026-12-05 09:00"), entry("south", "2026-12-05 12:00", Outcome::NoShow)],
                vec![("2026-12-05", 1, Some(61))],
            ),
            (
                "not marked, canceled, or nothing",
                vec![
                    came("north", "2026-12-05 09:00"),
                    entry("south", "2026-12-05 12:00", Outcome::Unmarked),
                    entry("south", "2026-12-05 13:00", Outcome::CanceledLate),
                    entry("south", "2026-12-05 14:00", Outcome::Nothing),
                ],
                vec![],
            ),
            (
                "an office whose miles are not known",
                vec![came("north", "2026-12-05 09:00"), came("gone", "2026-12-05 12:00")],
                vec![("2026-12-05", 1, None)],
            ),
        ] {
            let days = DrivenDay::all(Los_Angeles, &travel(), &entries);
            let found: Vec<_> = days.iter().map(|day| (day.date, day.drives(), day.miles)).collect();
            let expected: Vec<_> =
                expected.into_iter().map(|(on, drives, miles)| (date(on), drives, miles)).collect();
            assert_eq!(found, expected, "{what}");
        }
    }

    #[test]
    fn a_rate_is_read_in_cents() {
        for (text, rate) in [
            ("72.5", Ok(725)),
            (" 72,5 ¢", Ok(725)),
            ("67", Ok(670)),
            ("70.00", Ok(700)),
            ("0.725", Err(RateError::TooSmall)),
            (".7", Err(RateError::TooSmall)),
            ("0", Err(RateError::TooSmall)),
            ("72.55", Err(RateError::Unreadable)),
            ("7250", Err(RateError::TooLarge)),
            ("", Err(RateError::Unreadable)),
            ("-70", Err(RateError::Unreadable)),
            ("seventy", Err(RateError::Unreadable)),
            ("1e2", Err(RateError::Unreadable)),
            (".", Err(RateError::Unreadable)),
        ] {
            assert_eq!(Rate::parse(text), rate.map(Rate), "{text:?}");
        }
        assert_eq!([Rate(725), Rate(670)].map(Rate::hundredths), ["72.5", "67"]);
    }

    #[test]
    fn only_ticked_rows_count_each_at_the_rate_of_its_day() {
        let day = |on: &str, miles| DrivenDay {
            date: date(on),
            stops: vec![office_slug("north"), office_slug("south")],
            miles,
        };
        let days = vec![
            day("2026-12-05", Some(61)),
            day("2026-12-12", Some(61)),
            day("2027-01-02", Some(61)),
            day("2027-01-09", Some(61)),
            day("2027-01-16", None),
        ];
        let ticked = [("2026-12-05", 61), ("2026-12-12", 122), ("2027-01-02", 61), ("2027-01-16", 61)];
        let ticked = ticked.map(|(on, miles)| (date(on), miles)).into();
        let rates =
            Rates([("2027-01-01", 725), ("2026-12-10", 700)].map(|(on, rate)| (date(on), Rate(rate))).into());
        let sheet = Sheet::new(days, &ticked, &rates);
        let ticks: Vec<_> = sheet.rows.iter().map(|row| row.tick).collect();
        use Tick::{Outdated, Ticked, Unticked};
        assert_eq!(ticks, [Ticked, Outdated { then: 122 }, Ticked, Unticked, Outdated { then: 61 }]);
        assert_eq!(sheet.miles(), 122);
        // 61 × 72.5 cents are 4422.5 cents.
        let totals = [
            RateTotal { rate: None, miles: 61, amount: Price(0) },
            RateTotal { rate: Some(Rate(725)), miles: 61, amount: Price(4_423) },
        ];
        assert_eq!(sheet.by_rate(), totals);
        assert_eq!(sheet.amount(), Price(4_423));
        assert_eq!([rates.on(date("2026-12-09")), rates.on(date("2026-12-31"))], [None, Some(Rate(700))]);
    }

    proptest! {
        #[test]
        fn a_rate_is_read_as_it_stands_in_a_field(text in any_text(&["72", "5", ".", ",", "0", "¢", " ", "9", "-", "é"])) {
            if let Ok(rate) = Rate::parse(&text) {
                prop_assert_eq!(Rate::parse(&rate.hundredths()), Ok(rate), "{}", text);
            }
        }
    }
}
