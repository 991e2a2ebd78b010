//! How the therapist is told why a visit is a conflict.

use crate::domain::{
    availability::conflict::{Conflict, Way},
    ids::OfficeSlug,
    practice::Practice,
};

/// Where the therapist is or is not, as it is said to them after a colon.
pub fn why(conflict: &Conflict, practice: &Practice, office: &OfficeSlug) -> String {
    let here = practice.office_name(office);
    match conflict.foremost() {
        Some(Way::Elsewhere(other)) => format!("you're in {}", practice.office_name(other)),
        Some(Way::OffThere(_)) => format!("you're off in {here}"),
        Some(Way::Hours) => format!("it's outside your hours in {here}"),
        Some(Way::Off(_) | Way::Closed) | None => "you're off".to_owned(),
    }
}
