//! What a time zone tells of the country that it is in: how addresses are
//! written there, and phone numbers.

use chrono_tz::Tz;

/// A country by its two letters (ISO 3166-1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Country(&'static str);

/// Each country with the zones in it, as the time zone database lists them,
/// older names of zones included.
const ZONES: &str = include_str!("zones.txt");

/// How a number is written where it is at home: numbers that are kept for
/// fiction wherever there are such.
const PHONES: [(&str, &str); 12] = [
    ("US", "(530) 555-0142"),
    ("CA", "(604) 555-0142"),
    ("GB", "020 7946 0958"),
    ("IE", "020 910 0142"),
    ("DE", "030 23125 014"),
    ("AT", "01 555 0142"),
    ("CH", "044 555 01 42"),
    ("FR", "01 99 00 01 42"),
    ("NL", "020 555 0142"),
    ("AU", "(02) 5550 0142"),
    ("NZ", "09 555 0142"),
    ("ZA", "011 555 0142"),
];

impl Country {
    /// `US`, where the practice is that the project ships with.
    pub const UNITED_STATES: Self = Self("US");

    /// The country that a zone is in; none for `UTC` and its like.
    pub fn of(zone: Tz) -> Option<Self> {
        let is_there = |line: &&str| line.split(' ').skip(1).any(|name| name == zone.name());
        ZONES.lines().find(is_there).and_then(|line| line.split(' ').next()).map(Self)
    }

    /// The country that a number with a country code is of, where one alone is.
    pub fn of_phone(number: &str) -> Option<Self> {
        phonelib::extract_country(number).map(|country| Self(country.code))
    }

    /// Two letters, as ISO 3166-1 has them.
    pub fn code(self) -> &'static str {
        self.0
    }

    /// What its numbers begin with from abroad, without the plus.
    pub fn calling_code(self) -> Option<u32> {
        phonelib::country_by_code(self.0).map(|country| country.prefix)
    }

    /// A number as people there write one, for a sentence that shows how.
    pub fn phone_example(self) -> Option<&'static str> {
        PHONES.iter().find(|(code, _)| *code == self.0).map(|(_, number)| *number)
    }
}

/// True where addresses and states are those of the United States.
pub fn is_united_states(zone: Tz) -> bool {
    Country::of(zone).is_some_and(|country| ["US", "PR", "VI", "GU", "AS", "MP"].contains(&country.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_tells_the_country() {
        for (zone, country) in [
            (Tz::America__Los_Angeles, Some("US")),
            (Tz::America__Indiana__Knox, Some("US")),
            (Tz::US__Pacific, Some("US")),
            (Tz::Pacific__Honolulu, Some("US")),
            (Tz::America__Toronto, Some("CA")),
            (Tz::America__Jamaica, Some("JM")),
            (Tz::America__Puerto_Rico, Some("PR")),
            (Tz::America__Sao_Paulo, Some("BR")),
            (Tz::Europe__Berlin, Some("DE")),
            (Tz::Europe__London, Some("GB")),
            (Tz::Europe__Dublin, Some("IE")),
            (Tz::Eire, Some("IE")),
            (Tz::Pacific__Auckland, Some("NZ")),
            (Tz::NZ, Some("NZ")),
            (Tz::UTC, None),
        ] {
            assert_eq!(Country::of(zone).map(Country::code), country, "{zone}");
        }
        assert!(is_united_states(Tz::America__Puerto_Rico) && !is_united_states(Tz::America__Toronto));
    }

    #[test]
    fn a_zone_of_a_place_is_in_a_country() {
        let no_place =
            ["Etc/", "UTC", "GMT", "UCT", "Greenwich", "Universal", "Zulu", "WET", "CET", "MET", "EET"];
        for zone in chrono_tz::TZ_VARIANTS {
            let name = zone.name();
            let is_place =
                !no_place.iter().any(|part| name.starts_with(part)) && !name.contains(char::is_numeric);
            let is_place = is_place && !["EST", "MST", "HST"].contains(&name);
            assert_eq!(Country::of(zone).is_some(), is_place, "{name}");
        }
    }

    #[test]
    fn every_example_is_a_number_of_its_country() {
        for (code, number) in PHONES {
            let read = phonelib::PhoneNumber::parse_with_country(number, code);
            assert_eq!(read.map(|read| read.country().code), Some(code), "{number}");
        }
    }
}
