//! Openings: each is at the address of the page on which it is chosen, with its start behind it.

use crate::domain::{availability::slot::Slot, ids::OfficeSlug, time};

/// Where an opening leads that is chosen on a page.
pub fn opening(page: &str, slot: &Slot) -> String {
    with(page, &slot.office, &time::write_instant(slot.start))
}

/// The same of all openings at an office, up to the start of each.
pub fn openings_at(page: &str, office: &OfficeSlug) -> String {
    with(page, office, "")
}

fn with(page: &str, office: &OfficeSlug, start: &str) -> String {
    let mark = if page.contains('?') { '&' } else { '?' };
    format!("{page}{mark}office={office}&start={start}")
}
