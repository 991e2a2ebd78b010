//! What holds for somebody's first visit alone.

use super::Confirmation;

/// What `practice.toml` says under `[first_visit]`; all of it is off where it says nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FirstVisit {
    /// A request needs a phone number.
    pub phone_needed: bool,
    /// A request waits for the therapist, although others are confirmed at once.
    pub by_therapist: bool,
    /// The therapist says that they have spoken with whoever comes before they say yes.
    pub spoken_with: bool,
}

impl FirstVisit {
    /// How a request is confirmed that would be in this way from anybody else. Who types
    /// a name that has been here proves nothing by it: only `is_known` does, by a link
    /// from the email of an earlier visit.
    pub fn confirmation(self, otherwise: Confirmation, is_known: bool) -> Confirmation {
        if self.by_therapist && !is_known { Confirmation::ByTherapist } else { otherwise }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_who_is_known_is_confirmed_at_once_where_a_first_visit_is_not() {
        use Confirmation::{AtOnce, ByTherapist};
        let (usual, careful) =
            (FirstVisit::default(), FirstVisit { by_therapist: true, ..FirstVisit::default() });
        for (rules, otherwise, is_known, expected) in [
            (usual, AtOnce, false, AtOnce),
            (careful, AtOnce, false, ByTherapist),
            (careful, AtOnce, true, AtOnce),
            (careful, ByTherapist, true, ByTherapist),
            (usual, ByTherapist, false, ByTherapist),
        ] {
            assert_eq!(rules.confirmation(otherwise, is_known), expected, "{rules:?}, known: {is_known}");
        }
    }
}
