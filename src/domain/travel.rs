//! The drive between offices.

use std::collections::BTreeMap;

use chrono::TimeDelta;

use super::{ids::OfficeSlug, time};

/// How long the drive between two offices takes, the same both ways.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Travel {
    minutes: BTreeMap<(OfficeSlug, OfficeSlug), u32>,
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

    pub fn knows(&self, one: &OfficeSlug, other: &OfficeSlug) -> bool {
        self.minutes.contains_key(&ordered(one, other))
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
