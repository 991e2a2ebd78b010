//! The rules in force: the policy, the opening hours, and whether clients may
//! ask at all. They begin as the practice file says and are then the
//! therapist's to change, so an operation decides by them as they are then.

use super::timetable::Timetable;
use crate::domain::{client::Note, practice::policy::Policy};

/// What holds now: the practice file's, or what the therapist set in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Notice, horizon, holds and their like.
    pub policy: Policy,
    /// When each office is open.
    pub timetable: Timetable,
    /// Set while online booking is paused: what clients read in place of openings.
    pub pause: Option<Note>,
}

/// How many days ahead a series can reach.
const A_YEAR: u32 = 366;

impl Rules {
    /// The same without the horizon of online booking, which doesn't bind whoever is known and
    /// books on.
    pub fn past_the_horizon(&self) -> Self {
        let mut rules = self.clone();
        rules.policy.horizon_days = rules.policy.horizon_days.max(A_YEAR);
        rules
    }
}
