//! An office: a place where the therapist works on some days.

use crate::domain::ids::OfficeSlug;

#[derive(Clone, Debug, PartialEq)]
pub struct Office {
    pub slug: OfficeSlug,
    pub name: String,
    /// The lines of the postal address.
    pub address: Vec<String>,
    /// Degrees north and east, where the practice file gives them.
    pub place: Option<Place>,
    /// Counts from 0 in the order of the practice file: pages show offices in
    /// this order, and each has a tone of its own by it.
    pub position: usize,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub latitude: f64,
    pub longitude: f64,
}

impl Office {
    /// The address on one line.
    pub fn address_line(&self) -> String {
        self.address.join(", ")
    }
}
