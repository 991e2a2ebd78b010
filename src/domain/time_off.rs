//! Time off: when the therapist does not work, at one office or at all.

use super::{
    busy::{Busy, Occupied},
    client::Note,
    ids::{OfficeSlug, TimeOffId},
    interval::Interval,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TimeOff {
    pub id: TimeOffId,
    /// The one office that is closed; `None` closes the whole practice.
    pub office: Option<OfficeSlug>,
    pub span: Interval,
    /// For the therapist's own eyes.
    pub note: Option<Note>,
}

impl TimeOff {
    pub fn closes(&self, office: &OfficeSlug) -> bool {
        self.office.as_ref().is_none_or(|closed| closed == office)
    }

    /// What it leaves standing: sessions that lie in it.
    pub fn leaves_standing<'a>(&self, busy: &'a Busy) -> Vec<&'a Occupied> {
        let is_left = |o: &&Occupied| self.closes(&o.office) && self.span.overlaps(o.session);
        busy.all().iter().filter(is_left).collect()
    }

    pub fn is_of_the_whole_practice(&self) -> bool {
        self.office.is_none()
    }
}
