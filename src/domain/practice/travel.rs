//! The drive between offices: how long it takes, and how far it is.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use crate::domain::{ids::OfficeSlug, time};

/// How long the drive between two offices takes, the same both ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Travel {
    minutes: BTreeMap<(OfficeSlug, OfficeSlug), u32>,
    miles: BTreeMap<(OfficeSlug, OfficeSlug), u32>,
}

impl Travel {
    /// Notes a drive. Returns false when the pair already has one, which then stands.
    pub fn add(&mut self, between: (&OfficeSlug, &OfficeSlug), minutes: u32) -> bool {
        let pair = ordered(between.0, between.1);
        if self.minutes.contains_key(&pair) {
            return false;
        }
        self.minutes.insert(pair, minutes);
        true
    }

    /// Notes how far it is, for the year's sheet.
    pub fn add_miles(&mut self, between: (&OfficeSlug, &OfficeSlug), miles: u32) {
        self.miles.insert(ordered(between.0, between.1), miles);
    }

    /// How many miles a drive has; `None` where the practice file does not say.
    pub fn miles(&self, one: &OfficeSlug, other: &OfficeSlug) -> Option<u32> {
        self.miles.get(&ordered(one, other)).copied()
    }

    /// True when the practice file says how long the drive is.
    pub fn knows(&self, one: &OfficeSlug, other: &OfficeSlug) -> bool {
        self.minutes.contains_key(&ordered(one, other))
    }

    /// The longest drive between any two offices.
    pub fn longest(&self) -> TimeDelta {
        time::minutes(self.minutes.values().copied().max().unwrap_or(0))
    }

    /// The drive between two offices; none within one office. A practice file
    /// without a pair's drive is not served; a past office that has left the
    /// file counts as next door.
    pub fn between(&self, one: &OfficeSlug, other: &OfficeSlug) -> TimeDelta {
        let minutes = self.minutes.get(&ordered(one, other)).copied();
        time::minutes(minutes.unwrap_or(0))
    }
}

fn ordered(one: &OfficeSlug, other: &OfficeSlug) -> (OfficeSlug, OfficeSlug) {
    let (first, second) = if one <= other { (one, other) } else { (other, one) };
    (first.clone(), second.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::example::office_slug;

    #[test]
    fn a_drive_takes_as_long_there_as_back() {
        let (north, south) = (office_slug("north"), office_slug("south"));
        for between in [(&north, &south), (&south, &north)] {
            let mut travel = Travel::default();
            travel.add(between, 75);
            assert_eq!(travel.between(&north, &south), time::minutes(75));
            assert_eq!(travel.between(&south, &north), time::minutes(75));
            assert!(travel.knows(&north, &south) && travel.knows(&south, &north));
            assert_eq!(travel.miles(&north, &south), None);
            travel.add_miles(between, 60);
            assert_eq!([travel.miles(&north, &south), travel.miles(&south, &north)], [Some(60); 2]);
        }
    }

    #[test]
    fn there_is_no_drive_within_an_office_nor_to_one_that_has_left_the_file() {
        let (north, south, gone) = (office_slug("north"), office_slug("south"), office_slug("gone"));
        let mut travel = Travel::default();
        travel.add((&north, &south), 75);
        assert_eq!(travel.between(&north, &north), TimeDelta::zero());
        assert_eq!(travel.between(&north, &gone), TimeDelta::zero());
        assert!(!travel.knows(&north, &gone));
    }

    #[test]
    fn the_longest_drive_is_that_of_the_pair_furthest_apart() {
        let mut travel = Travel::default();
        assert_eq!(travel.longest(), TimeDelta::zero());
        for (one, other, minutes) in [("north", "south", 75), ("south", "east", 90), ("north", "east", 20)] {
            travel.add((&office_slug(one), &office_slug(other)), minutes);
        }
        assert_eq!(travel.longest(), time::minutes(90));
    }

    #[test]
    fn the_first_drive_of_a_pair_stands() {
        let (north, south) = (office_slug("north"), office_slug("south"));
        let mut travel = Travel::default();
        assert!(travel.add((&north, &south), 75));
        assert!(!travel.add((&south, &north), 20));
        assert_eq!(travel.between(&north, &south), time::minutes(75));
    }
}
